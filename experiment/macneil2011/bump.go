package macneil2011

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/plotting"
)

// bump is one attractor's test in the dark.
type bump struct {
	Drift float64 // rad/s
	Error float64 // rad, mean of the walks' root mean squares
	// field holds the headings and the velocities at them, in degrees.
	Field plotting.Line
	// believed and true angles on the first walk, T × Q, in rad without jumps;
	// activity at its end in Hz.
	Believed, True *mat.Dense
	Activity       []float64
}

// bumps are the same population at its optimum, perturbed, and after learning.
type bumps struct {
	Optimum, Perturbed, Learned bump
	Preferred                   []float64 // angle of each neuron on the first circle
}

// bumpStages are what the three are called.
var bumpStages = []string{"optimum", "perturbed", "learned"}

var bumpRoles = []plotting.Role{plotting.Optimum, plotting.Perturbed, plotting.Learned}

func (b bumps) stages() []bump { return []bump{b.Optimum, b.Perturbed, b.Learned} }

// bumpMeasures are drift and error at each stage, in the unit that to makes of radians.
func bumpMeasures(what, unit string, to func(rad float64) float64, learned, toOptimum thresholds) (all []experiment.Measure[bumps]) {
	for i, name := range bumpStages {
		all = append(all, experiment.Measure[bumps]{Name: "drift: " + name, Unit: unit + "/s", Of: func(b bumps) float64 { return to(b.stages()[i].Drift) }})
	}
	for i, name := range bumpStages {
		all = append(all, experiment.Measure[bumps]{Name: what + ": " + name, Unit: unit, Of: func(b bumps) float64 { return to(b.stages()[i].Error) }})
	}
	return append(all, []experiment.Measure[bumps]{
		{Name: what + ": learned to perturbed", Of: func(b bumps) float64 { return b.Learned.Error / b.Perturbed.Error }, Thresholds: learned},
		{Name: what + ": learned to optimum", Of: func(b bumps) float64 { return b.Learned.Error / b.Optimum.Error }, Thresholds: toOptimum},
	}...)
}

// errorPanel compares the errors of all populations.
func errorPanel(all []bumps, to func(rad float64) float64) *plotting.ComparisonPanel {
	return plotting.Comparison(experiment.Groups(all, func(b bumps) (v []float64) {
		for _, of := range b.stages() {
			v = append(v, to(of.Error))
		}
		return v
	}, bumpStages...)...).LogY().Role(bumpRoles...).Title("one dot per population")
}

// bumpConfig is a ring or a torus that learns.
type bumpConfig struct {
	Ring attractor.RingConfig `sweep:"-Population.Seed -Population.Dimensions -Population.Radius -Angles"`
	// Kappa is the learning rate per second, of the first 300 s.
	Kappa float64
	// Perturbation is the standard deviation of the factors that each neuron's decoders
	// are multiplied by, less 1.
	Perturbation float64
}

// Quick makes the population small.
func (c *bumpConfig) Quick() { c.Ring.Population.Neurons, c.Ring.Points = 100, 500 }

// bumpTest says how attractors on rings and tori learn and are tested.
type bumpTest struct {
	bumpConfig
	learn  []attractor.LifeConfig // one after the other
	walks  int
	walk   float64 // s
	places int
	// wrapped judges angles, not the path that they unwind to.
	wrapped bool
}

// run builds a population, perturbs it, lets it learn, and tests it each time.
func (t bumpTest) run(ctx context.Context, r experiment.Run) (b bumps, err error) {
	t.Ring.Population.Seed = r.Seed
	if r.Quick {
		t.learn = slices.Clone(t.learn)
		t.walks, t.walk, t.places = 1, 2, 4
		for i := range t.learn {
			t.learn[i].Seconds = 1
		}
	}
	a, err := attractor.NewRing(t.Ring)
	if err != nil {
		return b, err
	}
	for i := range a.Population.Config.Neurons {
		e := a.Population.Encoders.RawRowView(i)
		b.Preferred = append(b.Preferred, math.Atan2(e[1], e[0]))
	}
	if b.Optimum, err = t.measure(ctx, a, r.Seed); err != nil {
		return b, err
	}
	if a, err = a.PerturbDecoders(t.Perturbation, r.Seed); err != nil {
		return b, err
	}
	if b.Perturbed, err = t.measure(ctx, a, r.Seed); err != nil {
		return b, err
	}
	world, err := attractor.NewWander(t.Ring, r.Seed)
	if err != nil {
		return b, err
	}
	for i, life := range t.learn {
		life.Seed = r.Seed + uint64(i)<<32
		if _, err = a.Live(experiment.Part(ctx, "learning"), world, life); err != nil {
			return b, err
		}
	}
	b.Learned, err = t.measure(ctx, a, r.Seed)
	return b, err
}

// measure tests an attractor in the dark: alone, and told how it moves.
func (t bumpTest) measure(ctx context.Context, a *attractor.Attractor, seed uint64) (b bump, err error) {
	if b.Field, b.Drift, err = t.drift(ctx, a); err != nil {
		return b, err
	}
	dark := t.Ring
	dark.Wander.Correction = attractor.Correction{}
	for k := range t.walks {
		own := seed<<16 + uint64(k) + 1 // not the walk that was learned on
		world, err := attractor.NewWander(dark, own)
		if err != nil {
			return b, err
		}
		run, err := a.Live(ctx, world, attractor.LifeConfig{Seconds: t.walk, Sample: 0.02, Seed: own})
		if err != nil {
			return b, err
		}
		believed, err := attractor.Unwind(run.X)
		if err != nil {
			return b, err
		}
		truth, err := attractor.Unwind(run.Truth)
		if err != nil {
			return b, err
		}
		if k == 0 {
			b.Believed, b.True, b.Activity = believed, truth, run.Activity
		}
		b.Error += t.rms(believed, truth) / float64(t.walks)
	}
	return b, nil
}

// drift is that from places spread over ring or torus.
func (t bumpTest) drift(ctx context.Context, a *attractor.Attractor) (field plotting.Line, mean float64, err error) {
	held := mat.NewDense(t.places, a.State, nil)
	for i := range t.places {
		for q := range t.Ring.Angles {
			// The second angle goes round seven times while the first does once.
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(t.places) * math.Pow(7, float64(q)))
			held.Set(i, 2*q, cos)
			held.Set(i, 2*q+1, sin)
		}
	}
	f, err := a.MeasureDrift(ctx, held, attractor.DefaultDrift())
	if err != nil {
		return field, 0, err
	}
	for i, trace := range f.Traces {
		angles, err := attractor.Unwind(trace)
		if err != nil {
			return field, 0, err
		}
		v := make([]float64, t.Ring.Angles)
		for q := range v {
			_, v[q] = stat.LinearRegression(f.Time, mat.Col(nil, q, angles), nil, false)
		}
		mean += floats.Norm(v, 2) / float64(t.places)
		field.X = append(field.X, 360*float64(i)/float64(t.places))
		field.Y = append(field.Y, v[0]*180/math.Pi)
	}
	return field, mean, nil
}

// rms is the root mean square distance between two paths of angles.
func (t bumpTest) rms(believed, truth *mat.Dense) float64 {
	var off mat.Dense
	off.Sub(believed, truth)
	if t.wrapped {
		off.Apply(func(_, _ int, v float64) float64 { return math.Remainder(v, 2*math.Pi) }, &off)
	}
	rows, _ := off.Dims()
	return mat.Norm(&off, 2) / math.Sqrt(float64(rows))
}
