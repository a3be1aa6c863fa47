package rate_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// FORCE trains the readout that is fed back, and nothing else.
func ExampleForce() {
	k := task.Sinusoids{Period: 0.3, Harmonics: []int{1, 2}, Amplitudes: []float64{1, 0.5}, Dt: 0.001}
	cfg := rate.DePasquale2018()
	cfg.Units, cfg.TrainingTrials, cfg.TestTrials = 150, 60, 2
	fit, err := rate.Train(context.Background(), rate.Force{}, cfg, k)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("good on its own:", stats.Median(fit.OutputErrors) < 0.05)
	// Output: good on its own: true
}

// A saved network is the same network.
func ExampleNetwork_Save() {
	net, err := rate.New(rate.DePasquale2018(), task.SweptOscillation().Shape())
	if err != nil {
		log.Fatal(err)
	}
	folder, err := os.MkdirTemp("", "network")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "target-generating.npz")
	if err := net.Save(path); err != nil {
		log.Fatal(err)
	}
	loaded, err := rate.Load(path)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(loaded.Units(), "units, equal:", mat.Equal(loaded.Recurrent, net.Recurrent))
	// Output: 300 units, equal: true
}

// A network step by step, to do with it what no test does: here its activity
// after a second from a state of one's own choice, in a network that is not
// connected.
func ExampleNetwork_Runner() {
	net := &rate.Network{
		Form: rate.Current, Activation: rate.Tanh, Tau: 0.1, Dt: 0.001,
		Recurrent: mat.NewDense(1, 1, nil), Input: mat.NewDense(1, 1, nil), Readout: mat.NewDense(1, 1, []float64{1}),
		Initial: []float64{0},
	}
	run := net.Runner([]float64{1})
	silence := mat.NewDense(100, 1, nil)
	for t := range 100 {
		run.Step(silence, t)
		run.Advance()
	}
	fmt.Printf("after one time constant x = %.2f\n", run.State()[0])
	// Output: after one time constant x = 0.37
}

// Components of a network's activity become the targets of spiking neurons.
func ExampleNewSource() {
	k := task.SweptOscillation()
	cfg := rate.DePasquale2018()
	cfg.Units, cfg.TrainingTrials, cfg.WarmUpTrials, cfg.TestTrials = 50, 1, 1, 1
	fit, err := rate.Train(context.Background(), rate.FullForce{}, cfg, k)
	if err != nil {
		log.Fatal(err)
	}
	basis, err := factor.PCA(fit.Activity, factor.Components(8))
	if err != nil {
		log.Fatal(err)
	}
	source, err := rate.NewSource(fit.Network, basis, k)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%+v\n", source.Shape())
	// Output: {Name:oscillation Dt:0.001 Inputs:1 Hints:0 Outputs:1 Factors:8}
}
