package experiment

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/plotting"
)

// ringLearns is gen.ring.
func ringLearns() Experiment {
	e := Experiment{
		ID:        "gen.ring",
		Statement: "The general rule tunes a head-direction ring that follows angular velocity.",
		Setup: "300 neurons, steps of 1 ms, 15 % perturbation of each neuron's decoders; then 300 s of turning (80 degrees/s) among landmarks with κ = 4e-7 per s. " +
			"Drift: mean speed over 2 s from 24 headings. Bump error: root mean square of the angle between bump and head in the dark, three random walks of 60 s.",
		Seeds: 20,
		Measures: []Measure{
			{Name: "drift: optimum", Unit: "deg/s"},
			{Name: "drift: perturbed", Unit: "deg/s"},
			{Name: "drift: learned", Unit: "deg/s"},
			{Name: "bump error: optimum", Unit: "deg"},
			{Name: "bump error: perturbed", Unit: "deg"},
			{Name: "bump error: learned", Unit: "deg"},
			{Name: "bump error: learned to perturbed", Bars: []Bar{atMost(0.5)}},
			{Name: "bump error: learned to optimum"},
		},
	}
	return define(e, runRing, ringFigure)
}

// bump is one attractor's test in the dark.
type bump struct {
	drift float64 // rad/s
	error float64 // rad, mean of the walks' root mean squares
	// field holds the headings and the velocities at them, in degrees.
	field plotting.Series
	// believed and true angles on the first walk, T x Q, in rad without jumps;
	// activity at its end in Hz.
	believed, true *mat.Dense
	activity       []float64
}

// bumps are the same population at its optimum, perturbed, and after learning.
type bumps struct {
	optimum, perturbed, learned bump
	preferred                   []float64 // angle of each neuron on the first circle
}

// bumpTest says how attractors on rings and tori learn and are tested.
type bumpTest struct {
	ring   attractor.RingConfig
	world  attractor.WanderConfig
	learn  attractor.LifeConfig
	walks  int
	walk   float64 // s
	places int
	// wrapped judges angles, not the path that they unwind to.
	wrapped bool
}

func runRing(ctx context.Context, r Run) (Values, bumps, error) {
	t := bumpTest{
		ring: attractor.Ring(), world: attractor.Turning(),
		learn: attractor.LifeConfig{Seconds: 300, Kappa: 4e-7, Sample: 1},
		walks: 3, walk: 60, places: 24, wrapped: true,
	}
	b, err := t.run(ctx, r)
	if err != nil {
		return nil, b, err
	}
	const degree = math.Pi / 180
	return Values{
		"drift: optimum": b.optimum.drift / degree, "drift: perturbed": b.perturbed.drift / degree, "drift: learned": b.learned.drift / degree,
		"bump error: optimum": b.optimum.error / degree, "bump error: perturbed": b.perturbed.error / degree, "bump error: learned": b.learned.error / degree,
		"bump error: learned to perturbed": b.learned.error / b.perturbed.error,
		"bump error: learned to optimum":   b.learned.error / b.optimum.error,
	}, b, nil
}

// run builds a population, perturbs it, lets it learn, and tests it each time.
func (t bumpTest) run(ctx context.Context, r Run) (b bumps, err error) {
	t.ring.Population.Seed, t.learn.Seed = r.Seed, r.Seed
	if r.Quick {
		t.ring.Population.Neurons, t.ring.Points, t.learn.Seconds, t.walks, t.walk, t.places = 100, 500, 2, 1, 2, 4
	}
	a, err := attractor.NewRing(t.ring)
	if err != nil {
		return b, err
	}
	for i := range a.Population.Config.Neurons {
		b.preferred = append(b.preferred, attractor.Angles(a.Population.Encoders.RawRowView(i)[:2])...)
	}
	if b.optimum, err = t.measure(ctx, a, r.Seed); err != nil {
		return b, err
	}
	if a, err = a.PerturbDecoders(0.15, r.Seed); err != nil {
		return b, err
	}
	if b.perturbed, err = t.measure(ctx, a, r.Seed); err != nil {
		return b, err
	}
	world, err := attractor.NewWander(t.world, a.Config.Step, r.Seed)
	if err != nil {
		return b, err
	}
	if _, err = a.Live(ctx, world, t.learn, r.watchPart("learning")); err != nil {
		return b, err
	}
	b.learned, err = t.measure(ctx, a, r.Seed)
	return b, err
}

