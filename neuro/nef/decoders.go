package nef

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

// Identity is the function that decodes x itself.
func Identity(x []float64) []float64 { return x }

// Decoders returns the N × K optimal linear decoders of a function f, from x of
// length D to f(x) of length K,
//
//	d = Γ⁻¹ Υ,  Γ = ∫ a aᵀ dx + ρ I,  Υ = ∫ a fᵀ dx,
//
// with the integrals taken as sums over the points. The estimate of f(x) is
// Σ_i a_i(x) d_i ([Estimate]). A [SingularError] is returned when Γ cannot be
// inverted. Cost O(T N² + N³): some milliseconds for N = 40 on 2001 points.
//
// Source: Eliasmith & Anderson (2003), equations 2.14 to 2.16.
func Decoders(p *Population, f func(x []float64) []float64, points Points, reg Regularisation) (*mat.Dense, error) {
	if err := reg.Validate(); err != nil {
		return nil, err
	}
	if f == nil {
		return nil, errors.New("nef: the function to decode is nil: Identity decodes x itself")
	}
	if !positive(points.Measure) {
		return nil, fmt.Errorf("nef: each point stands for a measure of %g: must be positive", points.Measure)
	}
	if err := p.whole(); err != nil {
		return nil, err
	}
	if err := bound.Array("nef: the equations of decoders", p.Config.Neurons, p.Config.Neurons); err != nil {
		return nil, err
	}
	a, err := p.TuningCurves(points.X)
	if err != nil {
		return nil, err
	}
	target, err := values(f, points.X)
	if err != nil {
		return nil, err
	}
	rho := reg.rho(p.Config.MaxRate.High)

	var gamma mat.SymDense
	gamma.SymOuterK(points.Measure, a.T())
	for i := range p.Config.Neurons {
		gamma.SetSym(i, i, gamma.At(i, i)+rho)
	}
	var upsilon, d mat.Dense
	upsilon.Mul(a.T(), target)
	upsilon.Scale(points.Measure, &upsilon)

	var chol mat.Cholesky
	if !chol.Factorize(&gamma) {
		return nil, &SingularError{Neurons: p.Config.Neurons, Rho: rho, Condition: math.Inf(1)}
	}
	if err := chol.SolveTo(&d, &upsilon); err != nil {
		return nil, &SingularError{Neurons: p.Config.Neurons, Rho: rho, Condition: chol.Cond()}
	}
	if neuro.NotFinite(d.RawMatrix().Data) >= 0 {
		return nil, fmt.Errorf("nef: the decoders are not finite: the function's values, up to %.3g, or the points' measure, %.3g, are too large", mat.Max(target), points.Measure)
	}
	return &d, nil
}

// Estimate returns Σ_i a_i(x) d_i, T × K, at the T points. With the identity for
// f this is the static transfer function, from x to its decoded value.
func Estimate(p *Population, decoders *mat.Dense, points Points) (*mat.Dense, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if decoders == nil || decoders.IsEmpty() {
		return nil, fmt.Errorf("nef: no decoders: want a %d x K matrix, such as Decoders makes", p.Config.Neurons)
	}
	if n, _ := decoders.Dims(); n != p.Config.Neurons {
		return nil, fmt.Errorf("nef: decoders for %d neurons, the population has %d", n, p.Config.Neurons)
	}
	a, err := p.TuningCurves(points.X)
	if err != nil {
		return nil, err
	}
	var est mat.Dense
	est.Mul(a, decoders)
	if k := neuro.NotFinite(est.RawMatrix().Data); k >= 0 {
		return nil, fmt.Errorf("nef: the estimate is %g at point %d: the decoders must be finite and of a size that makes sense", est.RawMatrix().Data[k], k/est.RawMatrix().Cols)
	}
	return &est, nil
}

// StaticRMSE returns the root mean square over the points of |f̂(x) - f(x)|,
// without spikes, in the units of f.
func StaticRMSE(p *Population, f func([]float64) []float64, decoders *mat.Dense, points Points) (float64, error) {
	est, err := Estimate(p, decoders, points)
	if err != nil {
		return 0, err
	}
	if f == nil {
		return 0, errors.New("nef: the function that was decoded is nil: Identity decodes x itself")
	}
	target, err := values(f, points.X)
	if err != nil {
		return 0, err
	}
	t, k := est.Dims()
	if _, c := target.Dims(); c != k {
		return 0, fmt.Errorf("nef: the decoders give %d values, the function %d", k, c)
	}
	est.Sub(est, target)
	rmse := mat.Norm(est, 2) / math.Sqrt(float64(t))
	if math.IsInf(rmse, 0) {
		return 0, errors.New("nef: the error of the estimate is too large for a number: the decoders are for another function")
	}
	return rmse, nil
}

// values is f at every point, T × K.
func values(f func(x []float64) []float64, x *mat.Dense) (*mat.Dense, error) {
	t, _ := x.Dims()
	var v *mat.Dense
	for i := range t {
		y := f(x.RawRowView(i))
		if v == nil {
			if len(y) == 0 {
				return nil, fmt.Errorf("nef: the function to decode gives no value")
			}
			v = mat.NewDense(t, len(y), nil)
		}
		if _, k := v.Dims(); len(y) != k {
			return nil, fmt.Errorf("nef: the function to decode gives %d values at one point and %d at another", k, len(y))
		}
		if s := floats.Sum(y); math.IsNaN(s) || math.IsInf(s, 0) {
			return nil, fmt.Errorf("nef: the function to decode is not finite at x = %v", x.RawRowView(i))
		}
		v.SetRow(i, y)
	}
	return v, nil
}
