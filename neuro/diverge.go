package neuro

import (
	"fmt"
	"math"
)

// DivergenceError reports a computation that left the finite numbers or ran
// away. Whatever was reached before is still in hand: the function that
// returns it also returns its last good state.
type DivergenceError struct {
	// Stage, Trial and Step say where: Trial and Step count from 0; Trial is
	// -1 where there are no trials. Seconds is the time at the end of the step,
	// since the trial or the run began; 0 where it is not known.
	Stage   string
	Trial   int
	Step    int
	Seconds float64
	// What names the quantity and Value is what it had become.
	What  string
	Value float64
	// Cause says what is likely to be behind it, Advice what usually helps.
	Cause  string
	Advice string
}

// NotFinite returns the index of the first NaN or infinity in x, -1 if there
// is none.
func NotFinite(x []float64) int {
	for i, v := range x {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return i
		}
	}
	return -1
}

// Error is one sentence: what diverged, where, why, and what may help.
func (e *DivergenceError) Error() string {
	where := fmt.Sprintf("step %d", e.Step)
	if e.Trial >= 0 {
		where = fmt.Sprintf("trial %d, step %d", e.Trial, e.Step)
		if e.Seconds > 0 {
			where += fmt.Sprintf(" (%.4g s)", e.Seconds)
		}
	}
	msg := fmt.Sprintf("%s diverged at %s: %s became %.4g", e.Stage, where, e.What, e.Value)
	if e.Cause != "" {
		msg += ", as " + e.Cause
	}
	if e.Advice != "" {
		msg += "; " + e.Advice
	}
	return msg
}
