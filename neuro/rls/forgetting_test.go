package rls

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// forgetful is the textbook recursion with a forgetting factor (Haykin, table
// 9.1), written with nothing of this package. P is kept symmetric: what rounding
// makes of it otherwise grows by 1/λ with each update.
func forgetful(s, target *mat.Dense, alpha, lambda float64) (w, p *mat.Dense) {
	steps, n := s.Dims()
	_, m := target.Dims()
	w, p = mat.NewDense(m, n, nil), mat.NewDense(n, n, nil)
	for i := range n {
		p.Set(i, i, 1/alpha)
	}
	for t := range steps {
		x := s.RowView(t)
		var px, k, e mat.VecDense
		px.MulVec(p, x)
		k.ScaleVec(1/(lambda+mat.Dot(x, &px)), &px)
		e.MulVec(w, x)
		e.SubVec(&e, target.RowView(t))
		w.RankOne(w, -1, &e, &k)
		p.RankOne(p, -1, &k, &px)
		q := mat.DenseCopyOf(p)
		p.Apply(func(i, j int, v float64) float64 { return (v + q.At(j, i)) / 2 / lambda }, q)
	}
	return w, p
}

// weighted solves for the weights that minimise Σ λ^(T-t) |error t|² + Alpha λ^T
// |w|² offline: the ridge of rows that are scaled by the roots of these.
func weighted(t *testing.T, s, target *mat.Dense, alpha, lambda float64) *mat.Dense {
	steps, _ := s.Dims()
	scaled := func(m *mat.Dense) *mat.Dense {
		m = mat.DenseCopyOf(m)
		m.Apply(func(i, _ int, v float64) float64 { return v * math.Pow(lambda, float64(steps-1-i)/2) }, m)
		return m
	}
	return ridge(t, scaled(s), scaled(target), alpha*math.Pow(lambda, float64(steps)))
}

// Weights and P, whatever waits, are those of the textbook recursion with a
// forgetting factor and of the weighted least squares of all samples, after
// many times the memory.
func TestForgettingEqualsTextbookAndWeightedLeastSquares(t *testing.T) {
	const n, m, steps, alpha = 17, 3, 1500, 0.7
	s, target := problem(n, m, steps)
	for _, forgetting := range []float64{0.001, 0.02, 0.08} {
		wantW, wantP := forgetful(s, target, alpha, 1-forgetting)
		offline := weighted(t, s, target, alpha, 1-forgetting)
		for _, pending := range []int{1, 7, 64} {
			r, err := New(n, Config{Alpha: alpha, Pending: pending, Forgetting: forgetting})
			if err != nil {
				t.Fatal(err)
			}
			q, y := r.NewReadouts(m), make([]float64, m)
			w := mat.NewDense(m, n, nil)
			for i := range steps {
				r.Present(s.RawRowView(i), true)
				q.Output(y)
				floats.Sub(y, target.RawRowView(i))
				if err := r.Correct(Target{Readouts: q, Error: y}, Target{Weights: w, Error: y}); err != nil {
					t.Fatal(err)
				}
				if i == 900 {
					r.Inverse() // in the middle, when changes wait
				}
			}
			for name, d := range map[string]float64{
				"weights, from the recursion's":                 farApart(w, wantW),
				"weights, from the weighted least squares":      farApart(w, offline),
				"weights that waited, from those changed early": farApart(q.Weights(), w),
				"P, from the recursion's":                       farApart(r.Inverse(), wantP),
			} {
				if !(d < 1e-10) {
					t.Errorf("forgetting %g, pending %d: %s: %g away", forgetting, pending, name, d)
				}
			}
		}
	}
}

