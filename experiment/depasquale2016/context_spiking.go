package depasquale2016

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// An integral is held by a network that is quiet by itself: at the other
// tasks' g = 1.5 the chaos of J̃ is what the integral is lost in (on the
// validation seeds accuracy is 0.89-0.93, at 0.5 it is 0.96-0.98; input
// integration, with larger target weights too, nMSE 0.3 against 0.003). What is left of J̃ φ is weak, so that factors need a
// larger gain of the spiking network than elsewhere.
const (
	quietGain      = 0.5
	integratorGain = 25
)

// contextTests is the number of questions that each network is asked.
const contextTests = 200

// contextInSpikes is context.spiking.
func contextInSpikes() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "context.spiking",
		Statement: "Spiking neurons integrate whichever of two noisy signals a context cue selects.",
		Setup: fmt.Sprintf("A full-FORCE network of 100 units (g = %g, input weights up to 0.5, 500 trials), the components that hold 99 %% of its variance in 800 neurons "+
			"(gain %d √(N/N_r), 100 trials of training); each is asked %d times for the sign of the cued signal's integral.", quietGain, integratorGain, contextTests),
		Seeds: 5,
	}
	return experiment.Define(e, contextBase(), []experiment.Measure[decisions]{
		{Name: "rate network, right", Unit: "%", Of: func(d decisions) float64 { return d.Rate }, Thresholds: thresholds{median.AtLeast(95)}},
		{Name: "spiking network, right", Unit: "%", Of: func(d decisions) float64 { return d.Spiking }, Thresholds: thresholds{median.AtLeast(85)}},
		{Name: "output", Of: func(d decisions) float64 { return d.Output }},
		{Name: "components", Of: func(d decisions) float64 { return float64(d.Components) }},
	}, runContext, contextFigure)
}

// decisions is what one seed's networks have answered.
type decisions struct {
	Rate, Spiking float64 // per cent right
	Output        float64 // nMSE of the spiking network
	Components    int
	Asked         []question
	Answers       []bool // of the spiking network: positive?
	Shown         excerpt
}

// contextConfig is the networks; as many components as hold 99 % of the variance teach.
type contextConfig struct{ transferConfig }

func contextBase() contextConfig {
	c := transferConfig{rate.DePasquale2018(), spiking.DePasquale2023(), integratorGain, hundredTrials()}
	c.Rate.Units, c.Rate.Gain, c.Rate.InputScale = 100, quietGain, 0.5
	c.Rate.TrainingTrials, c.Rate.TestTrials, c.Rate.RecordedTrials = 500, contextTests, 20
	c.Spiking.WarmUpTrials, c.Spiking.DemeaningTrials, c.Spiking.TrainingTrials = 10, 100, 100
	c.Test.WarmUpTrials, c.Test.Trials, c.Test.Recorded = 10, contextTests, 6
	return contextConfig{c}
}

// Quick makes it small.
func (c *contextConfig) Quick() {
	c.transferConfig.Quick()
	c.Rate.Units, c.Rate.TestTrials = 40, 5
}

func runContext(ctx context.Context, r experiment.Run, c contextConfig) (decisions, error) {
	c.follow(r.Seed)
	k := &questions{ContextualIntegration: task.NewContextualIntegration()}
	fit, err := fullForce(ctx, c.Rate, k)
	if err != nil {
		return decisions{}, err
	}
	src, basis, err := seenThrough(fit, k)
	if err != nil {
		return decisions{}, err
	}
	model, err := spiking.Transfer(experiment.Part(ctx, "spikes"), c.Spiking, src)
	if err != nil {
		return decisions{}, err
	}
	k.asked = nil
	rec, err := model.Test(experiment.Part(ctx, "test"), src, c.Test)
	if err != nil {
		return decisions{}, err
	}
	d := decisions{
		Rate: 100 * fit.Accuracy(), Spiking: 100 * rec.Accuracy(), Output: outputError(rec), Components: basis.Dim(),
		Asked: k.asked[c.Test.WarmUpTrials:], Shown: excerptOf(rec, rec.Kept()),
	}
	for i, q := range d.Asked {
		d.Answers = append(d.Answers, rec.Trials[i].Correct == (q.Cued > 0))
	}
	return d, nil
}

// question is the integrals of the signals of a trial, in units of one value
// of the noise.
type question struct{ Cued, Other float64 }

// questions is the task, remembering what it has asked.
type questions struct {
	task.ContextualIntegration
	asked []question
}

// Trial implements [task.Task].
func (k *questions) Trial(rng *rand.Rand) (task.Trial, error) {
	trial, err := k.ContextualIntegration.Trial(rng)
	if err != nil {
		return trial, err
	}
	var sums [2]float64
	for t := range trial.Steps() {
		for i := range sums {
			sums[i] += trial.Inputs.At(t, i) * k.Dt / k.NoiseStep
		}
	}
	k.asked = append(k.asked, question{sums[trial.Condition], sums[1-trial.Condition]})
	return trial, nil
}

func contextFigure(all []decisions) *plotting.Drawing {
	one := all[0].Shown
	right := experiment.Groups(all, func(d decisions) []float64 { return []float64{d.Rate, d.Spiking} }, "rate network", "spiking network")
	return plotting.Figure(
		one.outputPanel().YLabel("output").Title("trials one after the other: spiking network").XLim(0, one.seconds()),
		one.rasterPanel().Title(fmt.Sprintf("spikes of %d neurons", rasterNeurons)),
		plotting.Curve(
			psychometric("cued signal", all, func(q question) float64 { return q.Cued }),
			psychometric("other signal", all, func(q question) float64 { return q.Other }),
		).XLabel("integral of the signal").YLabel("positive answers (%)").Title("what the spiking network's answer follows"),
		plotting.Comparison(right...).HLine(95, "threshold, rate").HLine(85, "threshold, spiking").Title("test, one dot per seed").YLabel("right answers (%)"),
	).Columns(2)
}

// psychometric is the percentage of positive answers of each seed against an
// integral, in bins that are 3 wide; the outermost take what lies beyond them.
func psychometric(name string, all []decisions, integral func(question) float64) plotting.Samples {
	const width, outermost = 3, 4
	s := plotting.Samples{Name: name}
	for bin := -outermost; bin <= outermost; bin++ {
		var values []float64
		for _, d := range all {
			var positive, n float64
			for i, q := range d.Asked {
				if b := math.Round(integral(q) / width); max(-outermost, min(outermost, b)) != float64(bin) {
					continue
				}
				n++
				if d.Answers[i] {
					positive++
				}
			}
			if n > 0 {
				values = append(values, 100*positive/n)
			}
		}
		if len(values) > 0 {
			s.X, s.Values = append(s.X, width*float64(bin)), append(s.Values, values)
		}
	}
	return s
}
