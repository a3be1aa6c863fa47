package compare

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"runtime"
	"sync"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/linear"
)

// Poisson is a Poisson regression (a generalised linear model with a log link) of N
// neurons on P inputs, ln rate = x · Weights + Offset.
type Poisson struct {
	// Weights is P × N; Offset has length N, -Inf for a neuron that never fired.
	Weights *mat.Dense
	Offset  []float64
}

// FitPoisson fits spike counts (T × N) from inputs x (T × P), for each neuron
//
//	min 1/T Σ (rate - count ln rate) + alpha/2 |weights|²,
//
// the offset being free: the objective of scikit-learn's PoissonRegressor, minimised
// by Newton's method to the last digits (scikit-learn stops at a gradient of 1e-4). A
// neuron without a spike has weights of zero and a rate of zero. An alpha of 0 fails
// where inputs depend on each other, or tell silence from spikes exactly. Neurons are
// fitted side by side on all processors. Cost: about ten times T P² for each neuron.
func FitPoisson(x, counts mat.Matrix, alpha float64) (*Poisson, error) {
	if err := cmp.Or(filled("input", x), filled("counts", counts)); err != nil {
		return nil, err
	}
	rows, p := x.Dims()
	r, n := counts.Dims()
	if r != rows {
		return nil, fmt.Errorf("compare: an input of %d x %d and counts of %d x %d: both must have the same rows", rows, p, r, n)
	}
	if !(alpha >= 0 && alpha <= largest) {
		return nil, fmt.Errorf("compare: an alpha of %g: it must be finite and not negative", alpha)
	}
	in, y := mat.DenseCopyOf(x), mat.DenseCopyOf(counts)
	if err := cmp.Or(finite("input", in), finite("counts", y), fits("second moment of the input", p+1, p+1)); err != nil {
		return nil, err
	}
	if mat.Min(y) < 0 {
		return nil, errors.New("compare: there are negative counts: spikes are counted from 0")
	}
	m := &Poisson{Weights: mat.NewDense(p, n, nil), Offset: make([]float64, n)}
	problems := make([]error, n)
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for j := range next {
				w, err := newton(in, mat.Col(nil, j, y), alpha)
				if problems[j] = err; err == nil {
					m.Offset[j] = w[p]
					m.Weights.SetCol(j, w[:p])
				}
			}
		})
	}
	for j := range n {
		next <- j
	}
	close(next)
	workers.Wait()
	for j, err := range problems {
		if err != nil {
			return nil, fmt.Errorf("compare: neuron %d: %w", j, err)
		}
	}
	return m, nil
}

// newton returns the weights of one neuron, the offset last.
func newton(x *mat.Dense, y []float64, alpha float64) ([]float64, error) {
	rows, p := x.Dims()
	w := make([]float64, p+1)
	w[p] = math.Log(floats.Sum(y) / float64(rows))
	if math.IsInf(w[p], -1) {
		return w, nil
	}
	r := regression{x: x, y: y, alpha: alpha, rate: make([]float64, rows)}
	cost := r.cost(w)
	for range 100 {
		gradient, hessian := r.derivatives(w)
		var chol mat.Cholesky
		if !chol.Factorize(hessian) {
			return nil, errors.New("inputs depend on each other: take an alpha above 0")
		}
		var step mat.VecDense
		if err := chol.SolveVecTo(&step, mat.NewVecDense(p+1, gradient)); err != nil {
			return nil, errors.New("inputs depend on each other: take a larger alpha")
		}
		// The cost falls by half of this, where it is a parabola.
		decrement := mat.Dot(mat.NewVecDense(p+1, gradient), &step)
		if !(decrement > 1e-22*(1+math.Abs(cost))) {
			return w, nil
		}
		size, tried := 1.0, make([]float64, p+1)
		for ; size > 1e-12; size /= 2 {
			floats.AddScaledTo(tried, w, -size, step.RawVector().Data)
			// Near the minimum costs differ by rounding only.
			if c := r.cost(tried); c <= cost-1e-4*size*decrement+1e-14*(1+math.Abs(cost)) {
				cost = c
				break
			}
		}
		if size <= 1e-12 {
			break
		}
		copy(w, tried)
	}
	return nil, errors.New("the regression did not converge: take a larger alpha, or inputs on the scale of 1")
}

// regression is the cost of one neuron's weights, and its derivatives. rate is that
// of the weights for which cost was last asked.
type regression struct {
	x       *mat.Dense
	y, rate []float64
	alpha   float64
}

func (r *regression) cost(w []float64) float64 {
	p, sum := len(w)-1, 0.0
	for t, y := range r.y {
		log := floats.Dot(r.x.RawRowView(t), w[:p]) + w[p]
		r.rate[t] = math.Exp(log)
		sum += r.rate[t] - y*log
	}
	return sum/float64(len(r.y)) + r.alpha/2*floats.Dot(w[:p], w[:p])
}

// derivatives are those at w, whose rates cost has left.
func (r *regression) derivatives(w []float64) ([]float64, *mat.SymDense) {
	rows, p := len(r.y), len(w)-1
	gradient := make([]float64, p+1)
	weighted := mat.NewDense(rows, p+1, nil)
	for t := range rows {
		x := r.x.RawRowView(t)
		floats.AddScaled(gradient[:p], (r.rate[t]-r.y[t])/float64(rows), x)
		gradient[p] += (r.rate[t] - r.y[t]) / float64(rows)
		root, row := math.Sqrt(r.rate[t]), weighted.RawRowView(t)
		floats.ScaleTo(row[:p], root, x)
		row[p] = root
	}
	hessian := linear.Outer(1/float64(rows), weighted)
	for i := range p {
		gradient[i] += r.alpha * w[i]
		hessian.SetSym(i, i, hessian.At(i, i)+r.alpha)
	}
	return gradient, hessian
}

// Rates returns the rates for inputs (T × P), in spikes per bin, T × N.
func (m *Poisson) Rates(x mat.Matrix) (*mat.Dense, error) {
	if m == nil || m.Weights == nil {
		return nil, errors.New("compare: the regression has no weights: make it with FitPoisson")
	}
	if err := filled("input", x); err != nil {
		return nil, err
	}
	_, n := x.Dims()
	if p, neurons := m.Weights.Dims(); n != p || len(m.Offset) != neurons {
		return nil, fmt.Errorf("compare: an input of %d columns, the weights are %d x %d with %d offsets", n, p, neurons, len(m.Offset))
	}
	rates := linear.Predict(x, m.Weights, m.Offset)
	rates.Apply(func(_, _ int, v float64) float64 { return math.Exp(v) }, rates)
	if err := finite("rates that the inputs make", rates); err != nil {
		return nil, err
	}
	return rates, nil
}
