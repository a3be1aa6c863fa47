package spiking_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// cycling is a source of synthetic factors and muscles, and briefly a small
// network that is quickly trained on them.
func cycling() task.Source {
	recording := data.SyntheticCycling(1)
	k, err := task.NewCycling(recording.Factors, recording.EMG, recording.Dt)
	if err != nil {
		log.Fatal(err)
	}
	source, err := task.NewSource(k)
	if err != nil {
		log.Fatal(err)
	}
	return source
}

func briefly() spiking.Config {
	cfg := spiking.DePasquale2023()
	cfg.Neurons, cfg.Gain = 100, 8
	cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 1, 1, 2
	return cfg
}

// What was saved goes on as if it had never been, to the bit.
func ExampleModel_Save() {
	ctx := context.Background()
	source := cycling()
	model, err := spiking.Transfer(ctx, briefly(), source)
	if err != nil {
		log.Fatal(err)
	}
	folder, err := os.MkdirTemp("", "model")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "cycling.npz")
	if err := model.Save(path); err != nil {
		log.Fatal(err)
	}
	loaded, err := spiking.Load(path)
	if err != nil {
		log.Fatal(err)
	}
	for _, m := range []*spiking.Model{model, loaded} {
		if err := m.Train(ctx, source, 1); err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println(mat.Equal(model.Decoder(), loaded.Decoder()))
	// Output: true
}

// A test that keeps the voltages of two neurons, and the average of their learned
// current.
func ExampleModel_Test() {
	ctx := context.Background()
	source := cycling()
	model, err := spiking.New(briefly(), source)
	if err != nil {
		log.Fatal(err)
	}
	test := spiking.DefaultTest()
	test.WarmUpTrials, test.Trials, test.Recorded = 1, 2, 2
	test.Record.Units, test.Record.Quantities, test.Record.Mean = []int{3, 7}, []string{spiking.Voltage}, []string{spiking.Learned}
	rec, err := model.Test(ctx, source, test)
	if err != nil {
		log.Fatal(err)
	}
	steps, neurons := rec.Series[spiking.Voltage].Dims()
	fmt.Println("voltages:", steps, "steps of", neurons, "neurons")
	steps, neurons = rec.Means.Series[spiking.Learned].Dims()
	fmt.Println("learned current, mean:", steps, "steps of", neurons, "neurons")
	// Output:
	// voltages: 4000 steps of 2 neurons
	// learned current, mean: 2000 steps of 2 neurons
}

// The three presets.
func ExampleHighGain() {
	for _, cfg := range []spiking.Config{spiking.DePasquale2016(), spiking.DePasquale2023(), spiking.HighGain()} {
		fmt.Printf("%d neurons, gain %g, synapses of %g and %g s\n", cfg.Neurons, cfg.Gain, cfg.TauSlow, cfg.TauFast)
	}
	// Output:
	// 800 neurons, gain 7, synapses of 0.1 and 0.005 s
	// 800 neurons, gain 4, synapses of 0.1 and 0.005 s
	// 800 neurons, gain 12, synapses of 0.1 and 0.005 s
}
