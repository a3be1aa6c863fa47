package factor

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/stats"
)

// Temporal returns the temporal components of the activity (T × N) from which the
// basis was made: its factors, each scaled to length 1, T × P. They are the left
// singular vectors of the activity, orthonormal, and their span can be compared
// with that of another network, whatever the number of its units.
//
// A component without variance has no time course: it is an error.
func (b *Basis) Temporal(activity mat.Matrix) (*mat.Dense, error) {
	y, err := b.Project(activity)
	if err != nil {
		return nil, err
	}
	steps, p := y.Dims()
	if len(b.Variances) == 0 {
		return nil, fmt.Errorf("factor: a basis of bare units has no temporal components: use PCA or CentredPCA")
	}
	for j := range p {
		length := mat.Norm(y.ColView(j), 2)
		if length*length <= 1e-20*b.Variances[0]*float64(steps) && j == 0 {
			return nil, errors.New("factor: the activity has no variance along the basis: it must be what the basis was made from")
		}
		if length*length <= 1e-20*b.Variances[0]*float64(steps) {
			return nil, fmt.Errorf("factor: component %d of the activity carries no variance: choose at most %d components", j+1, j)
		}
		for i := range steps {
			y.Set(i, j, y.At(i, j)/length)
		}
	}
	return y, nil
}

// Finder finds a basis: [PCA] or [CentredPCA].
type Finder func(activity mat.Matrix, choose Select) (*Basis, error)

// Similarity says how alike the time courses of two networks are.
type Similarity struct {
	// Angles are the P principal angles between the two spans, in radians,
	// the smallest first.
	Angles []float64
	// AByB is the share of a's activity that b's temporal components explain,
	// BByA the share of b's that a's explain.
	AByB, BByA Share
}

// Share is a fraction of an activity's variance, and the best that the same number
// of components can hold: that of the activity's own.
type Share struct {
	Fraction, Best float64
}

// OfBest returns Fraction / Best: 1 if no other components would do better, NaN if
// there is no variance.
func (s Share) OfBest() float64 {
	if !(s.Best > 0) {
		return math.NaN()
	}
	return s.Fraction / s.Best
}

// MedianAngle returns the median of the principal angles, in radians; NaN of
// none.
func (s *Similarity) MedianAngle() float64 {
	return stats.Median(s.Angles)
}

// Compare compares the first p temporal components of two networks' activities
// a (T × N_a) and b (T × N_b) over the same T steps: DePasquale et al. 2016
// report the median principal angle of p = 10. find is [PCA], or [CentredPCA]
// to compare how the activities vary about their means.
//
// Filters alone make time courses differ: compare slow synaptic currents with
// rates that went through [Filter].
func Compare(a, b mat.Matrix, p int, find Finder) (*Similarity, error) {
	if find == nil {
		return nil, errors.New("factor: nothing says how to find components: give factor.PCA or factor.CentredPCA")
	}
	ta, sa, err := temporal(a, p, find)
	if err != nil {
		return nil, fmt.Errorf("first activity: %w", err)
	}
	tb, sb, err := temporal(b, p, find)
	if err != nil {
		return nil, fmt.Errorf("second activity: %w", err)
	}
	if steps, others := ta.RawMatrix().Rows, tb.RawMatrix().Rows; steps != others {
		return nil, fmt.Errorf("factor: activities of %d and %d steps: both must be of the same", steps, others)
	}
	angles, err := PrincipalAngles(ta, tb)
	if err != nil {
		return nil, err
	}
	return &Similarity{
		Angles: angles,
		AByB:   explained(a, sa, tb),
		BByA:   explained(b, sb, ta),
	}, nil
}

func temporal(x mat.Matrix, p int, find Finder) (*mat.Dense, *Basis, error) {
	basis, err := find(x, Components(p))
	if err != nil {
		return nil, nil, err
	}
	if basis == nil {
		return nil, nil, errNoBasis
	}
	t, err := basis.Temporal(x)
	return t, basis, err
}

// explained is the part of activity, less the basis's mean, that lies in the
// span of orthonormal time courses. The basis is the activity's own.
func explained(activity mat.Matrix, own *Basis, courses *mat.Dense) Share {
	x := centred(activity, own.Mean)
	var along mat.Dense
	along.Mul(courses.T(), x)
	return share(&along, x, own)
}

// share compares the coordinates of x along orthonormal directions with x.
func share(along, x mat.Matrix, own *Basis) Share {
	in, total := mat.Norm(along, 2), mat.Norm(x, 2)
	return Share{Fraction: in * in / (total * total), Best: cumulative(own.Variances)[own.Dim()-1]}
}

// Alignment returns the share that the components hold of the variance of activity
// (T × N) of the same units in another task or condition, about its mean if the
// basis is centred. For centred bases its OfBest is the alignment index of
// Elsayed, Lara, Kaufman, Churchland & Cunningham 2016 (Nature Communications
// 7:13239).
func (b *Basis) Alignment(activity mat.Matrix) (Share, error) {
	if b.Dim() == 0 {
		return Share{}, errNoBasis
	}
	find := PCA
	if b.Mean != nil {
		find = CentredPCA
	}
	own, err := find(activity, Components(b.Dim()))
	if err != nil {
		return Share{}, err
	}
	if units, _ := b.Vectors.Dims(); units != len(own.Variances) {
		return Share{}, fmt.Errorf("factor: activity of %d units, the basis is of %d", len(own.Variances), units)
	}
	x := centred(activity, own.Mean)
	var along mat.Dense
	along.Mul(x, b.Vectors)
	return share(&along, x, own), nil
}
