package attractor

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

// DriftConfig says how drift is measured. It marshals to JSON; start from
// [DefaultDrift].
type DriftConfig struct {
	// Hold and Free are how long each state is held and then left alone, in s.
	Hold, Free float64
	// Sample is the spacing of the recorded traces in s.
	Sample float64
	// Seed names the neurons' initial voltages, other ones for each state; Seeds,
	// unless nil, are those of each state instead.
	Seed  uint64
	Seeds []uint64 `json:",omitempty"`
}

// DefaultDrift holds each state for 0.5 s and then leaves it alone for 2 s.
func DefaultDrift() DriftConfig { return DriftConfig{Hold: 0.5, Free: 2, Sample: 0.02, Seed: 1} }

// Validate says what is wrong with the configuration, or nil.
func (c DriftConfig) Validate() error {
	switch {
	case !positive(c.Hold) || !positive(c.Free):
		return fmt.Errorf("attractor: Hold and Free of a drift are %g and %g s: both must be positive", c.Hold, c.Free)
	case !(c.Sample > 0 && c.Sample <= c.Free/2):
		return fmt.Errorf("attractor: Sample of a drift is %g s: it must be positive and at most half of Free, %g s", c.Sample, c.Free)
	}
	return nil
}

// Drift is what an attractor does when it is left alone: its drift field.
type Drift struct {
	// States are those held and Velocities the slopes, per s, of the lines
	// fitted to what followed, both K × D. MeanSpeed is the mean over states of
	// |velocity|, in units of x per s.
	States, Velocities *mat.Dense
	MeanSpeed          float64
	// Time, of length T, counts in s from the end of the hold; Traces are what
	// followed each of the K states, T × D each.
	Time   []float64
	Traces []*mat.Dense
	// Warnings say what the step resolves poorly, which time constants look like
	// milliseconds, and whether the states are held at all: an attractor that
	// represents nothing does not drift either.
	Warnings []neuro.Warning `json:",omitempty"`
}

// MeasureDrift simulates the attractor with spikes from each of the states,
// K × D: held, then alone without any command and with controls of 0. It does
// not change the attractor. Cost: about 1 ms per simulated second for 40 neurons
// and steps of 0.1 ms.
func (a *Attractor) MeasureDrift(ctx context.Context, states *mat.Dense, cfg DriftConfig) (Drift, error) {
	every, samples, err := a.sampling(ctx, states, cfg)
	if err != nil {
		return Drift{}, err
	}
	count, d := states.Dims()
	dt := a.Config.Step
	drift := Drift{
		States: mat.DenseCopyOf(states), Velocities: mat.NewDense(count, d, nil),
		Time: floats.Span(make([]float64, samples), float64(every)*dt, float64(samples*every)*dt),
	}
	for i := range count {
		seed := neuro.Stream(cfg.Seed, purposeDrift, i).Uint64()
		if cfg.Seeds != nil {
			seed = cfg.Seeds[i]
		}
		trace, err := a.release(ctx, states.RawRowView(i), cfg.Hold, samples, every, seed)
		if err != nil {
			return Drift{}, err
		}
		drift.Traces = append(drift.Traces, trace)
		for k := range d {
			_, slope := stat.LinearRegression(drift.Time, mat.Col(nil, k, trace), nil, false)
			drift.Velocities.Set(i, k, slope)
		}
	}
	for i := range count {
		drift.MeanSpeed += floats.Norm(drift.Velocities.RawRowView(i), 2)
	}
	drift.MeanSpeed /= float64(count)
	drift.Warnings = append(a.coarse(), drift.notHeld()...)
	return drift, nil
}