// measure tests an attractor in the dark: alone, and told how it moves.
func (t bumpTest) measure(ctx context.Context, a *attractor.Attractor, seed uint64) (b bump, err error) {
	if b.field, b.drift, err = t.drift(ctx, a); err != nil {
		return b, err
	}
	dark := t.world
	dark.Correction = attractor.Correction{}
	for k := range t.walks {
		own := seed<<16 + uint64(k) + 1 // not the walk that was learned on
		world, err := attractor.NewWander(dark, a.Config.Step, own)
		if err != nil {
			return b, err
		}
		run, err := a.Live(ctx, world, attractor.LifeConfig{Seconds: t.walk, Sample: 0.02, Seed: own}, nil)
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
			b.believed, b.true, b.activity = believed, truth, run.Activity
		}
		b.error += t.rms(believed, truth) / float64(t.walks)
	}
	return b, nil
}

// drift is that from places spread over ring or torus.
func (t bumpTest) drift(ctx context.Context, a *attractor.Attractor) (field plotting.Series, mean float64, err error) {
	held := mat.NewDense(t.places, a.State, nil)
	for i := range t.places {
		for q := range t.ring.Angles {
			// The second angle goes round seven times while the first does once.
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(t.places) * math.Pow(7, float64(q)))
			held.Set(i, 2*q, cos)
			held.Set(i, 2*q+1, sin)
		}
	}
	f, err := a.MeasureField(ctx, held, attractor.DefaultField())
	if err != nil {
		return field, 0, err
	}
	for i, trace := range f.Traces {
		angles, err := attractor.Unwind(trace)
		if err != nil {
			return field, 0, err
		}
		v := make([]float64, t.ring.Angles)
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

// profile is the mean activity of neurons by their preferred angle, from the
// true angle at the end of the walk, in degrees.
func (b bumps) profile(of bump) (x, rate []float64) {
	const bins = 24
	rows, _ := of.true.Dims()
	head := of.true.At(rows-1, 0)
	x, rate, count := make([]float64, bins), make([]float64, bins), make([]float64, bins)
	for i, a := range of.activity {
		k := int(math.Floor((math.Remainder(b.preferred[i]-head, 2*math.Pi)/(2*math.Pi) + 0.5) * bins))
		k = min(max(k, 0), bins-1)
		rate[k], count[k] = rate[k]+a, count[k]+1
	}
	for k := range x {
		x[k] = (float64(k)+0.5)*360/bins - 180
		rate[k] /= math.Max(count[k], 1)
	}
	return x, rate
}

func ringFigure(all []bumps) *plotting.Drawing {
	one := all[0]
	names := []string{"optimum", "perturbed", "learned"}
	groups := []plotting.Group{{Name: names[0]}, {Name: names[1]}, {Name: names[2]}}
	for _, b := range all {
		for i, of := range []bump{b.optimum, b.perturbed, b.learned} {
			groups[i].Values = append(groups[i].Values, of.error*180/math.Pi)
		}
	}
	rows, _ := one.optimum.true.Dims()
	errors := mat.NewDense(rows, 3, nil)
	var fields []plotting.Series
	var profiles []float64
	var x []float64
	for i, of := range []bump{one.optimum, one.perturbed, one.learned} {
		for k := range rows {
			errors.Set(k, i, math.Remainder(of.believed.At(k, 0)-of.true.At(k, 0), 2*math.Pi)*180/math.Pi)
		}
		of.field.Name = names[i]
		fields = append(fields, of.field)
		at, rate := one.profile(of)
		x, profiles = at, append(profiles, rate...)
	}
	rates := mat.DenseCopyOf(mat.NewDense(3, len(x), profiles).T())
	return plotting.Figure(
		plotting.Drift(fields...).XLabel("heading (deg)").Title("drift without input"),
		plotting.Tuning(x, rates).Names(names...).XLabel("preferred − true heading (deg)").YLabel("activity (Hz)").Title("bump after 60 s in the dark"),
		plotting.Traces(0.02, errors).Names(names...).YLabel("bump − head (deg)").Title("60 s of turning in the dark"),
		plotting.Comparison(groups...).Log().YLabel("bump error (deg)").Title("one point a population"),
	).Columns(2)
}
