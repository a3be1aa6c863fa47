package dale

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
)

// randomProblem is the normal equations of noisy samples, of n unknowns with
// correlated regressors and mixed signs.
func randomProblem(seed uint64, n int) *signedSquares {
	rng := neuro.Stream(seed, "problem")
	samples := 2 * n
	x := mat.NewDense(samples, n, nil)
	for t := range samples {
		common := rng.NormFloat64()
		for k := range n {
			x.Set(t, k, common+rng.NormFloat64())
		}
	}
	y := mat.NewVecDense(samples, carry.Normal(samples, 1, rng))
	var a mat.Dense
	a.Mul(x.T(), x)
	var c mat.VecDense
	c.MulVec(x.T(), y)
	q := newSignedSquares(n + 3) // roomier than needed
	q.resize(n)
	for k := range n {
		copy(q.a[k*n:], a.RawRowView(k))
		q.a[k*n+k]++
		q.r[k] = c.AtVec(k)
		q.sign[k] = 1 - 2*float64(rng.IntN(2))
	}
	return q
}

func (q *signedSquares) objective(c, w []float64) (f float64) {
	for k, row := range w {
		f -= c[k] * row
		for l := range w {
			f += w[k] * q.a[k*q.n+l] * w[l] / 2
		}
	}
	return f
}

// exhaustive finds the minimum by trying every set of weights that are not
// zero: it solves the plain least squares of each and takes the best whose
// signs are right.
func (q *signedSquares) exhaustive(c []float64) (best []float64) {
	lowest := math.Inf(1)
	for set := range 1 << q.n {
		var places []int
		for k := range q.n {
			if set>>k&1 == 1 {
				places = append(places, k)
			}
		}
		w := make([]float64, q.n)
		if m := len(places); m > 0 {
			a, b := mat.NewDense(m, m, nil), mat.NewVecDense(m, nil)
			for i, k := range places {
				b.SetVec(i, c[k])
				for j, l := range places {
					a.Set(i, j, q.a[k*q.n+l])
				}
			}
			var x mat.VecDense
			if err := x.SolveVec(a, b); err != nil {
				continue
			}
			for i, k := range places {
				w[k] = x.AtVec(i)
			}
		}
		right := true
		for k := range w {
			right = right && w[k]*q.sign[k] >= 0
		}
		if f := q.objective(c, w); right && f < lowest {
			lowest, best = f, w
		}
	}
	return best
}

func TestSignedSquaresFindsTheMinimumOfAllSupports(t *testing.T) {
	var zeros, others int
	for seed := range uint64(20) {
		q := randomProblem(seed, 8)
		c := append([]float64(nil), q.r...)
		want := q.exhaustive(c)
		q.solve(10000, 0)
		for k, w := range want {
			if math.Abs(q.w[k]-w) > 1e-9 {
				t.Errorf("problem %d: weights %v, the minimum is at %v", seed, q.w, want)
				break
			}
			if w == 0 {
				zeros++
			} else {
				others++
			}
		}
	}
	if zeros < 20 || others < 20 {
		t.Errorf("%d zero and %d other weights: the problems test one side only", zeros, others)
	}
}

// Karush, Kuhn and Tucker: no slope where a weight is free, none into the
// allowed side where it is at its bound.
func TestSignedSquaresMeetsTheConditionsOfTheMinimum(t *testing.T) {
	q := randomProblem(3, 200)
	scale := mat.Norm(mat.NewVecDense(q.n, q.r), math.Inf(1))
	c := append([]float64(nil), q.r...)
	q.solve(10000, 0)
	free := 0
	for k, w := range q.w {
		slope := c[k]
		for l, v := range q.w {
			slope -= q.a[k*q.n+l] * v
		}
		switch {
		case w*q.sign[k] < 0 || w == 0 && math.Signbit(w):
			t.Errorf("weight %d is %g, its sign %g", k, w, q.sign[k])
		case w != 0:
			free++
			if math.Abs(slope) > 1e-9*scale {
				t.Errorf("free weight %d: slope %g", k, slope)
			}
		case slope*q.sign[k] > 1e-9*scale:
			t.Errorf("weight %d at zero: slope %g into its side", k, slope)
		}
	}
	if free < 20 || free > 180 {
		t.Errorf("%d of 200 weights are free: the bounds are not tested", free)
	}
}

// With every sign already right, the signs change nothing: least squares.
func TestSignedSquaresIsLeastSquaresWhereSignsDoNotBind(t *testing.T) {
	q := randomProblem(5, 30)
	a := mat.NewDense(30, 30, append([]float64(nil), q.a...))
	var want mat.VecDense
	if err := want.SolveVec(a, mat.NewVecDense(30, append([]float64(nil), q.r...))); err != nil {
		t.Fatal(err)
	}
	for k := range q.sign {
		q.sign[k] = math.Copysign(1, want.AtVec(k))
	}
	q.solve(10000, 0)
	for k, w := range q.w {
		if math.Abs(w-want.AtVec(k)) > 1e-9 {
			t.Errorf("weight %d is %g, least squares gives %g", k, w, want.AtVec(k))
		}
	}
}

// The objective never rises, signs hold at every moment, and a search that
// starts at the minimum stays there.
func TestSignedSquaresDescends(t *testing.T) {
	q := randomProblem(7, 60)
	c := append([]float64(nil), q.r...)
	before := q.objective(c, q.w)
	for range 30 {
		gain := q.sweep()
		after := q.objective(c, q.w)
		if after > before+1e-9*math.Abs(before) || math.Abs(before-after-gain) > 1e-9*math.Abs(before)+1e-12 {
			t.Fatalf("from %g to %g, the sweep said it gained %g", before, after, gain)
		}
		for k, w := range q.w {
			if w*q.sign[k] < 0 {
				t.Fatalf("weight %d is %g in mid-search, its sign %g", k, w, q.sign[k])
			}
		}
		before = after
	}
	copy(q.r, c)
	q.solve(10000, 0)
	there := append([]float64(nil), q.w...)
	copy(q.r, c)
	q.solve(1, 0)
	for k, w := range q.w {
		if math.Abs(w-there[k]) > 1e-9 {
			t.Errorf("weight %d moved from the minimum, from %g to %g", k, there[k], w)
		}
	}
}
