package attractor

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

// FieldConfig says how a drift field is measured. It marshals to JSON; start
// from [DefaultField].
type FieldConfig struct {
	// Hold and Free are how long each state is held and then left alone, in s.
	Hold, Free float64
	// Sample is the spacing of the recorded traces in s.
	Sample float64
	// Seed names the neurons' initial voltages, other ones for each state.
	Seed uint64
}

// DefaultField holds each state for 0.5 s and then leaves it alone for 2 s.
func DefaultField() FieldConfig { return FieldConfig{Hold: 0.5, Free: 2, Sample: 0.02, Seed: 1} }

// Validate says what is wrong with the configuration, or nil.
func (c FieldConfig) Validate() error {
	if !positive(c.Hold) || !positive(c.Free) || !(c.Sample > 0 && c.Sample <= c.Free/2) {
		return fmt.Errorf("attractor: a field with Hold %g s, Free %g s and Sample %g s: want all positive and Sample at most half of Free", c.Hold, c.Free, c.Sample)
	}
	return nil
}

// Field is what an attractor does when it is left alone: its drift field.
type Field struct {
	// States are those held and Velocities the slopes, per s, of the lines
	// fitted to what followed, both K x D.
	States, Velocities *mat.Dense
	// Time, of length T, counts in s from the end of the hold; Traces are what
	// followed each of the K states, T x D each.
	Time   []float64
	Traces []*mat.Dense
	// Warnings say what the step resolves poorly, and which time constants look
	// like milliseconds.
	Warnings []neuro.Warning `json:",omitempty"`
}

// MeanSpeed is the mean over states of |velocity|, in units of x per s: NaN for
// a field without Velocities.
func (f Field) MeanSpeed() float64 {
	if f.Velocities == nil || f.Velocities.IsEmpty() {
		return math.NaN()
	}
	k, _ := f.Velocities.Dims()
	sum := 0.0
	for i := range k {
		sum += floats.Norm(f.Velocities.RawRowView(i), 2)
	}
	return sum / float64(k)
}

// MeasureField simulates the attractor with spikes from each of the states,
// K x D: held, then alone without any command and with controls of 0. It does
// not change the attractor.
func (a *Attractor) MeasureField(ctx context.Context, states *mat.Dense, cfg FieldConfig) (Field, error) {
	if err := cfg.Validate(); err != nil {
		return Field{}, err
	}
	if err := bound.Context("attractor", ctx); err != nil {
		return Field{}, err
	}
	if err := bound.Steps("attractor: a field", cfg.Hold+cfg.Free, a.Config.Step); err != nil {
		return Field{}, err
	}
	if states == nil || states.IsEmpty() || states.RawMatrix().Cols != a.State {
		return Field{}, fmt.Errorf("attractor: states to measure a field at must be K x %d", a.State)
	}
	every := max(1, steps(cfg.Sample, a.Config.Step))
	samples := steps(cfg.Free, a.Config.Step) / every
	if samples < 2 {
		return Field{}, fmt.Errorf("attractor: %g s of drift hold %d samples of %g s: want at least 2", cfg.Free, samples, cfg.Sample)
	}
	count, d := states.Dims()
	for i := range count {
		if size, most := floats.Norm(states.RawRowView(i), 2), runaway*a.Population.Config.Radius; size > most {
			return Field{}, fmt.Errorf("attractor: state %d has |x| %.4g, the population represents %g (its Radius): want no states far beyond it", i, size, a.Population.Config.Radius)
		}
	}
	if err := bound.Array("attractor: the traces of a field", count, samples, d); err != nil {
		return Field{}, err
	}
	field := Field{
		Warnings: a.coarse(),
		States:   mat.DenseCopyOf(states), Velocities: mat.NewDense(count, d, nil),
		Time: floats.Span(make([]float64, samples), float64(every)*a.Config.Step, float64(samples*every)*a.Config.Step),
	}
	for i := range count {
		if err := ctx.Err(); err != nil {
			return Field{}, err
		}
		trace, err := a.release(ctx, states.RawRowView(i), cfg, samples, every, i)
		if err != nil {
			return Field{}, err
		}
		field.Traces = append(field.Traces, trace)
		for k := range d {
			_, slope := stat.LinearRegression(field.Time, mat.Col(nil, k, trace), nil, false)
			field.Velocities.Set(i, k, slope)
		}
	}
	return field, nil
}

// release holds state i and records what follows, T x D.
func (a *Attractor) release(ctx context.Context, x []float64, cfg FieldConfig, samples, every, i int) (*mat.Dense, error) {
	sim, err := a.Simulate(neuro.Stream(cfg.Seed, "attractor field", i).Uint64())
	if err != nil {
		return nil, err
	}
	v, u := make([]float64, a.State), make([]float64, a.Controls)
	if err := sim.Hold(x, u, cfg.Hold); err != nil {
		return nil, err
	}
	trace := mat.NewDense(samples, a.State, nil)
	for k := range samples {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for range every {
			if err := sim.Step(v, u); err != nil {
				return nil, err
			}
		}
		trace.SetRow(k, sim.X())
	}
	return trace, nil
}

// steps is the number of steps of dt in a time, both in s, at most 2^53.
func steps(seconds, dt float64) int { return int(min(math.Round(seconds/dt), 1<<53)) }
