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
// With a second core, a companion computes part of J φ(x) in each step, and the
// next step of the target-generating network. Who computes what does not
// change a bit.
type fullForce struct {
	p         *rls.RLS
	generator *generator
	companion *companion   // nil on one core
	wanted    [2][]float64 // with it: d(t) of even and of odd steps
	own       int          // units whose currents the companion does not compute

	// Where a companion did not help, trials are done without one: how many
	// there are to come, and how many there were the last time.
	alone, lastAlone int

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
	n, input := cfg.Units, byColumns(net.Input)
	f := &fullForce{
		p: p,
		generator: newGenerator(
			newFixed(net.Recurrent),
			byColumns(uniform(n, s.Outputs, cfg.TargetScale, stream("target"))),
			byColumns(uniform(n, s.Hints, cfg.HintScale, stream("hint"))),
			input, net.start(net.Initial)),
		wanted:       [2][]float64{make([]float64, n), make([]float64, n)},
		own:          n * 3 / 5 &^ 7, // measured; whole vectors
		net:          net,
		learned:      p.NewReadouts(n),
		input:        input,
		state:        net.start(net.Initial).noisy(cfg.TrainingNoise, stream("training noise")),
		current:      make([]float64, n),
		z:            make([]float64, s.Outputs),
		currentError: make([]float64, n),
		outputError:  make([]float64, s.Outputs),
	}
	f.targets = []rls.Target{
		{Readouts: f.learned, Error: f.currentError},
		{Weights: net.Readout, Error: f.outputError},
	}
	return f, nil
}

const (
	// smallShared is the number of units below which one core is as fast as two.
	smallShared = 100
	// mostAlone is the most trials to do without a companion after one that
	// did not help.
	mostAlone = 31
)

func (f *fullForce) begin(ctx context.Context, trial task.Trial) {
	f.generator.begin(trial)
	switch {
	case neuro.Cores(ctx) == 1 || len(f.current) < smallShared:
	case f.alone > 0:
		f.alone--
	default:
		f.generator.step(f.wanted[0], 0)
		f.companion = join(func(piece int64) {
			if t := int(piece / 2); piece%2 == 0 {
				f.learned.Output(f.current[f.own:], f.own)
			} else if t+1 < trial.Steps() {
				f.generator.step(f.wanted[(t+1)%2], t+1)
			}
		})
	}
}

func (f *fullForce) end() {
	if f.companion == nil {
		return
	}
	f.companion.dismiss()
	if f.companion.helps() {
		f.lastAlone = 0
	} else {
		f.lastAlone = min(2*f.lastAlone+1, mostAlone)
	}
	f.alone, f.companion = f.lastAlone, nil
}

// currents computes J φ(x) and returns d of step t.
func (f *fullForce) currents(t int) []float64 {
	f.p.Present(f.state.r)
	if f.companion == nil {
		f.learned.Output(f.current, 0)
		return f.generator.wanted(t)
	}
	piece := 2 * int64(t)
	f.companion.post(piece + 2)
	f.learned.Output(f.current[:f.own], 0)
	f.companion.need(piece + 1) // and so d(t), which comes before
	if !f.companion.helps() {
		f.companion.dismiss()
	}
	return f.wanted[t%2]
}

func (f *fullForce) step(trial task.Trial, t int, m mode) ([]float64, error) {
	wanted := f.currents(t)
	read(f.z, f.net.Readout, f.state.r)
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
	n.Recurrent = f.learned.Weights()
	n.Initial = append([]float64(nil), f.state.x...)
	return &n
}
