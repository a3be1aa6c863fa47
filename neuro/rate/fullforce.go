package rate

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// fullForce holds the target-generating network beside the one that learns.
// Weights onto units are kept by columns.
type fullForce struct {
	p *rls.RLS

	fixed, target, hint, input *mat.Dense // J̃, u_out, u_hint, u_in
	generator                  *state     // x_D
	wanted                     []float64  // d(t)

	net     *Network // learns; its Recurrent is in learned
	learned *mat.Dense
	state   *state
	current []float64 // J φ(x)
	z       []float64

	currentError, outputError []float64
	targets                   []rls.Target
}

func newFullForce(cfg Config, s task.Shape, stream func(string) *rand.Rand, p *rls.RLS) trainer {
	net := newNetwork(cfg, s, stream)
	f := &fullForce{
		p:            p,
		fixed:        byColumns(net.Recurrent),
		target:       byColumns(uniform(cfg.Units, s.Outputs, cfg.TargetScale, stream("target"))),
		hint:         byColumns(uniform(cfg.Units, s.Hints, cfg.HintScale, stream("hint"))),
		input:        byColumns(net.Input),
		generator:    net.start(net.Initial),
		wanted:       make([]float64, cfg.Units),
		net:          net,
		learned:      mat.NewDense(cfg.Units, cfg.Units, nil),
		state:        net.start(net.Initial),
		current:      make([]float64, cfg.Units),
		z:            make([]float64, s.Outputs),
		currentError: make([]float64, cfg.Units),
		outputError:  make([]float64, s.Outputs),
	}
	f.targets = []rls.Target{
		{Weights: f.learned, Error: f.currentError, Transposed: true},
		{Weights: net.Readout, Error: f.outputError},
	}
	return f
}

func (f *fullForce) step(trial task.Trial, t int, m mode) ([]float64, error) {
	target := trial.Targets.RawRowView(t)
	drive(f.wanted, f.fixed, f.generator.r, false)
	drive(f.wanted, f.target, target, true)
	drive(f.wanted, f.hint, channels(trial.Hints, t), true)

	drive(f.current, f.learned, f.state.r, false)
	read(f.z, f.net.Readout, f.state.r)
	if m.learn {
		for i, d := range f.wanted {
			f.currentError[i] = f.current[i] - d
		}
		for i, want := range target {
			f.outputError[i] = f.z[i] - want
		}
		if err := f.p.Update(f.state.r, f.targets...); err != nil {
			return nil, err
		}
	}
	if m.driven {
		copy(f.current, f.wanted)
	}
	inputs := channels(trial.Inputs, t)
	drive(f.current, f.input, inputs, true)
	drive(f.wanted, f.input, inputs, true)
	f.state.advance(f.current)
	f.generator.advance(f.wanted)
	return f.z, nil
}

func (f *fullForce) trained() *Network {
	n := *f.net
	n.Recurrent = byColumns(f.learned)
	n.Initial = append([]float64(nil), f.state.x...)
	return &n
}
