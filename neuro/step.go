package neuro

import "fmt"

// TimeConstant is a time constant by its name, in seconds.
type TimeConstant struct {
	Name    string
	Seconds float64
}

// LongestStep is the longest time step, in seconds, that a task may have.
// Nothing that is recorded from neurons is sampled less than four times a
// second; 1 or 0.5 is meant in milliseconds.
const LongestStep = 0.25

// looksLikeMilliseconds is the step, in seconds, from which a step that is too
// long is taken for one in milliseconds.
const looksLikeMilliseconds = 0.05

// CheckStep says whether a time step of dt seconds resolves time constants,
// for everything that moves in steps. Steps longer than the fastest of them
// are an error, and those longer than a fifth of it a warning: exponential
// Euler stays stable there, but whatever happens within a time constant is
// lost. A step of exactly a fifth, as the published spiking networks have (1 ms
// at 5 ms), is none.
//
// A time constant of 1 s or more that is also 1000 steps or more is a
// warning, too: it is likely to be one in milliseconds.
//
// where names the package or the network for messages. All numbers must be
// positive; without a time constant there is nothing to resolve.
func CheckStep(where string, dt float64, taus ...TimeConstant) ([]Warning, error) {
	if len(taus) == 0 {
		return nil, nil
	}
	fastest := taus[0]
	var warnings []Warning
	for _, tau := range taus {
		if tau.Seconds < fastest.Seconds {
			fastest = tau
		}
		if tau.Seconds >= 1 && tau.Seconds >= 1000*dt {
			warnings = append(warnings, Warning{
				Kind: UnlikelyUnit, Where: where,
				Message: fmt.Sprintf("%s is %g s, %.4g steps of %g s", tau.Name, tau.Seconds, tau.Seconds/dt, dt),
				Try:     fmt.Sprintf("time constants are in seconds: if %g are milliseconds, write %g", tau.Seconds, tau.Seconds/1000),
			})
		}
	}
	switch {
	case dt > fastest.Seconds && dt >= looksLikeMilliseconds && dt/1000 <= fastest.Seconds:
		return nil, fmt.Errorf("%s: a step of %g s does not resolve %s, %g s: %g looks like milliseconds, write %g", where, dt, fastest.Name, fastest.Seconds, dt, dt/1000)
	case dt > fastest.Seconds:
		return nil, fmt.Errorf("%s: a step of %g s does not resolve %s, %g s: take a step of at most a fifth of it, or a slower time constant (both are in seconds)", where, dt, fastest.Name, fastest.Seconds)
	case dt > fastest.Seconds/5*(1+1e-9):
		warnings = append(warnings, Warning{
			Kind: CoarseStep, Where: where,
			Message: fmt.Sprintf("a step of %g s is more than a fifth of %s, %g s, which it resolves poorly", dt, fastest.Name, fastest.Seconds),
			Try:     fmt.Sprintf("take a step of at most %g s", fastest.Seconds/5),
		})
	}
	return warnings, nil
}
