package compare

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/linear"
	"github.com/spikewalk/spikewalk/neuro/prepare"
)

// Linear is a linear map with an offset, x · Weights + Offset.
type Linear struct {
	// Weights is P × M, Offset has length M.
	Weights *mat.Dense
	Offset  []float64
	// Alpha is the penalty that was chosen, and Scores are the cross-validated R² of
	// all that were tried, in their order.
	Alpha  float64
	Scores []float64
}

// NLBAlphas returns the penalties among which the Neural Latents Benchmark chooses,
// 1e-4 … 1, half a decade apart.
func NLBAlphas() []float64 {
	alphas := make([]float64, 9)
	for i := range alphas {
		alphas[i] = math.Pow(10, -4+float64(i)/2)
	}
	return alphas
}

// NLBFolds is the number of folds of its cross-validation.
const NLBFolds = 5

// Ridge fits y (T × M) as a linear function of x (T × P) with a free offset,
//
//	min Σ |y - x · Weights - Offset|² + Alpha |Weights|²,
//
// with the alpha whose predictions have the highest R² (uniform mean over channels,
// see [Fit].Mean) on average over folds that were left out; the first of equal ones.
// Folds are blocks of successive rows, as even as can be, the larger ones first:
// scikit-learn's GridSearchCV(Ridge(), …) with KFold, as nlb_tools uses it (with
// [NLBAlphas] and [NLBFolds]). One alpha is not cross-validated. The penalty is a sum
// and not a mean over rows: it depends on their number and on the unit of x.
//
// Rows where all of y is NaN are left out before the folds are made. An alpha of 0 is
// least squares, and an error where columns of x depend on each other. Cost: folds ×
// T P², and folds × alphas × P³ / 3.
func Ridge(x, y mat.Matrix, alphas []float64, folds int) (*Linear, error) {
	if err := cmp.Or(filled("input", x), filled("output", y)); err != nil {
		return nil, err
	}
	rows, p := x.Dims()
	if r, m := y.Dims(); r != rows {
		return nil, fmt.Errorf("compare: an input of %d x %d and an output of %d x %d: both must have the same rows", rows, p, r, m)
	}
	if len(alphas) == 0 {
		return nil, errors.New("compare: there is no alpha: give NLBAlphas(), or one")
	}
	for _, a := range alphas {
		if !(a >= 0 && a <= largest) {
			return nil, fmt.Errorf("compare: an alpha of %g: it must be finite and not negative", a)
		}
	}
	keep, err := present("output", y)
	if err != nil {
		return nil, err
	}
	in, out := take(x, keep), take(y, keep)
	if err := cmp.Or(finite("input", in), finite("output", out), fits("second moment of the input", p, p)); err != nil {
		return nil, err
	}
	fit := &Linear{Alpha: alphas[0]}
	if len(alphas) > 1 {
		if fit.Scores, err = crossValidate(in, out, alphas, folds); err != nil {
			return nil, err
		}
		fit.Alpha = alphas[slices.Index(fit.Scores, slices.Max(fit.Scores))]
	}
	fit.Weights, fit.Offset, err = solve(linear.New(in, out), fit.Alpha)
	return fit, err
}

func solve(m *linear.Moments, alpha float64) (*mat.Dense, []float64, error) {
	weights, offset, cond, err := m.Solve(alpha / float64(m.Samples))
	if err != nil || alpha == 0 && cond > 1e13 {
		return nil, nil, fmt.Errorf("compare: the %d inputs depend on each other, and an alpha of %g does not tell them apart: take a larger one", len(m.MeanX), alpha)
	}
	return weights, offset, nil
}

// crossValidate returns the mean R² over folds of each alpha.
func crossValidate(x, y *mat.Dense, alphas []float64, folds int) ([]float64, error) {
	rows, _ := x.Dims()
	if folds < 2 || folds > rows {
		return nil, fmt.Errorf("compare: %d folds of %d rows: choose at least 2, and at most as many as rows (5 is usual)", folds, rows)
	}
	scores := make([]float64, len(alphas))
	for _, test := range blocks(rows, folds) {
		in, out := without(x, test), without(y, test)
		moments := linear.New(in, out)
		heldX, heldY := between(x, test), between(y, test)
		for k, alpha := range alphas {
			weights, offset, err := solve(moments, alpha)
			if err != nil {
				return nil, err
			}
			scores[k] += r2(linear.Predict(heldX, weights, offset), heldY, test.to-test.from).Mean() / float64(folds)
		}
	}
	return scores, nil
}

// block is the rows from up to, but not including, to.
type block struct{ from, to int }

// blocks splits rows into n blocks as even as can be, the larger ones first.
func blocks(rows, n int) []block {
	out, at := make([]block, n), 0
	for i := range out {
		size := rows / n
		if i < rows%n {
			size++
		}
		out[i] = block{at, at + size}
		at += size
	}
	return out
}

func between(m *mat.Dense, b block) *mat.Dense {
	_, columns := m.Dims()
	return m.Slice(b.from, b.to, 0, columns).(*mat.Dense)
}

func without(m *mat.Dense, b block) *mat.Dense {
	rows, columns := m.Dims()
	out := mat.NewDense(rows-(b.to-b.from), columns, nil)
	for i := range rows {
		switch {
		case i < b.from:
			out.SetRow(i, m.RawRowView(i))
		case i >= b.to:
			out.SetRow(i-(b.to-b.from), m.RawRowView(i))
		}
	}
	return out
}

// Predict returns what the map makes of x, T × M.
func (l *Linear) Predict(x mat.Matrix) (*mat.Dense, error) {
	if l == nil || l.Weights == nil {
		return nil, errors.New("compare: the map has no weights: make it with Ridge")
	}
	if err := filled("input", x); err != nil {
		return nil, err
	}
	_, n := x.Dims()
	if p, m := l.Weights.Dims(); n != p || len(l.Offset) != m {
		return nil, fmt.Errorf("compare: an input of %d columns, the weights are %d x %d with %d offsets", n, p, m, len(l.Offset))
	}
	return linear.Predict(x, l.Weights, l.Offset), nil
}

// stack is prepare.Stack of the matrices that f makes of trials.
func stack(trials []prepare.Trial, f func(prepare.Trial) (*mat.Dense, error)) (*mat.Dense, error) {
	parts := make([]*mat.Dense, len(trials))
	for i, t := range trials {
		var err error
		if parts[i], err = f(t); err != nil {
			return nil, err
		}
	}
	return prepare.Stack(parts)
}
