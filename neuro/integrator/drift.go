package integrator

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// DriftConfig says where and how drift is measured. It marshals to JSON; start
// from [DefaultDrift].
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
	case c.Positions < 2 || c.Positions > maxPositions:
		return fmt.Errorf("integrator: Positions of a drift are %d: there must be at least 2, for a slope, and at most %d", c.Positions, maxPositions)
	case !positive(c.Range):
		return fmt.Errorf("integrator: Range of a drift is ±%g degrees: it must be positive", c.Range)
	}
	return c.free(nil).Validate()
}

// free is the measurement with voltages of given seeds.
func (c DriftConfig) free(seeds []uint64) attractor.DriftConfig {
	return attractor.DriftConfig{Hold: c.Hold, Free: c.Free, Sample: c.Sample, Seeds: seeds}
}

// within says whether an integrator can hold the positions.
func (c DriftConfig) within(g *attractor.Attractor) error {
	if c.Hold < g.Config.Step {
		return fmt.Errorf("integrator: Hold of a drift is %g s: it must be at least a step, %g s (0.5 is usual)", c.Hold, g.Config.Step)
	}
	if most := represents(g); c.Range > most {
		return fmt.Errorf("integrator: Range of a drift is ±%g degrees: the integrator represents ±%g (%d times the population's Radius)", c.Range, most, Degrees)
	}
	return nil
}

// Drift is what an integrator does when left alone in the dark: an
// [attractor.Drift] in degrees.
type Drift struct {
	// Positions are those held, in degrees, and Velocities the slopes of the
	// lines fitted to what followed, in degrees/s.
	Positions, Velocities []float64
	// MeanSpeed is the mean absolute velocity in degrees/s.
	MeanSpeed float64
	// Slope is the slope of velocity against position in 1/s: negative for a leaky
	// integrator, positive for an unstable one. SlopeLow and SlopeHigh are the
	// ends of its 95 % confidence interval, which takes what the line does not
	// explain for independent between positions; two positions leave nothing
	// to judge it by, and the ends are infinite. See [Drift.TimeConstant].
	Slope, SlopeLow, SlopeHigh float64
	// Traces are what followed, the represented position in degrees, T × Positions,
	// named by the positions held; time counts from the end of the hold.
	Traces recording.Series
	// Warnings come from the [attractor.Drift].
	Warnings []neuro.Warning `json:",omitempty"`
}

// MeasureDrift simulates the integrator with spikes at each position: held,
// then alone without any command; see [attractor.Attractor.MeasureDrift].
func MeasureDrift(ctx context.Context, g *attractor.Attractor, cfg DriftConfig) (Drift, error) {
	if err := cfg.Validate(); err != nil {
		return Drift{}, err
	}
	if err := line("drift", g); err != nil {
		return Drift{}, err
	}
	if err := cfg.within(g); err != nil {
		return Drift{}, err
	}
	n := cfg.Positions
	d := Drift{Positions: floats.Span(make([]float64, n), -cfg.Range, cfg.Range), Velocities: make([]float64, n)}
	held, seeds := mat.NewDense(n, 1, nil), make([]uint64, n)
	for i, at := range d.Positions {
		held.Set(i, 0, at/Degrees)
		seeds[i] = cfg.Seed*uint64(n) + uint64(i)
	}
	drift, err := g.MeasureDrift(ctx, held, cfg.free(seeds))
	if err != nil {
		return Drift{}, err
	}
	d.Warnings = drift.Warnings
	d.Traces = recording.Series{
		Values: mat.NewDense(len(drift.Time), n, nil), Unit: "°",
		Dt: drift.Time[1] - drift.Time[0], Start: drift.Time[0],
	}
	for i, trace := range drift.Traces {
		position := mat.Col(nil, 0, trace)
		floats.Scale(Degrees, position)
		d.Traces.Values.SetCol(i, position)
		d.Traces.Names = append(d.Traces.Names, fmt.Sprintf("%.4g°", d.Positions[i]))
		_, d.Velocities[i] = stat.LinearRegression(drift.Time, position, nil, false)
		d.MeanSpeed += math.Abs(d.Velocities[i]) / float64(n)
	}
	d.Slope, d.SlopeLow, d.SlopeHigh = slopeOf(d.Positions, d.Velocities)
	return d, nil
}
