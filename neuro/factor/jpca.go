package factor

import (
	"errors"
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"gonum.org/v1/gonum/mat"
)

// JPCAConfig says how rotations are sought. Start from [Churchland2012].
type JPCAConfig struct {
	// Dt is the time step of the activity in seconds.
	Dt float64
	// Components is k, the number of principal components in which rotations are
	// sought: even, 6 in the paper.
	Components int
	// Normalise divides each unit by its range over all conditions and times
	// plus Soften, so that strong units do not outweigh the others and silent
	// ones count less. Soften is in the unit of the activity: 5 Hz for firing
	// rates is usual (10 in the authors' program).
	Normalise bool
	Soften    float64
	// RemoveMean subtracts each unit's mean over conditions at each time: what
	// all conditions share is no evidence of dynamics. It needs at least two
	// conditions.
	RemoveMean bool
	// Forward fits each step by the state before it, as the authors' program
	// does: a rotation by an angle φ per step then appears as one by sin φ, with
	// an R² of cos²(φ/2), and white noise has an R² of 1/2 with the best
	// unconstrained M. Without Forward each step is fitted by the mean of the
	// states before and after it: a rotation is then exactly skew-symmetric, and
	// the R² of noise is 0.
	Forward bool
}

// Churchland2012 returns the settings of Churchland et al. 2012 for firing
// rates in Hz sampled every dt seconds.
func Churchland2012(dt float64) JPCAConfig {
	return JPCAConfig{Dt: dt, Components: 6, Normalise: true, Soften: 5, RemoveMean: true, Forward: true}
}

// shortest is a time step, in s, below which slopes are no numbers of any use.
const shortest = 1e-9

// Validate says what is wrong with the configuration.
func (c JPCAConfig) Validate() error {
	switch {
	case !(c.Dt >= shortest && c.Dt <= neuro.LongestStep):
		return fmt.Errorf("factor: Dt is %g s: it must be between %g and %g s (0.01 is usual)", c.Dt, shortest, neuro.LongestStep)
	case c.Components < 2 || c.Components%2 != 0:
		return fmt.Errorf("factor: Components is %d: it must be even and positive, since rotations come in planes", c.Components)
	case !(c.Soften >= 0) || math.IsInf(c.Soften, 1):
		return fmt.Errorf("factor: Soften is %g: it must be finite and not negative", c.Soften)
	}
	return nil
}

// Rotations are the planes in which the activity of a population rotates, and
// how well rotations describe it.
type Rotations struct {
	// Basis is of the normalised activity less its mean over conditions, all
	// conditions one after the other.
	Basis *Basis
	// Skew and Free (k × k) are the best skew-symmetric and the best
	// unconstrained M of
	//
	//	dx/dt = x M,     x a row of the k components,
	//
	// in 1/s.
	Skew, Free *mat.Dense
	// SkewR2 and FreeR2 are the fractions of the sum of squares of dx/dt that
	// they explain.
	SkewR2, FreeR2 float64
	// Planes, k/2 of them, the fastest first.
	Planes []Plane
}

// Ratio returns SkewR2 / FreeR2: 1 if rotations describe the linear dynamics
// entirely, NaN if linear dynamics describe nothing.
func (r *Rotations) Ratio() float64 { return r.SkewR2 / r.FreeR2 }

// Leading returns the plane with most of the variance, the zero Plane if there is none.
func (r *Rotations) Leading() Plane {
	var best Plane
	for i, p := range r.Planes {
		if i == 0 || p.Variance > best.Variance {
			best = p
		}
	}
	return best
}

// Plane is a plane in which activity rotates.
type Plane struct {
	// Frequency in Hz.
	Frequency float64
	// Variance is the fraction of the variance of the activity, normalised and
	// less its mean over conditions, that lies in the plane.
	Variance float64
	// Vectors, N × 2, are the orthonormal axes, jPC 1 and jPC 2, in the space of
	// normalised units. Along jPC 1 the initial states of the conditions lie
	// furthest from the origin; activity rotates from jPC 1 to jPC 2,
	// counterclockwise.
	Vectors *mat.Dense
	// Projections are T × 2, one for each condition.
	Projections []*mat.Dense
}

// JPCA finds rotations in activity averaged over the trials of each condition
// (each T × N, with the same N and T of at least 3). M_skew minimises
// Σ |dx/dt - x M|² over all skew-symmetric M, exactly; steps from the end of one
// condition to the start of the next are left out. Pass only the part of the
// trials to analyse (the paper: 200 ms from when the activity starts to change);
// [mat.Dense.Slice] costs nothing.
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
