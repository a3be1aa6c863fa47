package rate

// PyTorch describes a torch.nn.RNN with a linear readout, each of whose steps is
// to last dt seconds: Discrete, tanh (set [ReLU] where the layer
// has it), weights by rows, set back before each trial. Save it with
//
//	numpy.savez("net.npz", **{k: v.numpy() for k, v in model.state_dict().items()})
func PyTorch(dt float64) ImportConfig {
	return ImportConfig{Form: Discrete, Activation: Tanh, Dt: dt, Restart: true, Orientation: Rows}
}

// Keras describes a keras.layers.SimpleRNN with a Dense readout, each of whose
// steps is to last dt seconds: Discrete, tanh, weights by columns,
// set back before each trial. Keras's own names are those of layers and repeat
// each other, so give the arrays names:
//
//	w_in, w_rec, b_rec, w_out, b_out = model.get_weights()
//	numpy.savez("net.npz", w_in=w_in, w_rec=w_rec, b_rec=b_rec, w_out=w_out, b_out=b_out)
func Keras(dt float64) ImportConfig {
	return ImportConfig{Form: Discrete, Activation: Tanh, Dt: dt, Restart: true, Orientation: Columns}
}

// LowRankInference describes the full-rank network, FullRankRNN, of the program
// lowrank_inference (Valente, Pillow & Ostojic 2022, Extracting
// computational mechanisms from neural data using low-rank RNNs, NeurIPS), whose
// alpha is dt/tau, both in seconds. It is Current, in forward Euler, with
// recurrent weights by rows and those of inputs and outputs by columns, each
// input and output scaled by a number of its own. Its b, a bias inside of φ that
// its readout leaves out, must be zero, as it is unless asked for.
//
// What that program calls the output of a step is the output after it; here
// ([Runner.Step]) it is the one before: each comes one step later.
func LowRankInference(dt, tau float64) ImportConfig {
	return ImportConfig{
		Form: Current, Activation: Tanh, Dt: dt, Tau: tau, ForwardEuler: true, Restart: true,
		Orientations: map[string]Orientation{"wrec": Rows, "wi": Columns, "wo": Columns},
		Names: ArrayNames{
			Recurrent: "wrec", Input: "wi", InputScale: "si", Readout: "wo", ReadoutScale: "so", Initial: "h0",
		},
		zero: []string{"b"},
	}
}
