package rate

import (
	"context"
	"io"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/persist"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// FullForce trains the recurrent weights and the readout of a network
// (DePasquale et al. 2018, eqs. 1-7). The target-generating network
//
//	d(t) = J̃ φ(x_D) + u_out f_out(t) + u_hint f_hint(t)
//
// says what the recurrent current of the network should be; J φ(x) ≈ d and
// W φ(x) ≈ f_out are learned with one shared P. Driven trials give the network
// d itself.
//
// Changes of J wait for those of P ([rls.Readouts]). From 100 units on a second
// core, if there is one and [neuro.WithCores] does not say otherwise, does part
// of J φ(x) and the target-generating network, and is kept busy all the time.
//
// Cost: about 3 N_r² multiply-adds a step; 300 units take 15 ms per simulated
// second on one core.
type FullForce struct{}

// Start implements [Method].
func (FullForce) Start(cfg Config, s task.Shape) (Learner, error) {
	net, err := New(cfg, s)
	if err != nil {
		return nil, err
	}
	p, err := rls.New(cfg.regressors(), cfg.RLS)
	if err != nil {
		return nil, err
	}
	f := &fullForce{
		p:            p,
		generator:    newGenerator(cfg, s, net),
		net:          net,
		learned:      p.NewReadouts(cfg.Units),
		input:        byColumns(net.Input),
		state:        net.start(net.Initial).training(cfg),
		current:      make([]float64, cfg.Units),
		sample:       newSample(cfg),
		readout:      mat.NewDense(s.Outputs, cfg.regressors(), nil),
		z:            make([]float64, s.Outputs),
		currentError: make([]float64, cfg.Units),
		outputError:  make([]float64, s.Outputs),
	}
	f.targets = []rls.Target{
		{Readouts: f.learned, Error: f.currentError},
		{Weights: f.readout, Error: f.outputError},
	}
	return f, nil
}

type fullForce struct {
	p         *rls.RLS
	generator *generator
	trial     task.Trial

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

func (f *fullForce) Begin(ctx context.Context, trial task.Trial) {
	f.trial = trial
	f.p.Begin(ctx)
	f.generator.begin(ctx, trial)
}

func (f *fullForce) Step(t int, mode Mode) ([]float64, error) {
	learn := mode == Learning
	r := f.sample.of(f.state.r)
	f.p.Present(r, learn)
	f.generator.ahead(t)
	f.learned.Output(f.current)
	wanted := f.generator.wanted(t)
	read(f.z, f.readout, r)
	if learn {
		floats.SubTo(f.currentError, f.current, wanted)
		floats.SubTo(f.outputError, f.z, f.trial.Targets.RawRowView(t))
		if err := f.p.Correct(f.targets...); err != nil {
			return nil, err
		}
	}
	if mode == Driven {
		copy(f.current, wanted)
	}
	drive(f.current, f.input, channels(f.trial.Inputs, t), true)
	f.state.advance(f.current)
	return f.z, nil
}

func (f *fullForce) Condition() float64 { return f.p.Condition() }

func (f *fullForce) Network() *Network {
	n := *f.net
	n.Feedback = nil
	n.Recurrent, n.Bias = parted(f.learned.Weights(), n.Units())
	n.Readout, n.ReadoutBias = parted(f.readout, n.Units())
	n.Initial = slices.Clone(f.state.x)
	return &n
}

func (f *fullForce) keep(to *persist.State) {
	to.Part(f.p) // and the Readouts J
	to.Floats(f.readout.RawMatrix().Data)
	f.state.keep(to)
	f.generator.state.keep(to)
}

// WriteTo and ReadFrom keep what has been learned and where both networks are.
func (f *fullForce) WriteTo(w io.Writer) (int64, error)  { return persist.WriterTo(w, f.keep) }
func (f *fullForce) ReadFrom(r io.Reader) (int64, error) { return persist.ReaderFrom(r, f.keep) }
