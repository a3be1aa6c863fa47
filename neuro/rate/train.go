package rate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/persist"
	"github.com/spikewalk/spikewalk/neuro/internal/run"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Fit is a trained network and what it does on its own.
type Fit struct {
	// Network is trained and starts from the state it had after training.
	Network *Network
	// TrainingErrors is the nMSE of the output in each training trial.
	TrainingErrors []float64
	// Condition is the condition number of P after training ([rls.RLS.Condition]); 0 if
	// the method keeps none, or it is not known.
	Condition float64
	// Recording holds the test trials. Its Warnings include those of the training.
	recording.Recording
}

// Train trains a network for a task by a method: WarmUpTrials in which the
// targets drive it, TrainingTrials in which it learns in each step with
// UpdateProbability, then a test of the network on its own ([Network.Test]).
// Whoever watches ctx ([neuro.WithWatch]) sees each trial.
//
// An error names what is wrong with cfg or the task's trials, such as a step
// longer than Tau. Divergence gives a *[neuro.DivergenceError] and the fit so far;
// a cancelled ctx leaves the fit so far, too. The Fit's Warnings say what is
// doubtful about the result (see [Network.Test]).
//
// Under [neuro.WithCheckpoints] a training goes on where it was when the program
// was killed, by a method of your own if its Learner implements io.WriterTo and
// io.ReaderFrom. The test is then run from its beginning.
func Train(ctx context.Context, method Method, cfg Config, k task.Task) (*Fit, error) {
	if err := cmp.Or(bound.Context("rate", ctx), cfg.Validate(), task.Validate(k)); err != nil {
		return nil, err
	}
	if method == nil {
		return nil, errors.New("rate: there is no method to train by: choose rate.FullForce{} or rate.Force{}")
	}
	warnings, err := cfg.checkStep(k.Shape().Dt)
	if err != nil {
		return nil, err
	}
	warnings = append(warnings, cfg.unexplored()...)
	if odd := (&Network{Activation: cfg.Activation}).odd(); cfg.TestTrials == 0 && odd && cfg.BiasScale == 0 {
		// Without a test nothing else will tell.
		warnings = append(warnings, evenAnswer(k)...)
	}
	learner, err := method.Start(cfg, k.Shape())
	if err != nil {
		return nil, err
	}
	keep, err := open(ctx, method, learner, cfg, k)
	if err != nil {
		return nil, err
	}
	all := run.Watched(ctx, cfg.WarmUpTrials+cfg.TrainingTrials+cfg.TestTrials)
	all.Keep(keep, cfg.WarmUpTrials+cfg.TrainingTrials)
	fit, net := &Fit{}, &training{cfg: cfg, learner: learner}
	condition := sync.OnceFunc(func() { // after the training
		if c, knows := learner.(Conditioned); knows {
			fit.Condition = c.Condition()
			warnings = append(slices.Clip(warnings), cfg.RLS.CheckCondition("rate training", fit.Condition)...)
		}
	})
	all.Doubts = func() ([]neuro.Warning, error) {
		condition()
		return warnings, nil
	}
	err = net.learn(ctx, k, all, fit)
	fit.Network = learner.Network()
	if err != nil {
		return fit, err
	}
	condition()
	rec, err := fit.Network.test(ctx, k, TestConfig{Trials: cfg.TestTrials, Recorded: cfg.RecordedTrials, Seed: cfg.Seed}, all, warnings)
	fit.Recording = *rec
	return fit, err
}

// training is a Learner that is taken through trials.
type training struct {
	cfg     Config
	learner Learner
	updates *rand.Rand
}

// learn runs the stages in which the network learns, and is prepared to.
func (n *training) learn(ctx context.Context, k task.Task, all *run.Progress, fit *Fit) error {
	trial := func(i int, driven bool) (run.Report, error) {
		drawn, err := task.NewTrial(k, neuro.Stream(n.cfg.Seed, forTraining, i))
		if err != nil {
			return run.Silent, fmt.Errorf("training trial %d: %w", i, err)
		}
		var done run.Outcome
		err = all.Through(ctx, n, &run.Trial{
			Trial: drawn, Driven: driven, Number: i, Dt: k.Shape().Dt, Where: "rate training",
			Cause: "corrections of the weights outrun the network", Advice: "try a larger Alpha or a smaller Gain",
		}, &done)
		return run.Show(done.OutputError, k.Shape().Dt, drawn.Targets, done.Outputs), err
	}
	all.In(func(s *persist.State) {
		s.Vector(&fit.TrainingErrors)
		if kept, ok := n.learner.(persist.Kept); ok { // open has refused others
			s.Part(kept)
		}
	})
	err := all.Stage("warm-up", n.cfg.WarmUpTrials, func(i int) (run.Report, error) {
		report, err := trial(i, true)
		report.Error = math.NaN()
		return report, err
	})
	if err != nil {
		return err
	}
	return all.Stage("train", n.cfg.TrainingTrials, func(i int) (run.Report, error) {
		report, err := trial(n.cfg.WarmUpTrials+i, false)
		if err == nil {
			fit.TrainingErrors = append(fit.TrainingErrors, report.Error)
		}
		return report, err
	})
}

func (n *training) Begin(ctx context.Context, trial *run.Trial) {
	n.updates = neuro.Stream(n.cfg.Seed, forUpdates, trial.Number)
	n.learner.Begin(ctx, trial.Trial)
}

func (*training) End() {}

func (n *training) Step(trial *run.Trial, t int) (run.Step, error) {
	mode := Free
	switch {
	case trial.Driven:
		mode = Driven
	case n.updates.Float64() < n.cfg.UpdateProbability:
		mode = Learning
	}
	z, err := n.learner.Step(t, mode)
	return run.Step{Outputs: z}, err
}
