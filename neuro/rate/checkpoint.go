package rate

import (
	"context"
	"fmt"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/checkpoint"
	"github.com/spikewalk/spikewalk/neuro/internal/persist"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// open finds what was kept of a training. A task counts by what it consists of and
// by the first trial it makes, which changes with its code.
func open(ctx context.Context, method Method, learner Learner, cfg Config, k task.Task) (*checkpoint.Keeper, error) {
	const what = "rate training"
	if !checkpoint.Wanted(ctx) {
		return nil, nil
	}
	if _, ok := learner.(persist.Kept); !ok {
		return checkpoint.Refuse(ctx, what, fmt.Errorf("the learner of the method, a %T, does not say what is to be kept: give it WriteTo and ReadFrom (io.WriterTo, io.ReaderFrom)", learner))
	}
	trial, err := task.NewTrial(k, neuro.Stream(cfg.Seed, forKey))
	if err != nil {
		return nil, err
	}
	trial.Correct = nil // a function, of which a key cannot tell what it does
	return checkpoint.Open(ctx, what, method, cfg, k, trial)
}
