package macneil2011

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/plotting"
)

// ringLearns is gen.ring.
func ringLearns() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "gen.ring",
		Statement: "The general rule tunes a head-direction ring that follows angular velocity.",
		Setup: "300 neurons, steps of 1 ms, 15 % perturbation of each neuron's decoders; then 300 s of turning (80 degrees/s) among landmarks with κ = 4e-7 per s. " +
			"Drift: mean speed over 2 s from 24 headings. Bump error: root mean square of the angle between bump and head in the dark, three random walks of 60 s.",
		Seeds: 20,
	}
	return experiment.Define(e, bumpConfig{attractor.Ring(), 4e-7, 0.15}, bumpMeasures("bump error", "°", inDegrees, thresholds{median.AtMost(0.5)}, nil), runRing, ringFigure)
}

func runRing(ctx context.Context, r experiment.Run, c bumpConfig) (bumps, error) {
	return bumpTest{
		bumpConfig: c,
		learn:      []attractor.LifeConfig{{Seconds: 300, Kappa: c.Kappa, Sample: 1}},
		walks:      3, walk: 60, places: 24, wrapped: true,
	}.run(ctx, r)
}

func inDegrees(rad float64) float64 { return rad / (math.Pi / 180) }

// profile is the mean activity of neurons by their preferred angle, from the
// true angle at the end of the walk, in degrees.
func (b bumps) profile(of bump) (x, rate []float64) {
	const bins = 24
	rows, _ := of.True.Dims()
	head := of.True.At(rows-1, 0)
	x, rate, count := make([]float64, bins), make([]float64, bins), make([]float64, bins)
	for i, a := range of.Activity {
		k := int(math.Floor((math.Remainder(b.Preferred[i]-head, 2*math.Pi)/(2*math.Pi) + 0.5) * bins))
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
	rows, _ := one.Optimum.True.Dims()
	errors := mat.NewDense(rows, 3, nil)
	var fields []plotting.Line
	var profiles []float64
	var x []float64
	for i, of := range one.stages() {
		for k := range rows {
			errors.Set(k, i, math.Remainder(of.Believed.At(k, 0)-of.True.At(k, 0), 2*math.Pi)*180/math.Pi)
		}
		of.Field.Name = bumpStages[i]
		fields = append(fields, of.Field)
		at, rate := one.profile(of)
		x, profiles = at, append(profiles, rate...)
	}
	rates := mat.DenseCopyOf(mat.NewDense(3, len(x), profiles).T())
	return plotting.Figure(
		plotting.Drift(fields...).Role(bumpRoles...).XLabel("heading (°)").YLabel("drift (°/s)").Title("drift without input"),
		plotting.Tuning(x, rates).Names(bumpStages...).Role(bumpRoles...).XLabel("preferred − true heading (°)").YLabel("activity (Hz)").Title("bump after 60 s in the dark"),
		plotting.Traces(recording.Series{Dt: 0.02, Values: errors}).Names(bumpStages...).Role(bumpRoles...).YLabel("bump − head (°)").Title("60 s of turning in the dark"),
		errorPanel(all, inDegrees).YLabel("bump error (°)"),
	).Columns(2)
}
