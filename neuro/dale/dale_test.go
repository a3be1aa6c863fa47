package dale

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/golden"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

func small() Config {
	cfg := Sparse()
	cfg.Neurons, cfg.Rounds, cfg.TrialsPerRound, cfg.ValidationTrials = 60, 2, 2, 1
	return cfg
}

func TestNetworkLearnsAWaveAndKeepsItUp(t *testing.T) {
	ctx := context.Background()
	cfg := Sparse()
	cfg.Neurons, cfg.Rounds, cfg.ValidationTrials = 250, 8, 4
	m, err := Transfer(ctx, cfg, wave.Source(500))
	if err != nil {
		t.Fatal(err)
	}
	rec, err := m.Test(ctx, wave.Source(500), spiking.TestConfig{WarmUpTrials: 1, Trials: 20, Recorded: 2, Record: recording.Keep{Units: []int{0, 5}, Quantities: []string{"voltage"}}, Seed: 9})
	if err != nil {
		t.Fatal(err)
	}
	if f, o := rec.WorstErrors(); f > 0.1 || o > 0.1 {
		t.Errorf("worst test trial: factor nMSE %g, output nMSE %g", f, o)
	}
	checkConstraints(t, m)
	checkCurrentsAgainstSpikes(t, m, rec)
	if r, c := rec.Series["voltage"].Dims(); r != 1000 || c != 2 || mat.Max(rec.Series["voltage"]) >= 0 {
		t.Errorf("voltages recorded are %d x %d, up to %g", r, c, mat.Max(rec.Series["voltage"]))
	}
	var spikes float64
	for _, hz := range rec.Rates {
		spikes += hz * 20 * 0.5
	}
	if n := float64(len(rec.Spikes.Times)); math.Abs(n-spikes/10) > 0.2*n {
		t.Errorf("%g spikes in 2 recorded trials, the rates give %g in 20", n, spikes)
	}
}

// checkConstraints looks at every weight, without Violations.
func checkConstraints(t *testing.T, m *Network) {
	t.Helper()
	p := m.Parameters()
	w := p.Weights[0]
	n := m.Config.Neurons
	var free, synapses int
	for i := range n {
		there := make(map[int]bool)
		for _, j := range p.Presynaptic[i] {
			there[j] = true
		}
		if there[i] {
			t.Errorf("neuron %d has a synapse on itself", i)
		}
		synapses += len(there)
		for j := range n {
			x := w.At(i, j)
			if x != 0 {
				free++
			}
			excites := j < int(math.Round(0.8*float64(n)))
			if x > 0 && !excites || x < 0 && excites || x != 0 && !there[j] {
				t.Fatalf("weight from %d to %d is %g (excites: %v, synapse: %v)", j, i, x, excites, there[j])
			}
		}
	}
	if free < synapses/4 || free == synapses {
		t.Errorf("%d of %d synapses have a weight: constraints bind nowhere or everywhere", free, synapses)
	}
	if wrong, absent := m.Violations(); wrong != 0 || absent != 0 {
		t.Errorf("%d weights of the wrong sign, %d without a synapse", wrong, absent)
	}
	weights := m.net.kinds[0].weights
	i := p.Presynaptic[3][0]
	kept := weights[i*n+3]
	weights[i*n+3], weights[4*n+4] = -p.Signs[i], 1
	if wrong, absent := m.Violations(); wrong != 1 || absent != 1 {
		t.Errorf("one weight turned, one made up: counted %d and %d", wrong, absent)
	}
	weights[i*n+3], weights[4*n+4] = kept, 0
}

// The recorded factors must come out of the recorded spikes through the
// weights: y minimises |u y - (J s + b - background)|². The filtered trains
// remember what came before the recording; 0.95 s later that is forgotten to
// e^-19.
func checkCurrentsAgainstSpikes(t *testing.T, m *Network, rec *recording.Recording) {
	t.Helper()
	n := rec.Units
	s := mat.NewVecDense(n, nil)
	next := 0
	p := m.Parameters()
	for step := range 1000 {
		s.ScaleVec(math.Exp(-0.001/0.05), s)
		for ; next < len(rec.Spikes.Times) && rec.Spikes.Times[next] < (float64(step)+1.5)*rec.Dt; next++ {
			j := rec.Spikes.Units[next]
			s.SetVec(j, s.AtVec(j)+1)
		}
		if step < 950 {
			continue
		}
		var current, y, back mat.VecDense
		current.MulVec(p.Weights[0], s)
		current.AddVec(&current, mat.NewVecDense(n, p.Bias))
		current.SubVec(&current, mat.NewVecDense(n, m.net.background))
		if err := y.SolveVec(p.Encoder, &current); err != nil {
			t.Fatal(err)
		}
		back.SubVec(&y, rec.Factors.Values.RowView(step))
		if d := mat.Norm(&back, 2); d > 1e-5*mat.Norm(&y, 2) {
			t.Fatalf("step %d: the spikes give factors %v, recorded are %v", step, y.RawVector().Data, rec.Factors.Values.RawRowView(step))
		}
	}
}

