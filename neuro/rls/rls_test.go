package rls

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// problem is a stream of dense samples with noisy linear targets.
func problem(n, m, steps int) (s, target *mat.Dense) {
	rng := neuro.Stream(1, "problem")
	s = mat.NewDense(steps, n, nil)
	truth := mat.NewDense(m, n, nil)
	fill(truth, rng)
	fill(s, rng)
	target = mat.NewDense(steps, m, nil)
	target.Mul(s, truth.T())
	target.Apply(func(_, _ int, v float64) float64 { return v + rng.NormFloat64() }, target)
	return s, target
}

func fill(a *mat.Dense, rng *rand.Rand) {
	a.Apply(func(_, _ int, _ float64) float64 { return rng.NormFloat64() }, a)
}

// sequential is the textbook recursion, written with nothing of this package.
func sequential(s, target *mat.Dense, alpha float64) (w, p *mat.Dense) {
	steps, n := s.Dims()
	_, m := target.Dims()
	w, p = mat.NewDense(m, n, nil), mat.NewDense(n, n, nil)
	for i := range n {
		p.Set(i, i, 1/alpha)
	}
	for t := range steps {
		x := s.RowView(t)
		var px, e mat.VecDense
		px.MulVec(p, x)
		c := mat.Dot(x, &px)
		e.MulVec(w, x)
		e.SubVec(&e, target.RowView(t))
		w.RankOne(w, -1/(1+c), &e, &px)
		p.RankOne(p, -1/(1+c), &px, &px)
	}
	return w, p
}

// ridge solves (Σ s sᵀ + alpha I) wᵀ = Σ s targetᵀ offline, by QR of the
// stacked system, so that no normal equations are shared with the recursion.
func ridge(t testing.TB, s, target *mat.Dense, alpha float64) *mat.Dense {
	t.Helper()
	steps, n := s.Dims()
	_, m := target.Dims()
	a, b := mat.NewDense(steps+n, n, nil), mat.NewDense(steps+n, m, nil)
	a.Slice(0, steps, 0, n).(*mat.Dense).Copy(s)
	b.Slice(0, steps, 0, m).(*mat.Dense).Copy(target)
	for i := range n {
		a.Set(steps+i, i, math.Sqrt(alpha))
	}
	var w mat.Dense
	if err := w.Solve(a, b); err != nil {
		t.Fatal(err)
	}
	return mat.DenseCopyOf(w.T())
}

