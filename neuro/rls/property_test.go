package rls

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// drawn is a problem of a random size, and a configuration.
func drawn(rng *rand.Rand) (s, target *mat.Dense, cfg Config) {
	n, m := 1+rng.IntN(40), 1+rng.IntN(6)
	steps := n*6 + rng.IntN(300)
	s, target = problem(n, m, steps)
	scale := math.Pow(10, rng.Float64()*2-1)
	s.Scale(scale, s)
	cfg = Config{Alpha: scale * scale * math.Pow(10, rng.Float64()*4-2), Pending: 1 + rng.IntN(70)}
	if rng.IntN(2) == 0 {
		cfg.Forgetting = rng.Float64() / float64(4*n)
	}
	return s, target, cfg
}

// Whatever the size, Alpha, Forgetting and Pending, weights are those of the ridge
// regression by QR, both those changed at once and those that wait.
func TestWeightsAreTheRidgeRegression(t *testing.T) {
	rng := neuro.Stream(1, "drawn problems")
	for range 40 {
		s, target, cfg := drawn(rng)
		steps, n := s.Dims()
		_, m := target.Dims()
		want := weighted(t, s, target, cfg.Alpha, 1-cfg.Forgetting)
		r, err := New(n, cfg)
		if err != nil {
			t.Fatal(err)
		}
		w, q, y := mat.NewDense(m, n, nil), r.NewReadouts(m), make([]float64, m)
		for i := range steps {
			r.Present(s.RawRowView(i), true)
			q.Output(y)
			floats.Sub(y, target.RawRowView(i))
			if err := r.Correct(Target{Readouts: q, Error: y}, Target{Weights: w, Error: y}); err != nil {
				t.Fatal(err)
			}
		}
		if a, b := farApart(w, want), farApart(q.Weights(), want); !(max(a, b) < 1e-9) {
			t.Errorf("%d entries, %d readouts, %d samples, %+v: weights are %g and %g away", n, m, steps, cfg, a, b)
		}
	}
}

// Entries of a regressor have no order and no unit: renamed, so are the weights;
// in a unit c times as large, with Alpha in its square, weights are 1/c of what they
// were, to the bit where c is a power of two.
func TestEntriesHaveNoOrderAndNoUnit(t *testing.T) {
	rng := neuro.Stream(2, "drawn problems")
	for range 20 {
		s, target, cfg := drawn(rng)
		steps, n := s.Dims()
		learn := func(s *mat.Dense, alpha float64) *mat.Dense {
			c := cfg
			c.Alpha = alpha
			r, err := New(n, c)
			if err != nil {
				t.Fatal(err)
			}
			return train(t, r, s, target)
		}
		want := learn(s, cfg.Alpha)
		large := mat.DenseCopyOf(s)
		large.Scale(8, large)
		scaled := learn(large, 64*cfg.Alpha)
		scaled.Scale(8, scaled)
		if !mat.Equal(scaled, want) {
			t.Errorf("in another unit weights are %g away", farApart(scaled, want))
		}
		number := rng.Perm(n)
		renamed, back := mat.NewDense(steps, n, nil), mat.DenseCopyOf(want)
		for i, to := range number {
			renamed.SetCol(to, mat.Col(nil, i, s))
		}
		other := learn(renamed, cfg.Alpha)
		for i, to := range number {
			back.SetCol(i, mat.Col(nil, to, other))
		}
		if d := farApart(back, want); !(d < 1e-9) {
			t.Errorf("renamed, weights are %g away", d)
		}
	}
}

