package dale

import (
	"context"
	"errors"
	"fmt"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/run"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Test runs the network on its own, without noise: the factors are those it
// carries itself. The network is not changed.
//
// Initial voltages, and the noise in warm-up and entraining trials, which are
// like those of training, come from cfg.Seed, so that test trials start from
// states not seen in training. Otherwise as [spiking.Model.Test]. The quantities
// that can be recorded are
//
//	voltage      v, after its reset ([spiking.Voltage])
//	input        u_in f_in, the current that the task's inputs cause ([spiking.Input])
//	recurrent    Σ J s + b, the current that acts during the step
//	train_0, …   s, the neuron's own filtered spikes, for each kind of synapse
//
// and further state variables of the model of neurons, by their names.
func (m *Network) Test(ctx context.Context, src task.Source, cfg spiking.TestConfig) (*recording.Recording, error) {
	if err := bound.Context("dale", ctx); err != nil {
		return nil, err
	}
	if m.net == nil {
		return nil, errors.New("dale: there is no network to test: make one with Transfer")
	}
	if err := carry.Fits("dale", m.shape, src); err != nil {
		return nil, err
	}
	l, test := m.live(src, cfg.Seed, false), run.Test(cfg)
	l.net.Scatter(neuro.Stream(cfg.Seed, forVoltages))
	about := run.About{
		Package: "dale", Where: "spiking network with constraints on its own", Try: fmt.Sprintf(remedies, m.shape.Dt),
		Task: m.shape.Name, Dt: m.shape.Dt, Units: m.net.n, Quantities: m.Config.quantities(),
	}
	if err := test.Validate(l, about); err != nil {
		return nil, err
	}
	return test.Run(ctx, l, about)
}
