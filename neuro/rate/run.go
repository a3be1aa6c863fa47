package rate

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Test runs the network on its own through trials of a task and scores its
// output. Trials and the units' noise come from seed; activity is kept for the
// first recorded of them. A non-finite output ends the run with a
// *[neuro.DivergenceError]; it, a cancelled ctx and an error of watch leave the
// complete trials in the recording.
//
// What is no better than nothing is said in the recording's Warnings, unless
// the test ended early: an output with an error of 1 or more in most trials, answers at chance
// ([neuro.WarningKind]), and a task whose answer a network without biases cannot
// give.
func (n *Network) Test(ctx context.Context, k task.Task, trials, recorded int, seed uint64, watch neuro.Watch) (*Recording, error) {
	return n.run(ctx, k, trials, recorded, seed, watch, false)
}

// Drive is [Network.Test] with the targets fed back in place of the output:
// what a target-generating network ([TargetGenerating]) does. Outputs and Errors
// are those of its readout, which is not used.
func (n *Network) Drive(ctx context.Context, k task.Task, trials, recorded int, seed uint64, watch neuro.Watch) (*Recording, error) {
	if n.Feedback == nil {
		return nil, fmt.Errorf("rate: the network has no Feedback weights that the targets could drive it through")
	}
	return n.run(ctx, k, trials, recorded, seed, watch, true)
}

func (n *Network) run(ctx context.Context, k task.Task, trials, recorded int, seed uint64, watch neuro.Watch, driven bool) (*Recording, error) {
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
	if trials < 0 || recorded < 0 {
		return nil, fmt.Errorf("rate: %d trials, %d of them recorded: neither can be negative", trials, recorded)
	}
	run := n.Runner(nil)
	run.hold, _ = n.hold(shape)
	collect := recorder{rec: &Recording{Dt: shape.Dt}}
	for i := range trials {
		trial, err := task.NewTrial(k, neuro.Stream(seed, "test trials", i))
		if err != nil {
			return collect.recording(), fmt.Errorf("test trial %d: %w", i, err)
		}
		if n.Restart {
			run.state.set(n.Initial)
		}
		run.SetNoise(neuro.Stream(seed, "running noise", i))
		outputs, activity, err := run.trial(ctx, trial, i, driven, i < recorded)
		if err != nil {
			return collect.recording(), err
		}
		collect.add(trial, outputs, activity)
		if i == trials-1 && !driven {
			collect.rec.Warnings = n.doubts(k, &collect.verdict)
		}
		stop, err := watch.Report(neuro.Progress{Stage: "test", Done: i + 1, Total: trials, Error: collect.rec.Errors[i],
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
