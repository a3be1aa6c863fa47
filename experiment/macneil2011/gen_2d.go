package macneil2011

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/nef"
	"github.com/spikewalk/spikewalk/plotting"
)

// planarLearns is gen.2d.
func planarLearns() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "gen.2d",
		Statement: "The general rule tunes an integrator in the plane.",
		Setup: "200 neurons, steps of 1 ms, 15 % perturbation of each neuron's decoders, or of every one of the N² weights; then gaze shifts within 45 degrees and a slow command against slip, " +
			"for 300 s with κ = 1.6e-6 per s and 100 s with 1e-7 (chosen on validation seeds, after 8e-7 and 2e-7 had ratios of 1.42 and 1.48 on those reported). Drift: mean speed over 2 s from 49 positions within 40 degrees.",
		Seeds: 20,
	}
	measures := []experiment.Measure[plane]{{Name: "optimum", Unit: "°/s", Of: func(p plane) float64 { return planarDegrees * p.Optimum.MeanSpeed }}}
	for _, spoilt := range []struct {
		name   string
		fields func(plane) []attractor.Drift
	}{
		{"decoders", func(p plane) []attractor.Drift { return p.Decoders }},
		{"weights", func(p plane) []attractor.Drift { return p.Weights }},
	} {
		name, fields := spoilt.name, spoilt.fields
		for i, when := range []string{"perturbed", "100 s", "400 s"} {
			measures = append(measures, experiment.Measure[plane]{Name: name + ": " + when, Unit: "°/s", Of: func(p plane) float64 { return planarDegrees * fields(p)[i].MeanSpeed }})
		}
		measures = append(measures, experiment.Measure[plane]{Name: name + ": 400 s to optimum", Of: func(p plane) float64 { return fields(p)[2].MeanSpeed / p.Optimum.MeanSpeed }, Thresholds: thresholds{median.AtMost(1.4)}})
	}
	return experiment.Define(e, planeBase(), measures, runPlanar, planarFigure)
}

// planarDegrees is the eye position that x = 1 stands for.
const planarDegrees = 50

// plane is what became of one planar integrator.
type plane struct {
	Optimum  attractor.Drift
	Decoders []attractor.Drift // perturbed, after 100 s, after 400 s
	Weights  []attractor.Drift // likewise
}

// planeConfig is a population of two dimensions, the integrator made of it, and its world.
type planeConfig struct {
	Population nef.Config `sweep:"-Dimensions -Seed"`
	Integrator attractor.Config
	Gaze       attractor.GazeConfig
	// Kappa is the learning rate in the first 300 s, LateKappa in the last 100 s, per second.
	Kappa, LateKappa float64
	// Perturbation is the standard deviation of the factors that weights are multiplied
	// by, less 1.
	Perturbation float64
	// Spacing is that of the grid of positions from which drift is measured.
	Spacing float64
}

func planeBase() planeConfig {
	c := planeConfig{nef.MacNeil2011(), attractor.DefaultConfig(), attractor.DefaultGaze(), 1.6e-6, 1e-7, 0.15, 0.2}
	c.Population.Neurons, c.Population.Dimensions = 200, 2
	return c
}

// Quick makes the population small.
func (c *planeConfig) Quick() { c.Population.Neurons, c.Spacing = 60, 0.4 }

