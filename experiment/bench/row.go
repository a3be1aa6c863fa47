package bench

import (
	"fmt"
	"slices"

	"github.com/spikewalk/spikewalk/neuro/stats"
)

// Row is one measurement. Numbers that were not measured are nil.
type Row struct {
	Name string `json:"name"`
	// Seconds is the median time of one Unit of Work, SecondsRange the
	// shortest and the longest.
	Seconds      *float64    `json:"seconds"`
	SecondsRange *[2]float64 `json:"seconds_range,omitempty"`
	// Peer names the program compared with, or says why there is none.
	Peer             string      `json:"peer"`
	PeerSeconds      *float64    `json:"peer_seconds"`
	PeerSecondsRange *[2]float64 `json:"peer_seconds_range,omitempty"`
	// Ratio is the median over pairs of the peer's time divided by ours;
	// Ratios holds all of them.
	Ratio  *float64  `json:"ratio"`
	Ratios []float64 `json:"ratios,omitempty"`
	// LimitFraction is the time at the machine's limits divided by ours;
	// Limit says what was counted.
	LimitFraction *float64 `json:"limit_fraction"`
	Limit         string   `json:"limit,omitempty"`

	// Work is what was done, Unit what Seconds are for one of.
	Work string `json:"work"`
	Unit string `json:"unit"`
	// Cores is GOMAXPROCS while we were timed.
	Cores int `json:"cores"`
	// Processors is how much arithmetic two processors did together just before
	// the repetitions, of what one did at best; nil on one core. A repetition
	// waits some seconds for 1.8: two processors of a virtual machine may at
	// times be one core.
	Processors      *float64    `json:"processors,omitempty"`
	ProcessorsRange *[2]float64 `json:"processors_range,omitempty"`
	// Thresholds are the aims, met or not.
	Thresholds []threshold `json:"bars,omitempty"`
	// Growth is how time and memory grow, of rows that measure that.
	Growth *scaling `json:"growth,omitempty"`
	// Note is what else should be known, in sentences.
	Note string `json:"note,omitempty"`
	// Error says why the row could not be measured.
	Error string `json:"error,omitempty"`
}

// threshold is an aim: a quantity that should be at least, or at most, Limit.
type threshold struct {
	// What is one of "ratio", "seconds", "memory" and "limit", the fraction of it.
	What string `json:"what"`
	// AtLeast tells the direction: at least Limit, or at most.
	AtLeast bool    `json:"at_least"`
	Limit   float64 `json:"limit"`
	// Pass is nil where the threshold could not be judged.
	Pass *bool `json:"pass"`
}

func atLeast(what string, limit float64) threshold {
	return threshold{What: what, AtLeast: true, Limit: limit}
}
func atMost(what string, limit float64) threshold { return threshold{What: what, Limit: limit} }

// judge sets Pass; a nil value leaves the threshold open.
func (t *threshold) judge(value *float64) {
	switch {
	case value == nil:
	case t.AtLeast:
		t.Pass = ptr(*value >= t.Limit)
	default:
		t.Pass = ptr(*value <= t.Limit)
	}
}

func (t threshold) String() string {
	sign := "≤"
	if t.AtLeast {
		sign = "≥"
	}
	switch t.What {
	case "ratio":
		return fmt.Sprintf("%s %gx", sign, t.Limit)
	case "limit":
		return fmt.Sprintf("%s %g of the limit", sign, t.Limit)
	case "memory":
		return fmt.Sprintf("memory %s %gx matrices", sign, t.Limit)
	}
	return fmt.Sprintf("%s %g s", sign, t.Limit)
}

// fill takes over the times of a paired measurement. The peer's may be missing.
func (r *Row) fill(s samples) {
	r.Seconds, r.SecondsRange = summary(s.ours)
	r.PeerSeconds, r.PeerSecondsRange = summary(s.peers)
	for i, theirs := range s.peers {
		r.Ratios = append(r.Ratios, theirs/s.ours[i])
	}
	r.Ratio, _ = summary(r.Ratios)
	r.Processors, r.ProcessorsRange = summary(s.processors.worth())
	if r.Processors != nil {
		r.remark("Just before the repetitions both processors did %.2f times the arithmetic of one [%.2f, %.2f]; they waited %.1f s for that",
			*r.Processors, r.ProcessorsRange[0], r.ProcessorsRange[1], s.processors.waited.Seconds())
	}
}

// limit sets the fraction of the limit from the time of a unit at one core's
// limit, nil where that is unknown; two cores could do it in half the time.
func (r *Row) limit(seconds *float64, counted string) {
	r.Limit = counted
	if seconds == nil || r.Seconds == nil {
		return
	}
	r.LimitFraction = ptr(*seconds / float64(max(1, r.Cores)) / *r.Seconds)
	if r.Ratio != nil {
		r.remark("At the limit the ratio would be %.0fx", *r.Ratio / *r.LimitFraction)
	}
}

// judge judges the thresholds.
func (r *Row) judge() {
	for i := range r.Thresholds {
		switch t := &r.Thresholds[i]; t.What {
		case "ratio":
			t.judge(r.Ratio)
		case "seconds":
			t.judge(r.Seconds)
		case "limit":
			t.judge(r.LimitFraction)
		case "memory":
			t.judge(r.Growth.memoryRatio())
		}
	}
}

// remark adds a sentence to the note.
func (r *Row) remark(format string, args ...any) {
	if r.Note != "" {
		r.Note += " "
	}
	r.Note += fmt.Sprintf(format, args...) + "."
}

// summary returns the median and the extremes, nil of nothing.
func summary(values []float64) (*float64, *[2]float64) {
	if len(values) == 0 {
		return nil, nil
	}
	return ptr(stats.Median(values)), &[2]float64{slices.Min(values), slices.Max(values)}
}

func ptr[T any](v T) *T { return &v }
