package bench

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// fullForce measures trials of full-FORCE on the swept oscillation, on a number
// of cores, against the same algorithm in NumPy, which uses one.
func fullForce(set setting, name string, onCores int) measurement {
	return one(Row{
		Name: name, Unit: "training trial", Cores: onCores, Thresholds: []threshold{atLeast("ratio", 10)},
		Work: fmt.Sprintf("full-FORCE, swept oscillation, N_r = %d, 2000 steps, an update at half of them; the preset has 200 such trials", set.Units),
	}, func(ctx context.Context, s *session, row *Row) error { return s.fullForce(ctx, row) })
}

// fullForce fills a row on full-FORCE.
func (s *session) fullForce(ctx context.Context, row *Row) error {
	set := s.setting
	cfg, k := rate.DePasquale2018(), task.SweptOscillation()
	cfg.Units = set.Units
	cfg.WarmUpTrials, cfg.TrainingTrials, cfg.TestTrials, cfg.RecordedTrials = 1, 2+set.RateTrials*set.Repetitions, 0, 0
	next, stop := stepwise(
		func(watch neuro.Watch) error {
			_, err := rate.Train(neuro.WithWatch(ctx, watch), rate.FullForce{}, cfg, k)
			return err
		},
		func(p neuro.Progress) bool { return p.Stage == "train" },
	)
	defer stop()
	if err := next(1); err != nil { // warm-up
		return err
	}
	trial, err := firstTrial(k)
	if err != nil {
		return err
	}
	params := trialParams(trial)
	maps.Copy(params, map[string]any{
		"units": cfg.Units, "gain": cfg.Gain, "tau": cfg.Tau, "alpha": cfg.RLS.Alpha, "dt": k.Dt, "steps": trial.Steps(),
	})
	p := s.startPeer(ctx, "fullforce", params, "numpy")
	defer p.close()
	p.scale = float64(trial.Steps())
	profile := ""
	if row.Cores == 1 {
		profile = "full-force"
	}
	err = s.compare(ctx, row, profile, timed(float64(set.RateTrials), func() error { return next(set.RateTrials) }), p)
	// Each step needs both recurrent matrices, the fixed one in float32, and each
	// update half of P, which is symmetric.
	n := float64(set.Units)
	bytes := n * n * float64(trial.Steps()) * (8 + 4 + 8*cfg.UpdateProbability/2)
	row.limit(s.limits.time(bytes, s.limits.Cache, 0), "in each step J and, in float32, the fixed recurrent matrix, in each update half of P, read at the speed of a cache that holds them")
	return err
}

// stepwise turns a computation that reports to a watcher into one that is
// taken bit by bit: next lets it go on for a number of reports that count,
// stop ends it. In between the computation stands still.
func stepwise(run func(neuro.Watch) error, counts func(neuro.Progress) bool) (next func(n int) error, stop func()) {
	pull, stop := iter.Pull(func(yield func(error) bool) {
		ended := false
		err := run(func(p neuro.Progress) error {
			if counts(p) && !yield(nil) {
				ended = true
				return neuro.ErrStop
			}
			return nil
		})
		if err != nil && !ended {
			yield(err)
		}
	})
	return func(n int) error {
		for range n {
			err, more := pull()
			if err != nil {
				return err
			}
			if !more {
				return errors.New("bench: the computation ended before the measurement did")
			}
		}
		return nil
	}, stop
}
