package recording

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// regular is a session without fault: three units, four trials, hands.
func regular() *Recording {
	var units [3][]float64
	for j := range units {
		for i := range 200 {
			units[j] = append(units[j], 0.01+float64(i)*0.1+float64(j)*0.02)
		}
	}
	r := &Recording{Units: 3, Spikes: SpikesOf(units[:]), Series: map[string]Series{"hand": {Values: mat.NewDense(100, 2, nil), Dt: 0.2}}}
	for k := range 4 {
		r.Trials = append(r.Trials, Trial{Start: float64(5 * k), Stop: float64(5*k) + 4, Events: map[string]float64{"go": 0.3}})
	}
	return r
}

// Whatever is wrong with a session is said once, with its counts.
func TestCheck(t *testing.T) {
	if w := regular().Check(); len(w) != 0 {
		t.Errorf("a session without fault: %v", w)
	}
	nan := math.NaN()
	scaled := func(r *Recording, by, plus float64) {
		for i := range r.Spikes.Times {
			r.Spikes.Times[i] = r.Spikes.Times[i]*by + plus
		}
	}
	for want, c := range map[string]struct {
		kind  neuro.WarningKind
		spoil func(r *Recording)
	}{
		"2 of 600 spikes come at the same time as another of their unit, in 1 of 3 units": {neuro.DoubtfulTimes, func(r *Recording) {
			r.Spikes.Times[3], r.Spikes.Times[6] = r.Spikes.Times[0], r.Spikes.Times[0]
			disorderless(r)
		}},
		"600 of 600 spike times are negative":                      {neuro.DoubtfulTimes, func(r *Recording) { scaled(r, 1, -100); r.Trials = nil }},
		"1 of 600 spike times are no numbers":                      {neuro.MissingValues, func(r *Recording) { r.Spikes.Times[5] = nan }},
		"1 of 600 spike times are smaller than the one before":     {neuro.DoubtfulTimes, func(r *Recording) { r.Spikes.Times[5] = 0 }},
		"look like milliseconds or samples":                        {neuro.UnlikelyUnit, func(r *Recording) { scaled(r, 30000, 0) }},
		"this looks like Unix time":                                {neuro.UnlikelyUnit, func(r *Recording) { scaled(r, 1, 1.6e9); r.Trials = nil }},
		"look like seconds that were taken for something shorter":  {neuro.UnlikelyUnit, func(r *Recording) { scaled(r, 1e-3, 0) }},
		"no trial has a spike":                                     {neuro.DoubtfulTimes, func(r *Recording) { scaled(r, 1, 500) }},
		"1 of 4 trials have a start or a stop that is no number":   {neuro.MissingValues, func(r *Recording) { r.Trials[1].Stop = nan }},
		"1 of 4 trials stop before they start":                     {neuro.DoubtfulTimes, func(r *Recording) { r.Trials[1].Stop = 1 }},
		"1 of 4 trials start before the one above them stops":      {neuro.DoubtfulTimes, func(r *Recording) { r.Trials[1].Start = 3 }},
		"1 of 4 trials start before the one above them: the clock": {neuro.DoubtfulTimes, func(r *Recording) { r.Trials[2].Start, r.Trials[2].Stop = 1, 2 }},
		"the median trial lasts 4e+03 s": {neuro.UnlikelyUnit, func(r *Recording) {
			for i := range r.Trials {
				r.Trials[i].Start *= 1000
				r.Trials[i].Stop *= 1000
			}
			r.Spikes = Spikes{}
		}},
		"2 times of events are no numbers, in 4 trials": {neuro.MissingValues, func(r *Recording) { r.Trials[0].Events["go"], r.Trials[3].Events["go"] = nan, nan }},
		"2 of the 200 values of hand are no numbers":    {neuro.MissingValues, func(r *Recording) { m := r.Series["hand"].Values; m.Set(0, 0, nan); m.Set(7, 1, math.Inf(1)) }},
		"the rows of hand go on for 1.98e+05 s":         {neuro.UnlikelyUnit, func(r *Recording) { s := r.Series["hand"]; s.Dt = 2000; r.Series["hand"] = s }},
		"a spike of unit 7: there are 3":                {neuro.DoubtfulTimes, func(r *Recording) { r.Spikes.Units[0] = 7 }},
	} {
		r := regular()
		c.spoil(r)
		found := 0
		for _, w := range r.Check() {
			if w.Kind == c.kind && strings.Contains(w.Message, want) {
				found++
			}
			if w.Where == "" || w.Try == "" || strings.Contains(w.Message, "%!") {
				t.Errorf("%q: %+v", want, w)
			}
		}
		if found != 1 {
			t.Errorf("%q was said %d times: %v", want, found, r.Check())
		}
	}
}

// disorderless puts equal times that were set at the head in order.
func disorderless(r *Recording) {
	r.Spikes = SpikesOf(r.Spikes.ByUnit(r.Units))
}
