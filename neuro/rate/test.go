package rate

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/run"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// TestConfig says how a network is tested.
type TestConfig struct {
	// Trials is their number; the first Recorded of them are kept in full (T × N_r
	// numbers each).
	Trials, Recorded int
	// Driven feeds the targets back in place of the output: what the teacher of
	// full-FORCE does ([New]). The network needs Feedback weights. Outputs and
	// errors describe its readout, which drives nothing.
	Driven bool
	// Seed of the trials and of the units' noise.
	Seed uint64
}

func (c TestConfig) validate(n *Network) error {
	if c.Driven && n.Feedback == nil {
		return errNoFeedback
	}
	return bound.Check("rate", bound.AtLeast("Trials", c.Trials, 0), bound.AtLeast("Recorded", c.Recorded, 0))
}

var errNoFeedback = errors.New("rate: the network has no Feedback weights that the targets could drive it through")

// Test runs the network on its own through trials of a task and scores its
// output. The recording holds the error of each trial, whether questions were
// answered, and Activity and Outputs of the trials that were kept. Whoever
// watches ctx ([neuro.WithWatch]) sees each trial. A non-finite output ends the
// run with a *[neuro.DivergenceError]; it, a cancelled ctx and an error of the
// watch leave the complete trials in the recording.
//
// The recording's Warnings say what is no better than nothing, unless the test
// ended early: an output with an error of 1 or more in most trials, answers at
// chance ([neuro.WarningKind]), and a task whose answer a network without biases
// cannot give.
func (n *Network) Test(ctx context.Context, k task.Task, cfg TestConfig) (*recording.Recording, error) {
	if err := bound.Context("rate", ctx); err != nil {
		return nil, err
	}
	if err := task.Validate(k); err != nil {
		return nil, err
	}
	if err := n.Validate(k.Shape()); err != nil {
		return nil, err
	}
	if err := cfg.validate(n); err != nil {
		return nil, err
	}
	return n.test(ctx, k, cfg, run.Watched(ctx, cfg.Trials), nil)
}

// test is Test as the last stage of all, of which there were warnings before.
func (n *Network) test(ctx context.Context, k task.Task, cfg TestConfig, all *run.Progress, before []neuro.Warning) (*recording.Recording, error) {
	shape := k.Shape()
	r := run.NewRecorder(nil, recording.Recording{
		Dt: shape.Dt, Units: n.Units(),
		Provenance: recording.Provenance{Program: "spikewalk", Numerics: neuro.NumericsVersion, Seed: cfg.Seed, Task: shape.Name},
	}, cfg.Recorded, recording.Keep{}, nil)
	warnings := before
	all.Doubts = func() ([]neuro.Warning, error) {
		if !cfg.Driven {
			warnings = append(slices.Clip(before), n.doubts(k, &r.Verdict)...)
		}
		return warnings, nil
	}
	net := running{n.Runner(nil)}
	net.hold, _ = n.hold(shape)
	err := all.Stage("test", cfg.Trials, func(i int) (run.Report, error) {
		trial, err := task.NewTrial(k, neuro.Stream(cfg.Seed, forTests, i))
		if err != nil {
			return run.Silent, fmt.Errorf("test trial %d: %w", i, err)
		}
		if n.Restart {
			net.state.set(n.Initial)
		}
		net.SetNoise(neuro.Stream(cfg.Seed, forRunningNoise, i))
		err = run.Through(ctx, net, onItsOwn(trial, i, shape.Dt, cfg.Driven), r)
		return run.Show(r.OutputError, shape.Dt, trial.Targets, r.Outputs), err
	})
	rec := r.Recording()
	rec.Warnings = warnings
	return rec, err
}

// onItsOwn is a trial of a network that learns nothing; its number is -1 where
// it has none.
func onItsOwn(trial task.Trial, number int, dt float64, driven bool) *run.Trial {
	return &run.Trial{
		Trial: trial, Driven: driven, Number: number, Where: "rate network on its own", Dt: dt,
		Cause: "its weights amplify without bound", Advice: "check their orientation and scale and the activation",
	}
}

// running is a Runner that is taken through trials.
type running struct{ *Runner }

func (running) Begin(context.Context, *run.Trial) {}

// Step takes the step before, whose activity has been seen by now, and shows
// this one.
func (r running) Step(trial *run.Trial, t int) (run.Step, error) {
	if t > 0 {
		r.Advance()
	}
	var step run.Step
	if trial.Driven {
		step.Activity, step.Outputs = r.step(trial.Inputs, trial.Targets, t)
	} else {
		step.Activity, step.Outputs = r.step(trial.Inputs, nil, t)
	}
	if last := trial.Steps() - 1; t == last {
		// An activation that is bounded hides a state that is not.
		if i := neuro.NotFinite(r.state.x); i >= 0 {
			return step, trial.Diverged(t, fmt.Sprintf("the state of unit %d", i), r.state.x[i])
		}
	}
	return step, nil
}

// End takes the last step.
func (r running) End() { r.Advance() }