// A forgetting factor of next to nothing takes λ/g to zero within a few updates;
// what waits is brought in before.
func TestForgettingNearlyAll(t *testing.T) {
	r, err := New(1, Config{Alpha: 1, Pending: 64, Forgetting: 1 - 1e-12})
	if err != nil {
		t.Fatal(err)
	}
	w := mat.NewDense(1, 1, nil)
	for i := range 200 {
		want := float64(i)
		if err := r.Update([]float64{2}, Target{Weights: w, Error: []float64{2*w.At(0, 0) - want}}); err != nil {
			t.Fatal(err)
		}
		if got := 2 * w.At(0, 0); math.Abs(got-want) > 1e-9*(1+want) {
			t.Fatalf("update %d: the output is %g, the last sample's was %g", i, got, want)
		}
	}
}

// The event-driven regression forgets as the dense one does, also what it knows
// of neurons that have not fired yet, and goes on from a saved P.
func TestFilteredForgetsAsDense(t *testing.T) {
	const neurons, m, steps = 11, 2, 2500
	cfg := Config{Alpha: 1, Pending: 9, Forgetting: 0.003}
	decays := []float64{math.Exp(-0.01), math.Exp(-0.2)}
	f, _ := NewFiltered(neurons, m, decays...)
	if err := f.Learn(cfg); err != nil {
		t.Fatal(err)
	}
	dense, _ := New(2*neurons, cfg)
	w, s := mat.NewDense(m, 2*neurons, nil), make([]float64, 2*neurons)
	y, want := make([]float64, m), mat.NewVecDense(m, nil)
	for step, fired := range spikes(neurons, steps, 0.1) {
		if step < 600 { // neuron 0 fires late
			for len(fired) > 0 && fired[0] == 0 {
				fired = fired[1:]
			}
		}
		for b, d := range decays {
			floats.Scale(d, s[b*neurons:][:neurons])
			for _, j := range fired {
				s[b*neurons+j]++
			}
		}
		f.Step(fired)
		f.Output(y)
		want.MulVec(w, mat.NewVecDense(2*neurons, s))
		for i := range y {
			if math.Abs(y[i]-want.AtVec(i)) > 1e-8 {
				t.Fatalf("step %d: output %d is %g, dense %g", step, i, y[i], want.AtVec(i))
			}
			y[i] -= math.Sin(float64(step)/50 + float64(i))
		}
		if err := errors.Join(f.Update(y), dense.Update(s, Target{Weights: w, Error: y})); err != nil {
			t.Fatal(err)
		}
		switch step {
		case 700:
			f.Begin(t.Context(), true)
		case 1300:
			again, _ := NewFiltered(neurons, m, decays...)
			if err := errors.Join(again.Learn(cfg), again.SetInverse(f.Inverse()), again.Restore(f.State())); err != nil {
				t.Fatal(err)
			}
			f = again
		}
	}
	if d := farApart(f.State().Weights, w); d > 1e-8 {
		t.Errorf("weights are %g away from the dense regression's", d)
	}
	if d := farApart(f.Inverse(), dense.Inverse()); d > 1e-8 {
		t.Errorf("P is %g away from the dense regression's", d)
	}
}

// Weights follow what changes: after the truth has jumped, a readout that
// forgets is soon right, and one that does not is not.
func TestForgettingFollowsChanges(t *testing.T) {
	rng := neuro.Stream(8, "changes")
	errors := map[float64]float64{0: 0, 0.02: 0}
	for forgetting := range errors {
		r, _ := New(5, Config{Alpha: 1, Pending: 8, Forgetting: forgetting})
		w, s := mat.NewDense(1, 5, nil), make([]float64, 5)
		for step := range 3000 {
			for i := range s {
				s[i] = rng.NormFloat64()
			}
			truth := s[0] - s[1]
			if step >= 2500 {
				truth = s[1] + s[2]
			}
			e := floats.Dot(w.RawRowView(0), s) - truth
			errors[forgetting] = math.Abs(e)
			if err := r.Update(s, Target{Weights: w, Error: []float64{e}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if errors[0.02] > 0.01 || errors[0] < 0.1 {
		t.Errorf("the last error is %g with forgetting and %g without", errors[0.02], errors[0])
	}
}