// What the target factors ask for has the root mean square that was asked for.
func TestDriveIsTheRootMeanSquareOfTheCurrents(t *testing.T) {
	cfg := small()
	cfg.Background = 0
	m, err := newNetwork(cfg, wave.Source(200))
	if err != nil {
		t.Fatal(err)
	}
	trial, _, err := wave.Source(200).Trial(nil, task.State{})
	if err != nil {
		t.Fatal(err)
	}
	var current mat.Dense
	current.Mul(trial.Factors, m.net.factors)
	if got := mat.Norm(&current, 2) / math.Sqrt(200*60); math.Abs(got-cfg.Drive) > 1e-9 {
		t.Errorf("currents have root mean square %g, want %g", got, cfg.Drive)
	}
	// And what reads factors from currents gives them back.
	copy(m.net.own, current.RawRowView(17))
	y := make([]float64, 2)
	m.read(m.net, y)
	for k, want := range trial.Factors.RawRowView(17) {
		if math.Abs(y[k]-want) > 1e-9 {
			t.Errorf("factor %d is %g, read as %g", k, want, y[k])
		}
	}
}

// The noise has the stated variances and the stated correlation time.
func TestNoiseHasTheStatedMoments(t *testing.T) {
	cfg := small()
	cfg.NoiseTime, cfg.FactorNoise, cfg.CommonNoise, cfg.NeuronNoise = 0.005, 0.5, 0.3, 0.2
	m, err := newNetwork(cfg, wave.Source(200))
	if err != nil {
		t.Fatal(err)
	}
	o := newNoise(cfg, m.net.factors, 0.001)
	rng := streamFor(t)
	const steps = 40000
	var variance, lagged float64
	last := make([]float64, cfg.Neurons)
	for range steps {
		for i, x := range o.step(rng) {
			variance += x * x
			lagged += x * last[i]
			last[i] = x
		}
	}
	variance /= steps * float64(cfg.Neurons)
	lagged /= steps * float64(cfg.Neurons)
	// Two factors.
	if want := 2*0.25 + 0.09 + 0.04; math.Abs(variance-want) > 0.05*want {
		t.Errorf("variance %g, want %g", variance, want)
	}
	if want := math.Exp(-0.001 / 0.005); math.Abs(lagged/variance-want) > 0.01 {
		t.Errorf("correlation from step to step %g, want %g", lagged/variance, want)
	}
}

func TestSameSeedSameBits(t *testing.T) {
	ctx := context.Background()
	cfg := small()
	cfg.Neurons = 61
	cfg.TauSynapses = []float64{0.1, 0.02}
	src := wave.Own(wave.Task{Steps: 201, Vary: true})
	golden.Check(t, golden.Hash{Bits: "400707bc8c042e10", Numerics: 4}, func() [][]float64 {
		m, err := Transfer(ctx, cfg, src)
		if err != nil {
			t.Fatal(err)
		}
		rec, err := m.Test(ctx, src, spiking.TestConfig{WarmUpTrials: 1, Trials: 3, Recorded: 3, Seed: 8})
		if err != nil {
			t.Fatal(err)
		}
		p := m.Parameters()
		return [][]float64{
			p.Weights[0].RawMatrix().Data, p.Weights[1].RawMatrix().Data, p.Bias, p.Readout.RawMatrix().Data,
			rec.Spikes.Times, rec.Factors.Values.RawMatrix().Data, rec.Outputs.Values.RawMatrix().Data,
		}
	})
}

// Noise that a step does not resolve is refused, and noise of 50 s warned of,
// unless there is none.
func TestNoiseTimeIsInSeconds(t *testing.T) {
	cfg := Sparse()
	cfg.NoiseTime = 1e-5
	if _, err := cfg.checkStep(0.001); err == nil || !strings.Contains(err.Error(), "does not resolve NoiseTime, 1e-05 s") {
		t.Errorf("noise of 10 µs in steps of 1 ms: %v", err)
	}
	cfg.NoiseTime = 50
	if w, err := cfg.checkStep(0.001); err != nil || len(w) != 1 || w[0].Kind != neuro.UnlikelyUnit {
		t.Errorf("noise of 50 s: %v, %v", w, err)
	}
	cfg.FactorNoise, cfg.CommonNoise, cfg.NeuronNoise = 0, 0, 0
	if w, err := cfg.checkStep(0.001); err != nil || len(w) != 0 {
		t.Errorf("no noise: %v, %v", w, err)
	}
}
