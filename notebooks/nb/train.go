package nb

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Train is [rate.Train], kept by [Memo]: the network is trained once for a label,
// a method, a configuration, a task and the first trial that this makes, and read
// from the disk from then on, in whatever cell or notebook asks for it. So a change
// in a task's code that changes its trials trains anew. What goes wrong ends the
// cell as [Check] does.
func Train(label string, method rate.Method, cfg rate.Config, k task.Task) *rate.Fit {
	trial, err := task.NewTrial(k, rand.New(rand.NewPCG(cfg.Seed, 0)))
	Check(err)
	trial.Correct = nil // a function, of which a key cannot tell what it does
	return Memo(label, []any{method, cfg, k, trial}, func(ctx context.Context) (*rate.Fit, error) {
		return rate.Train(ctx, method, cfg, k)
	})
}

// Transfer is [spiking.Transfer], kept by [Memo] for a label, a configuration and
// what the source consists of: the weights of its network, the samples of its
// recording. What goes wrong ends the cell as [Check] does.
func Transfer(label string, cfg spiking.Config, source task.Source) *spiking.Model {
	return Memo(label, []any{cfg, source}, func(ctx context.Context) (*spiking.Model, error) {
		return spiking.Transfer(ctx, cfg, source)
	})
}

// Tester is a network that can be tested by itself on tasks or sources K: a
// [spiking.Model], a [rate.Network], a dale.Network. C configures the test.
type Tester[K, C any] interface {
	Test(ctx context.Context, on K, cfg C) (*recording.Recording, error)
}

// Test returns what a network does by itself, kept by [Memo] for a label, the
// network's state, the source or the task, and the configuration. A rate network
// is tested on a task.Task, so that a task of another type has to be converted:
// nb.Test("alone", fit.Network, task.Task(sweep), cfg). What goes wrong ends the
// cell as [Check] does.
func Test[K, C any](label string, net Tester[K, C], on K, cfg C) *recording.Recording {
	if net == nil {
		Check(fmt.Errorf("nb.Test(%q): there is no network: it is nil", label))
	}
	return Memo(label, []any{net, on, cfg}, func(ctx context.Context) (*recording.Recording, error) {
		return net.Test(ctx, on, cfg)
	})
}
