package macneil2011

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/plotting"
)

// windowMatters is int.window.
func windowMatters() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "int.window",
		Statement: "The integrator must not learn from saccades: only commands below a window of 200°/s are corrections.",
		Setup: "10 minutes in light from the linear optimum, κ = 4e-11, with windows of 50 to 400°/s and with none. Why: saccades from place to place and back would add ∮ κ a_i v dt to the decoder of neuron i. " +
			"Were activity a function of the position that moves with it, this would be ∮ a_i(x) dx = 0, and saccades would teach nothing. If it stood still during a saccade, a synapse of 100 ms being far slower, they would teach a leak: " +
			"each one pushes the neurons of where it began, and most lead towards the centre. The truth is near the first: the command enters beside the synapse, with τ_syn v (B' = τ_syn), so that activity moves with x, " +
			"a little ahead of it where tuning curves are straight (a LIF neuron's rate overshoots) and behind where neurons begin or cease to fire. A few per cent of the activity stray; as saccades are some hundred times faster than corrections, " +
			"that is enough to spoil the integrator, and where it then drifts resembles what saccades teach. " +
			"\"Astray\" is the root mean square over positions of what 300 saccades made by hand add to the transfer function, in units of what they would add if activity stood still during each.",
		Seeds: 20,
	}
	measures := []experiment.Measure[windowed]{
		{Name: "slope, no window less 200°/s", Unit: "1/s", Of: func(w windowed) float64 { return w.After[noWindow].Slope - w.After[usualWindow].Slope }, Thresholds: thresholds{median.AtMost(0)}},
		{Name: "drift, no window, of that with 200°/s", Unit: "x", Of: func(w windowed) float64 { return w.After[noWindow].MeanSpeed / w.After[usualWindow].MeanSpeed }, Thresholds: thresholds{each.AtLeast(2)}},
		{Name: "activity astray during saccades", Unit: "%", Of: func(w windowed) float64 { return w.Astray }},
		{Name: "what saccades teach against drift without a window, correlation", Of: func(w windowed) float64 { return w.Agreement }},
	}
	for i, width := range windows {
		measures = append(measures, experiment.Measure[windowed]{Name: "slope, " + windowName(width), Unit: "1/s", Of: func(w windowed) float64 { return w.After[i].Slope }})
	}
	for i, width := range windows {
		measures = append(measures, experiment.Measure[windowed]{Name: "drift, " + windowName(width) + ", of the optimum's", Unit: "x", Of: func(w windowed) float64 { return w.Ratios[i] }})
	}
	return experiment.Define(e, windowConfig{inLight()}, measures, runWindowMatters, windowMattersFigure)
}

// windows are the widths that are compared, in degrees/s; the last lets
// everything through.
var windows = []float64{50, 100, 200, 400, 1e9}

const usualWindow, noWindow = 2, 4 // of windows

func windowName(width float64) string {
	if width > 1e6 {
		return "no window"
	}
	return fmt.Sprintf("window %g°/s", width)
}

// windowed is what became of a population with each window.
type windowed struct {
	After  []integrator.Drift
	Ratios []float64
	// taught is what saccades teach at the drift's positions, in any unit,
	// and agreement its correlation with the drift without a window.
	Taught    []float64
	Agreement float64
	Astray    float64 // per cent of the activity that has to stray for that
}

// windowConfig is an integrator's lives with several windows.
type windowConfig struct {
	lifeConfig `sweep:"-Life.Window"`
}

func runWindowMatters(ctx context.Context, r experiment.Run, c windowConfig) (windowed, error) {
	var w windowed
	c.follow(r.Seed)
	o, err := c.optimum(ctx, r)
	if err != nil {
		return w, err
	}
	for _, width := range windows {
		g := o.Clone()
		cfg := c.life(r, 600)
		cfg.Window = width
		drift, err := liveOn(ctx, r, g, windowName(width), cfg, 0)
		if err != nil {
			return w, err
		}
		w.After, w.Ratios = append(w.After, drift), append(w.Ratios, ratio(drift, o.drift))
	}
	return w, w.explain(r, o.Attractor, c.Life.Oculomotor.TargetRange)
}

// explain finds what saccades teach, and how much of the activity has to stray for
// that.
func (w *windowed) explain(r experiment.Run, g *attractor.Attractor, reach float64) error {
	saccades := 300
	if r.Quick {
		saccades = 5
	}
	s, err := scanning(g, saccades, reach, r.Seed)
	if err != nil {
		return err
	}
	taught, err := transferOf(g, s.taught)
	if err != nil {
		return err
	}
	still, err := transferOf(g, s.still)
	if err != nil {
		return err
	}
	drift := w.After[noWindow]
	for _, held := range drift.Positions {
		w.Taught = append(w.Taught, taught.Decoded[floats.NearestIdx(taught.X, held/integrator.Degrees)])
	}
	w.Agreement = stat.Correlation(w.Taught, drift.Velocities, nil)
	w.Astray = 100 * floats.Norm(taught.Decoded, 2) / floats.Norm(still.Decoded, 2)
	return nil
}

func windowMattersFigure(all []windowed) *plotting.Drawing {
	one := all[0]
	var names []string
	for _, width := range windows[:noWindow] {
		names = append(names, fmt.Sprintf("%g", width))
	}
	ratios := experiment.Groups(all, func(w windowed) []float64 { return w.Ratios }, append(names, "none")...)
	slope := experiment.Groups(all, func(w windowed) []float64 {
		return []float64{w.After[usualWindow].Slope, w.After[noWindow].Slope}
	}, "window 200°/s", "no window")
	agreement := experiment.Groups(all, func(w windowed) []float64 { return []float64{w.Agreement} }, "all populations")
	// What is taught has no unit of its own; it is drawn as large as the drift. One
	// position of this population runs away, so that medians are compared.
	drift := one.After[noWindow]
	scale := medianSize(drift.Velocities) / medianSize(one.Taught)
	scaled := floats.ScaleTo(make([]float64, len(one.Taught)), scale, one.Taught)
	reach := 3 * medianSize(drift.Velocities)
	return plotting.Figure(
		stage{"10 min with a window of 200°/s", one.After[usualWindow], plotting.Learned}.positions(),
		stage{"10 min without a window", drift, plotting.Other}.positions(),
		plotting.Comparison(ratios...).LogY().HLine(1, "optimum").Title("all populations").XLabel("window (°/s)").YLabel("drift / optimum's"),
		plotting.Comparison(slope...).HLine(0, "neither leaky nor unstable").Title("all populations").YLabel("slope (s⁻¹)"),
		plotting.Drift(
			plotting.Line{Name: "drift without a window", X: drift.Positions, Y: drift.Velocities},
			plotting.Line{Name: "what saccades teach, scaled", X: drift.Positions, Y: scaled},
		).YLim(-reach, reach).Title("one population").XLabel("held position (°)").YLabel("drift (°/s)"),
		plotting.Comparison(agreement...).HLine(0, "no relation").YLim(-1, 1).Title("drift and what saccades teach").YLabel("correlation"),
	).Columns(2)
}

// medianSize is the median of |v|.
func medianSize(v []float64) float64 {
	sizes := make([]float64, len(v))
	for i, x := range v {
		sizes[i] = math.Abs(x)
	}
	return stats.Median(sizes)
}
