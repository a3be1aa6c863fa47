package depasquale2016

import (
	"context"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// fullForceSolves is osc.fullforce.
func fullForceSolves() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "osc.fullforce",
		Statement: "Full-FORCE solves the swept oscillation; FORCE with as many units does not.",
		Setup: "A sine from 1.5 to 4.5 Hz and back in 2 s, 300 units, 200 training and 50 test trials each (DePasquale et al. 2018, Fig. 2). " +
			"Whether FORCE fails, and by how much, is chaotic: the statement is about its median as much as about each draw.",
		Seeds: 10,
	}
	return experiment.Define(e, oscillation{rate.DePasquale2018()}, []experiment.Measure[methods]{
		{Name: "full-FORCE", Paper: "1.9e-4", Of: func(m methods) float64 { return stats.Median(m.Full.Errors) }, Thresholds: thresholds{median.AtMost(2e-4), each.AtMost(5e-4)}},
		{Name: "FORCE", Paper: "0.79", Of: func(m methods) float64 { return stats.Median(m.Force.Errors) }, Thresholds: thresholds{each.AtLeast(0.3)},
			Why: "whether FORCE fails, and by how much, is chaotic: it fails in the median, and in one draw by less"},
	}, runFullForce, func(all []methods) *plotting.Drawing {
		errors := experiment.Groups(all, func(m methods) []float64 {
			return []float64{stats.Median(m.Full.Errors), stats.Median(m.Force.Errors)}
		}, "full-FORCE", "FORCE")
		one := all[0]
		return plotting.Figure( // two trials of each
			plotting.Outputs(one.Full.Shown).Title("full-FORCE").YLabel("output"),
			plotting.Outputs(one.Force.Shown).Title("FORCE").YLabel("output"),
			plotting.Learning(
				plotting.Line{Name: "full-FORCE", Y: one.Full.Training},
				plotting.Line{Name: "FORCE", Y: one.Force.Training},
			).Title("training, seed 1").YLabel("output nMSE"),
			plotting.Comparison(errors...).LogY().Title("test, one dot per seed").YLabel("output nMSE"),
		).Columns(2)
	})
}

// methods are the two ways of training a rate network.
type methods struct{ Full, Force trained }

// trained is what is kept of a rate network: the nMSE of its output in each
// trial of training and of test, and its first two trials.
type trained struct {
	Training, Errors []float64
	Shown            recording.Series
}

func trainedOf(fit *rate.Fit) trained {
	return trained{fit.TrainingErrors, fit.OutputErrors, fit.Outputs.Window(0, 4)}
}

// oscillation is the rate networks' config, by both methods.
type oscillation struct {
	Rate rate.Config `sweep:"-Seed"`
}

// Quick makes it small.
func (c *oscillation) Quick() { quickRate(&c.Rate) }

func runFullForce(ctx context.Context, r experiment.Run, c oscillation) (methods, error) {
	c.Rate.Seed = r.Seed
	full, err := oscillator(ctx, r, c.Rate)
	if err != nil {
		return methods{}, err
	}
	force, err := rate.Train(experiment.Part(ctx, "FORCE"), rate.Force{}, c.Rate, task.SweptOscillation())
	if err != nil {
		return methods{}, err
	}
	return methods{trainedOf(full), trainedOf(force)}, nil
}

// oscillator is the full-FORCE network that produces the swept oscillation.
func oscillator(ctx context.Context, r experiment.Run, cfg rate.Config) (*rate.Fit, error) {
	return experiment.Share(r, "oscillator", cfg, func() (*rate.Fit, error) {
		return fullForce(ctx, cfg, task.SweptOscillation())
	})
}
