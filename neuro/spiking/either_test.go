package spiking

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// counting is a source with directions, a constant drive, a state that counts
// trials and a question that is always answered.
type counting struct {
	dt         float64
	condition  int
	directions *mat.Dense // 3 × 2
	inputs     *mat.Dense // 3 × 1
	constant   []float64
}

func newCounting() counting {
	return counting{
		dt: 0.001, condition: 7,
		directions: mat.NewDense(3, 2, []float64{1, 2, 3, 4, 5, 6}),
		inputs:     mat.NewDense(3, 1, []float64{7, 8, 9}),
		constant:   []float64{10, 11, 12},
	}
}

func (c counting) Shape() task.Shape {
	return task.Shape{Name: "counting", Dt: c.dt, Inputs: 1, Outputs: 2, Factors: 2}
}
func (c counting) Directions() (factors, inputs *mat.Dense) { return c.directions, c.inputs }
func (c counting) Constant() []float64                      { return c.constant }
func (c counting) Trial(rng *rand.Rand, state []float64) (task.Trial, []float64, error) {
	n := 1.0
	if state != nil {
		n = state[0] + 1
	}
	ones := func(cols int) *mat.Dense {
		m := mat.NewDense(5, cols, nil)
		m.Apply(func(int, int, float64) float64 { return n }, m)
		return m
	}
	correct := func(z *mat.Dense) bool { _, c := z.Dims(); return c == 2 && z.At(0, 0) == 42 }
	return task.Trial{Inputs: ones(1), Targets: ones(2), Factors: ones(2), Condition: c.condition, Correct: correct}, []float64{n}, nil
}

func TestEitherShowsOneAtATime(t *testing.T) {
	src, err := Either(waves(50), newCounting())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := src.Shape(), (task.Shape{Name: "wave or counting", Dt: 0.001, Inputs: 2, Outputs: 3, Factors: 4}); got != want {
		t.Fatalf("shape %+v, want %+v", got, want)
	}
	var state []float64
	shown := map[int]int{}
	for i := range 40 {
		trial, next, err := src.Trial(neuro.Stream(1, "trial", i), state)
		if err != nil {
			t.Fatal(err)
		}
		if err := trial.Validate(src.Shape()); err != nil {
			t.Fatal(err)
		}
		state = next
		which := trial.Condition / ConditionsEach
		shown[which]++
		steps := trial.Steps()
		wave := mat.Norm(trial.Factors.Slice(0, steps, 0, 2), 2) + mat.Norm(trial.Targets.Slice(0, steps, 0, 1), 2) + mat.Norm(trial.Inputs.Slice(0, steps, 0, 1), 2)
		other := mat.Norm(trial.Factors.Slice(0, steps, 2, 4), 2) + mat.Norm(trial.Targets.Slice(0, steps, 1, 3), 2) + mat.Norm(trial.Inputs.Slice(0, steps, 1, 2), 2)
		if (wave != 0) != (which == 0) || (other != 0) != (which == 1) {
			t.Fatalf("trial %d of source %d: norms %g and %g", i, which, wave, other)
		}
		if which == 0 {
			if trial.Correct != nil || steps != 50 {
				t.Errorf("a wave of %d steps, a question: %v", steps, trial.Correct != nil)
			}
			continue
		}
		// Its own state counts its own trials only.
		if got := trial.Factors.At(0, 2); got != float64(shown[1]) || trial.Condition != ConditionsEach+7 {
			t.Errorf("trial %d: count %g, want %d; condition %d", i, got, shown[1], trial.Condition)
		}
		z := mat.NewDense(5, 3, nil)
		if trial.Correct(z) {
			t.Error("zeros are taken for the answer")
		}
		if z.Set(0, 1, 42); !trial.Correct(z) {
			t.Error("the answer in the source's own channel is not taken")
		}
	}
	if shown[0] < 10 || shown[1] < 10 {
		t.Errorf("shown %v of 40", shown)
	}
}