// Filtered trains of any number of neurons and filters, in any order of first
// spikes, are learned from as the same numbers in a vector are.
func TestFilteredIsTheRidgeRegression(t *testing.T) {
	rng := neuro.Stream(3, "drawn problems")
	for range 15 {
		neurons, m, steps := 1+rng.IntN(20), 1+rng.IntN(4), 400+rng.IntN(400)
		cfg := Config{Alpha: math.Pow(10, rng.Float64()*3-1), Pending: 1 + rng.IntN(40)}
		var decays []float64
		for range 1 + rng.IntN(3) {
			decays = append(decays, math.Exp(-1/(2+100*rng.Float64())))
		}
		f, err := NewFiltered(neurons, m, decays...)
		if err == nil {
			err = f.Learn(cfg)
		}
		if err != nil {
			t.Fatal(err)
		}
		n := neurons * len(decays)
		s, target, learned := make([]float64, n), mat.NewDense(steps, m, nil), 0
		samples, wanted := mat.NewDense(steps, n, nil), mat.NewDense(steps, m, nil)
		fill(target, rng)
		y := make([]float64, m)
		for step, fired := range spikes(neurons, steps, 0.1) {
			for b, d := range decays {
				floats.Scale(d, s[b*neurons:][:neurons])
				for _, j := range fired {
					s[b*neurons+j]++
				}
			}
			f.Step(fired)
			f.Output(y)
			if rng.IntN(2) == 0 { // learns at some steps only
				continue
			}
			samples.SetRow(learned, s)
			wanted.SetRow(learned, target.RawRowView(step))
			learned++
			floats.Sub(y, target.RawRowView(step))
			if err := f.Update(y); err != nil {
				t.Fatal(err)
			}
		}
		want := ridge(t, samples.Slice(0, learned, 0, n).(*mat.Dense), wanted.Slice(0, learned, 0, m).(*mat.Dense), cfg.Alpha)
		if d := farApart(f.State().Weights, want); !(d < 1e-8) {
			t.Errorf("%d neurons, %d filters, %+v: weights are %g away", neurons, len(decays), cfg, d)
		}
	}
}

// A P that has lost definiteness is never silent: whichever update finds it, the
// weights stay finite.
func TestLostDefinitenessIsNeverSilent(t *testing.T) {
	rng := neuro.Stream(4, "drawn problems")
	for range 20 {
		s, target, cfg := drawn(rng)
		steps, n := s.Dims()
		_, m := target.Dims()
		r, err := New(n, cfg)
		if err != nil {
			t.Fatal(err)
		}
		p := mat.NewSymDense(n, nil)
		for i := range n {
			p.SetSym(i, i, 1)
		}
		p.SetSym(rng.IntN(n), rng.IntN(n), -3)
		if err := r.SetInverse(p); err != nil {
			t.Fatal(err)
		}
		w, e := mat.NewDense(m, n, nil), mat.NewVecDense(m, nil)
		var lost *IllConditionedError
		for i := range steps {
			e.MulVec(w, s.RowView(i))
			e.SubVec(e, target.RowView(i))
			if errors.As(r.Update(s.RawRowView(i), Target{Weights: w, Error: e.RawVector().Data}), &lost) {
				break
			}
		}
		if lost == nil || neuro.NotFinite(w.RawMatrix().Data) >= 0 {
			t.Errorf("%d entries, %+v: %v, weights of norm %g", n, cfg, lost, mat.Norm(w, 2))
		}
	}
}

// An error that is no number would make none of all weights: it changes nothing.
func TestErrorsMustBeFinite(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		r, _ := New(2, Default())
		w, p := mat.NewDense(2, 2, []float64{1, 2, 3, 4}), r.Inverse()
		err := r.Update([]float64{1, 1}, Target{Weights: w, Error: []float64{1, bad}})
		if err == nil || !strings.Contains(err.Error(), "the error of output 1 is") || !mat.Equal(w, mat.NewDense(2, 2, []float64{1, 2, 3, 4})) || !mat.Equal(r.Inverse(), p) {
			t.Errorf("%v; weights %v", err, w.RawMatrix().Data)
		}
		f, _ := NewFiltered(2, 1, 0.9)
		if err := f.Learn(Default()); err != nil {
			t.Fatal(err)
		}
		f.Step([]int{0, 1})
		if err := f.Update([]float64{bad}); err == nil || mat.Norm(f.State().Weights, 2) != 0 {
			t.Errorf("filtered: %v, weights %v", err, f.State().Weights.RawMatrix().Data)
		}
		if err := f.Update([]float64{1}); err != nil || mat.Norm(f.State().Weights, 2) == 0 {
			t.Errorf("filtered, afterwards: %v", err)
		}
	}
}
