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

	net     *Network      // learns; its Recurrent is in learned
	learned *rls.Readouts // J
	input   *mat.Dense    // u_in by columns
	state   *state
	current []float64 // J φ(x) + b
	sample  sample
	readout *mat.Dense // W, and c as a last column where there are biases
	z       []float64

	currentError, outputError []float64
	targets                   []rls.Target
}

func newFullForce(cfg Config, s task.Shape, stream func(neuro.Purpose) *rand.Rand, p *rls.RLS) (trainer, error) {
	net, err := newNetwork(cfg, s, stream)
	if err != nil {
		return nil, err
	}
	n, input := cfg.Units, byColumns(net.Input)
	f := &fullForce{
		p: p,
		generator: newGenerator(
			newFixed(net.Recurrent),
			byColumns(uniform(n, s.Outputs, cfg.TargetScale, stream("target"))),
			byColumns(uniform(n, s.Hints, cfg.HintScale, stream("hint"))),
			input, net.Bias, net.start(net.Initial)),
		net:          net,
		learned:      p.NewReadouts(n),
		input:        input,
		state:        net.start(net.Initial).noisy(cfg.TrainingNoise, stream("training noise")),
		current:      make([]float64, n),
		sample:       newSample(cfg),
		readout:      mat.NewDense(s.Outputs, cfg.regressors(), nil),
		z:            make([]float64, s.Outputs),
		currentError: make([]float64, n),
		outputError:  make([]float64, s.Outputs),
	}
	f.targets = []rls.Target{
		{Readouts: f.learned, Error: f.currentError},
		{Weights: f.readout, Error: f.outputError},
	}
	return f, nil
}

func (f *fullForce) begin(ctx context.Context, trial task.Trial) {
	f.p.Begin(ctx)
	f.generator.begin(ctx, trial)
}

func (f *fullForce) step(trial task.Trial, t int, m mode) ([]float64, error) {
	r := f.sample.of(f.state.r)
	f.p.Present(r, m.learn)
	f.learned.Output(f.current)
	wanted := f.generator.wanted(t)
	read(f.z, f.readout, r)
	if m.learn {
		floats.SubTo(f.currentError, f.current, wanted)
		floats.SubTo(f.outputError, f.z, trial.Targets.RawRowView(t))
		if err := f.p.Correct(f.targets...); err != nil {
			return nil, err
		}
	}
	if m.driven {
		copy(f.current, wanted)
	}
	drive(f.current, f.input, channels(trial.Inputs, t), true)
	f.state.advance(f.current)
	return f.z, nil
}

func (f *fullForce) trained() *Network {
	n := *f.net
	n.Recurrent, n.Bias = parted(f.learned.Weights(), n.Units())
	n.Readout, n.ReadoutBias = parted(f.readout, n.Units())
	n.Initial = append([]float64(nil), f.state.x...)
	return &n
}
