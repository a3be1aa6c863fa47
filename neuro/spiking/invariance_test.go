package spiking

import (
	"context"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/wave"
	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// slower is the wave in steps, and so in all its times, twice as long.
type slower struct{ wave.Task }

func (s slower) Shape() task.Shape {
	shape := s.Task.Shape()
	shape.Dt *= 2
	return shape
}

// Neither the unit of voltage nor that of time means anything: with all voltages and
// currents four times as large, or all times twice as long, a network is built,
// trained and tested to the same bits.
func TestUnitsMeanNothing(t *testing.T) {
	lif := neuron.DePasquale2016()
	cfg := small()
	cfg.Neuron = lif
	larger := cfg
	larger.Neuron = neuron.LIF{Tau: lif.Tau, Threshold: 4 * lif.Threshold, Reset: 4 * lif.Reset, Rest: 4 * lif.Rest, Drive: 4 * lif.Drive, Refractory: lif.Refractory}
	larger.SlowWeights, larger.FastWeights, larger.Inhibition, larger.Gain = 4*cfg.SlowWeights, 4*cfg.FastWeights, 4*cfg.Inhibition, 4*cfg.Gain
	longer := cfg
	slow := lif
	slow.Tau, slow.Refractory = 2*lif.Tau, 2*lif.Refractory
	longer.Neuron = slow
	longer.TauSlow, longer.TauFast = 2*cfg.TauSlow, 2*cfg.TauFast
	// A spike's effect, in units of voltage, is a weight over a time constant.
	longer.SlowWeights, longer.FastWeights, longer.Inhibition = 2*cfg.SlowWeights, 2*cfg.FastWeights, 2*cfg.Inhibition
	run := func(cfg Config, k task.Task) (Training, []float64, []int) {
		src := wave.Own(k)
		m, err := Transfer(context.Background(), cfg, src)
		if err != nil {
			t.Fatal(err)
		}
		rec, err := m.Test(context.Background(), src, TestConfig{WarmUpTrials: 1, Trials: 2, Recorded: 2, Seed: 3})
		if err != nil {
			t.Fatal(err)
		}
		return m.Training(), rec.Outputs.Values.RawMatrix().Data, rec.Spikes.Units
	}
	wave := wave.Task{Steps: 300}
	training, outputs, spikes := run(cfg, wave)
	if len(spikes) < 500 {
		t.Fatalf("only %d spikes: the comparison says nothing", len(spikes))
	}
	for name, c := range map[string]struct {
		cfg Config
		k   task.Task
	}{"voltages four times as large": {larger, wave}, "times twice as long": {longer, slower{wave}}} {
		tr, out, sp := run(c.cfg, c.k)
		if !slices.Equal(tr.FactorErrors, training.FactorErrors) || !slices.Equal(out, outputs) || !slices.Equal(sp, spikes) {
			t.Errorf("%s: errors %v, were %v; %d spikes, were %d", name, tr.FactorErrors, training.FactorErrors, len(sp), len(spikes))
		}
	}
}

// Neurons have no numbers: of a network whose neurons are renamed, with their
// weights, directions, biases and state, the renamed ones spike.
func TestNeuronsHaveNoNumbers(t *testing.T) {
	rng := neuro.Stream(1, "numbers")
	for range 6 {
		cfg := small()
		cfg.Neurons = 3 + rng.IntN(40)
		net, err := build(cfg, wave.Source(300))
		if err != nil {
			t.Fatal(err)
		}
		n := cfg.Neurons
		for i := range net.bias {
			net.bias[i] = rng.NormFloat64()
		}
		number := rng.Perm(n)
		other := renamed(t, net, number)
		spiked := 0
		for step := range 300 {
			y, in := []float64{3 * math.Sin(float64(step)/9), 2 * rng.NormFloat64()}, []float64{rng.Float64()}
			var want []int
			for _, i := range net.step(y, in) {
				want = append(want, number[i])
			}
			slices.Sort(want)
			if got := other.step(y, in); !slices.Equal(got, want) {
				t.Fatalf("%d neurons, step %d: spikes of %v, want %v", n, step, got, want)
			}
			spiked += len(want)
		}
		if spiked < n {
			t.Errorf("%d neurons: only %d spikes: the comparison says nothing", n, spiked)
		}
	}
}

func renamed(t *testing.T, net *network, number []int) *network {
	t.Helper()
	other, n := net.twin(), net.n
	move := func(x []float64) []float64 {
		moved := make([]float64, n)
		for i, to := range number {
			moved[to] = x[i]
		}
		return moved
	}
	both := func(w []float64) []float64 {
		moved := make([]float64, n*n)
		for j, to := range number {
			copy(moved[to*n:], move(w[j*n:][:n]))
		}
		return moved
	}
	rows := func(m *mat.Dense) *mat.Dense {
		moved := mat.DenseCopyOf(m)
		for r := range moved.RawMatrix().Rows {
			moved.SetRow(r, move(m.RawRowView(r)))
		}
		return moved
	}
	other.slow, other.fast = both(net.slow), both(net.fast)
	other.factors, other.inputs, other.bias = rows(net.factors), rows(net.inputs), move(net.bias)
	st := net.neurons.State()
	for name, values := range st {
		st[name] = move(values)
	}
	if err := other.neurons.Restore(st); err != nil {
		t.Fatal(err)
	}
	return other
}
