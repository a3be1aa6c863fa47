package data

import (
	"math"
	"strconv"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

const (
	// radius of the circle of targets, m.
	radius = 0.125
	// clockRate of the recorder, Hz: times are exact in binary.
	clockRate = 32768
	// longestTrial with the pause after it, s.
	longestTrial = 3.2
)

// ticked is a time on the recorder's clock.
func ticked(t float64) float64 { return math.Round(t*clockRate) / clockRate }

// drawTrials draws what happens in each trial.
func (s *synthetic) drawTrials() {
	now := 1.0
	var order []int
	for i := range s.Trials {
		rng := neuro.Stream(s.Seed, sessionTrialsStream, i)
		if i%targets == 0 { // each target once in 8 trials
			order = rng.Perm(targets)
		}
		r := reach{target: order[i%targets], gain: 1 + 0.06*rng.NormFloat64(), start: ticked(now), result: "R"}
		r.angle = angle(r.target)
		r.on = ticked(r.start + between(rng, 0.3, 0.5))
		r.cue = ticked(r.on + between(rng, 0.4, 0.7))
		r.onset = ticked(r.cue + between(rng, 0.2, 0.35))
		fate, where, split := rng.Float64(), rng.Float64(), rng.Float64()
		if s.Faults {
			r.suffer(fate, where)
		}
		switch {
		case r.result != "R":
			r.split = "none"
		case split < 0.6:
			r.split = "train"
		case split < 0.75:
			r.split = "val"
		default:
			r.split = "test"
		}
		if r.stop == 0 {
			r.stop = ticked(r.onset + 0.75)
		}
		s.trials = append(s.trials, r)
		now = r.stop + between(rng, 0.4, 0.7)
	}
	s.end = ticked(now + 1)
}

// suffer lets a trial fail, or lose its onset.
func (r *reach) suffer(fate, where float64) {
	switch {
	case fate < 0.05: // aborted before the cue
		r.result, r.end = "A", r.on+0.1+where*(r.cue-r.on-0.1)
		r.cue, r.onset = math.NaN(), math.NaN()
		r.stop = ticked(r.end + 0.1)
	case fate < 0.08: // no movement
		r.result, r.end = "I", r.cue+0.4
		r.onset = math.NaN()
		r.stop = ticked(r.cue + 1)
	case fate < 0.12: // to another target
		r.result = "F"
		r.angle += 2 * math.Pi / targets * (1 + math.Floor(where*(targets-1)))
	case fate < 0.16:
		r.noOnset = true
	}
}

// seen is the onset as the table of trials has it.
func (r *reach) seen() float64 {
	if r.noOnset {
		return math.NaN()
	}
	return r.onset
}

func names() (all []string) {
	for c := range targets {
		all = append(all, strconv.Itoa(360*c/targets))
	}
	return all
}

func (s *synthetic) table() (all []recording.Trial) {
	for _, r := range s.trials {
		all = append(all, recording.Trial{Start: r.start, Stop: r.stop, Condition: r.target})
	}
	return all
}

// trialTable has the columns of laboratories' tables.
func (s *synthetic) trialTable() *recording.Table {
	numbers := func(name, unit, description string, of func(r *reach) float64) recording.Column {
		c := recording.Column{Name: name, Unit: unit, Description: description}
		for i := range s.trials {
			c.Numbers = append(c.Numbers, of(&s.trials[i]))
		}
		return c
	}
	texts := func(name, description string, of func(r *reach) string) recording.Column {
		c := recording.Column{Name: name, Description: description}
		for i := range s.trials {
			c.Texts = append(c.Texts, of(&s.trials[i]))
		}
		return c
	}
	success := recording.Column{Name: "success", Description: "whether the target was reached"}
	position := recording.Column{Name: "target_pos", Unit: "m", Description: "position of the target, x and y", Rows: mat.NewDense(len(s.trials), 2, nil)}
	for i, r := range s.trials {
		success.Flags = append(success.Flags, r.result == "R")
		sin, cos := math.Sincos(angle(r.target))
		position.Rows.SetRow(i, []float64{fixed(radius*cos, 4096), fixed(radius*sin, 4096)})
	}
	return &recording.Table{Columns: []recording.Column{
		numbers("start_time", "s", "start of the trial", func(r *reach) float64 { return r.start }),
		numbers("stop_time", "s", "end of the trial", func(r *reach) float64 { return r.stop }),
		numbers("target_on_time", "s", "when the target appeared", func(r *reach) float64 { return r.on }),
		numbers("go_cue_time", "s", "when the movement was asked for", func(r *reach) float64 { return r.cue }),
		numbers("move_onset_time", "s", "onset of the movement, where it was detected", func(r *reach) float64 { return r.seen() }),
		numbers("target_dir", "degrees", "direction of the target", func(r *reach) float64 { return 360 * float64(r.target) / targets }),
		position,
		texts("result", "R rewarded, A aborted, F failed, I incomplete", func(r *reach) string { return r.result }),
		success,
		texts("split", "what the trial is meant for: train, val, test or none", func(r *reach) string { return r.split }),
	}}
}

// fixed rounds to parts of one.
func fixed(v, parts float64) float64 { return math.Round(v*parts) / parts }

// pause is when units were not recorded.
func (s *synthetic) pause() recording.Interval {
	if !s.Faults {
		return recording.Interval{}
	}
	return recording.Interval{From: ticked(0.4 * s.end), To: ticked(0.4*s.end + 5)}
}

// emgGap is when muscles were not recorded.
func (s *synthetic) emgGap() recording.Interval {
	if !s.Faults {
		return recording.Interval{}
	}
	return recording.Interval{From: ticked(0.7 * s.end), To: ticked(0.7*s.end + 4)}
}
