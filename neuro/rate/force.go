package rate

import (
	"context"
	"io"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/persist"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Force trains only the readout of a network whose output is fed back through
// fixed random weights (Sussillo & Abbott 2009), by recursive least squares. In
// driven trials the target is fed back. Hints are not used.
type Force struct{}

// Start implements [Method].
func (Force) Start(cfg Config, s task.Shape) (Learner, error) {
	net, err := New(cfg, s)
	if err != nil {
		return nil, err
	}
	p, err := rls.New(cfg.regressors(), cfg.RLS)
	if err != nil {
		return nil, err
	}
	f := &force{
		p:           p,
		net:         net,
		recurrent:   newFixed(net.Recurrent),
		sample:      newSample(cfg),
		readout:     mat.NewDense(s.Outputs, cfg.regressors(), nil),
		input:       byColumns(net.Input),
		feedback:    byColumns(net.Feedback),
		state:       net.start(net.Initial).training(cfg),
		current:     make([]float64, cfg.Units),
		z:           make([]float64, s.Outputs),
		outputError: make([]float64, s.Outputs),
	}
	f.targets = []rls.Target{{Weights: f.readout, Error: f.outputError}}
	return f, nil
}

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
	trial       task.Trial
}

func (f *force) Begin(ctx context.Context, trial task.Trial) {
	f.trial = trial
	f.p.Begin(ctx)
}

func (f *force) Step(t int, mode Mode) ([]float64, error) {
	want := f.trial.Targets.RawRowView(t)
	r := f.sample.of(f.state.r)
	read(f.z, f.readout, r)
	if mode == Learning {
		for i, v := range want {
			f.outputError[i] = f.z[i] - v
		}
		if err := f.p.Update(r, f.targets...); err != nil {
			return nil, err
		}
	}
	fedBack := f.z
	if mode == Driven {
		fedBack = want
	}
	f.recurrent.drive(f.current, f.state.r)
	drive(f.current, f.feedback, fedBack, true)
	drive(f.current, f.input, channels(f.trial.Inputs, t), true)
	addBias(f.current, f.net.Bias)
	f.state.advance(f.current)
	return f.z, nil
}

func (f *force) Condition() float64 { return f.p.Condition() }

func (f *force) Network() *Network {
	n := *f.net
	n.Readout, n.ReadoutBias = parted(f.readout, n.Units())
	n.Initial = slices.Clone(f.state.x)
	return &n
}

func (f *force) keep(to *persist.State) {
	to.Part(f.p)
	to.Floats(f.readout.RawMatrix().Data)
	f.state.keep(to)
}

// WriteTo and ReadFrom keep what has been learned and where the network is.
func (f *force) WriteTo(w io.Writer) (int64, error)  { return persist.WriterTo(w, f.keep) }
func (f *force) ReadFrom(r io.Reader) (int64, error) { return persist.ReaderFrom(r, f.keep) }
