package rate

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/companion"
	"github.com/spikewalk/spikewalk/neuro/rls"
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

// TrainFullForce trains the recurrent weights and the readout of a network by
// full-FORCE (DePasquale et al. 2018, eqs. 1-7). The target-generating
// network
//
//	d(t) = J̃ φ(x_D) + u_out f_out(t) + u_hint f_hint(t)
//
// says what the recurrent current of the network should be; J φ(x) ≈ d and
// W φ(x) ≈ f_out are learned with one shared P. Warm-up trials give the
// network d itself.
//
// Changes of J wait for those of P ([rls.Readouts]). A second core, if
// there is one and [neuro.WithCores] does not say otherwise, does part of J φ(x)
// and the target-generating network, and is kept busy all the time.
//
// Cost: about 3 N_r² multiply-adds a step; 300 units take 15 ms per simulated
// second on one core. An error names what is wrong with cfg or the task's
// trials, a step that is longer than Tau among it; divergence gives a
// *[neuro.DivergenceError] and the fit so far. What is doubtful about the
// result is in the Fit's Warnings: see [Network.Test], whose trials say so.
func TrainFullForce(ctx context.Context, cfg Config, k task.Task, watch neuro.Watch) (*Fit, error) {
	return train(ctx, cfg, k, watch, newFullForce)
}

// TrainForce trains only the readout of a network whose output is fed back
// through fixed random weights (Sussillo & Abbott 2009). Warm-up trials feed
// back the target. Hints are not used. For cost and errors see
// [TrainFullForce].
func TrainForce(ctx context.Context, cfg Config, k task.Task, watch neuro.Watch) (*Fit, error) {
	return train(ctx, cfg, k, watch, newForce)
}

// trainer is one method's way through a time step.
type trainer interface {
	// begin prepares for the steps of a trial.
	begin(ctx context.Context, trial task.Trial)
	// step takes one step and returns the output before it was taken.
	step(trial task.Trial, t int, mode mode) (output []float64, err error)
	// trained returns the network as it stands.
	trained() *Network
}

// mode says what happens in a step of training.
type mode struct{ driven, learn bool }

type newTrainer func(Config, task.Shape, func(neuro.Purpose) *rand.Rand, *rls.RLS) (trainer, error)

func train(ctx context.Context, cfg Config, k task.Task, watch neuro.Watch, method newTrainer) (*Fit, error) {
	if err := cmp.Or(bound.Context("rate", ctx), cfg.Validate(), task.Validate(k)); err != nil {
		return nil, err
	}
	shape := k.Shape()
	coarse, err := cfg.checkStep(shape.Dt)
	if err != nil {
		return nil, err
	}
	p, err := rls.New(cfg.regressors(), cfg.RLS)
	if err != nil {
		return nil, err
	}
	stream := func(purpose neuro.Purpose) *rand.Rand { return neuro.Stream(cfg.Seed, purpose) }
	tr, err := method(cfg, shape, stream, p)
	if err != nil {
		return nil, err
	}
	fit, run := &Fit{}, schedule{cfg: cfg, task: k, trainer: tr, watch: watch, warnings: coarse}
	if odd := (&Network{Activation: cfg.Activation}).odd(); cfg.TestTrials == 0 && odd && cfg.BiasScale == 0 {
		// Without a test nothing else will tell.
		run.warnings = append(coarse, evenAnswer(k)...)
	}
	if err = run.stage(ctx, "warm-up", 0, cfg.WarmUpTrials, nil); err == nil {
		err = run.stage(ctx, "train", cfg.WarmUpTrials, cfg.TrainingTrials, &fit.TrainingErrors)
	}
	fit.Network = tr.trained()
	if err != nil {
		return fit, err
	}
	rec, err := fit.Network.Test(ctx, k, cfg.TestTrials, cfg.RecordedTrials, cfg.Seed,
		shifted(watch, cfg.WarmUpTrials+cfg.TrainingTrials, run.total(), run.warnings))
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
	trainer trainer
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
	trial, err := task.NewTrial(s.task, neuro.Stream(s.cfg.Seed, "training trials", i))
	if err != nil {
		return nil, 0, fmt.Errorf("training trial %d: %w", i, err)
	}
	updates := neuro.Stream(s.cfg.Seed, "updates", i)
	out := mat.NewDense(trial.Steps(), shape.Outputs, nil)
	ctx, end := s.crew.Trial(ctx)
	defer end()
	s.trainer.begin(ctx, trial)
	for t := range trial.Steps() {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		learn := !warm && updates.Float64() < s.cfg.UpdateProbability
		z, err := s.trainer.step(trial, t, mode{driven: warm, learn: learn})
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
