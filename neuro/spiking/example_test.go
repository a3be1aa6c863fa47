package spiking_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// A spiking network that carries recorded factors and drives muscles; smaller
// and shorter trained than the preset, to be quick.
func ExampleTransfer() {
	ctx := context.Background()
	session := data.SyntheticCycling(1)
	k, err := task.NewCycling(session.Factors, session.EMG, session.Dt)
	if err != nil {
		log.Fatal(err)
	}
	source, err := task.NewSource(k)
	if err != nil {
		log.Fatal(err)
	}
	cfg := spiking.DePasquale2023()
	cfg.Neurons, cfg.Gain = 200, 8
	cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 1, 3, 10
	model, err := spiking.Transfer(ctx, cfg, source)
	if err != nil {
		log.Fatal(err)
	}
	rec, err := model.Test(ctx, source, spiking.TestConfig{WarmUpTrials: 1, Trials: 2, Recorded: 1, Seed: 7})
	if err != nil {
		log.Fatal(err)
	}
	steps, factors := rec.Factors.Dims()
	_, muscles := rec.Outputs.Dims()
	fmt.Printf("%d steps of %d factors and %d muscles\n", steps, factors, muscles)
	// Output: 2000 steps of 12 factors and 3 muscles
}

// From a rate network to its spiking twin: train, find the components, hand
// them over.
func Example_walk() {
	ctx := context.Background()
	k := task.Sinusoids{Period: 0.3, Harmonics: []int{1, 2}, Amplitudes: []float64{1, 0.5}, Dt: 0.001}
	cfg := rate.DePasquale2018()
	cfg.Units, cfg.TrainingTrials, cfg.TestTrials = 100, 20, 5
	fit, err := rate.Train(ctx, rate.FullForce{}, cfg, k)
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
	spikes := spiking.DePasquale2023()
	spikes.Neurons, spikes.Gain = 150, 14
	spikes.WarmUpTrials, spikes.DemeaningTrials, spikes.TrainingTrials = 1, 3, 10
	model, err := spiking.Transfer(ctx, spikes, source)
	if err != nil {
		log.Fatal(err)
	}
	p, n := model.Decoder().Dims()
	fmt.Printf("%d factors read from %d filtered trains\n", p, n)
	// Output: 8 factors read from 300 filtered trains
}

// Two tasks in one network, one at a time; a long test goes to a file, and
// only averages over its trials stay in memory.
func Example_twoTasks() {
	ctx := context.Background()
	var sources []task.Source
	for seed := range uint64(2) {
		session := data.SyntheticCycling(1 + seed)
		k, err := task.NewCycling(session.Factors, session.EMG, session.Dt)
		if err != nil {
			log.Fatal(err)
		}
		source, err := task.NewSource(k)
		if err != nil {
			log.Fatal(err)
		}
		sources = append(sources, source)
	}
	both, err := task.MixSources(sources...)
	if err != nil {
		log.Fatal(err)
	}
	cfg := spiking.DePasquale2023()
	cfg.Neurons, cfg.Gain = 150, 8
	cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 1, 2, 5
	model, err := spiking.Transfer(ctx, cfg, both)
	if err != nil {
		log.Fatal(err)
	}
	folder, err := os.MkdirTemp("", "recording")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "both.npz")
	rec, err := model.Test(ctx, both, spiking.TestConfig{
		WarmUpTrials: 1, Trials: 6, Recorded: 6, Seed: 7,
		Record: recording.Keep{
			File: file, Every: 10,
			Mean: []string{spiking.SlowTrain, spiking.Learned},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	for i := range sources {
		own := rec.Select(func(t recording.Trial) bool { return t.Part == i })
		fmt.Printf("task %d: %d trials\n", i, len(own.Trials))
	}
	rows, neurons := rec.Means.Series[spiking.SlowTrain].Dims()
	fmt.Printf("averages: %d rows of %d neurons\n", rows, neurons)
	kept, err := recording.Load(file)
	if err != nil {
		log.Fatal(err)
	}
	steps, factors := kept.Factors.Dims()
	fmt.Printf("on disk: %d steps of %d factors\n", steps, factors)
	// Output:
	// task 0: 2 trials
	// task 1: 4 trials
	// averages: 400 rows of 150 neurons
	// on disk: 12000 steps of 24 factors
}
