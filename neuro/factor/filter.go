package factor

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// Filter returns activity (T × N), sampled every dt seconds, filtered by a synapse
// of time constant tau seconds that starts at zero:
//
//	y(t) = e^{-dt/τ} y(t-dt) + (1 - e^{-dt/τ}) x(t).
//
// This is the spiking network's s ← e^{-dt/τ} s + S, scaled so that constant
// activity stays as it is. dt may not exceed tau ([neuro.CheckStep]), nor may a
// tau of a second or more exceed the activity's length: it would be in
// milliseconds.
func Filter(activity mat.Matrix, dt, tau float64) (*mat.Dense, error) {
	if err := check(activity); err != nil {
		return nil, err
	}
	if !(dt > 0) || !(tau > 0) || math.IsInf(dt, 1) || math.IsInf(tau, 1) {
		return nil, fmt.Errorf("factor: a time step of %g s and a time constant of %g s: both must be positive", dt, tau)
	}
	if _, err := neuro.CheckStep("factor", dt, neuro.TimeConstant{Name: "the filter's time constant", Seconds: tau}); err != nil {
		return nil, err
	}
	if steps, _ := activity.Dims(); tau >= 1 && tau > float64(steps)*dt {
		return nil, fmt.Errorf("factor: a filter's time constant of %g s for activity of %g s: both are in seconds; if %g are milliseconds, write %g", tau, float64(steps)*dt, tau, tau/1000)
	}
	if dt > neuro.LongestStep {
		return nil, fmt.Errorf("factor: activity in steps of %g s: nothing is sampled from neurons that rarely (%g s at most); if %g are milliseconds, write %g", dt, neuro.LongestStep, dt, dt/1000)
	}
	decay := math.Exp(-dt / tau)
	y := mat.DenseCopyOf(activity)
	steps, n := y.Dims()
	state := make([]float64, n)
	for t := range steps {
		row := y.RawRowView(t)
		for j, x := range row {
			state[j] = decay*state[j] + (1-decay)*x
		}
		copy(row, state)
	}
	return y, nil
}
