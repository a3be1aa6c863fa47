package rate

import (
	"math/rand/v2"

	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// force trains the readout of a network with output feedback.
type force struct {
	p           *rls.RLS
	net         *Network
	state       *state
	current     []float64
	z           []float64
	outputError []float64
	targets     []rls.Target
}

func newForce(cfg Config, s task.Shape, stream func(string) *rand.Rand, p *rls.RLS) trainer {
	net := newNetwork(cfg, s, stream)
	net.Feedback = uniform(cfg.Units, s.Outputs, cfg.TargetScale, stream("target"))
	f := &force{
		p:           p,
		net:         net,
		state:       net.start(net.Initial),
		current:     make([]float64, cfg.Units),
		z:           make([]float64, s.Outputs),
		outputError: make([]float64, s.Outputs),
	}
	f.targets = []rls.Target{{Weights: net.Readout, Error: f.outputError}}
	return f
}

func (f *force) step(trial task.Trial, t int, m mode) ([]float64, error) {
	want := trial.Targets.RawRowView(t)
	multiply(f.z, f.net.Readout, f.state.r, false)
	if m.learn {
		for i, v := range want {
			f.outputError[i] = f.z[i] - v
		}
		if err := f.p.Update(f.state.r, f.targets...); err != nil {
			return nil, err
		}
	}
	fedBack := f.z
	if m.driven {
		fedBack = want
	}
	multiply(f.current, f.net.Recurrent, f.state.r, false)
	multiply(f.current, f.net.Feedback, fedBack, true)
	addChannels(f.current, f.net.Input, trial.Inputs, t)
	f.state.advance(f.current)
	return f.z, nil
}

func (f *force) trained() *Network {
	n := *f.net
	n.Initial = append([]float64(nil), f.state.x...)
	return &n
}