// Scaled returns the drift in other units, of which x = 1 is so many: Scaled(50) is
// in degrees where 1 is 50°.
func (d Drift) Scaled(factor float64) Drift {
	scaled := func(m *mat.Dense) *mat.Dense {
		if m == nil || m.IsEmpty() {
			return m
		}
		var c mat.Dense
		c.Scale(factor, m)
		return &c
	}
	d.States, d.Velocities, d.MeanSpeed = scaled(d.States), scaled(d.Velocities), factor*d.MeanSpeed
	traces := make([]*mat.Dense, len(d.Traces))
	for i, t := range d.Traces {
		traces[i] = scaled(t)
	}
	d.Traces = traces
	return d
}

// sampling checks a measurement before time is spent on it, and says how many
// steps pass between samples and how many samples there are.
func (a *Attractor) sampling(ctx context.Context, states *mat.Dense, cfg DriftConfig) (every, samples int, err error) {
	if err := cfg.Validate(); err != nil {
		return 0, 0, err
	}
	if err := bound.Context("attractor", ctx); err != nil {
		return 0, 0, err
	}
	if states == nil || states.IsEmpty() || states.RawMatrix().Cols != a.State {
		return 0, 0, fmt.Errorf("attractor: the states to measure drift at must be K x %d", a.State)
	}
	count, d := states.Dims()
	if cfg.Seeds != nil && len(cfg.Seeds) != count {
		return 0, 0, fmt.Errorf("attractor: %d Seeds of a drift for %d states: there must be one of each", len(cfg.Seeds), count)
	}
	for i := range count {
		if size, r := floats.Norm(states.RawRowView(i), 2), a.Population.Config.Radius; size > runaway*r {
			return 0, 0, fmt.Errorf("attractor: state %d has |x| %.4g, the population represents %g (its Radius): no state may be far beyond it", i, size, r)
		}
	}
	dt := a.Config.Step
	if err := bound.Steps("attractor: a drift", cfg.Hold+cfg.Free, dt); err != nil {
		return 0, 0, err
	}
	every = max(1, steps(cfg.Sample, dt))
	if samples = steps(cfg.Free, dt) / every; samples < 2 {
		return 0, 0, fmt.Errorf("attractor: %g s of drift hold %d samples of %g s: there must be at least 2", cfg.Free, samples, cfg.Sample)
	}
	return every, samples, bound.Array("attractor: the traces of a drift", count, samples, d)
}

// release holds a state and records what follows, T × D.
func (a *Attractor) release(ctx context.Context, x []float64, hold float64, samples, every int, seed uint64) (*mat.Dense, error) {
	sim, err := a.Simulate(seed)
	if err != nil {
		return nil, err
	}
	v, u := make([]float64, a.State), make([]float64, a.Controls)
	if err := sim.Hold(x, u, hold); err != nil {
		return nil, err
	}
	trace := mat.NewDense(samples, a.State, nil)
	for k := range samples {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for range every {
			sim.step(v, u)
		}
		trace.SetRow(k, sim.x)
	}
	return trace, nil
}

// silence is the normalised squared error from which on states are not held;
// zero throughout has 1.
const silence = 0.99

// notHeld warns of an attractor that does not hold its states.
func (d Drift) notHeld() []neuro.Warning {
	off, all := 0.0, 0.0
	for i, trace := range d.Traces {
		held := d.States.RawRowView(i)
		gap := floats.Distance(trace.RawRowView(0), held, 2)
		off, all = off+gap*gap, all+floats.Dot(held, held)
	}
	if e := off / all; e >= silence {
		return []neuro.Warning{{
			Kind: neuro.WorseThanSilence, Where: "attractor",
			Message: fmt.Sprintf("the states represented after Hold have an error of %.3g of those held, and zero throughout has 1", e),
			Try:     "see that its decoders are not zero, take more Neurons, or a longer Hold than TauSyn",
		}}
	}
	return nil
}

// coarse warns of a step that could be built with: [New] has refused others.
func (a *Attractor) coarse() []neuro.Warning {
	w, _ := neuro.CheckStep("attractor", a.Config.Step, a.Config.synapse(), membrane(a.Population))
	return w
}
