package nwb

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// unit is what Check says of a recording; of times that cannot be seconds it says
// which unit is likely.
func (r *reading) unit(rec *recording.Recording) []neuro.Warning {
	_, sure := r.settings.units["units"]
	likely := likelyUnit(rec)
	if sure {
		likely = neuro.Warning{}
	}
	var all []neuro.Warning
	if likely.Message != "" {
		all = append(all, likely)
	} else if _, told := r.settings.units["trials"]; !told {
		all = append(all, likelyTrials(rec)...)
	}
	for _, w := range rec.Check() {
		if w.Kind == neuro.UnlikelyUnit && (sure || likely.Message != "") && strings.Contains(w.Message, "spike times") {
			continue
		}
		w.Where = cmp.Or(r.name, w.Where)
		all = append(all, w)
	}
	return all
}

// lastStop is the time at which the last trial stops, 0 if none does.
func lastStop(rec *recording.Recording) float64 {
	last := 0.0
	for _, t := range rec.Trials {
		if t.Stop > last && !math.IsInf(t.Stop, 0) {
			last = t.Stop
		}
	}
	return last
}

// apart is the factor by which spikes outlast trials, or trials spikes, if the two
// are unlikely to be in one unit.
const apart = 100

// likelyTrials says that trials go on for much longer than spikes.
func likelyTrials(rec *recording.Recording) []neuro.Warning {
	n := len(rec.Spikes.Times)
	if n < 2 || !(lastStop(rec) > apart*rec.Spikes.Times[n-1]) || rec.Spikes.Times[n-1] <= 0 {
		return nil
	}
	return []neuro.Warning{{
		Kind: neuro.UnlikelyUnit, Where: "trials", Try: `nwb.TimeUnit("trials", 0.001) if they are milliseconds, or 1`,
		Message: fmt.Sprintf("trials go on until %.10g, spikes until %.10g: the times of trials are likely to be milliseconds or samples", lastStop(rec), rec.Spikes.Times[n-1]),
	}}
}

// likelyUnit says in which unit spike times are likely to be if they cannot be
// seconds: a session of two days or more, or of a hundred times what its trials
// take, times since 1970, or whole numbers.
func likelyUnit(rec *recording.Recording) (w neuro.Warning) {
	times := rec.Spikes.Times
	if len(times) < 2 {
		return w
	}
	first, last := times[0], times[len(times)-1]
	whole := len(times) >= 100
	for _, t := range times {
		if whole = whole && t == math.Trunc(t); !whole {
			break
		}
	}
	stop := lastStop(rec)
	unit, option := unitOf(first, last, whole, stop)
	if unit == "" {
		return w
	}
	w.Kind, w.Where = neuro.UnlikelyUnit, "/units/spike_times"
	w.Message = fmt.Sprintf("spike times go from %.10g to %.10g, which as seconds would be %.3g hours", first, last, (last-first)/3600)
	if whole {
		w.Message += ", and all are whole numbers"
	}
	if stop > 0 && last > apart*stop {
		w.Message += fmt.Sprintf(", and trials end at %.6g", stop)
	}
	w.Message += ": they are likely to be " + unit
	w.Try = option + `; if they are seconds, nwb.TimeUnit("units", 1)`
	return w
}

// unitOf says which unit is likely, "" if seconds are, and what to do.
func unitOf(first, last float64, whole bool, stop float64) (unit, option string) {
	const day = 86400
	span := last - first
	long := span > 2*day
	beyond := stop > 0 && last > apart*stop
	switch {
	case first > 3e8 && last < 5e9:
		return "seconds since 1970", fmt.Sprintf("nwb.TimeOrigin(%.0f) counts from the first of them", math.Floor(first))
	case first > 3e11 && last < 5e12:
		return "milliseconds since 1970", fmt.Sprintf("nwb.TimeUnit(\"units\", 0.001) and nwb.TimeOrigin(%.0f)", math.Floor(first/1000))
	case long && whole && span > 20e6, long && span/1000 > 2*day, beyond && last > 5000*stop:
		return "samples, such as of 30 kHz", `nwb.TimeUnit("units", 1.0/30000)`
	case long, beyond:
		return "milliseconds", `nwb.TimeUnit("units", 0.001)`
	case whole:
		return "samples or milliseconds", `nwb.TimeUnit("units", 0.001) for milliseconds`
	}
	return "", ""
}
