package spiking

import (
	"math"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// small is the preset at a size for tests.
func small() Config {
	cfg := DePasquale2023()
	cfg.Neurons = 120
	cfg.Gain = 6
	cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 2, 3, 4
	return cfg
}

func mustBlank(t *testing.T, cfg Config, dt float64) *network {
	t.Helper()
	net, err := blank(cfg, dt)
	if err != nil {
		t.Fatal(err)
	}
	return net
}

// A neuron under constant drive I fires with the period
// τ_V ln((I - reset)/(I - threshold)), rounded up to the step at which the
// threshold is found passed. Exponential Euler is exact here.
func TestIntervalsUnderConstantDriveAreThoseOfTheClosedForm(t *testing.T) {
	const dt = 0.001
	cfg := small()
	cfg.Neurons = 1
	lif := cfg.Neuron.(neuron.LIF)
	for _, drive := range []float64{0.01, 0.3, 1, 5, 40} {
		net := mustBlank(t, cfg, dt)
		net.slow, net.fast = []float64{0}, []float64{0}
		net.factors = mat.NewDense(1, 1, []float64{1})
		period := lif.Tau * math.Log((drive-lif.Reset)/(drive-lif.Threshold))
		want := int(math.Ceil(period / dt))
		last := 0
		for step := 1; step <= 5*want; step++ {
			if len(net.step([]float64{drive}, nil)) > 0 {
				if got := step - last; got != want {
					t.Fatalf("drive %g: an interval of %d steps, want %d", drive, got, want)
				}
				last = step
			}
		}
		if last != 5*want {
			t.Errorf("drive %g: last spike at step %d, want %d", drive, last, 5*want)
		}
	}
	net := mustBlank(t, cfg, dt)
	net.slow, net.fast = []float64{0}, []float64{0}
	net.factors = mat.NewDense(1, 1, []float64{1})
	for range 5000 {
		if len(net.step([]float64{-0.01}, nil)) > 0 {
			t.Fatal("a spike under drive below the threshold")
		}
	}
}

// naive is the network's equations written down with full vectors and
// matrices: what the event-driven simulation must equal.
type naive struct {
	cfg              Config
	lif              neuron.LIF
	slow, fast       *mat.Dense // post × pre
	v, s, f, current []float64
}

func (n *naive) step(net *network, factors, inputs []float64) (spikes []int) {
	for i := range n.v {
		in := -net.bias[i]
		n.current[i] = 0
		for j := range n.v {
			n.current[i] += n.slow.At(i, j)*n.s[j] + n.fast.At(i, j)*n.f[j]
		}
		in += n.current[i]
		for p, y := range factors {
			in += net.factors.At(p, i) * y
		}
		for c, x := range inputs {
			in += net.inputs.At(c, i) * x
		}
		n.v[i] = in + (n.v[i]-in)*math.Exp(-0.001/n.lif.Tau)
		if n.v[i] >= n.lif.Threshold {
			n.v[i] = n.lif.Reset
			spikes = append(spikes, i)
		}
	}
	for i := range n.v {
		n.s[i] *= math.Exp(-0.001 / n.cfg.TauSlow)
		n.f[i] *= math.Exp(-0.001 / n.cfg.TauFast)
	}
	for _, i := range spikes {
		n.s[i]++
		n.f[i]++
	}
	return spikes
}

func TestEventDrivenEqualsFullMatrices(t *testing.T) {
	cfg := small()
	cfg.Neurons = 40
	net, err := build(cfg, wave.Source(300))
	if err != nil {
		t.Fatal(err)
	}
	n := cfg.Neurons
	ref := &naive{
		cfg: cfg, lif: cfg.Neuron.(neuron.LIF),
		slow: carry.Transposed(mat.NewDense(n, n, net.slow)), fast: carry.Transposed(mat.NewDense(n, n, net.fast)),
		v: append([]float64(nil), net.neurons.Voltages()...), s: make([]float64, n), f: make([]float64, n), current: make([]float64, n),
	}
	rng := neuro.Stream(1, "drive")
	var total int
	for step := range 300 {
		y, in := []float64{2 * rng.NormFloat64(), 1}, []float64{rng.Float64()}
		want := ref.step(net, y, in)
		got := net.step(y, in)
		if len(got) != len(want) {
			t.Fatalf("step %d: spikes %v, want %v", step, got, want)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("step %d: spikes %v, want %v", step, got, want)
			}
		}
		total += len(got)
		if step == 150 {
			net.resync(ref.s, ref.f) // must change nothing but rounding
		}
	}
	if total < 50 {
		t.Fatalf("only %d spikes: the comparison says nothing", total)
	}
}

func TestDirectionsAreOrthonormalTimesGain(t *testing.T) {
	cfg := small()
	net, err := build(cfg, wave.Source(100))
	if err != nil {
		t.Fatal(err)
	}
	var gram mat.Dense
	gram.Mul(net.factors, net.factors.T())
	for i := range 2 {
		for j := range 2 {
			want := 0.0
			if i == j {
				want = cfg.Gain * cfg.Gain
			}
			if d := math.Abs(gram.At(i, j) - want); d > 1e-9 {
				t.Errorf("uᵀu at %d, %d is %g away from %g", i, j, d, want)
			}
		}
	}
}

func TestFixedWeightsHaveTheStatedMoments(t *testing.T) {
	cfg := small()
	cfg.Neurons = 400
	net, err := build(cfg, wave.Source(100))
	if err != nil {
		t.Fatal(err)
	}
	n := float64(cfg.Neurons)
	moments := func(x []float64) (mean, sd float64) {
		for _, v := range x {
			mean += v / float64(len(x))
		}
		for _, v := range x {
			sd += (v - mean) * (v - mean) / float64(len(x))
		}
		return mean, math.Sqrt(sd)
	}
	mean, sd := moments(net.fast)
	wantSD, wantMean := cfg.FastWeights/(cfg.TauFast*math.Sqrt(n)), cfg.Inhibition/(cfg.TauFast*n)
	// Standard errors of both over 160,000 weights.
	if math.Abs(mean-wantMean) > 5*wantSD/n || math.Abs(sd-wantSD) > 5*wantSD/(n*math.Sqrt2) {
		t.Errorf("fast weights: mean %g, sd %g; want %g, %g", mean, sd, wantMean, wantSD)
	}
	_, sd = moments(net.slow)
	if want := cfg.SlowWeights / (cfg.TauSlow * math.Sqrt(n)); math.Abs(sd-want) > 5*want/(n*math.Sqrt2) {
		t.Errorf("slow weights: sd %g, want %g", sd, want)
	}
}

func TestStepAllocatesNothing(t *testing.T) {
	net, err := build(small(), wave.Source(100))
	if err != nil {
		t.Fatal(err)
	}
	y, in := []float64{1, 2}, []float64{1}
	if a := testing.AllocsPerRun(200, func() { net.step(y, in) }); a != 0 {
		t.Errorf("%g allocations a step", a)
	}
}
