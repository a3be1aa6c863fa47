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
	wanted                     []float64  // T × N_r: d(t) of the trial

	net     *Network // learns; its Recurrent is in learned
	learned *mat.Dense
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
	f := &fullForce{
		p:            p,
		fixed:        byColumns(net.Recurrent),
		target:       byColumns(uniform(cfg.Units, s.Outputs, cfg.TargetScale, stream("target"))),
		hint:         byColumns(uniform(cfg.Units, s.Hints, cfg.HintScale, stream("hint"))),
		input:        byColumns(net.Input),
		generator:    net.start(net.Initial),
		net:          net,
		learned:      mat.NewDense(cfg.Units, cfg.Units, nil),
		state:        net.start(net.Initial).noisy(cfg.TrainingNoise, stream("training noise")),
		current:      make([]float64, cfg.Units),
		z:            make([]float64, s.Outputs),
		currentError: make([]float64, cfg.Units),
		outputError:  make([]float64, s.Outputs),
	}
	f.targets = []rls.Target{
		{Weights: f.learned, Error: f.currentError, Transposed: true},
		{Weights: net.Readout, Error: f.outputError},
	}
	return f, nil
}

// begin runs the target-generating network through the trial: it does not
// depend on the network that learns. One after the other, either network's
// weights stay in the cache, where side by side they would drive each other
// out.
func (f *fullForce) begin(trial task.Trial) {
	n := len(f.current)
	if size := trial.Steps() * n; cap(f.wanted) < size {
		f.wanted = make([]float64, size)
	}
	input := make([]float64, n)
	for t := range trial.Steps() {
		wanted := f.wanted[t*n : (t+1)*n : (t+1)*n]
		drive(wanted, f.fixed, f.generator.r, false)
		drive(wanted, f.target, channels(trial.Targets, t), true)
		drive(wanted, f.hint, channels(trial.Hints, t), true)
		copy(input, wanted)
		drive(input, f.input, channels(trial.Inputs, t), true)
		f.generator.advance(input)
	}
}

func (f *fullForce) step(trial task.Trial, t int, m mode) ([]float64, error) {
	n := len(f.current)
	wanted := f.wanted[t*n : (t+1)*n]
	drive(f.current, f.learned, f.state.r, false)
	read(f.z, f.net.Readout, f.state.r)
	if m.learn {
		for i, d := range wanted {
			f.currentError[i] = f.current[i] - d
		}
		for i, want := range trial.Targets.RawRowView(t) {
			f.outputError[i] = f.z[i] - want
		}
		if err := f.p.Update(f.state.r, f.targets...); err != nil {
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
	n.Recurrent = byColumns(f.learned)
	n.Initial = append([]float64(nil), f.state.x...)
	return &n
}
