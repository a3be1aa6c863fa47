package rate

import (
	"context"
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// TestConfig says how a network is tested.
type TestConfig struct {
	// Trials is their number; the activity of the first Recorded of them is kept
	// (T × N_r numbers each).
	Trials, Recorded int
	// Driven feeds the targets back in place of the output: what the teacher of
	// full-FORCE does ([New]). The network needs Feedback weights. Outputs and
	// errors are those of its readout, which is not used.
	Driven bool
	// Seed of the trials and of the units' noise.
	Seed uint64
}

// test is what a training ends with.
func (c Config) test() TestConfig {
	return TestConfig{Trials: c.TestTrials, Recorded: c.RecordedTrials, Seed: c.Seed}
}

func (c TestConfig) validate(n *Network) error {
	if c.Trials < 0 || c.Recorded < 0 {
		return fmt.Errorf("rate: %d trials, %d of them recorded: neither can be negative", c.Trials, c.Recorded)
	}
	if c.Driven && n.Feedback == nil {
		return errNoFeedback
	}
	return nil
}

var errNoFeedback = errors.New("rate: the network has no Feedback weights that the targets could drive it through")

// Test runs the network on its own through trials of a task and scores its
// output. Whoever watches ctx ([neuro.WithWatch]) sees each trial. A non-finite
// output ends the run with a *[neuro.DivergenceError]; it, a cancelled ctx and an
// error of the watch leave the complete trials in the recording.
//
// The recording's Warnings say what is no better than nothing, unless the test
// ended early: an output with an error of 1 or more in most trials, answers at
// chance ([neuro.WarningKind]), and a task whose answer a network without biases
// cannot give.
func (n *Network) Test(ctx context.Context, k task.Task, cfg TestConfig) (*Recording, error) {
	if err := bound.Context("rate", ctx); err != nil {
		return nil, err
	}
	if err := task.Validate(k); err != nil {
		return nil, err
	}
	shape := k.Shape()
	if err := n.Validate(shape); err != nil {
		return nil, err
	}
	if err := cfg.validate(n); err != nil {
		return nil, err
	}
	run := n.Runner(nil)
	run.hold, _ = n.hold(shape)
	collect := recorder{rec: &Recording{Dt: shape.Dt}}
	for i := range cfg.Trials {
		trial, err := task.NewTrial(k, neuro.Stream(cfg.Seed, forTests, i))
		if err != nil {
			return collect.recording(), fmt.Errorf("test trial %d: %w", i, err)
		}
		if n.Restart {
			run.state.set(n.Initial)
		}
		run.SetNoise(neuro.Stream(cfg.Seed, forRunningNoise, i))
		outputs, activity, err := run.trial(ctx, trial, i, cfg.Driven, i < cfg.Recorded)
		if err != nil {
			return collect.recording(), err
		}
		collect.add(trial, outputs, activity)
		if i == cfg.Trials-1 && !cfg.Driven {
			collect.rec.Warnings = n.doubts(k, &collect.verdict)
		}
		stop, err := neuro.WatchOf(ctx).Report(neuro.Progress{Stage: "test", Done: i + 1, Total: cfg.Trials, Error: collect.rec.Errors[i],
			Last: &neuro.Outcome{Dt: shape.Dt, Target: trial.Targets, Output: outputs}, Warnings: collect.rec.Warnings})
		if err != nil {
			return collect.recording(), err
		}
		if stop {
			break
		}
	}
	return collect.recording(), nil
}

// trial runs through one trial and returns the outputs and, if recorded, the
// activity. i is its number, for messages; -1 where it has none.
func (r *Runner) trial(ctx context.Context, trial task.Trial, i int, driven, recorded bool) (outputs, activity *mat.Dense, err error) {
	steps := trial.Steps()
	outputs = mat.NewDense(steps, len(r.z), nil)
	if recorded {
		activity = mat.NewDense(steps, r.net.Units(), nil)
	}
	var fedBack *mat.Dense
	if driven {
		fedBack = trial.Targets
	}
	for t := range steps {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		rates, z := r.step(trial.Inputs, fedBack, t)
		if k := neuro.NotFinite(z); k >= 0 {
			return nil, nil, runaway(i, t, fmt.Sprintf("output %d", k), z[k])
		}
		outputs.SetRow(t, z)
		if recorded {
			activity.SetRow(t, rates)
		}
		r.Advance()
	}
	return outputs, activity, nil
}

// runaway is the divergence of a network that learns nothing.
func runaway(trial, step int, what string, value float64) error {
	return &neuro.DivergenceError{
		Stage: "rate network on its own", Trial: trial, Step: step, What: what, Value: value,
		Advice: "its weights amplify without bound: check their orientation and scale and the activation",
	}
}
