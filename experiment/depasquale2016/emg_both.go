package depasquale2016

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// A network that does both tasks is held against two that do one each, by what
// these are judged by: the error in the task's own channels, over a whole reach
// with its pauses, and over the pedalling without the rest that ends it. The
// cycling network pedals on and on; the joint one begins each time, and no
// network follows its factors' jump from rest at once, so that the first 0.1 s are
// left out.
//
// Trials that follow one of the same task are compared. Nothing tells a network
// that a reach will come next before the go cue does, and its teacher's
// pause is then the one that it was left in, which may be seconds ago: the
// first half of the pause, up to a second and more, cannot be known. The
// measures beside it say what this costs, and what the network does with the
// channels of the task that is not shown.
const (
	bothTrials = 180
	bothTests  = 60
	// bothGain is the gain of the joint network. Gains of 12, 20 and 28 were tried on
	// a validation seed, with 100, 240 and 220 trials: errors fell each time.
	// The networks of one task, at 12, were not tried beyond it.
	bothGain = 28
	// bothUpdates is the chance of an update: every fifth step instead of every
	// second, for more trials in the time. With every second, on a validation
	// seed, the cycling muscles' error was 0.0023, no better than with every fifth
	// (0.0021 to 0.0030 on the reported seeds), though the factors' was 0.0010:
	// it is not the number of updates that limits their readout.
	bothUpdates = 0.2
	// cyclingRest is for how long, in seconds, the pedalling ends, as the
	// authors have it.
	cyclingRest = 1
	// pedallingOnset is how long, in seconds, the joint network has for the
	// factors' jump from rest into the cycle.
	pedallingOnset = 0.1
	// pedallingLevel is the size of the factor that tells pedalling from rest;
	// the recorded ones' rms falls from 14 to 0.1.
	pedallingLevel = 14
)

// bothEMG is emg.both.
func bothEMG() experiment.Experiment {
	e := experiment.Experiment{
		ID:         "emg.both",
		Recordings: []string{"cycling", "reaching"},
		Statement:  "One spiking network reaches and cycles, one at a time, as well as two networks that do one each.",
		Setup: fmt.Sprintf("%d neurons, gain %d, %d trials of training with an update in every fifth step, %d of test, each of either task by chance; "+
			"a second of rest follows the pedalling. Held against the own presets of emg.reaching (%d neurons, %d trials) and emg.cycling (800 neurons, 300 trials), "+
			"in the channels of the task, in trials that follow one of the same task, pedalling from 0.1 s on. "+
			"Also reported: the error in trials that follow the other task, and with all channels, where what the network does for the task that is not shown, and in the rest, counts too.",
			reachingNeurons, bothGain, bothTrials, bothTests, reachingNeurons, reachingTrials),
		Seeds: 5,
	}
	return experiment.Define(e, bothBase(), bothMeasures(), runBothEMG, bothFigure)
}

func bothMeasures() (all []experiment.Measure[bothAgainst]) {
	factors, muscles := func(e errorsOf) float64 { return e.Factors }, func(e errorsOf) float64 { return e.Muscles }
	for i, name := range bothNames {
		against := func(of func(errorsOf) float64) func(bothAgainst) float64 {
			return func(b bothAgainst) float64 { return of(b.Joint[i]) / of(b.Own[i]) }
		}
		all = append(all, []experiment.Measure[bothAgainst]{
			{Name: name + ": muscles against its own network", Unit: "x", Of: against(muscles), Thresholds: thresholds{median.AtMost(2)},
				Why: "not known; updates in every second step instead of every fifth did not help (on a validation seed)"},
			{Name: name + ": factors against its own network", Unit: "x", Of: against(factors), Thresholds: thresholds{median.AtMost(2)}},
		}...)
	}
	for i, name := range bothNames {
		for _, what := range []struct {
			name string
			of   func(errorsOf) float64
		}{{"factors", factors}, {"muscles", muscles}} {
			all = append(all, []experiment.Measure[bothAgainst]{
				{Name: name + ": " + what.name, Of: func(b bothAgainst) float64 { return what.of(b.Joint[i]) }},
				{Name: name + ": " + what.name + ", after the other task", Of: func(b bothAgainst) float64 { return what.of(b.After[i]) }},
				{Name: name + ": " + what.name + ", all channels", Of: func(b bothAgainst) float64 { return what.of(b.Whole[i]) }},
			}...)
		}
	}
	return all
}

// errorsOf is the median nMSE of a network in one task.
type errorsOf struct{ Factors, Muscles float64 }

// bothAgainst is the errors of the networks that do one task each, reaching first,
// and of the joint one: after a trial of the same task, after the other task, and
// with all channels. It is also what the joint network does.
type bothAgainst struct {
	Own, Joint, After, Whole [2]errorsOf
	Shown                    [2]excerpt
}

var bothNames = [2]string{"reaching", "cycling"}

// bothConfig is the networks that do one task each, and the joint one.
type bothConfig struct {
	Reaching  reachingConfig `sweep:"-Authors"`
	Cycling   cyclingConfig
	Joint     spiking.Config     `sweep:"-Seed"`
	JointTest spiking.TestConfig `sweep:"-Seed -Initial -Record -Recorded"`
}

