// Package neuron holds models of neurons, and populations of them.
//
// A [Model] is a plain struct of parameters. It says which state variables a
// neuron has and how N neurons move by one time step under given currents.
// A [Population] is N neurons of one model with their state: it steps, is
// saved, perturbed and copied without knowing the model.
//
//	τ_V dv/dt = V_rest - v + I               [LIF]
//	τ_V dv/dt = V_rest - v - w + I           [AdaptiveLIF], τ_w dw/dt = -w
//	τ dθ/dt = 1 - cos θ + (1 + cos θ) I      [Theta]
//	dv/dt = 0.04 v² + 5 v + 140 - u + I      [Izhikevich], du/dt = a (b v - u)
//
// Networks (packages spiking and dale) know nothing of a model but this. Whoever needs
// another one writes a type with the three methods of [Model], some 30 lines
// (see the example of Model), and calls [Register], so that saved files can
// name it.
//
// # Units, and the gain to start from
//
// Times are in seconds. The unit of voltages and currents is the model's, and
// of a network's weights and gain with it. In networks with the synapses of
// spiking.DePasquale2023, whose weights are for the 10 from reset to threshold
// of its neurons, these gains were found on the cycling task with 200 neurons
// and 15 trials of training on seeds from 101:
//
//	model                       unit of currents   gain   nMSE of factors   rate (Hz)
//	DePasquale2023 (LIF)        voltage            12     0.003             33
//	Adaptive                    voltage            12     0.003             23
//	Quadratic                   Scale = 10         12     0.02              12
//	Izhikevich2003              mV/ms, Drive = 4   32     0.02              29
//	Izhikevich2003FastSpiking   mV/ms, Drive = 4   12     0.01              32
//
// Half the gain gives several times the error, as the factors must stand out
// of the currents of the fixed weights.
package neuron
