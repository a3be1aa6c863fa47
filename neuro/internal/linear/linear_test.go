package linear

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

func normal(seed uint64, rows, columns int) *mat.Dense {
	rng := neuro.Stream(seed, "linear")
	m := mat.NewDense(rows, columns, nil)
	m.Apply(func(int, int, float64) float64 { return 3 + rng.NormFloat64() }, m)
	return m
}

// Blocks change the order of memory, not of sums.
func TestOuterIsSymOuterK(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {63, 5}, {64, 2}, {65, 7}, {1000, 30}} {
		x := normal(1, size[0], size[1])
		var want mat.SymDense
		want.SymOuterK(1/float64(size[0]), x.T())
		if !mat.Equal(Outer(1/float64(size[0]), x), &want) {
			t.Errorf("%v differs", size)
		}
	}
}

// The penalty is as if further rows were observed: least squares of these, without
// the means, gives the same weights; they are where the gradient is zero.
func TestSolveIsLeastSquaresWithFurtherRows(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for seed := range uint64(30) {
		samples, p, outputs := 2+rng.IntN(80), 1+rng.IntN(20), 1+rng.IntN(5)
		penalty := math.Pow(10, 4*rng.Float64()-3)
		x, y := normal(2+seed, samples, p), normal(100+seed, samples, outputs)
		w, offset, cond, err := New(x, y).Solve(penalty)
		if err != nil || !(cond >= 1-1e-9) {
			t.Fatal(cond, err)
		}
		cx, meanX := centred(x)
		cy, meanY := centred(y)
		tall, values := mat.NewDense(samples+p, p, nil), mat.NewDense(samples+p, outputs, nil)
		for i := range samples {
			tall.SetRow(i, cx.RawRowView(i))
			values.SetRow(i, cy.RawRowView(i))
		}
		for i := range p {
			tall.Set(samples+i, i, math.Sqrt(penalty*float64(samples)))
		}
		var want mat.Dense
		if err := want.Solve(tall, values); err != nil {
			t.Fatal(err)
		}
		if !mat.EqualApprox(w, &want, 1e-10) {
			t.Errorf("%d samples of %d, penalty %g: weights\n%v\nwant\n%v", samples, p, penalty, mat.Formatted(w), mat.Formatted(&want))
		}
		at := Predict(mat.NewDense(1, p, meanX), w, offset)
		if !mat.EqualApprox(at, mat.NewDense(1, outputs, meanY), 1e-12) {
			t.Errorf("the mean of x makes %v, want that of y, %v", mat.Formatted(at), meanY)
		}
	}
}

func TestSolveSaysThatColumnsDepend(t *testing.T) {
	x := mat.NewDense(5, 2, []float64{1, 2, 2, 4, 3, 6, 4, 8, 5, 10})
	m := New(x, x)
	if _, _, cond, err := m.Solve(0); err == nil && cond < 1e13 {
		t.Errorf("a condition of %g", cond)
	}
	if _, _, _, err := m.Solve(1e-3); err != nil {
		t.Errorf("a penalty does not help: %v", err)
	}
}
