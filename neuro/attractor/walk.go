package attractor

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Walk is what a ring or a torus makes of a walk in the dark, told how fast the
// animal moves and shown nothing.
type Walk struct {
	// Angles are those believed, T × Q, in rad and without jumps at ±π, and the
	// true ones as what they should have been.
	Angles recording.Series
	// Activity of the N neurons at the end, in Hz, and the angle that each prefers
	// on the first circle, in rad: the bump.
	Activity, Preferred []float64
}

// walkSample is the spacing of a walk's samples in s.
const walkSample = 0.02

// WalkInDarkness lets a ring or torus follow an animal that turns, or walks, as in
// the world of [NewWander] of the configuration, for a time in s, without
// corrections and without learning.
func (a *Attractor) WalkInDarkness(ctx context.Context, cfg RingConfig, seconds float64, seed uint64) (Walk, error) {
	cfg.Wander.Correction = Correction{}
	if a.State != 2*cfg.Angles || a.Controls != cfg.Angles {
		return Walk{}, fmt.Errorf("attractor: a walk of %d angles, of an attractor of %d dimensions and %d controls: it must be one that NewRing built of the same configuration", cfg.Angles, a.State, a.Controls)
	}
	world, err := NewWander(cfg, seed)
	if err != nil {
		return Walk{}, err
	}
	run, err := a.Live(ctx, world, LifeConfig{Seconds: seconds, Sample: walkSample, Seed: seed})
	if err != nil {
		return Walk{}, err
	}
	w := Walk{Activity: run.Activity, Angles: recording.Series{Dt: run.Time[0], Start: run.Time[0], Unit: "rad"}}
	if w.Angles.Values, err = Unwind(run.X); err != nil {
		return Walk{}, err
	}
	w.Angles.Targets, err = Unwind(run.Truth)
	for i := range a.Population.Gain {
		e := a.Population.Encoders.RawRowView(i)
		w.Preferred = append(w.Preferred, math.Atan2(e[1], e[0]))
	}
	return w, err
}

// mustBeWhole panics where a walk lacks what is to be told of it.
func (w Walk) mustBeWhole() {
	steps, angles := w.Angles.Dims()
	if steps == 0 || w.Angles.Targets == nil {
		panic("attractor: a walk without believed and true angles")
	}
	if t, q := w.Angles.Targets.Dims(); t != steps || q != angles {
		panic(fmt.Sprintf("attractor: a walk of %d x %d believed and %d x %d true angles: they must be as many", steps, angles, t, q))
	}
	if len(w.Activity) != len(w.Preferred) {
		panic(fmt.Sprintf("attractor: a walk with %d activities and %d preferred angles: each neuron must have both", len(w.Activity), len(w.Preferred)))
	}
}

// Errors are the distances from what is believed to what is true, in rad, one for
// each sample. On a ring a whole turn is nothing; on a torus, a map of the plane,
// it is a place one period away. Errors panics at a walk that is not whole.
func (w Walk) Errors() []float64 {
	w.mustBeWhole()
	steps, angles := w.Angles.Dims()
	errors := make([]float64, steps)
	for k := range errors {
		for q := range angles {
			off := w.Angles.At(k, q) - w.Angles.Targets.At(k, q)
			if angles == 1 {
				off = wrap(off)
			}
			errors[k] = math.Hypot(errors[k], off)
		}
	}
	return errors
}

// RMS is the root mean square of the Errors, in rad. It panics as they do.
func (w Walk) RMS() float64 {
	errors := w.Errors()
	return floats.Norm(errors, 2) / math.Sqrt(float64(len(errors)))
}

// mostBins bounds the bins of a bump.
const mostBins = 10_000

// Bump is the mean activity at the end of the walk, in Hz, of neurons by how far
// from the true angle of the first circle they prefer to fire: in so many bins
// from -π to π, with their middles, in rad. A bin without a neuron has 0. Bump
// panics at a walk that is not whole, and at fewer than 1 or more than 10,000 bins.
func (w Walk) Bump(bins int) (away, rates []float64) {
	w.mustBeWhole()
	if bins < 1 || bins > mostBins {
		panic(fmt.Sprintf("attractor: a bump of %d bins: there must be 1 to %d", bins, mostBins))
	}
	steps, _ := w.Angles.Dims()
	truth, width := w.Angles.Targets.At(steps-1, 0), 2*math.Pi/float64(bins)
	of := make([][]float64, bins)
	for i, rate := range w.Activity {
		turn := wrap(w.Preferred[i] - truth)
		if math.IsNaN(turn) {
			panic(fmt.Sprintf("attractor: neuron %d prefers %g rad, and the true angle is %g: both must be finite", i, w.Preferred[i], truth))
		}
		k := min(int((turn+math.Pi)/width), bins-1)
		of[k] = append(of[k], rate)
	}
	for k := range bins {
		away, rates = append(away, (float64(k)+0.5)*width-math.Pi), append(rates, 0)
		if len(of[k]) > 0 {
			rates[k] = stat.Mean(of[k], nil)
		}
	}
	return away, rates
}

// AngularVelocities are the slopes of the lines fitted to the angles that followed
// each of the K states of a ring or torus, K × Q, in rad/s.
func (d Drift) AngularVelocities() (*mat.Dense, error) {
	if len(d.Traces) == 0 {
		return nil, fmt.Errorf("attractor: a drift without traces has no angular velocities")
	}
	var v *mat.Dense
	for i, trace := range d.Traces {
		angles, err := Unwind(trace)
		if err != nil {
			return nil, err
		}
		t, q := angles.Dims()
		if t != len(d.Time) {
			return nil, fmt.Errorf("attractor: trace %d of a drift has %d rows at %d times: there must be one at each", i, t, len(d.Time))
		}
		if v == nil {
			v = mat.NewDense(len(d.Traces), q, nil)
		}
		for k := range q {
			_, slope := stat.LinearRegression(d.Time, mat.Col(nil, k, angles), nil, false)
			v.Set(i, k, slope)
		}
	}
	return v, nil
}
