package carry

import (
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// The purposes of random numbers.
const (
	forColumns neuro.Purpose = "orthonormal"
	forInputs  neuro.Purpose = "input"
)

// Encoders are the currents that factors, inputs and a constant drive cause in
// N neurons.
type Encoders struct {
	// Factors is uᵀ, P × N, so that a factor's row is contiguous; Inputs u_inᵀ,
	// inputs × N, nil without inputs.
	Factors, Inputs *mat.Dense
	// Constant is g Q c, length N; nil if there is no constant drive.
	Constant []float64
}

// Encode draws random orthonormal columns Q and makes u = g Q J̃ V, u_in and
// the constant g Q c of a source.
func Encode(src task.Source, neurons int, gain float64, seed uint64) (Encoders, error) {
	d, shape := src.Directions(), src.Shape()
	if err := d.Validate(shape); err != nil {
		return Encoders{}, err
	}
	dim, _ := d.Factors.Dims()
	if dim > neurons {
		return Encoders{}, fmt.Errorf("%d neurons cannot hold %d orthonormal directions: take at least %d neurons", neurons, dim, dim)
	}
	q := Orthonormal(neurons, dim, neuro.Stream(seed, forColumns))
	var u mat.Dense
	u.Mul(q, d.Factors)
	u.Scale(gain, &u)
	e := Encoders{Factors: Transposed(&u)}
	if shape.Inputs > 0 {
		e.Inputs = inputWeights(d, q, shape.Inputs, gain, neuro.Stream(seed, forInputs))
	}
	if d.Constant != nil {
		var current mat.VecDense
		current.MulVec(q, mat.NewVecDense(dim, d.Constant))
		e.Constant = make([]float64, neurons)
		for i := range e.Constant {
			e.Constant[i] = gain * current.AtVec(i)
		}
	}
	return e, nil
}

// inputWeights is u_inᵀ, channels × N: g Q ũ_in, and for inputs that are to be drawn
// g times numbers from U(-1, 1).
func inputWeights(d task.Directions, q *mat.Dense, channels int, gain float64, rng *rand.Rand) *mat.Dense {
	neurons, _ := q.Dims()
	in := mat.NewDense(neurons, channels, nil)
	if d.Inputs != nil {
		in.Mul(q, d.Inputs)
	}
	in.Apply(func(_, c int, given float64) float64 {
		if random := 2*rng.Float64() - 1; d.Inputs == nil || d.Drawn != nil && d.Drawn[c] {
			return random
		}
		return given
	}, in)
	in.Scale(gain, in)
	return Transposed(in)
}

// Orthonormal returns d random orthonormal columns in n dimensions.
func Orthonormal(n, d int, rng *rand.Rand) *mat.Dense {
	var qr mat.QR
	qr.Factorize(mat.NewDense(n, d, Normal(n*d, 1, rng)))
	var q mat.Dense
	qr.QTo(&q)
	return mat.DenseCopyOf(q.Slice(0, n, 0, d))
}

// Normal returns n normally distributed numbers of mean zero.
func Normal(n int, sd float64, rng *rand.Rand) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = sd * rng.NormFloat64()
	}
	return x
}
