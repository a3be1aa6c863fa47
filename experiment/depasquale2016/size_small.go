package depasquale2016

import (
	"context"
	"fmt"
	"slices"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/plotting"
)

// sizeRatios are the numbers of spiking neurons tried for each rate unit.
var sizeRatios = []float64{1, 1.5, 2, 4}

// slipBound is the nMSE above which a trial counts as lost.
const slipBound = 0.1

// smallNetworks is size.small.
func smallNetworks() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "size.small",
		Statement: "Few more spiking neurons than rate units are enough.",
		Setup: "Sum of four sinusoids, 300 rate units, 30 components, 300 to 1200 neurons, g = 12 √(N/N_r), 100 training and 100 test trials. " +
			"Twice the training serves the larger networks more: N/N_r 1.5 is then 2.1 to 2.9 times N/N_r 4 (three validation seeds; 1.5 to 1.9 with 100 trials). " +
			fmt.Sprintf("A test trial slips if its output's nMSE is above %g.", slipBound),
		Seeds: 5,
	}
	at := func(ratio float64) int { return slices.Index(sizeRatios, ratio) }
	return experiment.Define(e, []experiment.Measure[sizeCurve]{
		{Name: "output, N/N_r 1.5 against 4", Unit: "x", Of: func(c sizeCurve) float64 { return c.outputs[at(1.5)] / c.outputs[at(4)] }, Thresholds: thresholds{median.AtMost(2)}},
		{Name: "output, N/N_r 4", Of: func(c sizeCurve) float64 { return c.outputs[at(4)] }},
		{Name: "slips, N/N_r 1", Unit: "%", Of: func(c sizeCurve) float64 { return c.slips[at(1)] }},
		{Name: "slips, N/N_r 1.5", Unit: "%", Of: func(c sizeCurve) float64 { return c.slips[at(1.5)] }},
	}, runSmallNetworks, func(all []sizeCurve) *plotting.Drawing {
		errors := experiment.Curve("output", sizeRatios, all, func(c sizeCurve) []float64 { return c.outputs })
		slips := experiment.Curve("slips", sizeRatios, all, func(c sizeCurve) []float64 { return c.slips })
		return plotting.Figure(
			plotting.Curve(errors).LogY().XLabel("spiking neurons for each rate unit").YLabel("output nMSE").Title("accuracy against size"),
			plotting.Curve(slips).Dots().XLabel("spiking neurons for each rate unit").YLabel("slips (% of trials)").Title("trials that slip"),
		).Columns(2)
	})
}

// sizeCurve is one seed's output errors and slips, in per cent, for each of
// sizeRatios.
type sizeCurve struct{ outputs, slips []float64 }

func runSmallNetworks(ctx context.Context, r experiment.Run) (sizeCurve, error) {
	var c sizeCurve
	for _, ratio := range sizeRatios {
		net, err := taughtSinusoids(ctx, r, int(300*ratio), 30, 100)
		if err != nil {
			return c, err
		}
		c.outputs, c.slips = append(c.outputs, outputError(net.rec)), append(c.slips, slips(net.rec))
	}
	return c, nil
}

// slips is the per cent of trials that slip.
func slips(rec *recording.Recording) float64 {
	_, outputs := rec.Slips(slipBound)
	return 100 * outputs
}
