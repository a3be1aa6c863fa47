package task

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// ReadySetGo asks a network to measure a time and to produce it again. Two pulses,
// "ready" and "set", come on two inputs. The output, at -0.5 otherwise, makes a
// bump with its peak at +1, which starts as long after "set" as "set" came after
// "ready" (DePasquale et al. 2018, Fig. 5). The events of a trial are
//
//	half a pause, ready, delay, set, delay, bump, half a pause
//
// A ramp can serve as a hint in training: it rises from the end of "ready" to the
// middle of "set", by one a second, and falls back to zero until the bump starts,
// so that some direction of the activity carries the time elapsed. The whole trial
// is scored.
type ReadySetGo struct {
	// Pulse is the length of either pulse in seconds. Default 0.05 s.
	Pulse float64
	// MinDelay and MaxDelay bound the delay in seconds, drawn evenly
	// between them. It is counted from the end of a pulse. Default 0.1 s and 2.1 s.
	MinDelay, MaxDelay float64
	// Bump is the length of the response in seconds: a beta(4, 4) density
	// with its peak in the middle. Default 0.5 s.
	Bump float64
	// Pause between trials. Default 0.4 s + Exp(2 s).
	Pause Pause
	// Hint gives the ramp. Default false.
	Hint bool
	// Dt is the time step in seconds. Default 1 ms.
	Dt float64
}

const (
	readySetGoRest = -0.5
	readySetGoPeak = 1
)

// NewReadySetGo returns the task of DePasquale et al. 2018, without the hint.
func NewReadySetGo() ReadySetGo {
	return ReadySetGo{Pulse: 0.05, MinDelay: 0.1, MaxDelay: 2.1, Bump: 0.5, Pause: Pause{0.4, 2}, Dt: 0.001}
}

// Shape is two inputs, one output and, with Hint, one hint.
func (r ReadySetGo) Shape() Shape {
	s := Shape{Name: "ready-set-go", Dt: r.Dt, Inputs: 2, Outputs: 1}
	if r.Hint {
		s.Name, s.Hints = "ready-set-go with hint", 1
	}
	return s
}

// Rest is the output between trials.
func (r ReadySetGo) Rest() []float64 { return []float64{readySetGoRest} }

// Validate says which field makes no sense.
func (r ReadySetGo) Validate() error {
	f := check(r.Shape())
	f.duration("Pulse", r.Pulse)
	f.duration("MinDelay", r.MinDelay)
	f.duration("MaxDelay", r.MaxDelay)
	f.duration("Bump", r.Bump)
	r.Pause.check(f)
	if r.MinDelay > r.MaxDelay {
		f.fail("MinDelay is %g s: it must be at most MaxDelay, %g s", r.MinDelay, r.MaxDelay)
	}
	return f.done()
}

// Trial draws the pause and the delay from rng.
func (r ReadySetGo) Trial(rng *rand.Rand) (Trial, error) {
	if err := random(r.Shape().Name, r.Validate(), rng); err != nil {
		return Trial{}, err
	}
	half := r.Pause.half(r.Dt, rng)
	pulse, bump := steps(r.Pulse, r.Dt), steps(r.Bump, r.Dt)
	delay := steps(uniform(rng, r.MinDelay, r.MaxDelay), r.Dt)
	set := half + pulse + delay
	respond := set + pulse + delay
	length := respond + bump + half

	inputs, targets := mat.NewDense(length, 2, nil), mat.NewDense(length, 1, nil)
	fill(inputs, 0, half, half+pulse, 1)
	fill(inputs, 1, set, set+pulse, 1)
	fill(targets, 0, 0, length, readySetGoRest)
	addBump(targets, 0, respond, respond+bump, readySetGoPeak-readySetGoRest)
	trial := Trial{Inputs: inputs, Targets: targets}
	if r.Hint {
		trial.Hints = r.ramp(length, half+pulse, respond)
	}
	return trial, nil
}

// ramp rises from step from, peaks midway and is back at zero in step to; its peak is the
// delay in seconds.
func (r ReadySetGo) ramp(length, from, to int) *mat.Dense {
	hint := mat.NewDense(length, 1, nil)
	pulse := steps(r.Pulse, r.Dt)
	height := float64(to-from-pulse) / 2 * r.Dt
	for t := from; t < to; t++ {
		x := 2 * float64(t-from) / float64(to-from)
		hint.Set(t, 0, height*min(x, 2-x))
	}
	return hint
}

// Produced returns the delay that a trial asked for and the one that the outputs
// (T × 1) produced, in seconds: from the end of "set" to the peak of the output
// after it, less half the bump. ok is false if the output never rises to half the
// height of the bump, since nothing was produced then, and for a trial of another
// task.
func (r ReadySetGo) Produced(trial Trial, outputs *mat.Dense) (wanted, produced float64, ok bool) {
	inputs := Shape{Name: "ready-set-go", Outputs: 1, Inputs: 2}
	if (Trial{Inputs: trial.Inputs, Targets: outputs}).Validate(inputs) != nil {
		return 0, 0, false
	}
	steps := outputs.RawMatrix().Rows
	ready, set := lastAbove(trial.Inputs, 0), lastAbove(trial.Inputs, 1)
	if ready < 0 || set <= ready || set+1 >= steps {
		return 0, 0, false
	}
	wanted = float64(set-ready)*r.Dt - r.Pulse
	peak := set + 1
	for t := peak; t < steps; t++ {
		if outputs.At(t, 0) > outputs.At(peak, 0) {
			peak = t
		}
	}
	const halfway = (readySetGoRest + readySetGoPeak) / 2.0
	if !(outputs.At(peak, 0) >= halfway) {
		return wanted, 0, false
	}
	// A step's value holds for the whole step: its middle is the peak's time.
	return wanted, (float64(peak-set)-0.5)*r.Dt - r.Bump/2, true
}

// lastAbove is the last step in which a channel is above zero.
func lastAbove(m *mat.Dense, channel int) int {
	rows, _ := m.Dims()
	for t := rows - 1; t >= 0; t-- {
		if m.At(t, channel) > 0 {
			return t
		}
	}
	return -1
}
