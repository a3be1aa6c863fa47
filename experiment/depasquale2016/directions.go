package depasquale2016

import (
	"context"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiketrain"
	"github.com/spikewalk/spikewalk/plotting"
)

// Reaching in cortex.similarity. Trials are aligned at the go cue. Muscles begin
// to move 0.35 s after it; rotations are looked for in the 0.2 s from there, as
// Churchland et al. (2012) did from when the activity starts to change.
const (
	directionBefore, directionAfter = 0.2, 1.0
	rotationFrom, rotationTo        = 0.35, 0.55
)

var directionSetup = fmt.Sprintf("Reaching in eight directions at the authors' gain 3, aligned at the go cue, about six trials each: "+
	"rates and jPCA by direction, less the mean over directions, from %g s, when the muscles begin, to %g s. Of this task muscles were recorded and no neurons; "+
	"factor-based rates are of the rate network's factors, and jPCA is in two components of the muscles.", rotationFrom, rotationTo)

var directionMeasures = []experiment.Measure[resemblance]{
	{Name: "reaching, factor-based rates: median R² over neurons", Of: func(s resemblance) float64 { return s.Reaching.R2 }},
	{Name: "reaching, jPCA of the muscles, rotation", Unit: "R²", Of: func(s resemblance) float64 { return s.Reaching.Muscles.SkewR2 }},
	{Name: "reaching, jPCA of the muscles, any linear dynamics", Unit: "R²", Of: func(s resemblance) float64 { return s.Reaching.Muscles.FreeR2 }},
	{Name: "reaching, jPCA of the rate network, rotation", Unit: "R²", Of: func(s resemblance) float64 { return s.Reaching.Units.SkewR2 }},
	{Name: "reaching, jPCA of the rate network, any linear dynamics", Unit: "R²", Of: func(s resemblance) float64 { return s.Reaching.Units.FreeR2 }},
	{Name: "reaching, jPCA of the model, rotation", Unit: "R²", Of: func(s resemblance) float64 { return s.Reaching.Neurons.SkewR2 }},
	{Name: "reaching, jPCA of the model, any linear dynamics", Unit: "R²", Of: func(s resemblance) float64 { return s.Reaching.Neurons.FreeR2 }},
}

// byDirection is what a reaching network does in each direction: the rates of
// its neurons, and the factors and outputs that were wanted.
type byDirection struct {
	angles                 []int // of the directions, in degrees
	psth, factors, outputs *spiketrain.Response
	rates                  []float64
}

// directionally averages a recording over the trials of each direction.
func directionally(rec *recording.Recording) (*byDirection, error) {
	var shown []int // a direction that chance has left out has no mean
	for _, t := range rec.Kept() {
		shown = append(shown, t.Condition)
	}
	slices.Sort(shown)
	shown = slices.Compact(shown)
	var windows []spiketrain.Window
	for _, t := range rec.Kept() {
		// The reach is in the middle of its trial.
		cue := (t.From+t.To)/2 - int(math.Round(reachSeconds/2/rec.Dt))
		windows = append(windows, spiketrain.Window{
			Condition: slices.Index(shown, t.Condition), Zero: float64(cue) * rec.Dt, Start: -directionBefore, Stop: directionAfter,
		})
	}
	trains, err := spiketrain.Cut(rec.Spikes.Times, rec.Spikes.Units, rec.Units, windows)
	if err != nil {
		return nil, err
	}
	d := &byDirection{rates: rec.Rates}
	for _, c := range shown {
		d.angles = append(d.angles, 45*(c+1)%360)
	}
	if d.psth, err = trains.PSTH(spiketrain.DefaultPSTH()); err != nil {
		return nil, err
	}
	if d.factors, err = aligned(rec.Factors.Targets, rec.Dt, windows, d.psth); err != nil {
		return nil, err
	}
	d.outputs, err = aligned(rec.Outputs.Targets, rec.Dt, windows, d.psth)
	return d, err
}