func runPlanar(ctx context.Context, r experiment.Run, c planeConfig) (plane, error) {
	c.Population.Seed = r.Seed
	lives := []attractor.LifeConfig{{Seconds: 100, Kappa: c.Kappa, Sample: 1}, {Seconds: 200, Kappa: c.Kappa, Sample: 1}, {Seconds: 100, Kappa: c.LateKappa, Sample: 1}}
	if r.Quick {
		for i := range lives {
			lives[i].Seconds = 1
		}
	}
	pop, err := nef.NewPopulation(c.Population)
	if err != nil {
		return plane{}, err
	}
	points, err := nef.Ball(c.Population.Radius, 2, 4000, r.Seed)
	if err != nil {
		return plane{}, err
	}
	optimal, err := attractor.New(pop, attractor.Definition{Points: points, Config: c.Integrator})
	if err != nil {
		return plane{}, err
	}
	held, err := disc(0.8, c.Spacing)
	if err != nil {
		return plane{}, err
	}
	var p plane
	if p.Optimum, err = optimal.MeasureDrift(ctx, held, attractor.DefaultDrift()); err != nil {
		return p, err
	}
	for name, perturb := range map[string]func(float64, uint64) (*attractor.Attractor, error){
		"decoders": optimal.PerturbDecoders, "weights": optimal.Perturb,
	} {
		spoiled, err := perturb(c.Perturbation, r.Seed)
		if err != nil {
			return p, err
		}
		fields, err := gazeLearns(ctx, c.Gaze, spoiled, held, lives, r.Seed)
		if err != nil {
			return p, err
		}
		fields = slices.Delete(fields, 2, 3) // after 300 s
		if name == "decoders" {
			p.Decoders = fields
		} else {
			p.Weights = fields
		}
	}
	return p, nil
}

// gazeLearns lets an integrator learn in its world and measures the field
// before and after each of its lives.
func gazeLearns(ctx context.Context, gaze attractor.GazeConfig, a *attractor.Attractor, held *mat.Dense, lives []attractor.LifeConfig, seed uint64) ([]attractor.Drift, error) {
	world, err := attractor.NewGaze(gaze, 2, a.Config.Step, seed)
	if err != nil {
		return nil, err
	}
	field, err := a.MeasureDrift(ctx, held, attractor.DefaultDrift())
	if err != nil {
		return nil, err
	}
	fields := []attractor.Drift{field}
	for i, life := range lives {
		life.Seed = seed + uint64(i)<<32
		if _, err := a.Live(ctx, world, life); err != nil {
			return nil, err
		}
		if field, err = a.MeasureDrift(ctx, held, attractor.DefaultDrift()); err != nil {
			return nil, err
		}
		fields = append(fields, field)
	}
	return fields, nil
}

// disc is the points of a grid within a radius.
func disc(radius, spacing float64) (*mat.Dense, error) {
	grid, err := nef.Grid(radius, spacing, 2)
	if err != nil {
		return nil, err
	}
	var rows []float64
	t, _ := grid.X.Dims()
	for k := range t {
		if x := grid.X.RawRowView(k); floats.Norm(x, 2) <= radius+1e-9 {
			rows = append(rows, x...)
		}
	}
	return mat.NewDense(len(rows)/2, 2, rows), nil
}

func planarFigure(all []plane) *plotting.Drawing {
	one := all[0]
	groups := experiment.Groups(all, func(p plane) (v []float64) {
		for _, f := range append([]attractor.Drift{p.Optimum}, p.Decoders...) {
			v = append(v, planarDegrees*f.MeanSpeed)
		}
		return v
	}, "optimum", "perturbed", "100 s", "400 s")
	field := func(f attractor.Drift, title string, role plotting.Role) plotting.Panel {
		var x, v mat.Dense
		x.Scale(planarDegrees, f.States)
		v.Scale(planarDegrees, f.Velocities)
		reach := math.Ceil(planarDegrees * 1.1)
		return plotting.Field(&x, &v).Seconds(1).Role(role).Title(title).
			XLabel("horizontal (°)").YLabel("vertical (°)").XLim(-reach, reach).YLim(-reach, reach)
	}
	return plotting.Figure(
		field(one.Decoders[0], "drift, 15 % perturbed", plotting.Perturbed),
		field(one.Decoders[2], "drift, after 400 s of learning", plotting.Learned),
		field(one.Optimum, "drift, linear optimum", plotting.Optimum),
		plotting.Comparison(groups...).Role(plotting.Optimum, plotting.Perturbed, plotting.Recovering, plotting.Learned).LogY().YLabel("drift (°/s)").Title("all populations, decoders perturbed"),
	).Columns(2)
}
