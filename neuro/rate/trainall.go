package rate

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// TrainAll trains a network for each configuration, such as several seeds at each
// value of a parameter, as many at a time as ctx has processors ([neuro.WithCores]).
// The fits are in the order of the configurations, and each is to the bit what
// [Train] makes of its own.
//
// Whoever watches ctx ([neuro.WithWatch]) sees each network that is done, in that
// order, with the median error of its test trials. Warnings stay with the fits:
// networks that fail are part of a comparison. The first error ends all and says
// which configuration it is of; with it come the fits before it.
func TrainAll(ctx context.Context, method Method, k task.Task, cfgs ...Config) ([]*Fit, error) {
	if err := bound.Context("rate", ctx); err != nil {
		return nil, err
	}
	if len(cfgs) == 0 {
		return nil, errors.New("rate: there is no configuration to train a network for: give at least one")
	}
	ctx, cancel := context.WithCancel(ctx)
	results, wait := atOnce(ctx, cfgs, func(ctx context.Context, cfg Config) (*Fit, error) { return Train(ctx, method, cfg, k) })
	defer wait()
	defer cancel()
	var fits []*Fit
	for i, result := range results {
		done := <-result
		if done.err != nil {
			return fits, fmt.Errorf("network %d of %d: %w", i+1, len(cfgs), done.err)
		}
		fits = append(fits, done.fit)
		stop, err := neuro.WatchOf(ctx).Report(neuro.Progress{
			Stage: "networks", Done: i + 1, Total: len(cfgs), Error: stats.Median(done.fit.OutputErrors),
		})
		if stop || err != nil {
			return fits, err
		}
	}
	return fits, nil
}

// trained is what a training has come to.
type trained struct {
	fit *Fit
	err error
}

// atOnce trains by each configuration, several at a time. What comes of it is in a
// channel for each; wait returns when nothing runs any more.
func atOnce(ctx context.Context, cfgs []Config, train func(context.Context, Config) (*Fit, error)) (results []chan trained, wait func()) {
	cores := neuro.Cores(ctx)
	alone := neuro.WithCores(neuro.WithWatch(ctx, nil), max(1, cores/len(cfgs)))
	free := make(chan struct{}, cores)
	var all sync.WaitGroup
	for _, cfg := range cfgs {
		result := make(chan trained, 1)
		results = append(results, result)
		all.Go(func() {
			free <- struct{}{}
			defer func() { <-free }()
			fit, err := train(alone, cfg)
			result <- trained{fit, err}
		})
	}
	return results, all.Wait
}
