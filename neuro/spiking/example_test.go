package spiking_test

import (
	"context"
	"fmt"
	"log"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// A spiking network that carries recorded factors and drives muscles; smaller
// and shorter trained than the preset, to be quick.
func ExampleTransfer() {
	ctx := context.Background()
	recording := data.SyntheticCycling(1)
	k, err := task.NewCycling(recording.Factors, recording.EMG, recording.Dt)
	if err != nil {
		log.Fatal(err)
	}
	source, err := spiking.FromRecording(k)
	if err != nil {
		log.Fatal(err)
	}
	cfg := spiking.Preset2023()
	cfg.Neurons, cfg.Gain = 200, 8
	cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 1, 3, 10
	model, err := spiking.Transfer(ctx, cfg, source, nil)
	if err != nil {
		log.Fatal(err)
	}
	rec, err := model.Test(ctx, source, spiking.TestConfig{WarmUpTrials: 1, Trials: 2, Recorded: 1, Seed: 7}, nil)
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
	cfg := rate.Oscillation2018()
	cfg.Units, cfg.TrainingTrials, cfg.TestTrials = 100, 20, 5
	fit, err := rate.TrainFullForce(ctx, cfg, k, nil)
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
	spikes := spiking.Preset2023()
	spikes.Neurons, spikes.Gain = 150, 14
	spikes.WarmUpTrials, spikes.DemeaningTrials, spikes.TrainingTrials = 1, 3, 10
	model, err := spiking.Transfer(ctx, spikes, source, nil)
	if err != nil {
		log.Fatal(err)
	}
	p, n := model.Decoder().Dims()
	fmt.Printf("%d factors read from %d filtered trains\n", p, n)
	// Output: 8 factors read from 300 filtered trains
}
