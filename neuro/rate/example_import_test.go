package rate_test

import (
	"context"
	"fmt"
	"log"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/stats"
)

// A torch.nn.RNN with a linear readout, saved by numpy.savez, runs as it did in
// PyTorch, and becomes what a spiking network is taught from.
func ExampleImport() {
	file, err := data.ReadTree("testdata/pytorch.npz")
	if err != nil {
		log.Fatal(err)
	}
	net, imported, err := rate.Import(file.Matrices, rate.PyTorch(0.010))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(net.Units(), "units,", net.Form, net.Activation)
	fmt.Print(imported)

	shown, err := data.ReadTree("testdata/pytorch_run.npz")
	if err != nil {
		log.Fatal(err)
	}
	// 1 ms steps: each of the network's lasts ten of them.
	k := replay{0.001, heldFor(10, shown.Matrices["inputs"]), heldFor(10, shown.Matrices["outputs"])}
	rec, err := net.Test(context.Background(), k, rate.TestConfig{Trials: 1, Recorded: 1, Seed: 1})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("does what it did:", stats.Median(rec.OutputErrors) < 1e-20)

	basis, err := factor.PCA(rec.Activity, factor.Variance(0.9))
	if err != nil {
		log.Fatal(err)
	}
	source, err := rate.NewSource(net, basis, k)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(source.Shape().Factors, "factors for spiking.Transfer")
	// Output:
	// 12 units, discrete tanh
	// recurrent weights: rnn.weight_hh_l0, 12 x 12 by rows
	// input weights: rnn.weight_ih_l0, 12 x 3 by rows
	// readout: fc.weight, 2 x 12 by rows
	// bias: rnn.bias_hh_l0, 12 x 1
	// bias: rnn.bias_ih_l0, 12 x 1
	// output bias: fc.bias, 2 x 1
	// initial state: h0, 1 x 12
	// does what it did: true
	// 5 factors for spiking.Transfer
}

// heldFor repeats each row.
func heldFor(times int, m *mat.Dense) *mat.Dense {
	rows, cols := m.Dims()
	held := mat.NewDense(times*rows, cols, nil)
	for t := range times * rows {
		held.SetRow(t, m.RawRowView(t/times))
	}
	return held
}

// Weights in a struct of a MAT-file, all of them stacked in one matrix by
// columns: taken apart before they are imported.
func ExampleImport_stacked() {
	file, err := data.ReadTree("testdata/stacked.mat")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(file)
	all, readout := file.Matrices["trained_params.change"], file.Matrices["trained_params.predict"]
	net, _, err := rate.Import(map[string]*mat.Dense{
		"W_in":  all.Slice(0, 4, 0, 10).(*mat.Dense),
		"W_rec": all.Slice(4, 14, 0, 10).(*mat.Dense),
		"b":     all.Slice(14, 15, 0, 10).(*mat.Dense),
		"W_out": readout.Slice(0, 10, 0, 1).(*mat.Dense),
		"b_out": readout.Slice(10, 11, 0, 1).(*mat.Dense),
		"x0":    file.Matrices["trained_params.start"],
	}, rate.ImportConfig{Form: rate.Discrete, Dt: 0.010, Restart: true, Orientation: rate.Columns})
	if err != nil {
		log.Fatal(err)
	}
	_, inputs := net.Input.Dims()
	outputs, units := net.Readout.Dims()
	fmt.Println(units, "units,", inputs, "inputs,", outputs, "output")

	_, _, err = rate.Import(file.Matrices, rate.ImportConfig{Form: rate.Discrete, Dt: 0.010})
	fmt.Println(err)
	// Output:
	// trained_params.change: 15x10
	// trained_params.predict: 11x1
	// trained_params.start: 1x10
	// 10 units, 4 inputs, 1 output
	// rate: no array for the recurrent weights: none of trained_params.change, trained_params.predict, trained_params.start is called J, W_rec, Wrec, w_rec, W_hh, weight_hh_l0, weight_hh, recurrent, recurrent_kernel; say in Names which arrays are the network
}
