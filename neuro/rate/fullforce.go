package rate

import (
	"context"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// fullForce holds the target-generating network beside the one that learns.
type fullForce struct {
	p         *rls.RLS
	generator *generator
	cores     int

	net     *Network      // learns; its Recurrent is in learned
	learned *rls.Readouts // J
	input   *mat.Dense    // u_in by columns
	state   *state
	current []float64 // J φ(x)
	z       []float64

	currentError, outputError []float64
	targets                   []rls.Target
}

func newFullForce(cfg Config, s task.Shape, stream func(string) *rand.Rand, p *rls.RLS) (trainer, error) {
	net, err := newNetwork(cfg, s, stream)
	if err != nil {
		return nil, err
	}
	input := byColumns(net.Input)
	f := &fullForce{
		p: p,
		generator: newGenerator(
			newFixed(net.Recurrent),
			byColumns(uniform(cfg.Units, s.Outputs, cfg.TargetScale, stream("target"))),
			byColumns(uniform(cfg.Units, s.Hints, cfg.HintScale, stream("hint"))),
			input, net.start(net.Initial)),
		cores:        1,
		net:          net,
		learned:      p.NewReadouts(cfg.Units),
		input:        input,
		state:        net.start(net.Initial).noisy(cfg.TrainingNoise, stream("training noise")),
		current:      make([]float64, cfg.Units),
		z:            make([]float64, s.Outputs),
		currentError: make([]float64, cfg.Units),
		outputError:  make([]float64, s.Outputs),
	}
	f.targets = []rls.Target{
		{Readouts: f.learned, Error: f.currentError},
		{Weights: net.Readout, Error: f.outputError},
	}
	return f, nil
}

func (f *fullForce) begin(ctx context.Context, trial task.Trial) {
	f.cores = neuro.Cores(ctx)
	f.generator.begin(trial)
}

func (f *fullForce) step(trial task.Trial, t int, m mode) ([]float64, error) {
	wanted := f.generator.wanted(t, f.cores)
	read(f.z, f.net.Readout, f.state.r)
	if m.driven {
		copy(f.current, wanted)
	} else {
		f.p.Present(f.state.r)
		f.learned.Output(f.current)
	}
	if m.learn {
		floats.SubTo(f.currentError, f.current, wanted)
		floats.SubTo(f.outputError, f.z, trial.Targets.RawRowView(t))
		if err := f.p.Correct(f.targets...); err != nil {
			return nil, err
		}
	}
	drive(f.current, f.input, channels(trial.Inputs, t), true)
	f.state.advance(f.current)
	return f.z, nil
}

func (f *fullForce) trained() *Network {
	n := *f.net
	n.Recurrent = f.learned.Weights()
	n.Initial = append([]float64(nil), f.state.x...)
	return &n
}
