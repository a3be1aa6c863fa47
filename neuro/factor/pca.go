package factor

import (
	"errors"
	"fmt"
	"math"
	"reflect"

	"gonum.org/v1/gonum/mat"
)

// Basis is an orthonormal basis of the leading dimensions of a population's
// activity.
type Basis struct {
	// Vectors is V, N × P: each column is a component, the largest first, with
	// its entry of largest magnitude positive.
	Vectors *mat.Dense
	// Variances holds all N eigenvalues of the second moment, the largest first:
	// the mean squares of the activity along each component. It is nil in a
	// basis that was not made from activity ([All]).
	Variances []float64
	// Mean is the activity's mean, length N, if it was subtracted first
	// ([CentredPCA]); nil otherwise.
	Mean []float64
}

// All returns the basis of all n units, V = I: its factors are the units
// themselves. A spiking network trained on it has the full set of targets of
// DePasquale et al. 2016, one for every unit, instead of components.
func All(n int) (*Basis, error) {
	if n < 1 || n > mostUnits {
		return nil, fmt.Errorf("factor: a basis of %d units: there must be at least one, and at most %d", n, mostUnits)
	}
	v := mat.NewDense(n, n, nil)
	for i := range n {
		v.Set(i, i, 1)
	}
	return &Basis{Vectors: v}, nil
}

// mostUnits is the largest number of units whose second moment fits into memory
// (8 GB).
const mostUnits = 1 << 15

// Select chooses the number of components from all N variances, the largest
// first.
type Select func(variances []float64) (int, error)

// Components keeps a fixed number of components.
func Components(p int) Select {
	return func(variances []float64) (int, error) {
		if p < 1 || p > len(variances) {
			return 0, fmt.Errorf("factor: %d components of %d units: choose at least 1, and at most as many as units", p, len(variances))
		}
		return p, nil
	}
}

// Variance keeps the first components that together hold at least the given
// fraction of the variance.
func Variance(fraction float64) Select {
	return func(variances []float64) (int, error) {
		if !(fraction > 0 && fraction <= 1) {
			return 0, fmt.Errorf("factor: a fraction %g of the variance: choose one in (0, 1], 0.99 is usual", fraction)
		}
		for i, c := range cumulative(variances) {
			// Rounding must not ask for one component more than there is.
			if c >= fraction-1e-12 {
				return i + 1, nil
			}
		}
		return len(variances), nil
	}
}

// PCA returns the leading eigenvectors of the uncentred second moment
// Σ_t x xᵀ / T of activity (T × N), as in DePasquale et al. 2023: the mean is a
// dimension like any other. [CentredPCA] takes the covariance instead.
//
// Cost: T N² to accumulate and about 9 N³ for the eigenvectors.
func PCA(activity mat.Matrix, choose Select) (*Basis, error) {
	return pca(activity, nil, choose)
}

// CentredPCA is [PCA] of activity from which each unit's mean over time was
// subtracted.
func CentredPCA(activity mat.Matrix, choose Select) (*Basis, error) {
	if err := check(activity); err != nil {
		return nil, err
	}
	t, n := activity.Dims()
	if t < 2 {
		return nil, errors.New("factor: one sample, of which nothing is left without its mean: give at least two")
	}
	mean := make([]float64, n)
	for j := range n {
		for i := range t {
			mean[j] += activity.At(i, j)
		}
		mean[j] /= float64(t)
	}
	return pca(activity, mean, choose)
}

func pca(activity mat.Matrix, mean []float64, choose Select) (*Basis, error) {
	if err := check(activity); err != nil {
		return nil, err
	}
	if choose == nil {
		return nil, errors.New("factor: nothing says how many components to keep: give factor.Components(10) or factor.Variance(0.99)")
	}
	x := centred(activity, mean)
	t, n := x.Dims()
	if n > mostUnits {
		return nil, fmt.Errorf("factor: activity of %d units: components of more than %d would not fit into memory", n, mostUnits)
	}
	var moment mat.SymDense
	moment.SymOuterK(1/float64(t), x.T())
	var eigen mat.EigenSym
	if !eigen.Factorize(&moment, true) {
		return nil, errors.New("factor: the eigenvalues of the second moment did not converge")
	}
	var all mat.Dense
	eigen.VectorsTo(&all)
	ascending := eigen.Values(nil)
	variances := make([]float64, n)
	for i := range variances {
		// A second moment has no negative eigenvalue but for rounding.
		variances[i] = math.Max(0, ascending[n-1-i])
	}
	if variances[0] == 0 {
		return nil, errors.New("factor: the activity is zero throughout: it has no components")
	}
	p, err := choose(variances)
	if err != nil {
		return nil, err
	}
	if p < 1 || p > n {
		return nil, fmt.Errorf("factor: %d components chosen of %d units: there must be at least 1, and at most as many as units", p, n)
	}
	v := mat.NewDense(n, p, nil)
	for j := range p {
		column := mat.Col(nil, n-1-j, &all)
		orient(column)
		v.SetCol(j, column)
	}
	return &Basis{Vectors: v, Variances: variances, Mean: mean}, nil
}

