package factor

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/linear"
)

// Regression predicts some signals, such as muscles, from a few dimensions of a
// population's activity.
type Regression struct {
	// Basis is an orthonormal basis of these dimensions, N × rank, and the mean of
	// the activity. Factors along it are uncorrelated over the activity that it was
	// fitted to, the largest first, as those of CentredPCA are. Basis.Variances is nil:
	// what the rest of the activity does is not known to it.
	Basis *Basis
	// Readout is rank × M, Offset has length M, the mean of the signals:
	//
	//	prediction = factors · Readout + Offset.
	Readout *mat.Dense
	Offset  []float64
	// Ridge is the penalty that it was fitted with.
	Ridge float64
	// Explained is the part of what all dimensions together predict, Σ ŷ² about the
	// mean, that the first 1, 2, … of the best dimensions do: min(N, M) numbers, the
	// last of which is 1.
	Explained []float64
}

// ReducedRank fits signals y (T × M) by activity x (T × N) through rank dimensions,
//
//	min Σ |y - x W - offset|² / T + penalty |W|²   over all W (N × M) of that rank,
//
// with a penalty of ridge times the mean variance of the units (0: none; 1e-3 where
// units are many or nearly dependent), as spiketrain.FitRates has it. Of all sets of
// that many dimensions, these predict y best, while components of PCA hold most
// activity, whatever it is for. A rank of min(N, M) is ridge regression.
//
// The solution is that of ridge regression projected on the leading right singular
// vectors of what it fits, with the penalty as further rows of x. Izenman (1975),
// Reduced-rank regression for the multivariate linear model, Journal of Multivariate
// Analysis 5:248-264; Mukherjee & Zhu (2011), Reduced rank ridge regression and its
// kernel extensions, Statistical Analysis and Data Mining 4:612-622. Semedo et al.
// (2019), doi:10.1016/j.neuron.2019.01.026, find dimensions of cortical activity
// with it that another area follows.
//
// It is an error if the signals need fewer dimensions than rank, or if units depend on
// each other and there is no ridge. Cost: T N (N + M) and N³.
func ReducedRank(x, y mat.Matrix, rank int, ridge float64) (*Regression, error) {
	if err := checkRegression(x, y, ridge); err != nil {
		return nil, err
	}
	r := regress(x, y)
	full, err := r.solve(ridge)
	if err != nil {
		return nil, err
	}
	return full.cut(rank)
}

func checkRegression(x, y mat.Matrix, ridge float64) error {
	if err := check(x); err != nil {
		return err
	}
	if isNil(y) {
		return errors.New("factor: there are no signals to predict")
	}
	t, n := x.Dims()
	steps, m := y.Dims()
	if steps != t || m == 0 {
		return fmt.Errorf("factor: activity of %d x %d and signals of %d x %d: both must have the same steps, and there must be a signal", t, n, steps, m)
	}
	if t < 2 {
		return errors.New("factor: one sample, of which nothing is left without its mean: give at least two")
	}
	if n > mostUnits || m > mostUnits {
		return fmt.Errorf("factor: %d units and %d signals: their moments would not fit into memory, %d are the most", n, m, mostUnits)
	}
	if i, j := unfit(y); i >= 0 {
		return fmt.Errorf("factor: the signals hold %g at step %d, channel %d: every value must be finite, and below %g", y.At(i, j), i, j, float64(largest))
	}
	if !(ridge >= 0 && ridge <= largest) {
		return fmt.Errorf("factor: a ridge of %g: it must be finite and not negative (1e-3 is usual)", ridge)
	}
	return nil
}

// regression is the moments of activity and signals.
type regression struct{ *linear.Moments }

func regress(x, y mat.Matrix) regression { return regression{linear.New(x, y)} }

// ranked is the solution of full rank, and the directions among the signals in the
// order of what is predicted along them.
type ranked struct {
	moments   regression
	ridge     float64
	weights   *mat.Dense // N × M
	signals   *mat.Dense // M × min(N, M)
	explained []float64
	rank      int // the directions along which anything is predicted
}

