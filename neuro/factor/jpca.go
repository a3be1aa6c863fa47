package factor

import (
	"errors"
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"gonum.org/v1/gonum/mat"
)

// JPCAConfig says how rotations are looked for. Start from [Churchland2012].
type JPCAConfig struct {
	// Dt is the time step of the activity in seconds.
	Dt float64
	// Components is k, how many principal components the rotations are looked
	// for in: an even number, 6 in the paper.
	Components int
	// Normalise divides each unit by its range over all conditions and times
	// plus Soften, so that strong units do not outweigh the others and silent
	// ones do not count as much. Soften is in the unit of the activity: 5 Hz
	// for firing rates is usual (the authors' program takes 10); it must suit
	// the size of activity in other units.
	Normalise bool
	Soften    float64
	// RemoveMean takes off each unit's mean over conditions, at each time: what
	// all conditions share is not evidence of dynamics. It needs at least two
	// conditions.
	RemoveMean bool
	// Forward fits each step by the state before it, as the authors' program
	// does: a rotation by an angle φ per step is then taken for one by sin φ,
	// with an R² of cos²(φ/2), and white noise has an R² of 1/2 with the best
	// unconstrained M. Without it the mean of the states before and after is
	// taken: a rotation is then exactly skew-symmetric, and noise has no R².
	Forward bool
}

// Churchland2012 returns the settings of Churchland et al. 2012 for firing
// rates in Hz sampled every dt seconds.
func Churchland2012(dt float64) JPCAConfig {
	return JPCAConfig{Dt: dt, Components: 6, Normalise: true, Soften: 5, RemoveMean: true, Forward: true}
}

// shortest is a time step, in s, below which slopes are no numbers of any use.
const shortest = 1e-9

// Validate says what is wrong.
func (c JPCAConfig) Validate() error {
	switch {
	case !(c.Dt >= shortest && c.Dt <= neuro.LongestStep):
		return fmt.Errorf("factor: jPCA with a time step of %g s: it must lie between %g and %g s (0.01 is usual)", c.Dt, shortest, neuro.LongestStep)
	case c.Components < 2 || c.Components%2 != 0:
		return fmt.Errorf("factor: jPCA in %d components: rotations come in planes, choose an even number", c.Components)
	case !(c.Soften >= 0) || math.IsInf(c.Soften, 1):
		return fmt.Errorf("factor: soft normalisation by %g: it must not be negative", c.Soften)
	}
	return nil
}

// Rotations are the planes in which the activity of a population rotates, and
// how well rotations describe it.
type Rotations struct {
	// Basis is of the normalised activity less its mean over conditions, of
	// all conditions one after the other.
	Basis *Basis
	// Skew and Free (k × k) are the best skew-symmetric and the best
	// unconstrained M of
	//
	//	dx/dt = x M,     x a row of the k components,
	//
	// in 1/s.
	Skew, Free *mat.Dense
	// SkewR2 and FreeR2 are the parts of the sum of squares of dx/dt that they
	// explain.
	SkewR2, FreeR2 float64
	// Planes, k/2 of them, the fastest first.
	Planes []Plane
}

// Ratio returns SkewR2 / FreeR2: 1 where nothing but rotation is needed to
// describe the linear dynamics, NaN where no linear dynamics describe anything.
func (r *Rotations) Ratio() float64 { return r.SkewR2 / r.FreeR2 }

// Plane is a plane in which activity rotates.
type Plane struct {
	// Frequency in Hz.
	Frequency float64
	// Variance is the part of the variance of the activity that lies in the
	// plane, as normalised and less its mean over conditions.
	Variance float64
	// Vectors, N × 2, are the orthonormal axes, jPC 1 and jPC 2, in the space
	// of normalised units: jPC 1 is the direction along which the initial
	// states of the conditions lie furthest from the origin, and activity
	// rotates from jPC 1 to jPC 2, counterclockwise.
	Vectors *mat.Dense
	// Projections are T × 2, one for each condition.
	Projections []*mat.Dense
}

// JPCA looks for rotations in activity averaged over the trials of each
// condition (each T × N, the same N, T of at least 3). M_skew minimises
// Σ |dx/dt - x M|² over all skew-symmetric M, exactly. The steps between one
// condition's end and the next's start are left out. Pass only the part of the
// trials to be analysed (the paper: 200 ms from when the activity starts to
// change); [mat.Dense.Slice] costs nothing.
//
// Cost: that of [CentredPCA] of all conditions.
//
// M. M. Churchland, J. P. Cunningham, M. T. Kaufman, J. D. Foster,
// P. Nuyujukian, S. I. Ryu, K. V. Shenoy (2012), Neural population dynamics
// during reaching, Nature 487:51-56.
func JPCA(activity []*mat.Dense, cfg JPCAConfig) (*Rotations, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if err := checkConditions(activity, cfg); err != nil {
		return nil, err
	}
	x := prepared(activity, cfg)
	all := stacked(x)
	if cfg.RemoveMean && mat.Norm(all, 2) == 0 {
		return nil, errors.New("factor: jPCA of conditions that are all the same: nothing is left without their mean")
	}
	basis, err := CentredPCA(all, Components(cfg.Components))
	if err != nil {
		return nil, err
	}
	if v := basis.Variances[cfg.Components-1]; v < 1e-12*basis.Variances[0] {
		return nil, fmt.Errorf("factor: jPCA in %d components, of which the last carries no variance: choose fewer", cfg.Components)
	}
	states, slopes, err := steps(x, basis, cfg)
	if err != nil {
		return nil, err
	}
	if change := mat.Norm(slopes, 2); change == 0 {
		return nil, errors.New("factor: jPCA of activity that does not change in time")
	} else if math.IsInf(change*change, 1) {
		return nil, fmt.Errorf("factor: jPCA with a time step of %g s: activity changes too fast for a number", cfg.Dt)
	}
	r := &Rotations{Basis: basis}
	if r.Free, err = free(states, slopes); err != nil {
		return nil, err
	}
	if r.Skew, err = skew(states, slopes); err != nil {
		return nil, err
	}
	r.FreeR2, r.SkewR2 = r2(states, slopes, r.Free), r2(states, slopes, r.Skew)
	return r, r.findPlanes(x, all, cfg)
}
