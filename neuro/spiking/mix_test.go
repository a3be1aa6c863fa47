package spiking

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// counting is a source with directions, a constant drive and a state that counts
// trials.
type counting struct{ directions task.Directions }

func newCounting() counting {
	return counting{task.Directions{
		Factors:  mat.NewDense(3, 2, []float64{1, 2, 3, 4, 5, 6}),
		Inputs:   mat.NewDense(3, 1, []float64{7, 8, 9}),
		Constant: []float64{10, 11, 12},
	}}
}

func (c counting) Shape() task.Shape {
	return task.Shape{Name: "counting", Dt: 0.001, Inputs: 1, Outputs: 2, Factors: 2}
}

func (c counting) Directions() task.Directions { return c.directions }

func (c counting) Trial(_ *rand.Rand, state task.State) (task.Trial, task.State, error) {
	n := 1.0
	if x := state.Numbers(); x != nil {
		n = x[0] + 1
	}
	ones := func(cols int) *mat.Dense {
		m := mat.NewDense(5, cols, nil)
		m.Apply(func(int, int, float64) float64 { return n }, m)
		return m
	}
	return task.Trial{Inputs: ones(1), Targets: ones(2), Factors: ones(2)}, task.NewState(n), nil
}

func TestDirectionsBecomeWeights(t *testing.T) {
	src, err := task.MixSources(wave.Source(50), newCounting())
	if err != nil {
		t.Fatal(err)
	}
	cfg := small()
	net, err := build(cfg, src)
	if err != nil {
		t.Fatal(err)
	}
	// Wave gives its input no direction: U(-1, 1) at every neuron. That of the
	// other source goes through Q, and so does its constant drive.
	q := carry.Orthonormal(cfg.Neurons, 5, neuro.Stream(cfg.Seed, "orthonormal"))
	rng := neuro.Stream(cfg.Seed, "input")
	for i := range cfg.Neurons {
		random := 2*rng.Float64() - 1
		rng.Float64()
		given := 7*q.At(i, 2) + 8*q.At(i, 3) + 9*q.At(i, 4)
		constant := 10*q.At(i, 2) + 11*q.At(i, 3) + 12*q.At(i, 4)
		for name, pair := range map[string][2]float64{
			"random input": {net.inputs.At(0, i), cfg.Gain * random}, "given input": {net.inputs.At(1, i), cfg.Gain * given},
			"constant": {net.constant[i], cfg.Gain * constant},
		} {
			if d := pair[0] - pair[1]; d > 1e-12 || d < -1e-12 {
				t.Fatalf("%s of neuron %d is %g, want %g", name, i, pair[0], pair[1])
			}
		}
	}
}

func TestMixIsLearned(t *testing.T) {
	ctx := context.Background()
	src, err := task.MixSources(wave.Source(400), wave.Own(wave.Task{Steps: 250}))
	if err != nil {
		t.Fatal(err)
	}
	cfg := small()
	cfg.Neurons, cfg.Gain = 250, 12
	cfg.DemeaningTrials, cfg.TrainingTrials = 10, 80
	m, err := Transfer(ctx, cfg, src)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := m.Test(ctx, src, TestConfig{WarmUpTrials: 2, Trials: 20, Recorded: 20, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		own := rec.Select(func(t recording.Trial) bool { return t.Part == i })
		if f, o := own.MedianErrors(); len(own.Trials) < 3 || !(f <= 0.2) || !(o <= 0.2) {
			t.Errorf("source %d: %d trials, median nMSE %g and %g", i, len(own.Trials), f, o)
		}
	}
	for i, s := range rec.Trials {
		if s.Steps() != map[int]int{0: 400, 1: 250}[s.Part] {
			t.Errorf("trial %d: %+v", i, s)
		}
	}
}
