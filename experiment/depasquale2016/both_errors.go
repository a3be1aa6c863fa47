package depasquale2016

import (
	"math"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// errorsIn is the median errors in a task's own channels, of trials that
// follow one of the same task, and of those that follow the other one.
// NaN stands for no such trial.
func errorsIn(rec *recording.Recording, part int, shapes [2]task.Shape) (same, other errorsOf) {
	var factors, muscles [2][]float64
	var firstFactor, firstMuscle int
	if part == 1 {
		firstFactor, firstMuscle = shapes[0].Factors, shapes[0].Outputs
	}
	trials := rec.Kept()
	for i, s := range trials {
		if i == 0 || s.Part != part {
			continue
		}
		from, to := s.From, s.To
		if part == 1 {
			from += int(math.Round(pedallingOnset / rec.Dt))
			to -= int(math.Round(cyclingRest / rec.Dt))
		}
		after := 0
		if trials[i-1].Part != part {
			after = 1
		}
		nmse := func(s recording.Series, first, channels int) float64 {
			own := s.Slice(from, to, first, first+channels)
			return task.NMSE(own.Values, own.Targets, task.Window{To: to - from})
		}
		factors[after] = append(factors[after], nmse(rec.Factors, firstFactor, shapes[part].Factors))
		muscles[after] = append(muscles[after], nmse(rec.Outputs, firstMuscle, shapes[part].Outputs))
	}
	return errorsOf{stats.Median(factors[0]), stats.Median(muscles[0])}, errorsOf{stats.Median(factors[1]), stats.Median(muscles[1])}
}

// firstOf is three reaches in different directions, or the first cycle and
// its rest.
func firstOf(rec *recording.Recording, part int) []recording.Trial {
	if part == 0 {
		reaches := firstReaches(rec)
		return reaches[:min(3, len(reaches))]
	}
	for _, s := range rec.Kept() {
		if s.Part == part {
			return []recording.Trial{s}
		}
	}
	return nil
}
