package experiment

import (
	"context"
	"fmt"

	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// A network that does both tasks is held against two that do one each. What is
// counted puts it at a disadvantage throughout: an error is pooled over all
// channels, so that whatever it does with the muscles and the factors of the
// task that is not shown counts, and in the second of rest after pedalling,
// which the cycling network does not have, whatever it does at all; and
// it has seen fewer trials of each task than the network of that task.
const (
	bothTrials = 150
	bothTests  = 100
	// cyclingRest is for how long, in seconds, the pedalling ends, as the
	// authors have it.
	cyclingRest = 1
)

// bothEMG is emg.both.
func bothEMG() Experiment {
	e := Experiment{
		ID:        "emg.both",
		Statement: "One spiking network reaches and cycles, one at a time, as well as two networks that do one each.",
		Setup: fmt.Sprintf("%d neurons, our own presets' gain (%g for the cycling factors, as large for reaching), %d trials of training and %d of test, each of either task by chance. "+
			"A second of rest follows the pedalling. Held against the own presets of emg.reaching (%d neurons, %d trials) and emg.cycling (800 neurons, 300 trials). "+
			"What the joint network does with the channels of the task that is not shown, and in the rest, counts as an error of the task that is.",
			reachingNeurons, float64(reachingGain), bothTrials, bothTests, reachingNeurons, reachingTrials),
		Seeds: 5,
		Measures: []Measure{
			{Name: "reaching: muscles against its own network", Unit: "x", Bars: []Bar{atMost(2)}},
			{Name: "reaching: factors against its own network", Unit: "x", Bars: []Bar{atMost(2)}},
			{Name: "cycling: muscles against its own network", Unit: "x", Bars: []Bar{atMost(2)}},
			{Name: "cycling: factors against its own network", Unit: "x", Bars: []Bar{atMost(2)}},
			{Name: "reaching: muscles"}, {Name: "reaching: factors"},
			{Name: "cycling: muscles"}, {Name: "cycling: factors"},
		},
	}
	return define(e, runBothEMG, bothFigure)
}

// errorsOf is the median nMSE of a network in one task.
type errorsOf struct{ factors, muscles float64 }

// bothAgainst is the errors of the joint network and of those that do one
// task each, reaching first, and what the joint network does.
type bothAgainst struct {
	own, joint [2]errorsOf
	shown      [2]excerpt
}

var bothNames = [2]string{"reaching", "cycling"}

func runBothEMG(ctx context.Context, r Run) (Values, bothAgainst, error) {
	var b bothAgainst
	reaching, err := reachingSource(ctx, r)
	if err != nil {
		return nil, b, err
	}
	if b.own, err = ownNetworks(ctx, r); err != nil {
		return nil, b, err
	}
	cycling, err := cyclingTask(ctx, r)
	if err != nil {
		return nil, b, err
	}
	cycling.Rest = cyclingRest
	pedalling, err := spiking.FromRecording(cycling)
	if err != nil {
		return nil, b, err
	}
	src, err := spiking.Either(reaching, pedalling)
	if err != nil {
		return nil, b, err
	}
	rec, err := doBoth(ctx, r, src)
	if err != nil {
		return nil, b, err
	}
	v := Values{}
	for i, name := range bothNames {
		factors, muscles := rec.Where(func(c int) bool { return c/spiking.ConditionsEach == i })
		b.joint[i] = errorsOf{task.Median(factors), task.Median(muscles)}
		b.shown[i] = excerptOf(rec, firstOf(rec, i))
		v[name+": factors"], v[name+": muscles"] = b.joint[i].factors, b.joint[i].muscles
		v[name+": factors against its own network"] = b.joint[i].factors / b.own[i].factors
		v[name+": muscles against its own network"] = b.joint[i].muscles / b.own[i].muscles
	}
	return v, b, nil
}

// ownNetworks is how well the networks of emg.reaching and emg.cycling do
// with our own presets.
func ownNetworks(ctx context.Context, r Run) (own [2]errorsOf, err error) {
	src, err := reachingSource(ctx, r)
	if err != nil {
		return own, err
	}
	reaching, err := reach(ctx, r, replay(src))
	if err != nil {
		return own, err
	}
	cycling, err := cycle(ctx, r, accurateGain)
	if err != nil {
		return own, err
	}
	own[0] = errorsOf{reaching.factors, reaching.muscles}
	own[1].factors, own[1].muscles = cycling.rec.MedianErrors()
	return own, nil
}

// doBoth trains and tests the joint network.
func doBoth(ctx context.Context, r Run, src spiking.Source) (*spiking.Recording, error) {
	cfg := r.reaching(reachingGain, bothTrials)
	model, err := spiking.Transfer(ctx, cfg, src, r.watchPart("spikes"))
	if err != nil {
		return nil, err
	}
	test := r.reachingTest()
	test.Trials, test.Recorded = bothTests, 20
	if r.Quick {
		test.Trials = 10
	}
	return model.Test(ctx, src, test, r.watchPart("test"))
}

// firstOf is three reaches in different directions, or the first cycle and
// its rest.
func firstOf(rec *spiking.Recording, part int) []task.Stretch {
	var first []task.Stretch
	if part == 0 {
		for _, s := range firstReaches(rec) {
			if s.Condition < spiking.ConditionsEach && len(first) < 3 {
				first = append(first, s)
			}
		}
		return first
	}
	for _, s := range rec.Trials {
		if s.Condition/spiking.ConditionsEach == part {
			return []task.Stretch{s}
		}
	}
	return nil
}

func bothFigure(all []bothAgainst) *plotting.Drawing {
	reaching, cycling := all[0].shown[0], all[0].shown[1]
	var factors, muscles []plotting.Group
	for i, name := range bothNames {
		own, joint := plotting.Group{Name: name + ",\nalone"}, plotting.Group{Name: name + ",\nboth"}
		ownM, jointM := own, joint
		for _, b := range all {
			own.Values, joint.Values = append(own.Values, b.own[i].factors), append(joint.Values, b.joint[i].factors)
			ownM.Values, jointM.Values = append(ownM.Values, b.own[i].muscles), append(jointM.Values, b.joint[i].muscles)
		}
		factors, muscles = append(factors, own, joint), append(muscles, ownM, jointM)
	}
	return plotting.Figure(
		reaching.outputPanel().Names("reaching\nmuscle 1", "muscle 2", "timing", "cycling\nmuscle 1", "muscle 2", "muscle 3").Title("three reaches of the joint network"),
		cycling.outputPanel().Names("reaching\nmuscle 1", "muscle 2", "timing", "cycling\nmuscle 1", "muscle 2", "muscle 3").Title("pedalling and rest of the same network"),
		reaching.rasterPanel().Title(fmt.Sprintf("spikes of %d neurons, reaching", rasterNeurons)),
		cycling.rasterPanel().Title("of the same neurons, cycling"),
		plotting.Comparison(factors...).Log().Title("factors, one point a seed").YLabel("nMSE"),
		plotting.Comparison(muscles...).Log().Title("muscles, one point a seed").YLabel("nMSE"),
	).Columns(2)
}
