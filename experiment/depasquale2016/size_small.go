package depasquale2016

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// sizeConfig is the networks, of which the second has several sizes.
type sizeConfig struct {
	twinsConfig `sweep:"-Spiking.Neurons"`
	// Ratios are the numbers of spiking neurons tried for each rate unit.
	Ratios []float64
}

// slipBound is the nMSE above which a trial counts as lost.
const slipBound = 0.1

// smallNetworks is size.small.
func smallNetworks() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "size.small",
		Statement: "A few more spiking neurons than rate units are enough.",
		Setup: "Sum of four sinusoids, 300 rate units, 30 components, 300 to 1200 neurons, g = 12 √(N/N_r), 100 training and 100 test trials. " +
			"Twice the training serves the larger networks more: N/N_r 1.5 is then 2.1 to 2.9 times N/N_r 4 (three validation seeds; 1.5 to 1.9 with 100 trials). " +
			fmt.Sprintf("A test trial slips if its output's nMSE is above %g.", slipBound),
		Seeds: 5,
	}
	return experiment.Define(e, sizeConfig{twinsConfig{sinusoidConfig(300, 100), 30}, []float64{1, 1.5, 2, 4}}, []experiment.Measure[sizeCurve]{
		{Name: "output, N/N_r 1.5 against 4", Unit: "x", Of: func(c sizeCurve) float64 { return c.at(c.outputs(), 1.5) / c.at(c.outputs(), 4) }, Thresholds: thresholds{median.AtMost(2)}},
		{Name: "output, N/N_r 4", Of: func(c sizeCurve) float64 { return c.at(c.outputs(), 4) }},
		{Name: "slips, N/N_r 1", Unit: "%", Of: func(c sizeCurve) float64 { return c.at(c.slips(), 1) }},
		{Name: "slips, N/N_r 1.5", Unit: "%", Of: func(c sizeCurve) float64 { return c.at(c.slips(), 1.5) }},
	}, runSmallNetworks, sizeFigure)
}

func sizeFigure(all []sizeCurve) *plotting.Drawing {
	ratios := all[0].Ratios
	medians := experiment.Curve("output", ratios, all, sizeCurve.outputs)
	var trials []plotting.Group
	for k, ratio := range ratios {
		g := plotting.Group{Name: fmt.Sprintf("%g", ratio)}
		for _, c := range all {
			g.Values = append(g.Values, c.Errors[k]...)
		}
		trials = append(trials, g)
	}
	smallest, largest := all[0].Shown[0], all[0].Shown[len(ratios)-1]
	panels := []plotting.Panel{
		plotting.Curve(medians).LogY().XLabel("spiking neurons for each rate unit").YLabel("output nMSE").Title("medians of all seeds"),
		plotting.Comparison(trials...).LogY().HLine(slipBound, "a trial slips above this").
			XLabel("spiking neurons for each rate unit").YLabel("output nMSE").Title("all trials of all seeds"),
	}
	panels = append(panels, plotting.SameScales(
		plotting.Outputs(smallest).YLabel("output").Title("one neuron for each unit, seed 1"),
		plotting.Outputs(largest).YLabel("output").Title("four neurons for each unit, seed 1"),
	)...)
	return plotting.Figure(panels...).Columns(2)
}

// sizeCurve is the output's nMSE in each trial for each ratio, and the
// output in the first four trials.
type sizeCurve struct {
	Ratios []float64
	Errors [][]float64
	Shown  []recording.Series
}

// at is the number of a ratio, NaN if it was not tried.
func (c sizeCurve) at(numbers []float64, ratio float64) float64 {
	if i := slices.Index(c.Ratios, ratio); i >= 0 {
		return numbers[i]
	}
	return math.NaN()
}

// outputs are the medians of the errors, and slips the per cent of trials that slip.
func (c sizeCurve) outputs() []float64 { return overTrialsOf(c.Errors, stats.Median) }
func (c sizeCurve) slips() []float64   { return overTrialsOf(c.Errors, slipped) }

func overTrialsOf(errors [][]float64, number func([]float64) float64) (v []float64) {
	for _, e := range errors {
		v = append(v, number(e))
	}
	return v
}

func runSmallNetworks(ctx context.Context, r experiment.Run, cfg sizeConfig) (sizeCurve, error) {
	c := sizeCurve{Ratios: cfg.Ratios}
	for _, ratio := range cfg.Ratios {
		cfg.Spiking.Neurons = int(float64(cfg.Rate.Units) * ratio)
		cfg.follow(r.Seed)
		net, err := cfg.inSpikes(ctx, r, cfg.Components)
		if err != nil {
			return c, err
		}
		shown := net.rec.Outputs.Window(0, 4*task.SumOfSinusoids().Period)
		c.Errors, c.Shown = append(c.Errors, net.rec.OutputErrors), append(c.Shown, shown)
	}
	return c, nil
}

// slipped is the per cent of trials that slip.
func slipped(errors []float64) float64 {
	var n float64
	for _, e := range errors {
		if !(e <= slipBound) {
			n++
		}
	}
	return 100 * n / float64(len(errors))
}