func bothBase() bothConfig {
	c := bothConfig{Reaching: reachingBase(), Cycling: cyclingBase(accurateGain), Joint: longTrials(bothGain, bothTrials)}
	c.Joint.UpdateProbability = bothUpdates
	c.JointTest = c.Reaching.Test
	c.JointTest.Trials = bothTests
	return c
}

// Quick makes all of it small.
func (c *bothConfig) Quick() {
	c.Reaching.Quick()
	c.Cycling.Quick()
	quickSpiking(&c.Joint)
	quickTest(&c.JointTest)
	c.JointTest.Trials = 12
}

func runBothEMG(ctx context.Context, r experiment.Run, c bothConfig) (bothAgainst, error) {
	var b bothAgainst
	c.Reaching.follow(r.Seed)
	reaching, err := reachingSource(ctx, r, c.Reaching.Rate)
	if err != nil {
		return b, err
	}
	if b.Own, err = c.ownNetworks(ctx, r, reaching); err != nil {
		return b, err
	}
	pedalling, err := pedallingSource(ctx, r)
	if err != nil {
		return b, err
	}
	src, err := task.MixSources(reaching, pedalling)
	if err != nil {
		return b, err
	}
	rec, err := c.doBoth(ctx, r, src)
	if err != nil {
		return b, err
	}
	channels := [2]task.Shape{reaching.Shape(), pedalling.Shape()}
	channels[1].Factors-- // the one that is not recorded
	for i := range bothNames {
		b.Joint[i], b.After[i] = errorsIn(rec, i, channels)
		b.Whole[i].Factors, b.Whole[i].Muscles = rec.Select(func(t recording.Trial) bool { return t.Part == i }).MedianErrors()
		b.Shown[i] = excerptOf(rec, firstOf(rec, i))
	}
	return b, nil
}

// pedallingSource is the cycling recording with a rest after it, and with one
// factor more, which is constant while the pedals turn. The recorded factors are
// centred, so that they cannot tell a muscle's mean activity in pedalling
// from its silence in rest; without that factor the joint network's readout gave
// every cycling muscle an offset between the two (muscle nMSE 0.06).
func pedallingSource(ctx context.Context, r experiment.Run) (task.Source, error) {
	k, err := cyclingTask(ctx, r)
	if err != nil {
		return nil, err
	}
	steps, p := k.Factors.Dims()
	level := mat.NewDense(steps, 1, nil)
	for t := range steps {
		level.Set(t, 0, pedallingLevel)
	}
	with := mat.NewDense(steps, p+1, nil)
	with.Augment(k.Factors, level)
	k.Factors, k.Rest = with, cyclingRest
	return task.NewSource(k)
}

// ownNetworks is how well the networks of emg.reaching and emg.cycling do
// with our own presets.
func (c bothConfig) ownNetworks(ctx context.Context, r experiment.Run, src task.Source) (own [2]errorsOf, err error) {
	reaching, err := c.Reaching.own(ctx, r, replay(src))
	if err != nil {
		return own, err
	}
	cycling, err := cycle(ctx, r, c.Cycling)
	if err != nil {
		return own, err
	}
	own[0] = errorsOf{reaching.Factors, reaching.Muscles}
	own[1].Factors, own[1].Muscles = cycling.MedianErrors()
	return own, nil
}

// doBoth trains and tests the joint network.
func (c bothConfig) doBoth(ctx context.Context, r experiment.Run, src task.Source) (*recording.Recording, error) {
	c.Joint.Seed, c.JointTest.Seed = r.Seed, testSeed(r.Seed)
	c.JointTest.Recorded, c.JointTest.Record.Spikes = c.JointTest.Trials, firstNeurons(rasterNeurons)
	return transfer(ctx, c.Joint, src, c.JointTest)
}

func bothFigure(all []bothAgainst) *plotting.Drawing {
	reaching, cycling := all[0].Shown[0], all[0].Shown[1]
	compare := func(what string, of func(errorsOf) float64) *plotting.ComparisonPanel {
		return plotting.Comparison(experiment.Groups(all, func(b bothAgainst) []float64 {
			return []float64{of(b.Own[0]), of(b.Joint[0]), of(b.Own[1]), of(b.Joint[1])}
		}, "reaching,\nalone", "reaching,\nboth", "cycling,\nalone", "cycling,\nboth")...).LogY().Title(what + ", one dot per seed").YLabel("nMSE")
	}
	channels := []string{"reaching\nmuscle 1", "muscle 2", "timing", "cycling\nmuscle 1", "muscle 2", "muscle 3"}
	panels := []plotting.Panel{
		reaching.outputPanel().Names(channels...).Title("three reaches of the joint network"),
		cycling.outputPanel().Names(channels...).Title("pedalling and rest of the same network"),
		reaching.rasterPanel().Title(fmt.Sprintf("spikes of %d neurons, reaching", rasterNeurons)),
		cycling.rasterPanel().Title("of the same neurons, cycling"),
	}
	return plotting.Figure(append(panels, plotting.SameScales(
		compare("factors", func(e errorsOf) float64 { return e.Factors }),
		compare("muscles", func(e errorsOf) float64 { return e.Muscles }),
	)...)...).Columns(2)
}
