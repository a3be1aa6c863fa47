package dale

import (
	"context"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
)

// examined is a test of a small network with two kinds of synapses.
func examined(t *testing.T, cfg spiking.TestConfig) (*Network, *recording.Recording) {
	t.Helper()
	c := small()
	c.TauSynapses = []float64{0.050, 0.010}
	m := must[*Network](t)(Transfer(context.Background(), c, wave.Source(90)))
	return m, must[*recording.Recording](t)(m.Test(context.Background(), wave.Source(90), cfg))
}

// factorsOf are the factors of a trial that was kept.
func factorsOf(rec *recording.Recording, i int) *mat.Dense {
	_, p := rec.Factors.Dims()
	return mat.DenseCopyOf(rec.Factors.Values.Slice(rec.Trials[i].From, rec.Trials[i].To, 0, p))
}

// What is recorded obeys the equations of the network: recurrent currents come
// from the trains of the step before, and voltages are pulled to all currents.
func TestQuantitiesObeyTheEquations(t *testing.T) {
	all := []string{"voltage", "recurrent", "input", "train_0", "train_1"}
	m, rec := examined(t, spiking.TestConfig{WarmUpTrials: 1, Trials: 2, Recorded: 2, Seed: 3, Record: recording.Keep{Quantities: all}})
	p, q := m.Parameters(), rec.Series
	decay := math.Exp(-0.001 / 0.010)
	spiked := make(map[[2]int]bool)
	for k, at := range rec.Spikes.Times {
		spiked[[2]int{int(math.Round(at/rec.Dt)) - 1, rec.Spikes.Units[k]}] = true
	}
	for step := 1; step < 180; step++ {
		want := mat.NewVecDense(rec.Units, p.Bias)
		for kind, name := range []string{"train_0", "train_1"} {
			var current mat.VecDense
			current.MulVec(p.Weights[kind], q[name].Values.RowView(step-1))
			current.AddVec(want, &current)
			want = &current
		}
		for i := range rec.Units {
			recurrent := q["recurrent"].At(step, i)
			if math.Abs(recurrent-want.AtVec(i)) > 1e-9 {
				t.Fatalf("step %d: the current into neuron %d is %g, its trains give %g", step, i, recurrent, want.AtVec(i))
			}
			v := decay*q["voltage"].At(step-1, i) + (1-decay)*(recurrent+q["input"].At(step, i))
			if spiked[[2]int{step, i}] {
				v = -10
			}
			if got := q["voltage"].At(step, i); math.Abs(got-v) > 1e-9 {
				t.Fatalf("step %d: neuron %d is at %g, its currents lead to %g", step, i, got, v)
			}
		}
	}
	if len(spiked) < 100 || mat.Norm(q["input"], 2) == 0 {
		t.Errorf("%d spikes: the test says nothing", len(spiked))
	}
}

// A test starts, restarts and repeats as it is asked to, and one that starts from
// the end of another continues it.
func TestStartsRepeatsAndPerturbations(t *testing.T) {
	ctx := context.Background()
	base := spiking.TestConfig{WarmUpTrials: 1, Trials: 3, Recorded: 3, Seed: 3}
	m, carried := examined(t, base)
	if mat.Equal(factorsOf(carried, 0), factorsOf(carried, 1)) {
		t.Error("the state is not carried over")
	}
	test := func(change func(*spiking.TestConfig)) *recording.Recording {
		cfg := base
		change(&cfg)
		return must[*recording.Recording](t)(m.Test(ctx, wave.Source(90), cfg))
	}
	again := test(func(c *spiking.TestConfig) { c.Restart, c.Repeat = true, true })
	for i := range 3 {
		if !mat.Equal(factorsOf(again, i), factorsOf(carried, 0)) {
			t.Errorf("trial %d is not the first again", i)
		}
	}
	first := test(func(c *spiking.TestConfig) { c.Trials = 1 })
	rest := test(func(c *spiking.TestConfig) { c.WarmUpTrials, c.Trials, c.Initial = 0, 2, first.Final })
	for i := range 2 {
		if !mat.Equal(factorsOf(rest, i), factorsOf(carried, i+1)) {
			t.Errorf("trial %d from the end of the first is not trial %d", i, i+1)
		}
	}
	near := test(func(c *spiking.TestConfig) { c.Restart, c.Repeat, c.Perturbation = true, true, 1 })
	if mat.Equal(factorsOf(near, 0), factorsOf(near, 1)) {
		t.Error("perturbations change nothing")
	}
}

// What goes to a file is what is kept in memory, and means are those of trials.
func TestStreamsAndMeans(t *testing.T) {
	cfg := spiking.TestConfig{WarmUpTrials: 1, Trials: 3, Recorded: 3, Seed: 3, Record: recording.Keep{
		Spikes: []int{1, 2, 3}, Units: []int{5, 9}, Quantities: []string{"voltage"}, Mean: []string{"voltage"},
	}}
	m, rec := examined(t, cfg)
	cfg.Record.File = filepath.Join(t.TempDir(), "test.npz")
	must[*recording.Recording](t)(m.Test(context.Background(), wave.Source(90), cfg))
	read := must[*recording.Recording](t)(recording.Load(cfg.Record.File))
	if !mat.Equal(read.Outputs.Values, rec.Outputs.Values) || !mat.Equal(read.Series["voltage"], rec.Series["voltage"]) ||
		!slices.Equal(read.Spikes.Times, rec.Spikes.Times) || len(rec.Spikes.Times) == 0 {
		t.Error("the file is not what is in memory")
	}
	mean := mat.NewDense(90, 2, nil)
	for i := range 3 {
		mean.Add(mean, rec.Series["voltage"].Values.Slice(90*i, 90*(i+1), 0, 2))
	}
	mean.Scale(1./3, mean)
	if !mat.EqualApprox(mean, rec.Means.Series["voltage"], 1e-12) {
		t.Error("the mean voltage is not that of the trials")
	}
}
