package spiking

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/rls"
)

// The smallest networks, and sizes that no vector divides, run like others.
func TestOddSizes(t *testing.T) {
	ctx := context.Background()
	for _, n := range []int{2, 3, 7, 65, 129} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			cfg := small()
			cfg.Neurons = n
			m, err := Transfer(ctx, cfg, wave.Source(100))
			if err != nil {
				t.Fatal(err)
			}
			rec, err := m.Test(ctx, wave.Source(100), TestConfig{Trials: 2, Recorded: 1, Seed: 1})
			if err != nil {
				t.Fatal(err)
			}
			if e, _ := rec.MedianErrors(); math.IsNaN(e) {
				t.Error("the error is not a number")
			}
		})
	}
}

// Traces of a network that has fallen silent end at zero and do not linger
// among the denormal numbers, which are slow on many machines.
func TestSilenceEndsAtZero(t *testing.T) {
	const neurons = 9
	f, err := rls.NewFiltered(neurons, 2, math.Exp(-0.001/0.1), math.Exp(-0.001/0.005))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Learn(rls.Default()); err != nil {
		t.Fatal(err)
	}
	cfg := small()
	cfg.Neurons = neurons
	cfg.Neuron = neuron.LIF{Tau: 0.010, Threshold: 1e9, Reset: -10} // nobody fires
	net, err := build(cfg, wave.Source(10))
	if err != nil {
		t.Fatal(err)
	}
	all := []int{0, 1, 2, 3, 4, 5, 6, 7, 8}
	f.Step(all)
	if err := f.Update([]float64{1, -1}); err != nil {
		t.Fatal(err)
	}
	copy(net.slowCurrent, net.slow)
	copy(net.fastCurrent, net.fast)
	bank, y := make([]float64, neurons), make([]float64, 2)
	for range 70_000 { // 700 time constants of the slow synapse: e^-700
		f.Step(nil)
		net.step(y, y[:1])
	}
	f.Output(y)
	f.Bank(bank, 0)
	for _, x := range [][]float64{bank, y, net.slowCurrent, net.fastCurrent} {
		for i, v := range x {
			if v != 0 {
				t.Fatalf("entry %d is still %g", i, v)
			}
		}
	}
}
