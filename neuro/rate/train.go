package rate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/companion"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Fit is a trained network and what it does on its own.
type Fit struct {
	// Network is trained and starts from the state it had after training.
	Network *Network
	// TrainingErrors is the nMSE of the output in each training trial.
	TrainingErrors []float64
	// Recording holds the test trials.
	Recording
}

// Train trains a network for a task by a method: WarmUpTrials in which the
// targets drive it, TrainingTrials in which it learns in each step with
// UpdateProbability, then a test of the network on its own ([Network.Test]).
// Whoever watches ctx ([neuro.WithWatch]) sees each trial.
//
// An error names what is wrong with cfg or the task's trials, a step that is
// longer than Tau among it; divergence gives a *[neuro.DivergenceError] and the
// fit so far, as a cancelled ctx does. What is doubtful about the result is in
// the Fit's Warnings: see [Network.Test], whose trials say so.
func Train(ctx context.Context, method Method, cfg Config, k task.Task) (*Fit, error) {
	if err := cmp.Or(bound.Context("rate", ctx), cfg.Validate(), task.Validate(k)); err != nil {
		return nil, err
	}
	if method == nil {
		return nil, errors.New("rate: there is no method to train by: choose rate.FullForce{} or rate.Force{}")
	}
	shape := k.Shape()
	coarse, err := cfg.checkStep(shape.Dt)
	if err != nil {
		return nil, err
	}
	learner, err := method.Start(cfg, shape)
	if err != nil {
		return nil, err
	}
	fit, run := &Fit{}, schedule{cfg: cfg, task: k, learner: learner, watch: neuro.WatchOf(ctx), warnings: coarse}
	if odd := (&Network{Activation: cfg.Activation}).odd(); cfg.TestTrials == 0 && odd && cfg.BiasScale == 0 {
		// Without a test nothing else will tell.
		run.warnings = append(coarse, evenAnswer(k)...)
	}
	if err = run.stage(ctx, "warm-up", 0, cfg.WarmUpTrials, nil); err == nil {
		err = run.stage(ctx, "train", cfg.WarmUpTrials, cfg.TrainingTrials, &fit.TrainingErrors)
	}
	fit.Network = learner.Network()
	if err != nil {
		return fit, err
	}
	watch := shifted(run.watch, cfg.WarmUpTrials+cfg.TrainingTrials, run.total(), run.warnings)
	rec, err := fit.Network.Test(neuro.WithWatch(ctx, watch), k, cfg.test())
	if rec != nil {
		fit.Recording = *rec
	}
	fit.Warnings = append(slices.Clip(run.warnings), fit.Warnings...)
	return fit, err
}

// schedule runs the stages of a training.
type schedule struct {
	cfg     Config
	task    task.Task
	learner Learner
	watch   neuro.Watch
	// warnings go with the last report, and those of the test.
	warnings []neuro.Warning
	crew     companion.Crew
}

func (s *schedule) total() int {
	return s.cfg.WarmUpTrials + s.cfg.TrainingTrials + s.cfg.TestTrials
}

// stage runs trials first, first+1, …, and learns where there is a list for
// the errors.
func (s *schedule) stage(ctx context.Context, name string, first, trials int, errors *[]float64) error {
	for i := first; i < first+trials; i++ {
		last, nmse, err := s.trial(ctx, i, errors == nil)
		if err != nil {
			return err
		}
		p := neuro.Progress{Stage: name, Done: i + 1, Total: s.total(), Error: math.NaN(), Last: last}
		if errors != nil {
			*errors = append(*errors, nmse)
			p.Error = nmse
		}
		if p.Done == p.Total {
			p.Warnings = s.warnings
		}
		if stop, err := s.watch.Report(p); stop || err != nil {
			return err
		}
	}
	return nil
}

func (s *schedule) trial(ctx context.Context, i int, warm bool) (last *neuro.Outcome, nmse float64, err error) {
	shape := s.task.Shape()
	trial, err := task.NewTrial(s.task, neuro.Stream(s.cfg.Seed, forTraining, i))
	if err != nil {
		return nil, 0, fmt.Errorf("training trial %d: %w", i, err)
	}
	updates := neuro.Stream(s.cfg.Seed, forUpdates, i)
	out := mat.NewDense(trial.Steps(), shape.Outputs, nil)
	ctx, end := s.crew.Trial(ctx)
	defer end()
	s.learner.Begin(ctx, trial)
	for t := range trial.Steps() {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		mode := Free
		switch {
		case warm:
			mode = Driven
		case updates.Float64() < s.cfg.UpdateProbability:
			mode = Learning
		}
		z, err := s.learner.Step(t, mode)
		if err != nil {
			return nil, 0, fmt.Errorf("training trial %d, step %d: %w", i, t, err)
		}
		if k := neuro.NotFinite(z); k >= 0 {
			return nil, 0, diverged("rate training", i, t, k, z[k])
		}
		out.SetRow(t, z)
	}
	last = &neuro.Outcome{Dt: shape.Dt, Target: trial.Targets, Output: out}
	return last, task.NMSE(out, trial.Targets, trial.Scored()), nil
}

func diverged(stage string, trial, step, channel int, value float64) error {
	return &neuro.DivergenceError{
		Stage: stage, Trial: trial, Step: step, What: fmt.Sprintf("output %d", channel), Value: value,
		Advice: "try a larger Alpha or a smaller Gain",
	}
}

// shifted reports a stage's progress as the last part of the whole, with the
// warnings that the whole has besides.
func shifted(watch neuro.Watch, before, total int, warnings []neuro.Warning) neuro.Watch {
	if watch == nil {
		return nil
	}
	return func(p neuro.Progress) error {
		p.Done, p.Total = p.Done+before, total
		if p.Done == total {
			p.Warnings = append(slices.Clip(warnings), p.Warnings...)
		}
		return watch(p)
	}
}