func (r regression) solve(ridge float64) (*ranked, error) {
	weights, _, cond, err := r.Solve(ridge * mat.Trace(r.Gram) / float64(len(r.MeanX)))
	if err != nil || cond > 1e13 {
		return nil, fmt.Errorf("factor: the %d units depend on each other, or some do nothing: take a ridge of 1e-3, or fewer units", len(r.MeanX))
	}
	// The second moment of what is fitted, the penalty's rows included, is Wᵀ(G + λ)W
	// = Wᵀ xᵀy / T.
	m := len(r.MeanY)
	var fitted mat.Dense
	fitted.Mul(weights.T(), r.Cross)
	symmetric := mat.NewSymDense(m, nil)
	for i := range m {
		for j := i; j < m; j++ {
			symmetric.SetSym(i, j, (fitted.At(i, j)+fitted.At(j, i))/2)
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(symmetric, true) {
		return nil, errors.New("factor: the eigenvalues of what is predicted did not converge")
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	values := eigen.Values(nil)
	out := &ranked{moments: r, ridge: ridge, weights: weights}
	most := min(m, len(r.MeanX))
	out.signals = mat.NewDense(m, most, nil)
	for j := range most {
		out.signals.SetCol(j, mat.Col(nil, m-1-j, &vectors))
		value := math.Max(0, values[m-1-j])
		if value > 1e-13*values[m-1] {
			out.rank = j + 1
		}
		out.explained = append(out.explained, value)
	}
	if out.rank == 0 {
		return nil, errors.New("factor: the activity predicts nothing of the signals: one of them does not vary, or they have nothing in common")
	}
	out.explained = cumulative(out.explained)
	return out, nil
}

// cut keeps the best dimensions.
func (f *ranked) cut(rank int) (*Regression, error) {
	n, m := f.weights.Dims()
	if rank < 1 || rank > min(n, m) {
		return nil, fmt.Errorf("factor: a rank of %d of %d units and %d signals: choose at least 1, and at most as many as either", rank, n, m)
	}
	if rank > f.rank {
		return nil, fmt.Errorf("factor: a rank of %d, and the activity predicts the signals along %d dimensions only: choose at most %d", rank, f.rank, f.rank)
	}
	signals := f.signals.Slice(0, m, 0, rank)
	var along mat.Dense // N × rank: the activity that each of them is read from
	along.Mul(f.weights, signals)
	q, err := orthonormal(&along)
	if err != nil {
		return nil, err
	}
	if err := f.uncorrelate(q); err != nil {
		return nil, err
	}
	out := &Regression{Basis: &Basis{Vectors: q, Mean: f.moments.MeanX}, Ridge: f.ridge, Explained: f.explained, Readout: &mat.Dense{}}
	var low mat.Dense // N × M, of that rank
	low.Mul(&along, signals.T())
	out.Readout.Mul(q.T(), &low)
	out.Offset = append(out.Offset, f.moments.MeanY...)
	return out, nil
}

// uncorrelate turns an orthonormal basis to the components of the activity in its
// span.
func (f *ranked) uncorrelate(q *mat.Dense) error {
	n, p := q.Dims()
	var half, inside mat.Dense
	half.Mul(f.moments.Gram, q)
	inside.Mul(q.T(), &half)
	symmetric := mat.NewSymDense(p, nil)
	for i := range p {
		for j := i; j < p; j++ {
			symmetric.SetSym(i, j, (inside.At(i, j)+inside.At(j, i))/2)
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(symmetric, true) {
		return errors.New("factor: the variances of the factors did not converge")
	}
	var turn, turned mat.Dense
	eigen.VectorsTo(&turn)
	turned.Mul(q, &turn)
	for j := range p {
		column := mat.Col(make([]float64, n), p-1-j, &turned)
		orient(column)
		q.SetCol(j, column)
	}
	return nil
}

// Predict returns the signals that activity (T × N) makes, T × M.
func (r *Regression) Predict(activity mat.Matrix) (*mat.Dense, error) {
	if r == nil || r.Basis == nil || r.Readout == nil {
		return nil, errors.New("factor: the regression has no basis: make it with ReducedRank")
	}
	factors, err := r.Basis.Project(activity)
	if err != nil {
		return nil, err
	}
	if p, m := r.Readout.Dims(); p != r.Basis.Dim() || m != len(r.Offset) {
		return nil, fmt.Errorf("factor: a readout of %d x %d and %d offsets, of a basis of %d", p, m, len(r.Offset), r.Basis.Dim())
	}
	out := linear.Predict(factors, r.Readout, r.Offset)
	if i, j := unfit(out); i >= 0 {
		return nil, fmt.Errorf("factor: the prediction is %g at step %d, channel %d: the activity is far from what was fitted", out.At(i, j), i, j)
	}
	return out, nil
}
