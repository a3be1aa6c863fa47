package rate

import (
	"context"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// force trains the readout of a network with output feedback.
type force struct {
	p           *rls.RLS
	net         *Network
	recurrent   fixed
	sample      sample
	readout     *mat.Dense // W, and c as a last column where there are biases
	input       *mat.Dense // these two by columns
	feedback    *mat.Dense
	state       *state
	current     []float64
	z           []float64
	outputError []float64
	targets     []rls.Target
}

func newForce(cfg Config, s task.Shape, stream func(neuro.Purpose) *rand.Rand, p *rls.RLS) (trainer, error) {
	net, err := newNetwork(cfg, s, stream)
	if err != nil {
		return nil, err
	}
	net.Feedback = uniform(cfg.Units, s.Outputs, cfg.TargetScale, stream("target"))
	f := &force{
		p:           p,
		net:         net,
		recurrent:   newFixed(net.Recurrent),
		sample:      newSample(cfg),
		readout:     mat.NewDense(s.Outputs, cfg.regressors(), nil),
		input:       byColumns(net.Input),
		feedback:    byColumns(net.Feedback),
		state:       net.start(net.Initial).noisy(cfg.TrainingNoise, stream("training noise")),
		current:     make([]float64, cfg.Units),
		z:           make([]float64, s.Outputs),
		outputError: make([]float64, s.Outputs),
	}
	f.targets = []rls.Target{{Weights: f.readout, Error: f.outputError}}
	return f, nil
}

func (f *force) begin(ctx context.Context, _ task.Trial) { f.p.Begin(ctx) }

func (f *force) step(trial task.Trial, t int, m mode) ([]float64, error) {
	want := trial.Targets.RawRowView(t)
	r := f.sample.of(f.state.r)
	read(f.z, f.readout, r)
	if m.learn {
		for i, v := range want {
			f.outputError[i] = f.z[i] - v
		}
		if err := f.p.Update(r, f.targets...); err != nil {
			return nil, err
		}
	}
	fedBack := f.z
	if m.driven {
		fedBack = want
	}
	f.recurrent.drive(f.current, f.state.r)
	drive(f.current, f.feedback, fedBack, true)
	drive(f.current, f.input, channels(trial.Inputs, t), true)
	addBias(f.current, f.net.Bias)
	f.state.advance(f.current)
	return f.z, nil
}

func (f *force) trained() *Network {
	n := *f.net
	n.Readout, n.ReadoutBias = parted(f.readout, n.Units())
	n.Initial = append([]float64(nil), f.state.x...)
	return &n
}
