package rate

import (
	"context"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/companion"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// fullForce holds the target-generating network beside the one that learns.
// With a second core, a companion computes part of J φ(x) in each step, and the
// next step of the target-generating network. Who computes what does not
// change a bit.
type fullForce struct {
	p         *rls.RLS
	generator *generator

	crew            companion.Crew
	shared          bool         // with a companion, at least at first
	next            int          // the generator's step
	wanted          [2][]float64 // d(t) of even and of odd steps
	own             int          // units whose currents the companion does not compute
	rest, following func()       // the companion's pieces: the other units, the generator's next step

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
		wanted:       [2][]float64{make([]float64, n), make([]float64, n)},
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
	f.rest = func() { f.learned.Output(f.current[f.own:], f.own) }
	f.following = func() {
		if f.next < f.generator.trial.Steps() {
			f.generator.step(f.wanted[f.next%2], f.next)
			f.next++
		}
	}
	f.targets = []rls.Target{
		{Readouts: f.learned, Error: f.currentError},
		{Weights: f.readout, Error: f.outputError},
	}
	return f, nil
}

// smallShared is the number of units below which one core is as fast as two.
const smallShared = 100

func (f *fullForce) begin(ctx context.Context, trial task.Trial) {
	f.generator.begin(trial)
	f.shared = f.crew.Begin(neuro.Cores(ctx) > 1 && len(f.current) >= smallShared)
	if f.shared {
		f.p.Accompany(&f.crew)
		f.next = 0
		f.following()
	}
}

func (f *fullForce) end() {
	f.crew.End()
	f.p.Accompany(nil)
}

// currents computes J φ(x) + b of a sample and returns d of step t.
func (f *fullForce) currents(r []float64, t int, learn bool) []float64 {
	f.p.Present(r)
	if !f.shared {
		f.learned.Output(f.current, 0)
		return f.generator.wanted(t)
	}
	f.own = share(len(f.current), learn)
	rest := f.crew.Do(f.rest)
	f.crew.Do(f.following)
	if learn {
		f.p.Anticipate()
	}
	f.learned.Output(f.current[:f.own], 0)
	f.crew.Need(rest) // and so d(t), which comes before
	return f.wanted[t%2]
}

// share is the number of units whose currents the companion leaves to the
// first goroutine, in whole panels, so that both take as long: the companion
// also reads J̃, half the bytes of J, and the first, where it learns, half of P.
// Measured.
func share(units int, learn bool) int {
	panels := units / kernel.PanelWidth
	if learn {
		return panels / 3 * kernel.PanelWidth
	}
	return panels * 2 / 3 * kernel.PanelWidth
}

func (f *fullForce) step(trial task.Trial, t int, m mode) ([]float64, error) {
	r := f.sample.of(f.state.r)
	wanted := f.currents(r, t, m.learn)
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
