// Package linear solves linear regressions with a penalty on the weights. What is
// costly of one, the moments of its data, is computed once for any number of
// penalties.
package linear

import (
	"errors"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// Moments are those of a regression of y (T × M) on x (T × P), both less their
// means.
type Moments struct {
	Samples      int
	MeanX, MeanY []float64
	// Gram is xᵀx / T, P × P; Cross is xᵀy / T, P × M.
	Gram  *mat.SymDense
	Cross *mat.Dense
}

// New computes the moments of x and y, which must have as many rows, at least one,
// and finite values. Cost: T P (P + M), and a copy of both.
func New(x, y mat.Matrix) *Moments {
	m := &Moments{}
	m.Samples, _ = x.Dims()
	var cx, cy *mat.Dense
	cx, m.MeanX = centred(x)
	cy, m.MeanY = centred(y)
	m.Gram, m.Cross = Outer(1/float64(m.Samples), cx), &mat.Dense{}
	m.Cross.Mul(cx.T(), cy)
	m.Cross.Scale(1/float64(m.Samples), m.Cross)
	return m
}

// blockRows is as many as stay in a processor's cache.
const blockRows = 64

// Outer returns scale · xᵀx, P × P, of x (T × P): mat.SymDense.SymOuterK to the bit,
// in blocks of rows, since that goes through all of x once for each column.
func Outer(scale float64, x *mat.Dense) *mat.SymDense {
	t, p := x.Dims()
	sum := mat.NewSymDense(p, nil)
	for from := 0; from < t; from += blockRows {
		block := x.Slice(from, min(from+blockRows, t), 0, p).(*mat.Dense)
		blas64.Syrk(blas.Trans, scale, block.RawMatrix(), 1, sum.RawSymmetric())
	}
	return sum
}

func centred(x mat.Matrix) (*mat.Dense, []float64) {
	rows, n := x.Dims()
	out, mean := mat.NewDense(rows, n, nil), make([]float64, n)
	for j := range n {
		column := mat.Col(nil, j, x)
		mean[j] = stat.Mean(column, nil)
		for i := range column {
			column[i] -= mean[j]
		}
		out.SetCol(j, column)
	}
	return out, mean
}

// Solve minimises
//
//	Σ |y - offset - x · weights|² / T + penalty |weights|²:
//
// weights are P × M, the offset has length M and is free. The penalty is not
// negative. cond is the condition number of what was inverted: weights have about
// 16 - log10(cond) right digits.
func (m *Moments) Solve(penalty float64) (weights *mat.Dense, offset []float64, cond float64, err error) {
	p := len(m.MeanX)
	gram := mat.NewSymDense(p, nil)
	gram.CopySym(m.Gram)
	for i := range p {
		gram.SetSym(i, i, gram.At(i, i)+penalty)
	}
	var chol mat.Cholesky
	if !chol.Factorize(gram) {
		return nil, nil, 0, ErrDependent
	}
	weights = &mat.Dense{}
	var rounded mat.Condition
	if err := chol.SolveTo(weights, m.Cross); err != nil && !errors.As(err, &rounded) {
		return nil, nil, 0, err
	}
	return weights, m.Offset(weights), chol.Cond(), nil
}

// Offset is that of weights which need not come from Solve: the mean of y less
// what the weights make of the mean of x.
func (m *Moments) Offset(weights *mat.Dense) []float64 {
	offset := append([]float64(nil), m.MeanY...)
	mean := mat.NewVecDense(len(m.MeanX), m.MeanX)
	for j := range offset {
		offset[j] -= mat.Dot(mean, weights.ColView(j))
	}
	return offset
}

// ErrDependent says that columns of x depend on each other and no penalty tells
// them apart.
var ErrDependent = errors.New("columns depend on each other")

// Predict returns x · weights + offset.
func Predict(x mat.Matrix, weights mat.Matrix, offset []float64) *mat.Dense {
	var out mat.Dense
	out.Mul(x, weights)
	out.Apply(func(_, j int, v float64) float64 { return v + offset[j] }, &out)
	return &out
}
