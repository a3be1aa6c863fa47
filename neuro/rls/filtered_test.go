package rls

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// train of spikes: each neuron fires with probability p a step.
func spikes(neurons, steps int, p float64) [][]int {
	rng := neuro.Stream(3, "spikes")
	out := make([][]int, steps)
	for t := range out {
		for j := range neurons {
			if rng.Float64() < p {
				out[t] = append(out[t], j)
			}
		}
	}
	return out
}

// TestFilteredEqualsDense runs the event-driven regression beside a dense one
// that is given the whole filtered vector each time.
func TestFilteredEqualsDense(t *testing.T) {
	const neurons, m, steps, pending = 23, 4, 2500, 9
	slow, fast := math.Exp(-0.01), math.Exp(-0.2)
	cfg := Config{Alpha: 1, Pending: pending}
	f, err := NewFiltered(neurons, m, slow, fast)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Learn(cfg); err != nil {
		t.Fatal(err)
	}
	dense, _ := New(2*neurons, cfg)
	w := mat.NewDense(m, 2*neurons, nil)
	s := mat.NewVecDense(2*neurons, nil)
	y, want, e := make([]float64, m), mat.NewVecDense(m, nil), make([]float64, m)
	rng := neuro.Stream(5, "when")
	for step, fired := range spikes(neurons, steps, 0.03) {
		for i := range neurons {
			s.SetVec(i, slow*s.AtVec(i))
			s.SetVec(neurons+i, fast*s.AtVec(neurons+i))
		}
		for _, j := range fired {
			s.SetVec(j, s.AtVec(j)+1)
			s.SetVec(neurons+j, s.AtVec(neurons+j)+1)
		}
		f.Step(fired)
		f.Output(y)
		want.MulVec(w, s)
		for i := range y {
			if math.Abs(y[i]-want.AtVec(i)) > 1e-9 {
				t.Fatalf("step %d: output %d is %g, dense %g", step, i, y[i], want.AtVec(i))
			}
			e[i] = y[i] - math.Sin(float64(step)/50+float64(i))
		}
		if step%700 == 699 {
			f.Begin(t.Context(), true)
		}
		if rng.Float64() < 0.5 {
			if err := f.Update(e); err != nil {
				t.Fatal(err)
			}
			if err := dense.Update(s.RawVector().Data, Target{Weights: w, Error: e}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if d := farApart(f.State().Weights, w); d > 1e-9 {
		t.Errorf("weights are %g away from the dense regression's", d)
	}
	if d := farApart(f.Inverse(), dense.Inverse()); d > 1e-9 {
		t.Errorf("P is %g away from the dense regression's", d)
	}
}

func TestFilteredRefusesIllConditioning(t *testing.T) {
	f, _ := NewFiltered(2, 1, 0.9)
	if err := f.SetInverse(mat.NewSymDense(2, []float64{-5, 0, 0, 1})); err == nil {
		t.Error("a P was taken before Learn")
	}
	if err := errors.Join(f.Learn(Default()), f.SetInverse(mat.NewSymDense(2, []float64{-5, 0, 0, 1}))); err != nil {
		t.Fatal(err)
	}
	f.Step([]int{0})
	var ill *IllConditionedError
	if err := f.Update([]float64{1}); !errors.As(err, &ill) {
		t.Fatalf("error %v, want an IllConditionedError", err)
	}
	if f.State().Weights.At(0, 0) != 0 {
		t.Error("the refused update changed the weights")
	}
}

// A state that is taken and restored, with P, goes on to the same bits; P and
// the weights of neurons that never fired are untouched.
func TestFilteredStateGoesOnToTheSameBits(t *testing.T) {
	const neurons, m = 17, 2
	trains := spikes(neurons, 400, 0.05)
	for i := range trains { // neurons 3 and 16 are silent, 5 fires late
		kept := trains[i][:0]
		for _, j := range trains[i] {
			if j != 3 && j != 16 && (j != 5 || i > 250) {
				kept = append(kept, j)
			}
		}
		trains[i] = kept
	}
	begin := func() *Filtered {
		f, _ := NewFiltered(neurons, m, 0.99, 0.8)
		if err := f.Learn(Config{Alpha: 2, Pending: 8}); err != nil {
			t.Fatal(err)
		}
		return f
	}
	run := func(f *Filtered, from, to int) {
		y := make([]float64, m)
		for i := from; i < to; i++ {
			f.Step(trains[i])
			f.Output(y)
			y[0]--
			if err := f.Update(y); err != nil {
				t.Fatal(err)
			}
		}
		f.Begin(t.Context(), true)
	}
	whole := begin()
	run(whole, 0, 200)
	run(whole, 200, 400)

	first := begin()
	run(first, 0, 200)
	second := begin()
	if err := errors.Join(second.SetInverse(first.Inverse()), second.Restore(first.State())); err != nil {
		t.Fatal(err)
	}
	run(second, 200, 400)
	if !mat.Equal(whole.State().Weights, second.State().Weights) || !mat.Equal(whole.Inverse(), second.Inverse()) {
		t.Error("restored in the middle, the run ends with other bits")
	}
	p, w := whole.Inverse(), whole.State().Weights
	for _, silent := range []int{3, 16, neurons + 3, neurons + 16} {
		for j := range 2 * neurons {
			want := 0.0
			if j == silent {
				want = 0.5
			}
			if p.At(silent, j) != want {
				t.Errorf("P of a silent neuron is %g at %d, %d", p.At(silent, j), silent, j)
			}
		}
		if w.At(0, silent) != 0 {
			t.Errorf("the weight of silent entry %d is %g", silent, w.At(0, silent))
		}
	}
	bank := make([]float64, neurons)
	second.Bank(bank, 1)
	if !mat.Equal(mat.NewVecDense(neurons, bank), second.State().Banks.RowView(1)) {
		t.Error("Bank and State tell different things")
	}

	bad := first.State()
	bad.Fired = append(bad.Fired, bad.Fired[0])
	if err := second.Restore(bad); err == nil {
		t.Error("a neuron that fired for the first time twice was taken")
	}
	bad = first.State()
	bad.Weights = mat.NewDense(1, 2, nil)
	if err := second.Restore(bad); err == nil {
		t.Error("weights of the wrong shape were taken")
	}
	if err := second.SetInverse(mat.NewSymDense(3, nil)); err == nil {
		t.Error("a P of the wrong size was taken")
	}
}

func TestFilteredBadShapes(t *testing.T) {
	if _, err := NewFiltered(0, 1, 0.5); err == nil {
		t.Error("no neurons were taken")
	}
	for _, d := range []float64{-0.1, 1, 2, math.NaN()} {
		if _, err := NewFiltered(3, 1, d); err == nil {
			t.Errorf("a decay of %g was taken", d)
		}
	}
}

func TestFilteredStepAndUpdateAllocateNothing(t *testing.T) {
	f, _ := NewFiltered(20, 3, 0.99, 0.8)
	if err := f.Learn(Config{Alpha: 1, Pending: 4}); err != nil {
		t.Fatal(err)
	}
	fired, e := []int{3, 7}, []float64{0.1, 0.2, 0.3}
	if a := testing.AllocsPerRun(100, func() {
		f.Step(fired)
		if err := f.Update(e); err != nil {
			t.Fatal(err)
		}
	}); a != 0 {
		t.Errorf("%g allocations a step", a)
	}
}

func BenchmarkFilteredTrial(b *testing.B) {
	const neurons = 800
	fired := spikes(neurons, 2000, 0.015)
	f, _ := NewFiltered(neurons, 12, math.Exp(-0.01), math.Exp(-0.2))
	if err := f.Learn(Default()); err != nil {
		b.Fatal(err)
	}
	e := make([]float64, 12)
	for b.Loop() {
		for t, s := range fired {
			f.Step(s)
			if t%2 == 0 {
				f.Output(e)
				if err := f.Update(e); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
}
