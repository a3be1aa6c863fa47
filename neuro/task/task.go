package task

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// Task is something that a network learns: it makes trials. A task of your own
// has two methods, and may have a third, Validate() error, which is called before
// any trial is made (see [Validate]).
//
// The exported fields of a task should hold all that its trials depend on: they
// are marshalled to JSON to tell kept results apart.
type Task interface {
	// Shape says what every trial of the task consists of.
	Shape() Shape
	// Trial makes one trial. All its randomness comes from rng, so that the
	// same stream gives the same trial.
	Trial(rng *rand.Rand) (Trial, error)
}

// NewTrial makes a trial of a task and checks it against the task's Shape.
func NewTrial(k Task, rng *rand.Rand) (Trial, error) {
	if k == nil {
		return Trial{}, errNoTask
	}
	trial, err := k.Trial(rng)
	if err != nil {
		return Trial{}, err
	}
	return trial, trial.Validate(k.Shape())
}

// Shape says what every trial of a task consists of.
type Shape struct {
	// Name of the task, for messages and file names.
	Name string
	// Dt is the time step, in seconds; at most [neuro.LongestStep].
	Dt float64
	// Inputs, Hints, Outputs and Factors are numbers of channels. A task has at
	// least one output. Hints are further targets that help training and are not
	// tested; factors come with tasks of a recorded population ([Cycling]).
	Inputs, Hints, Outputs, Factors int
}

// Trial is one presentation: what a network is shown and what it is asked for.
// All matrices have the same number T of rows, one for each step; those without
// channels are nil.
type Trial struct {
	Inputs  *mat.Dense // T × Inputs
	Hints   *mat.Dense // T × Hints
	Targets *mat.Dense // T × Outputs: what the readouts should do
	Factors *mat.Dense // T × Factors
	// Score is the window in which the output is judged; the zero Window is the
	// whole trial.
	Score Window
	// Condition numbers the task's variants (reach directions), from 0.
	Condition int
	// Part is the task that is shown where there are several ([Mix]), from 0.
	Part int
	// Correct tells whether outputs (T × Outputs, of the whole trial) answer it
	// rightly; nil if the trial asks for no decision.
	Correct func(outputs *mat.Dense) bool
}

// Window is the steps From <= t < To.
type Window struct{ From, To int }

// Steps returns T.
func (t Trial) Steps() int {
	if t.Targets == nil {
		return 0
	}
	r, _ := t.Targets.Dims()
	return r
}

// Scored returns the scoring window with the zero Window spelled out.
func (t Trial) Scored() Window {
	if t.Score == (Window{}) {
		return Window{0, t.Steps()}
	}
	return t.Score
}

// mostChannels bounds the channels of each matrix of a trial.
const mostChannels = 100_000

// Validate checks a task's declaration.
func (s Shape) Validate() error {
	name := s.Name
	if name == "" {
		name = "unnamed task"
	}
	switch {
	case !(s.Dt > 0) || math.IsInf(s.Dt, 0):
		return fmt.Errorf("%s: Dt is %g s: the time step must be positive (1 ms is usual)", name, s.Dt)
	case s.Dt > neuro.LongestStep:
		return fmt.Errorf("%s: Dt is %g s, longer than any step that is sampled from neurons (%g s): %g looks like milliseconds, write %g", name, s.Dt, neuro.LongestStep, s.Dt, s.Dt/1000)
	case s.Outputs < 1:
		return fmt.Errorf("%s: %d outputs: a task asks for at least one", name, s.Outputs)
	case s.Inputs < 0 || s.Hints < 0 || s.Factors < 0:
		return fmt.Errorf("%s: negative number of channels (inputs %d, hints %d, factors %d)", name, s.Inputs, s.Hints, s.Factors)
	case max(s.Inputs, s.Hints, s.Outputs, s.Factors) > mostChannels:
		return fmt.Errorf("%s: %d inputs, %d hints, %d outputs, %d factors: at most %d channels of each", name, s.Inputs, s.Hints, s.Outputs, s.Factors, mostChannels)
	}
	return nil
}

// Validate checks that the trial is of the given shape and that every number in
// it is finite; the error names the matrix, the step and the channel.
func (t Trial) Validate(s Shape) error {
	if t.Targets == nil {
		return fmt.Errorf("%s: the trial has no targets", s.Name)
	}
	parts := []struct {
		name     string
		m        *mat.Dense
		channels int
	}{
		{"inputs", t.Inputs, s.Inputs}, {"hints", t.Hints, s.Hints},
		{"targets", t.Targets, s.Outputs}, {"factors", t.Factors, s.Factors},
	}
	for _, p := range parts {
		if err := checkPart(s.Name, p.name, p.m, t.Steps(), p.channels); err != nil {
			return err
		}
	}
	if w := t.Scored(); w.From < 0 || w.From >= w.To || w.To > t.Steps() {
		return fmt.Errorf("%s: scoring window %d-%d lies outside the trial's %d steps", s.Name, w.From, w.To, t.Steps())
	}
	return nil
}

// largest is the largest value of a trial: its square, summed over all steps,
// is still a number.
const largest = 1e100

func checkPart(task, name string, m *mat.Dense, steps, channels int) error {
	if m == nil || m.IsEmpty() {
		if channels == 0 {
			return nil
		}
		return fmt.Errorf("%s: the trial has no %s, the task declares %d channels", task, name, channels)
	}
	r, c := m.Dims()
	if r != steps || c != channels {
		hint := ""
		if c == steps {
			hint = ": rows are time steps, so transpose what is channels x time"
		}
		return fmt.Errorf("%s: %s are %d x %d, want %d steps x %d channels%s", task, name, r, c, steps, channels, hint)
	}
	for i := range r {
		for j, v := range m.RawRowView(i) {
			// Neither NaN nor too large for the squares of errors.
			if !(math.Abs(v) <= largest) {
				return fmt.Errorf("%s: %s hold %g at step %d, channel %d: every value must be finite, and below %g", task, name, v, i, j, float64(largest))
			}
		}
	}
	return nil
}
