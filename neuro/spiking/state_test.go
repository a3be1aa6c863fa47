package spiking

import (
	"math"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

func trialOf(rec *recording.Recording, i int) mat.Matrix {
	_, p := rec.Factors.Dims()
	return rec.Factors.Values.Slice(rec.Trials[i].From, rec.Trials[i].To, 0, p)
}

// Starting from the same state, the same trial is the same to the bit; carried
// over, the state makes trials differ.
func TestRestartTellsInitialStatesFromTrials(t *testing.T) {
	m, varied := trained(t)
	steady := wave.Source(90) // whose trials are all alike
	cfg := TestConfig{WarmUpTrials: 1, Trials: 4, Recorded: 4, Seed: 3}
	carried := test(t, m, steady, cfg)
	if mat.Equal(trialOf(carried, 0), trialOf(carried, 1)) {
		t.Error("the state carried over makes no difference")
	}
	cfg.Restart = true
	for i, again := 1, test(t, m, steady, cfg); i < 4; i++ {
		if !mat.Equal(trialOf(again, 0), trialOf(again, i)) || !mat.Equal(trialOf(again, 0), trialOf(carried, 0)) {
			t.Errorf("trial %d is not the first again", i)
		}
	}
	// Trials that differ by themselves differ after a restart, unless repeated.
	lengths := func(rec *recording.Recording) map[int]bool {
		all := map[int]bool{}
		for _, s := range rec.Trials {
			all[s.To-s.From] = true
		}
		return all
	}
	cfg.Trials, cfg.Recorded = 6, 6
	if got := lengths(test(t, m, varied, cfg)); len(got) != 2 {
		t.Errorf("lengths %v, want both", got)
	}
	cfg.Repeat = true
	rec := test(t, m, varied, cfg)
	if got := lengths(rec); len(got) != 1 || !mat.Equal(trialOf(rec, 0), trialOf(rec, 5)) {
		t.Errorf("lengths %v, want the first again and again", got)
	}
	cfg.Restart = false
	rec = test(t, m, varied, cfg)
	if got := lengths(rec); len(got) != 1 || mat.Equal(trialOf(rec, 0), trialOf(rec, 1)) {
		t.Errorf("lengths %v, want one, from states of their own", got)
	}
}

// A perturbation is as small as asked for. One that shifts spikes lasts, where
// membranes alone would have forgotten it within tens of milliseconds.
func TestPerturbationsLast(t *testing.T) {
	m, _ := trained(t)
	cfg := TestConfig{WarmUpTrials: 1, Trials: 3, Recorded: 3, Seed: 3, Restart: true, Repeat: true, Perturbation: 1e-6}
	cfg.Record.Quantities = []string{Voltage}
	rec := test(t, m, wave.Source(600), cfg)
	apart := func(step int) (far float64) {
		for i := range rec.Units {
			v := rec.Series[Voltage]
			far = math.Max(far, math.Abs(v.At(rec.Trials[1].From+step, i)-v.At(rec.Trials[2].From+step, i)))
		}
		return far
	}
	if d := apart(0); d == 0 || d > 1e-5 {
		t.Errorf("after one step voltages are %g apart, want about 1e-6", d)
	}
	cfg.Perturbation = 1
	rec = test(t, m, wave.Source(600), cfg)
	if d := apart(599); d < 1 {
		t.Errorf("perturbed by 1, voltages are %g apart after 600 steps", d)
	}
}

// A test that starts in the state another one has ended in continues it.
func TestTestsContinueFromAState(t *testing.T) {
	m, _ := trained(t)
	src := wave.Source(90)
	whole := test(t, m, src, TestConfig{WarmUpTrials: 1, Trials: 4, Recorded: 4, Seed: 3})
	half := test(t, m, src, TestConfig{WarmUpTrials: 1, Trials: 2, Recorded: 2, Seed: 3})
	rest := test(t, m, src, TestConfig{Trials: 2, Recorded: 2, Seed: 77, Initial: half.Final})
	for i := range 2 {
		if !mat.Equal(trialOf(whole, i), trialOf(half, i)) {
			t.Errorf("trial %d differs", i)
		}
		// Neurons that fire only now are counted in another order: the last bits.
		if !mat.EqualApprox(trialOf(whole, 2+i), trialOf(rest, i), 1e-6) {
			t.Errorf("trial %d differs", 2+i)
		}
	}
	if !cmp.Equal(whole.Final["refractory"], rest.Final["refractory"]) {
		t.Error("neurons are refractory in one and not in the other")
	}
	// A state of one's own: everybody silent, at reset, but neuron 4.
	n := m.cfg.Neurons
	own := recording.State{"voltages": make([]float64, n), "slow": make([]float64, n), "fast": make([]float64, n), "refractory": make([]float64, n)}
	for i := range n {
		own["voltages"][i] = m.cfg.Neuron.(neuron.LIF).Reset
	}
	own["slow"][4], own["fast"][4], own["refractory"][4] = 2, 1, 2
	rec := test(t, m, src, TestConfig{Trials: 1, Recorded: 1, Seed: 1, Initial: own, Record: recording.Keep{Quantities: quantities}})
	q := rec.Series
	slow, _ := net(t, m)
	for _, i := range []int{0, 4, 17} {
		near(t, 0, i, "slow input", q[SlowInput].At(0, i), 2*slow[4*n+i])
	}
	if d := q[SlowTrain].At(0, 4) - 2*math.Exp(-0.01); math.Abs(d) > 1e-12 {
		t.Errorf("s of neuron 4 is %g off", d)
	}
	for step := range 2 {
		if v := q[Voltage].At(step, 4); v != m.cfg.Neuron.(neuron.LIF).Reset {
			t.Errorf("step %d: neuron 4 is at %g, want it held", step, v)
		}
	}
	if q[Voltage].At(2, 4) == m.cfg.Neuron.(neuron.LIF).Reset {
		t.Error("neuron 4 is held for a third step")
	}
}

// net draws a model's fixed weights anew.
func net(t *testing.T, m *Model) (slow, fast []float64) {
	t.Helper()
	again, err := build(m.cfg, wave.Source(90))
	if err != nil {
		t.Fatal(err)
	}
	return again.slow, again.fast
}
