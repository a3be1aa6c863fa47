package bench

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/spiking"
)

// seeded is how many trainings there are in the row on seeds: enough that one
// that is disturbed does not leave the other core with nothing to do for long.
const seeded = 6

// seeds measures trainings with different seeds, two at a time on two cores,
// each kept to one ([neuro.WithCores]), and one after the other on one.
func seeds(set setting) measurement {
	return one(Row{
		Name: "seeds", Unit: "training", Cores: 2, Peer: "one after the other on one core", Thresholds: []threshold{atLeast("ratio", 1.8)},
		Work: fmt.Sprintf("%d trainings of %d trials each, N = %d, different seeds, two at a time", seeded, set.Trials, set.Neurons),
	}, func(ctx context.Context, s *session, row *Row) error { return s.seeds(ctx, row) })
}

func (s *session) seeds(ctx context.Context, row *Row) error {
	set := s.setting
	_, src, err := cycling()
	if err != nil {
		return err
	}
	var models [seeded]*spiking.Model
	for i := range models {
		if models[i], err = prepared(ctx, set.Neurons, 2, uint64(1+i), rls.Float64, src); err != nil {
			return err
		}
	}
	alone := neuro.WithCores(ctx, 1)
	train := func(m *spiking.Model) error { return m.Train(alone, src, set.Trials) }
	var measured samples
	for range set.Repetitions {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		measured.processors.await(ctx)
		both, err := clock(2, func() error { return atOnce(train, models[:]) })
		if err != nil {
			return err
		}
		inTurn, err := clock(1, func() error {
			for _, m := range models {
				if err := train(m); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		measured.ours, measured.peers = append(measured.ours, both/seeded), append(measured.peers, inTurn/seeded)
	}
	row.fill(measured)
	return nil
}

// clock times do on a number of cores.
func clock(n int, do func() error) (seconds float64, err error) {
	err = cores(n, func() error {
		runtime.GC()
		start := time.Now()
		err := do()
		seconds = time.Since(start).Seconds()
		return err
	})
	return seconds, err
}

// atOnce does the same to all models, two at a time.
func atOnce(do func(*spiking.Model) error, models []*spiking.Model) error {
	var group errgroup.Group
	group.SetLimit(2)
	for _, m := range models {
		group.Go(func() error { return do(m) })
	}
	return group.Wait()
}
