package dale_test

import (
	"context"
	"fmt"
	"log"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/neuro/dale"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Pedalling under Dale's law; smaller and shorter trained than the preset, to
// be quick.
func ExampleTransfer() {
	ctx := context.Background()
	recording := data.SyntheticCycling(1)
	k, err := task.NewCycling(recording.Factors, recording.EMG, recording.Dt)
	if err != nil {
		log.Fatal(err)
	}
	source, err := task.NewSource(k)
	if err != nil {
		log.Fatal(err)
	}
	cfg := dale.Sparse()
	cfg.Neurons, cfg.Rounds, cfg.TrialsPerRound, cfg.ValidationTrials = 150, 2, 3, 1
	net, err := dale.Transfer(ctx, cfg, source)
	if err != nil {
		log.Fatal(err)
	}
	rec, err := net.Test(ctx, source, spiking.TestConfig{WarmUpTrials: 1, Trials: 2, Recorded: 1, Seed: 7})
	if err != nil {
		log.Fatal(err)
	}
	steps, factors := rec.Factors.Dims()
	wrong, absent := net.Violations()
	fmt.Printf("%d steps of %d factors\n", steps, factors)
	fmt.Printf("%d weights of the wrong sign, %d without a synapse\n", wrong, absent)
	// Output:
	// 2000 steps of 12 factors
	// 0 weights of the wrong sign, 0 without a synapse
}