// orient makes the entry of largest magnitude positive, since the sign of an
// eigenvector is arbitrary.
func orient(v []float64) {
	largest := 0
	for i := range v {
		if math.Abs(v[i]) > math.Abs(v[largest]) {
			largest = i
		}
	}
	if v[largest] < 0 {
		for i := range v {
			v[i] = -v[i]
		}
	}
}

// Dim returns the number of components, P; 0 without Vectors.
func (b *Basis) Dim() int {
	if b.Vectors == nil {
		return 0
	}
	_, p := b.Vectors.Dims()
	return p
}

// First returns the basis of the first k components alone. It is an error unless
// there are as many.
func (b *Basis) First(k int) (*Basis, error) {
	if p := b.Dim(); k < 1 || k > p {
		return nil, fmt.Errorf("factor: the first %d components of a basis of %d: ask for at least 1, and at most as many as it has", k, p)
	}
	units, _ := b.Vectors.Dims()
	first := *b
	first.Vectors = mat.DenseCopyOf(b.Vectors.Slice(0, units, 0, k))
	return &first, nil
}

// Project returns the factors of activity (T × N), its coordinates in the
// basis: T × P.
func (b *Basis) Project(activity mat.Matrix) (*mat.Dense, error) {
	if err := check(activity); err != nil {
		return nil, err
	}
	if b.Dim() == 0 {
		return nil, errNoBasis
	}
	_, n := activity.Dims()
	units, _ := b.Vectors.Dims()
	if n != units || b.Mean != nil && len(b.Mean) != units {
		return nil, fmt.Errorf("factor: activity of %d units, the basis is of %d", n, units)
	}
	var y mat.Dense
	y.Mul(centred(activity, b.Mean), b.Vectors)
	return &y, nil
}

// Explained returns the fraction of the variance that each of all N components
// holds, and the running sum: nil if the variances are not known, and NaN or
// infinite if their sum is 0.
func (b *Basis) Explained() (each, total []float64) {
	total = cumulative(b.Variances)
	each = make([]float64, len(total))
	before := 0.0
	for i, c := range total {
		each[i], before = c-before, c
	}
	return each, total
}

// ParticipationRatio returns (Σ λ)² / Σ λ², the effective number of dimensions: N
// if all components are equal, 1 if there is one, 0 if the variances are not known,
// and NaN if they are too large to be squared.
func (b *Basis) ParticipationRatio() float64 {
	var sum, squares float64
	for _, v := range b.Variances {
		sum += v
		squares += v * v
	}
	if squares == 0 {
		return 0
	}
	return sum * sum / squares
}

func cumulative(variances []float64) []float64 {
	var sum float64
	for _, v := range variances {
		sum += v
	}
	out := make([]float64, len(variances))
	var run float64
	for i, v := range variances {
		run += v
		out[i] = run / sum
	}
	return out
}

func centred(activity mat.Matrix, mean []float64) mat.Matrix {
	if mean == nil {
		return activity
	}
	x := mat.DenseCopyOf(activity)
	x.Apply(func(_, j int, v float64) float64 { return v - mean[j] }, x)
	return x
}

var errNoBasis = errors.New("factor: the basis has no vectors: make it with PCA, CentredPCA or All")

func check(activity mat.Matrix) error {
	if isNil(activity) {
		return errors.New("factor: there is no activity (was anything recorded?)")
	}
	t, n := activity.Dims()
	if t == 0 || n == 0 {
		return fmt.Errorf("factor: activity is %d x %d: at least one step and one unit are needed", t, n)
	}
	if i, j := unfit(activity); i >= 0 {
		return fmt.Errorf("factor: activity holds %g at step %d, unit %d: every value must be finite, and below %g", activity.At(i, j), i, j, float64(largest))
	}
	return nil
}

func isNil(m mat.Matrix) bool {
	v := reflect.ValueOf(m)
	return !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil()
}

// largest is the largest value whose square, summed, is still a number.
const largest = 1e100

// unfit returns the place of the first value that is not a number, or too
// large; -1 if there is none.
func unfit(m mat.Matrix) (row, column int) {
	rows, columns := m.Dims()
	for i := range rows {
		for j := range columns {
			if !(math.Abs(m.At(i, j)) <= largest) {
				return i, j
			}
		}
	}
	return -1, -1
}