// aligned averages a signal over the trials of each condition, in the bins of a
// PSTH.
func aligned(x *mat.Dense, dt float64, windows []spiketrain.Window, psth *spiketrain.Response) (*spiketrain.Response, error) {
	bins, _ := psth.Mean[0].Dims()
	var signals []*mat.Dense
	var conditions []int
	for _, w := range windows {
		from := int(math.Round((w.Zero + w.Start) / dt))
		signals = append(signals, binned(x, from, bins, int(math.Round(psth.Dt/dt))))
		conditions = append(conditions, w.Condition)
	}
	return spiketrain.Average(psth.Start, psth.Dt, signals, conditions)
}

// directions is what cortex.similarity tells of reaching.
type directions struct {
	Angles                  []int
	PSTH, Predicted         *spiketrain.Response
	Shown                   []int // neurons of the figure
	R2                      float64
	Muscles, Units, Neurons *factor.Rotations
}

// directionsOf compares the reaching network at the authors' gain with the
// rate network that taught it, and with the muscles.
func directionsOf(ctx context.Context, r experiment.Run, c reachingConfig) (*directions, error) {
	c.follow(r.Seed)
	src, err := reachingSource(ctx, r, c.Rate)
	if err != nil {
		return nil, err
	}
	network, err := c.authors(ctx, r, replay(src))
	if err != nil {
		return nil, err
	}
	by := network.by
	means := *by.psth
	means.SEM = nil // a direction of one trial has none, and it is not drawn
	d := &directions{Angles: by.angles, PSTH: &means, Shown: typical(by.rates, 0.9, 0.7, 0.5)}
	fit, err := spiketrain.FitRates(by.psth, by.factors, 1e-3)
	if err != nil {
		return nil, err
	}
	if d.Predicted, err = fit.Predict(by.factors); err != nil {
		return nil, err
	}
	r2, err := spiketrain.R2(by.psth, d.Predicted)
	if err != nil {
		return nil, err
	}
	d.R2 = r2.Median()
	cfg := factor.Churchland2012(by.psth.Dt)
	cfg.Forward = false
	if d.Neurons, err = factor.JPCA(moving(by.psth), cfg); err != nil {
		return nil, err
	}
	cfg.Normalise = false
	if d.Units, err = factor.JPCA(moving(by.factors), cfg); err != nil {
		return nil, err
	}
	cfg.Components = 2
	d.Muscles, err = factor.JPCA(withoutLast(moving(by.outputs)), cfg) // timing
	return d, err
}

// moving is the part in which rotations are looked for.
func moving(r *spiketrain.Response) []*mat.Dense {
	from, to := int(math.Round((rotationFrom-r.Start)/r.Dt)), int(math.Round((rotationTo-r.Start)/r.Dt))
	var parts []*mat.Dense
	for _, m := range r.Mean {
		_, n := m.Dims()
		parts = append(parts, m.Slice(from, to, 0, n).(*mat.Dense))
	}
	return parts
}

// withoutLast leaves the last column out.
func withoutLast(all []*mat.Dense) []*mat.Dense {
	var rest []*mat.Dense
	for _, m := range all {
		_, n := m.Dims()
		rest = append(rest, columns(m, n-1))
	}
	return rest
}

// rates draws the neurons shown, a line for each direction, in order.
func (d *directions) rates(title string, response *spiketrain.Response) *plotting.PSTHPanel {
	var degrees []string
	for _, angle := range d.Angles {
		degrees = append(degrees, fmt.Sprintf("%d°", angle))
	}
	means := &spiketrain.Response{Start: response.Start, Dt: response.Dt, Mean: response.Mean}
	return plotting.PSTH(means, degrees[:len(means.Mean)]...).Neurons(d.Shown...).Ordered().VLine(0, "go cue").Title(title)
}

func matrices(all []*mat.Dense) []mat.Matrix {
	var out []mat.Matrix
	for _, m := range all {
		out = append(out, m)
	}
	return out
}
