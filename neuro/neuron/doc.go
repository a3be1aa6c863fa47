// Package neuron holds models of neurons, and populations of them.
//
// A [Model] is a plain struct of parameters. It says which state variables a
// neuron has and how N neurons move by one time step under given currents.
// A [Population] is N neurons of one model with their state: it steps, is
// saved, perturbed and copied without knowing the model.
//
//	τ_V dv/dt = V_rest - v + I                       [LIF]
//	the same - w, with dw/dt = -w/τ_w, w + b a spike   [AdaptiveLIF]
//	τ dθ/dt = 1 - cos θ + (1 + cos θ) I              [Theta]
//	dv/dt = 0.04 v² + 5 v + 140 - u + I              [Izhikevich]
//
// Networks (package spiking) know nothing of a model but this. Whoever needs
// another one writes a type with the three methods of [Model], some 30 lines
// (see the example of Model), and calls [Register], so that saved files can
// name it.
//
// # Units
//
// Times are in seconds. The unit of voltages and currents is the model's, and
// of a network's weights and gain with it:
//
//	LIF, AdaptiveLIF   as you like; currents are in units of voltage. The
//	                   distance from reset to threshold is the scale: 10 in the presets.
//	Theta              current in units of Theta.Scale, the phase in radians.
//	Izhikevich         v and u in mV, currents in mV/ms, as in the paper.
package neuron