func train(t testing.TB, r *RLS, s, target *mat.Dense) *mat.Dense {
	t.Helper()
	steps, n := s.Dims()
	_, m := target.Dims()
	w, e := mat.NewDense(m, n, nil), mat.NewVecDense(m, nil)
	for i := range steps {
		e.MulVec(w, s.RowView(i))
		e.SubVec(e, target.RowView(i))
		if err := r.Update(s.RawRowView(i), Target{Weights: w, Error: e.RawVector().Data}); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func farApart(a, b mat.Matrix) float64 {
	var d mat.Dense
	d.Sub(a, b)
	return mat.Norm(&d, 2) / mat.Norm(b, 2)
}

func TestUpdateEqualsSequentialRecursionAndOfflineRidge(t *testing.T) {
	const n, m, steps, alpha = 37, 3, 3000, 0.7
	s, target := problem(n, m, steps)
	wantW, wantP := sequential(s, target, alpha)
	wantRidge := ridge(t, s, target, alpha)
	for _, pending := range []int{1, 2, 7, 32, 64, 5000} {
		r, err := New(n, Config{Alpha: alpha, Pending: pending})
		if err != nil {
			t.Fatal(err)
		}
		w := train(t, r, s, target)
		if d := farApart(w, wantW); d > 1e-11 {
			t.Errorf("pending %d: weights are %g away from the sequential recursion's", pending, d)
		}
		if d := farApart(w, wantRidge); d > 1e-11 {
			t.Errorf("pending %d: weights are %g away from the ridge solution", pending, d)
		}
		if d := farApart(r.Inverse(), wantP); d > 1e-10 {
			t.Errorf("pending %d: P is %g away from the sequential recursion's", pending, d)
		}
	}
}

func TestInverseIsInverseCorrelation(t *testing.T) {
	const n, alpha = 20, 2.0
	s, target := problem(n, 1, 500)
	r, err := New(n, Config{Alpha: alpha, Pending: 16})
	if err != nil {
		t.Fatal(err)
	}
	train(t, r, s, target)
	var correlation, product mat.Dense
	correlation.Mul(s.T(), s)
	for i := range n {
		correlation.Set(i, i, correlation.At(i, i)+alpha)
	}
	product.Mul(r.Inverse(), &correlation)
	identity := mat.NewDiagDense(n, nil)
	for i := range n {
		identity.SetDiag(i, 1)
	}
	if d := farApart(&product, identity); d > 1e-10 {
		t.Errorf("P (Σ s sᵀ + αI) is %g away from I", d)
	}
}

// Readouts, whose changes wait, are those of the sequential recursion and of
// the offline ridge after thousands of samples, whatever waits; they are
// looked at in the middle.
func TestReadoutsEqualSequentialRecursionAndOfflineRidge(t *testing.T) {
	const n, m, steps, alpha = 37, 19, 3000, 0.7
	s, target := problem(n, m, steps)
	want, _ := sequential(s, target, alpha)
	offline := ridge(t, s, target, alpha)
	for _, pending := range []int{1, 7, 64, 5000} {
		r, err := New(n, Config{Alpha: alpha, Pending: pending})
		if err != nil {
			t.Fatal(err)
		}
		q := r.NewReadouts(m)
		few, fewError := mat.NewDense(2, n, nil), make([]float64, 2)
		y := make([]float64, m)
		for i := range steps {
			r.Present(s.RawRowView(i), true)
			q.Output(y)
			if i == 1100 {
				w := q.Weights()
				var direct mat.VecDense
				direct.MulVec(w, s.RowView(i))
				if d := farApart(mat.NewVecDense(m, y), &direct); d > 1e-12 {
					t.Errorf("pending %d: outputs are %g away from W s", pending, d)
				}
			}
			floats.Sub(y, target.RawRowView(i))
			copy(fewError, y)
			if err := r.Correct(Target{Readouts: q, Error: y}, Target{Weights: few, Error: fewError}); err != nil {
				t.Fatal(err)
			}
		}
		if d := farApart(q.Weights(), want); d > 1e-11 {
			t.Errorf("pending %d: weights are %g away from the sequential recursion's", pending, d)
		}
		if d := farApart(q.Weights(), offline); d > 1e-11 {
			t.Errorf("pending %d: weights are %g away from the ridge solution", pending, d)
		}
		if d := farApart(few, q.Weights().Slice(0, 2, 0, n)); d > 1e-11 {
			t.Errorf("pending %d: weights changed at once are %g away from those that waited", pending, d)
		}
	}
}

// Readouts that are no target of an update keep their weights, and a P that is
// set anew leaves them alone.
func TestReadoutsLearnOnlyWhereTheyAreTargets(t *testing.T) {
	s, _ := problem(9, 1, 30)
	r, _ := New(9, Config{Alpha: 1, Pending: 8})
	learns, rests := r.NewReadouts(2), r.NewReadouts(3)
	for i := range 10 { // both learn at first
		if err := r.Update(s.RawRowView(i), Target{Readouts: learns, Error: []float64{2, 1}}, Target{Readouts: rests, Error: []float64{1, 2, 3}}); err != nil {
			t.Fatal(err)
		}
	}
	fixed := rests.Weights()
	for i := range 29 {
		targets := []Target{{Readouts: learns, Error: []float64{1, 2}}}
		if i == 11 { // without error nothing changes either
			targets = append(targets, Target{Readouts: rests, Error: make([]float64, 3)})
		}
		if err := r.Update(s.RawRowView(i), targets...); err != nil {
			t.Fatal(err)
		}
	}
	if !mat.Equal(rests.Weights(), fixed) {
		t.Error("readouts that do not learn have changed")
	}
	if err := r.Update(s.RawRowView(29), Target{Readouts: learns, Error: []float64{1, 1}}); err != nil {
		t.Fatal(err)
	}
	y, again := make([]float64, 2), make([]float64, 2)
	r.Present(s.RawRowView(0), true)
	learns.Output(y)
	if err := r.SetInverse(mat.NewDiagDense(9, []float64{1, 1, 1, 1, 1, 1, 1, 1, 1})); err != nil {
		t.Fatal(err)
	}
	learns.Output(again)
	if d := farApart(mat.NewVecDense(2, again), mat.NewVecDense(2, y)); d > 1e-13 {
		t.Errorf("a new P changed outputs by %g", d)
	}
}

func TestContinuingFromSavedInverse(t *testing.T) {
	const n = 11
	s, target := problem(n, 2, 200)
	whole, _ := New(n, Default())
	want := train(t, whole, s, target)

	first, _ := New(n, Default())
	w := train(t, first, s.Slice(0, 90, 0, n).(*mat.Dense), target.Slice(0, 90, 0, 2).(*mat.Dense))
	second, _ := New(n, Default())
	if err := second.SetInverse(first.Inverse()); err != nil {
		t.Fatal(err)
	}
	e := mat.NewVecDense(2, nil)
	for i := 90; i < 200; i++ {
		e.MulVec(w, s.RowView(i))
		e.SubVec(e, target.RowView(i))
		if err := second.Update(s.RawRowView(i), Target{Weights: w, Error: e.RawVector().Data}); err != nil {
			t.Fatal(err)
		}
	}
	if d := farApart(w, want); d > 1e-12 {
		t.Errorf("weights after continuing are %g away from those of one run", d)
	}
	if err := second.SetInverse(mat.NewSymDense(3, nil)); err == nil {
		t.Error("a P of the wrong size was taken")
	}
}

func TestIllConditionedLeavesEverythingAsItWas(t *testing.T) {
	bad := map[string][]float64{
		"NaN": {1, math.NaN(), 0},
		"Inf": {1, math.Inf(1), 0},
	}
	for name, sample := range bad {
		r, _ := New(3, Default())
		w := mat.NewDense(1, 3, []float64{1, 2, 3})
		if err := r.Update([]float64{1, 0, 1}, Target{Weights: w, Error: []float64{0.5}}); err != nil {
			t.Fatal(err)
		}
		before, beforeP := mat.DenseCopyOf(w), r.Inverse()
		err := r.Update(sample, Target{Weights: w, Error: []float64{1}})
		var ill *IllConditionedError
		if !errors.As(err, &ill) {
			t.Fatalf("%s: error %v, want an IllConditionedError", name, err)
		}
		if !mat.Equal(before, w) || !mat.Equal(beforeP, r.Inverse()) {
			t.Errorf("%s: the refused update changed something", name)
		}
	}
	r, _ := New(2, Default())
	if err := r.SetInverse(mat.NewSymDense(2, []float64{-1, 0, 0, 1})); err != nil {
		t.Fatal(err)
	}
	var ill *IllConditionedError
	if err := r.Update([]float64{1, 0}); !errors.As(err, &ill) || ill.Quadratic != -1 {
		t.Errorf("an indefinite P gave %v", err)
	}
}

func TestBadConfig(t *testing.T) {
	for _, c := range []Config{{Alpha: 0, Pending: 1}, {Alpha: -1, Pending: 1}, {Alpha: math.NaN(), Pending: 1}, {Alpha: math.Inf(1), Pending: 1}, {Alpha: 1}, {Alpha: 1, Pending: -3}, {Alpha: 1, Pending: 1, Precision: "float16"}, {Alpha: 1, Pending: 1, Forgetting: 1}, {Alpha: 1, Pending: 1, Forgetting: -0.1}, {Alpha: 1, Pending: 1, Forgetting: math.NaN()}} {
		if _, err := New(3, c); err == nil {
			t.Errorf("%+v was taken", c)
		}
	}
	if _, err := New(0, Default()); err == nil {
		t.Error("a regressor of 0 entries was taken")
	}
}

func TestUpdateAllocatesNothing(t *testing.T) {
	s, _ := problem(16, 1, 1)
	r, _ := New(16, Config{Alpha: 1, Pending: 4})
	w := mat.NewDense(1, 16, nil)
	q, y := r.NewReadouts(16), make([]float64, 16)
	targets := []Target{{Weights: w, Error: []float64{0.1}}, {Readouts: q, Error: y}}
	if a := testing.AllocsPerRun(100, func() {
		r.Present(s.RawRowView(0), true)
		q.Output(y)
		if err := r.Correct(targets...); err != nil {
			t.Fatal(err)
		}
	}); a != 0 {
		t.Errorf("%g allocations an update", a)
	}
}