func TestEitherKeepsDirectionsApart(t *testing.T) {
	src, err := Either(waves(50), newCounting())
	if err != nil {
		t.Fatal(err)
	}
	f, in := src.Directions()
	if want := mat.NewDense(5, 4, []float64{
		1, 0, 0, 0,
		0, 1, 0, 0,
		0, 0, 1, 2,
		0, 0, 3, 4,
		0, 0, 5, 6,
	}); !mat.Equal(f, want) {
		t.Errorf("directions of factors\n%v", mat.Formatted(f))
	}
	if want := mat.NewDense(5, 2, []float64{0, 0, 0, 0, 0, 7, 0, 8, 0, 9}); !mat.Equal(in, want) {
		t.Errorf("directions of inputs\n%v", mat.Formatted(in))
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
	// Joining what is joined keeps all that.
	three, err := Either(src, waves(20))
	if err != nil {
		t.Fatal(err)
	}
	for input, want := range []bool{true, false, true} {
		if got := three.(*either).Drawn(input); got != want {
			t.Errorf("input %d of three: drawn at random %v", input, got)
		}
	}
	if c := three.(*either).Constant(); len(c) != 7 || c[2] != 10 || c[6] != 0 {
		t.Errorf("constant drive of three: %v", c)
	}
}

func TestEitherIsLearned(t *testing.T) {
	ctx := context.Background()
	src, err := Either(waves(400), fromRecording{wave{steps: 250}})
	if err != nil {
		t.Fatal(err)
	}
	cfg := small()
	cfg.Neurons, cfg.Gain = 250, 12
	cfg.DemeaningTrials, cfg.TrainingTrials = 10, 80
	m, err := Transfer(ctx, cfg, src, nil)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := m.Test(ctx, src, TestConfig{WarmUpTrials: 2, Trials: 20, Recorded: 20, Seed: 3}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		factors, outputs := rec.Where(func(c int) bool { return c/ConditionsEach == i })
		if len(factors) < 3 || stats.Median(factors) > 0.2 || stats.Median(outputs) > 0.2 {
			t.Errorf("source %d: %d trials, median nMSE %g and %g", i, len(factors), stats.Median(factors), stats.Median(outputs))
		}
	}
	for i, s := range rec.Trials {
		if steps := s.To - s.From; steps != map[int]int{0: 400, 1: 250}[s.Condition/ConditionsEach] || s.Condition != rec.Conditions[i] {
			t.Errorf("trial %d: %+v, condition %d", i, s, rec.Conditions[i])
		}
	}
}

func TestSourcesThatDoNotGoTogether(t *testing.T) {
	bend := func(f func(*counting)) Source { c := newCounting(); f(&c); return c }
	for want, sources := range map[string][]Source{
		"at least 2":      {waves(10)},
		"0.002 s":         {waves(10), bend(func(c *counting) { c.dt = 0.002 })},
		"constant drive":  {waves(10), bend(func(c *counting) { c.constant = []float64{1} })},
		"for 1 factors":   {waves(10), bend(func(c *counting) { c.directions = mat.NewDense(3, 1, nil) })},
		"inputs as 2 x 1": {waves(10), bend(func(c *counting) { c.inputs = mat.NewDense(2, 1, nil) })},
	} {
		if _, err := Either(sources...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	src, err := Either(bend(func(c *counting) { c.condition = 1000 }), newCounting())
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; err == nil && i < 20; i++ {
		_, _, err = src.Trial(neuro.Stream(1, "trial", i), nil)
	}
	if err == nil || !strings.Contains(err.Error(), "condition 1000") {
		t.Errorf("error %v, want one that names the condition", err)
	}
	for _, state := range [][]float64{{5}, {1}, {-1, -1, 3}, {0, 1}} {
		if _, _, err := src.Trial(neuro.Stream(1, "trial"), state); err == nil {
			t.Errorf("state %v was taken", state)
		}
	}
}
