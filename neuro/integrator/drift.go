package integrator

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

// DriftConfig says how drift is measured. It marshals to JSON; start from
// [DefaultDrift].
type DriftConfig struct {
	// Positions is how many held positions are spread over ±Range degrees.
	Positions int
	Range     float64
	// Hold and Free are how long each is held and then left alone, in s.
	Hold, Free float64
	// Sample is the spacing of the recorded traces in s.
	Sample float64
	// Seed names the neurons' initial voltages, other ones at each position.
	Seed uint64
}

// DefaultDrift holds 21 positions within ±40 degrees for 0.5 s and then
// leaves each alone for 2 s.
func DefaultDrift() DriftConfig {
	return DriftConfig{Positions: 21, Range: 40, Hold: 0.5, Free: 2, Sample: 0.01, Seed: 1}
}

// maxPositions bounds the traces that are kept.
const maxPositions = 100_000

// Validate says what is wrong with the configuration, or nil.
func (c DriftConfig) Validate() error {
	switch {
	case c.Positions < 2:
		return fmt.Errorf("integrator: drift at %d positions: want at least 2, for a slope", c.Positions)
	case c.Positions > maxPositions:
		return fmt.Errorf("integrator: drift at %d positions: want at most %d", c.Positions, maxPositions)
	case !positive(c.Range):
		return fmt.Errorf("integrator: drift within ±%g degrees: the Range must be positive", c.Range)
	case !positive(c.Hold) || !positive(c.Free):
		return fmt.Errorf("integrator: drift with Hold %g s and Free %g s: both must be positive", c.Hold, c.Free)
	case !(c.Sample > 0 && c.Sample <= c.Free/2):
		return fmt.Errorf("integrator: drift sampled every %g s: want a positive Sample of at most half of Free, %g s", c.Sample, c.Free)
	}
	return nil
}

// fits says whether an integrator can hold the positions.
func (c DriftConfig) fits(g *Integrator) error {
	if c.Hold < g.Config.Step {
		return fmt.Errorf("integrator: drift with a Hold of %g s: less than a step of %g s holds nothing (0.5 s is usual)", c.Hold, g.Config.Step)
	}
	if most := g.Config.Degrees * g.Population.Config.Radius; c.Range > most {
		return fmt.Errorf("integrator: drift within ±%g degrees: the integrator represents ±%g (Degrees times the population's Radius)", c.Range, most)
	}
	return nil
}

// Drift is what an integrator does when left alone in the dark.
type Drift struct {
	// Positions are those held, in degrees, and Velocities the slopes of the
	// lines fitted to what followed, in degrees/s.
	Positions, Velocities []float64
	// MeanSpeed is the mean absolute velocity in degrees/s.
	MeanSpeed float64
	// Slope is that of velocity against position in 1/s: negative for a leaky
	// integrator, positive for an unstable one. SlopeLow and SlopeHigh are the
	// ends of its 95 % confidence interval, which takes what the line does not
	// explain for independent between positions; two positions leave nothing
	// to judge it by, and the ends are infinite. See [Drift.TimeConstant].
	Slope, SlopeLow, SlopeHigh float64
	// Time, of length T, counts in s from the end of the hold; Traces is
	// T x Positions, the represented positions in degrees.
	Time   []float64
	Traces *mat.Dense
	// Warnings say what the step resolves poorly, which time constants look like
	// milliseconds, and whether the positions are held at all: an integrator that
	// represents nothing does not drift either.
	Warnings []neuro.Warning `json:",omitempty"`
}

// MeasureDrift simulates the integrator with spikes at each position: held,
// then alone without any command. It does not change the integrator. It takes
// D = 1, and about 1 ms per simulated second for 40 neurons.
func (g *Integrator) MeasureDrift(ctx context.Context, cfg DriftConfig) (Drift, error) {
	if err := cfg.Validate(); err != nil {
		return Drift{}, err
	}
	if err := bound.Context("integrator", ctx); err != nil {
		return Drift{}, err
	}
	if d := len(g.readout); d != 1 {
		return Drift{}, fmt.Errorf("integrator: drift against position is defined on a line, the integrator represents %d dimensions", d)
	}
	if err := cfg.fits(g); err != nil {
		return Drift{}, err
	}
	if err := bound.Steps("integrator: a drift", cfg.Hold+cfg.Free, g.Config.Step); err != nil {
		return Drift{}, err
	}
	every := max(1, steps(cfg.Sample, g.Config.Step))
	samples := steps(cfg.Free, g.Config.Step) / every
	if samples < 2 {
		return Drift{}, fmt.Errorf("integrator: %g s of drift hold %d samples of %g s: want at least 2", cfg.Free, samples, cfg.Sample)
	}
	if err := bound.Array("integrator: the traces of a drift", samples, cfg.Positions); err != nil {
		return Drift{}, err
	}
	drift := Drift{
		Positions:  floats.Span(make([]float64, cfg.Positions), -cfg.Range, cfg.Range),
		Velocities: make([]float64, cfg.Positions),
		Time:       floats.Span(make([]float64, samples), float64(every)*g.Config.Step, float64(samples*every)*g.Config.Step),
		Traces:     mat.NewDense(samples, cfg.Positions, nil),
	}
	for i, held := range drift.Positions {
		if err := ctx.Err(); err != nil {
			return Drift{}, err
		}
		// Voltages of another seed for each position and each cfg.Seed.
		sim, err := g.Simulate(cfg.Seed*uint64(cfg.Positions) + uint64(i))
		if err != nil {
			return Drift{}, err
		}
		trace, err := sim.drift(ctx, held/g.Config.Degrees, cfg.Hold, samples, every)
		if err != nil {
			return Drift{}, err
		}
		floats.Scale(g.Config.Degrees, trace)
		drift.Traces.SetCol(i, trace)
		_, drift.Velocities[i] = stat.LinearRegression(drift.Time, trace, nil, false)
		drift.MeanSpeed += math.Abs(drift.Velocities[i]) / float64(cfg.Positions)
	}
	drift.Slope, drift.SlopeLow, drift.SlopeHigh = slopeOf(drift.Positions, drift.Velocities)
	drift.Warnings = g.doubts(drift)
	return drift, nil
}

// notHeld is the normalised squared error of the positions from which they are
// not held; zero throughout has 1.
const notHeld = 0.99

// doubts is what is doubtful about a drift.
func (g *Integrator) doubts(d Drift) []neuro.Warning {
	warnings, _ := neuro.CheckStep("integrator", g.Config.Step, membrane(g.Population),
		neuro.TimeConstant{Name: "TauSyn", Seconds: g.Config.TauSyn}) // New has refused what is an error
	off := floats.Distance(d.Traces.RawRowView(0), d.Positions, 2) / floats.Norm(d.Positions, 2)
	if e := off * off; e >= notHeld {
		warnings = append(warnings, neuro.Warning{
			Kind: neuro.WorseThanSilence, Where: "integrator",
			Message: fmt.Sprintf("the positions represented after Hold have an error of %.3g of those held, and zero throughout has 1", e),
			Try:     "see that its decoders are not zero, take more Neurons, or a longer Hold than TauSyn",
		})
	}
	return warnings
}

// drift holds x and then records what is represented without a command.
func (s *Simulation) drift(ctx context.Context, x, hold float64, samples, every int) ([]float64, error) {
	if err := s.Hold([]float64{x}, hold); err != nil {
		return nil, err
	}
	still := make([]float64, 1)
	trace := make([]float64, samples)
	for k := range trace {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for range every {
			if err := s.Step(still); err != nil {
				return nil, err
			}
		}
		trace[k] = s.x[0]
	}
	return trace, nil
}
