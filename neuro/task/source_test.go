package task

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// counting is a source with directions, a constant drive, a state that counts
// trials and a question that is always answered.
type counting struct {
	dt         float64
	directions Directions
}

func newCounting() counting {
	return counting{dt: 0.001, directions: Directions{
		Factors:  mat.NewDense(3, 2, []float64{1, 2, 3, 4, 5, 6}),
		Inputs:   mat.NewDense(3, 1, []float64{7, 8, 9}),
		Constant: []float64{10, 11, 12},
	}}
}

func (c counting) Shape() Shape {
	return Shape{Name: "counting", Dt: c.dt, Inputs: 1, Outputs: 2, Factors: 2}
}

func (c counting) Directions() Directions { return c.directions }

func (c counting) Trial(_ *rand.Rand, state State) (Trial, State, error) {
	n := 1.0
	if x := state.Numbers(); x != nil {
		n = x[0] + 1
	}
	ones := func(cols int) *mat.Dense {
		m := mat.NewDense(5, cols, nil)
		m.Apply(func(int, int, float64) float64 { return n }, m)
		return m
	}
	correct := func(z *mat.Dense) bool { _, c := z.Dims(); return c == 2 && z.At(0, 0) == 42 }
	return Trial{Inputs: ones(1), Targets: ones(2), Factors: ones(2), Condition: 1000, Correct: correct}, NewState(n), nil
}

// pedalling is a source of recorded factors, which has no state and draws its
// input.
func pedalling(t *testing.T) Source {
	t.Helper()
	k, err := NewCycling(lines(1, 60, 2)[0], lines(1, 60, 1)[0], 0.001)
	if err != nil {
		t.Fatal(err)
	}
	src, err := NewSource(k)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func TestMixedSourcesAreShownOneAtATime(t *testing.T) {
	src, err := MixSources(pedalling(t), newCounting())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := src.Shape(), (Shape{Name: "cycling + counting", Dt: 0.001, Inputs: 2, Outputs: 3, Factors: 4}); got != want {
		t.Fatalf("shape %+v, want %+v", got, want)
	}
	var state State
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
		shown[trial.Part]++
		steps := trial.Steps()
		first := mat.Norm(trial.Factors.Slice(0, steps, 0, 2), 2) + mat.Norm(trial.Targets.Slice(0, steps, 0, 1), 2) + mat.Norm(trial.Inputs.Slice(0, steps, 0, 1), 2)
		other := mat.Norm(trial.Factors.Slice(0, steps, 2, 4), 2) + mat.Norm(trial.Targets.Slice(0, steps, 1, 3), 2) + mat.Norm(trial.Inputs.Slice(0, steps, 1, 2), 2)
		if (first != 0) != (trial.Part == 0) || (other != 0) != (trial.Part == 1) {
			t.Fatalf("trial %d of source %d: norms %g and %g", i, trial.Part, first, other)
		}
		if trial.Part == 0 {
			if trial.Correct != nil || steps != 60 {
				t.Errorf("a cycle of %d steps, a question: %v", steps, trial.Correct != nil)
			}
			continue
		}
		// Its own state counts its own trials only, and its condition is its own.
		if got := trial.Factors.At(0, 2); got != float64(shown[1]) || trial.Condition != 1000 {
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

func TestMixedSourcesKeepDirectionsApart(t *testing.T) {
	src, err := MixSources(pedalling(t), newCounting())
	if err != nil {
		t.Fatal(err)
	}
	d := src.Directions()
	if want := mat.NewDense(5, 4, []float64{
		1, 0, 0, 0,
		0, 1, 0, 0,
		0, 0, 1, 2,
		0, 0, 3, 4,
		0, 0, 5, 6,
	}); !mat.Equal(d.Factors, want) {
		t.Errorf("directions of factors\n%v", mat.Formatted(d.Factors))
	}
	if want := mat.NewDense(5, 2, []float64{0, 0, 0, 0, 0, 7, 0, 8, 0, 9}); !mat.Equal(d.Inputs, want) {
		t.Errorf("directions of inputs\n%v", mat.Formatted(d.Inputs))
	}
	// A mix of a mix keeps all that.
	three, err := MixSources(src, pedalling(t))
	if err != nil {
		t.Fatal(err)
	}
	d = three.Directions()
	if !slices.Equal(d.Drawn, []bool{true, false, true}) {
		t.Errorf("inputs drawn of three: %v", d.Drawn)
	}
	if c := d.Constant; len(c) != 7 || c[2] != 10 || c[6] != 0 {
		t.Errorf("constant drive of three: %v", c)
	}
	// So does its state: it goes on after a file as it would have.
	var state, kept State
	for i := range 10 {
		rng := func() *rand.Rand { return neuro.Stream(2, "trial", i) }
		one, next, err := three.Trial(rng(), state)
		if err != nil {
			t.Fatal(err)
		}
		other, again, err := three.Trial(rng(), kept)
		if err != nil || !mat.Equal(one.Factors, other.Factors) {
			t.Fatalf("trial %d differs after a file: %v", i, err)
		}
		state, kept = next, NewState(again.Numbers()...)
	}
}

func TestSourcesThatDoNotGoTogether(t *testing.T) {
	bend := func(f func(*counting)) Source { c := newCounting(); f(&c); return c }
	for want, sources := range map[string][]Source{
		"at least 2":        {pedalling(t)},
		"no source 1":       {pedalling(t), nil},
		"0.002 s":           {pedalling(t), bend(func(c *counting) { c.dt = 0.002 })},
		"constant drive":    {pedalling(t), bend(func(c *counting) { c.directions.Constant = []float64{1} })},
		"for 1 factors":     {pedalling(t), bend(func(c *counting) { c.directions.Factors = mat.NewDense(3, 1, nil) })},
		"inputs as 2 x 1":   {pedalling(t), bend(func(c *counting) { c.directions.Inputs = mat.NewDense(2, 1, nil) })},
		"of 2 inputs wheth": {pedalling(t), bend(func(c *counting) { c.directions.Drawn = []bool{true, false} })},
		"NaN among its dir": {pedalling(t), bend(func(c *counting) { c.directions.Inputs = mat.NewDense(3, 1, []float64{0, math.NaN(), 0}) })},
	} {
		if _, err := MixSources(sources...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	src, err := MixSources(pedalling(t), newCounting())
	if err != nil {
		t.Fatal(err)
	}
	for _, state := range [][]float64{{5}, {1}, {-1, -1, 3}, {0, 1}} {
		if _, _, err := src.Trial(neuro.Stream(1, "trial"), NewState(state...)); err == nil {
			t.Errorf("state %v was taken", state)
		}
	}
	if _, _, err := src.Trial(nil, State{}); err == nil {
		t.Error("no stream of random numbers was taken")
	}
	if _, err := NewSource(NewSawtooth()); err == nil || !strings.Contains(err.Error(), "hold no factors") {
		t.Errorf("a task without factors: %v", err)
	}
}
