package macneil2011

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/plotting"
)

// pathLearns is gen.path.
func pathLearns() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "gen.path",
		Statement: "The general rule tunes path integration by a bump on a torus.",
		Setup: "600 neurons, a period of 1 m, steps of 1 ms, 15 % perturbation of each neuron's decoders; then walking (17 cm/s in each direction) in a box of 2 m among landmarks, 300 s with κ = 3e-7 per s and 100 s with 3e-8 (chosen on validation seeds, after 2e-7 throughout had a ratio to optimum of 1.75 on those reported). " +
			"Path error: root mean square distance between decoded and true place in the dark, two random walks of 60 s. Drift: mean speed over 2 s from 24 places.",
		Seeds: 20,
	}
	return experiment.Define(e, pathConfig{bumpConfig{attractor.Path(), 3e-7, 0.15}, 3e-8}, bumpMeasures("path error", "cm", inCentimetres, thresholds{median.AtMost(0.5)}, thresholds{median.AtMost(1.5)}), runPath, pathFigure)
}

// pathConfig is a torus, and its learning rate in the last 100 s, per second.
type pathConfig struct {
	bumpConfig
	LateKappa float64
}

func runPath(ctx context.Context, r experiment.Run, c pathConfig) (bumps, error) {
	return bumpTest{
		bumpConfig: c.bumpConfig,
		learn:      []attractor.LifeConfig{{Seconds: 300, Kappa: c.Kappa, Sample: 1}, {Seconds: 100, Kappa: c.LateKappa, Sample: 1}},
		walks:      2, walk: 60, places: 24,
	}.run(ctx, r)
}

// radian is the distance that 1 rad stands for, in cm.
const radian = 100 / (2 * math.Pi)

func inCentimetres(rad float64) float64 { return rad * radian }

func pathFigure(all []bumps) *plotting.Drawing {
	one := all[0]
	path := func(of bump, title string, role plotting.Role) plotting.Panel {
		var truth, believed mat.Dense
		truth.Scale(radian, of.True)
		believed.Scale(radian, of.Believed)
		return plotting.Trajectory(&truth, 0, 1).Name("walked").Add("decoded", &believed).Role(plotting.Target, role).
			Equal().XLabel("x (cm)").YLabel("y (cm)").Title(title)
	}
	panels := plotting.SameScales(
		path(one.Perturbed, "60 s in the dark, perturbed", plotting.Perturbed),
		path(one.Learned, "60 s in the dark, after learning", plotting.Learned),
		path(one.Optimum, "60 s in the dark, linear optimum", plotting.Optimum),
	)
	return plotting.Figure(append(panels, errorPanel(all, inCentimetres).YLabel("path error (cm)"))...).Columns(2)
}
