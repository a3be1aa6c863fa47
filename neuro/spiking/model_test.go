package spiking

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

func TestTransferLearnsAWaveAndKeepsItUp(t *testing.T) {
	ctx := context.Background()
	cfg := small()
	cfg.Neurons, cfg.Gain = 200, 12
	cfg.DemeaningTrials, cfg.TrainingTrials = 10, 40
	m, err := Transfer(ctx, cfg, wave.Source(500))
	if err != nil {
		t.Fatal(err)
	}
	test := TestConfig{WarmUpTrials: 2, Trials: 20, Recorded: 2, Seed: 9, Record: recording.Keep{Units: []int{0, 5}, Quantities: []string{Voltage}}}
	rec, err := m.Test(ctx, wave.Source(500), test)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range rec.FactorErrors {
		if e > 0.1 {
			t.Errorf("test trial %d: factor nMSE %g", i, e)
		}
	}
	if rec.OutputErrors[0] > 0.1 {
		t.Errorf("output nMSE %g", rec.OutputErrors[0])
	}
	if r, c := rec.Factors.Dims(); r != 1000 || c != 2 {
		t.Errorf("factors recorded are %d x %d", r, c)
	}
	v := rec.Series[Voltage]
	if r, c := v.Dims(); r != 1000 || c != 2 || mat.Max(v) >= cfg.Neuron.(neuron.LIF).Threshold {
		t.Errorf("voltages recorded are %d x %d, up to %g", r, c, mat.Max(v))
	}
	// Spikes, rates and the factors are three views of one run: factors
	// must come out of the spikes through w.
	checkFactorsAgainstSpikes(t, m, rec)
	// The learned recurrent matrix has rank P.
	var svd mat.SVD
	svd.Factorize(m.LearnedRecurrent(), mat.SVDNone)
	if s := svd.Values(nil); s[1] < 1e-6*s[0] || s[2] > 1e-10*s[0] {
		t.Errorf("singular values of u w are %v…, want two", s[:4])
	}
	again, err := m.Test(ctx, wave.Source(500), test)
	if err != nil {
		t.Fatal(err)
	}
	if !mat.Equal(rec.Factors, again.Factors) || len(rec.Spikes.Times) != len(again.Spikes.Times) {
		t.Error("testing twice gives two results: the model was changed, or is not reproducible")
	}
}

// The filters remember what came before the recording; 1 s later that is
// forgotten to e^-10 by the slow one.
func checkFactorsAgainstSpikes(t *testing.T, m *Model, rec *recording.Recording) {
	t.Helper()
	n := rec.Units
	s, f := make([]float64, n), make([]float64, n)
	w := m.Decoder()
	next := 0
	for step := range 1000 {
		for i := range n {
			s[i] *= math.Exp(-0.001 / 0.1)
			f[i] *= math.Exp(-0.001 / 0.005)
		}
		for ; next < len(rec.Spikes.Times) && rec.Spikes.Times[next] < (float64(step)+1.5)*rec.Dt; next++ {
			s[rec.Spikes.Units[next]]++
			f[rec.Spikes.Units[next]]++
		}
		if step < 990 {
			continue
		}
		y := mat.Dot(w.RowView(0).(*mat.VecDense).SliceVec(0, n), mat.NewVecDense(n, s)) +
			mat.Dot(w.RowView(0).(*mat.VecDense).SliceVec(n, 2*n), mat.NewVecDense(n, f))
		if d := math.Abs(y - rec.Factors.At(step, 0)); d > 0.01 {
			t.Fatalf("step %d: the spikes give factor %g, recorded is %g", step, y, rec.Factors.At(step, 0))
		}
	}
}

func TestSavedLoadedAndContinuedIsTheSameToTheBit(t *testing.T) {
	for _, precision := range []rls.Precision{rls.Float64, rls.Float32} {
		t.Run(string(precision), func(t *testing.T) { savedAndContinued(t, precision) })
	}
}

func savedAndContinued(t *testing.T, precision rls.Precision) {
	ctx := context.Background()
	cfg := small()
	cfg.TrainingTrials = 3
	cfg.RLS.Precision = precision
	src := wave.Own(wave.Task{Steps: 200, Vary: true})
	m, err := Transfer(ctx, cfg, src)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "model.npz")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	loaded, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := loaded.Config().RLS.Precision; got != precision {
		t.Errorf("P comes back in %s", got)
	}
	cfg.TrainingTrials = 5
	whole, err := Transfer(ctx, cfg, src)
	if err != nil {
		t.Fatal(err)
	}
	for name, part := range map[string]*Model{"continued": m, "loaded": loaded} {
		if err := part.Train(ctx, src, 2); err != nil {
			t.Fatal(err)
		}
		if !mat.Equal(part.Decoder(), whole.Decoder()) || !mat.Equal(part.Readout(), whole.Readout()) {
			t.Errorf("%s: 3 + 2 trials differ from 5", name)
		}
		if got, want := len(part.Training().FactorErrors), 5; got != want {
			t.Errorf("%s: %d training errors, want %d", name, got, want)
		}
	}
}

// Demeaning is over steps, not over trials: with trials of two lengths b
// must be the mean over all of them.
func TestDemeaningWeighsTrialsByTheirLength(t *testing.T) {
	cfg := small()
	cfg.Neurons, cfg.WarmUpTrials, cfg.DemeaningTrials = 30, 0, 6
	src := wave.Own(wave.Task{Steps: 60, Vary: true})
	m, err := New(cfg, src)
	if err != nil {
		t.Fatal(err)
	}
	net, _ := build(cfg, src)
	if err := m.Demean(context.Background(), src); err != nil {
		t.Fatal(err)
	}
	n := cfg.Neurons
	ref := &naive{
		cfg: cfg, lif: cfg.Neuron.(neuron.LIF),
		slow: carry.Transposed(mat.NewDense(n, n, net.slow)), fast: carry.Transposed(mat.NewDense(n, n, net.fast)),
		v: append([]float64(nil), net.neurons.Voltages()...), s: make([]float64, n), f: make([]float64, n), current: make([]float64, n),
	}
	mean, steps, lengths := make([]float64, n), 0.0, map[int]bool{}
	for i := range cfg.DemeaningTrials {
		trial, _, err := src.Trial(neuro.Stream(cfg.Seed, "demeaning trials", i), task.State{})
		if err != nil {
			t.Fatal(err)
		}
		lengths[trial.Steps()] = true
		for t := range trial.Steps() {
			ref.step(net, trial.Factors.RawRowView(max(0, t-1)), trial.Inputs.RawRowView(t))
			steps++
			for k := range mean {
				for p, y := range trial.Factors.RawRowView(max(0, t-1)) {
					mean[k] += net.factors.At(p, k) * y
				}
				for j := range n {
					mean[k] += ref.slow.At(k, j)*ref.s[j] + (ref.fast.At(k, j)-cfg.inhibition())*ref.f[j]
				}
			}
		}
	}
	if len(lengths) < 2 {
		t.Fatal("all trials have one length: the test says nothing")
	}
	for k, b := range m.Bias() {
		if want := mean[k] / steps; math.Abs(b-want) > 1e-9*(1+math.Abs(want)) {
			t.Fatalf("neuron %d: bias %g, mean current %g", k, b, want)
		}
	}
}

func TestRatesToSpikesEndToEnd(t *testing.T) {
	ctx := context.Background()
	k := task.SumOfSinusoids()
	rc := rate.DePasquale2018()
	rc.Units, rc.WarmUpTrials, rc.TrainingTrials, rc.TestTrials = 150, 2, 20, 4
	fit, err := rate.Train(ctx, rate.FullForce{}, rc, k)
	if err != nil {
		t.Fatal(err)
	}
	basis, err := factor.PCA(fit.Activity, factor.Components(12))
	if err != nil {
		t.Fatal(err)
	}
	fit.Network.Restart = true // nothing else marks the phase
	src, err := rate.NewSource(fit.Network, basis, k)
	if err != nil {
		t.Fatal(err)
	}
	cfg := small()
	cfg.Neurons, cfg.Gain = 250, 12*math.Sqrt(250.0/150)
	cfg.DemeaningTrials, cfg.TrainingTrials = 10, 40
	m, err := Transfer(ctx, cfg, src)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := m.Test(ctx, src, TestConfig{WarmUpTrials: 2, Trials: 9, Entrain: 1, Seed: 4})
	if err != nil {
		t.Fatal(err)
	}
	if e, _ := rec.MedianErrors(); e > 0.05 {
		t.Errorf("factor nMSE %v", rec.FactorErrors)
	}

	if _, err := task.NewSource(k); err == nil {
		t.Error("a task without factors was taken for a recording")
	}
	cfg.Neurons = 100
	if _, err := New(cfg, src); err == nil || !strings.Contains(err.Error(), "150 orthonormal") {
		t.Errorf("fewer neurons than directions: %v", err)
	}
}

func TestCancelledTrainingKeepsTheLastGoodWeights(t *testing.T) {
	src := wave.Source(200)
	m, err := Transfer(context.Background(), small(), src)
	if err != nil {
		t.Fatal(err)
	}
	before := m.Decoder()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := m.Train(ctx, src, 3); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want cancellation", err)
	}
	if !mat.Equal(before, m.Decoder()) {
		t.Error("cancelled training changed the weights")
	}
	if err := m.Train(context.Background(), src, 1); err != nil {
		t.Error(err)
	}
}

func TestWatchStopsEarlyAndFails(t *testing.T) {
	src := wave.Source(100)
	var last neuro.Progress
	m, err := Transfer(neuro.WithWatch(context.Background(), func(p neuro.Progress) error {
		last = p
		if p.Stage == "train" && p.Done == 2*2+3+2 {
			return neuro.ErrStop
		}
		return nil
	}), small(), src)
	if err != nil || len(m.Training().FactorErrors) != 2 || last.Total != 11 {
		t.Errorf("stopped early: %v, %d trials, last %+v", err, len(m.Training().FactorErrors), last)
	}
	boom := errors.New("boom")
	if _, err := Transfer(neuro.WithWatch(context.Background(), func(neuro.Progress) error { return boom }), small(), src); !errors.Is(err, boom) {
		t.Errorf("the watcher's error was lost: %v", err)
	}
}

func TestIllConditionedTrainingSaysWhere(t *testing.T) {
	cfg := small()
	cfg.RLS.Alpha = 1e-308
	_, err := Transfer(context.Background(), cfg, wave.Source(200))
	var ill *rls.IllConditionedError
	if !errors.As(err, &ill) || !strings.Contains(err.Error(), "trial 0, step") {
		t.Errorf("error %v, want an IllConditionedError with trial and step", err)
	}
}

// A number that is not finite is found in whichever factor or output it is.
func TestDivergenceNamesTheQuantity(t *testing.T) {
	ctx, src := context.Background(), wave.Source(100)
	test := TestConfig{Trials: 2, Seed: 1}
	for want, spoil := range map[string]func(*Model){
		"factor 1": func(m *Model) {
			state := m.decoder.State()
			for j := range state.Weights.RawMatrix().Cols {
				state.Weights.Set(1, j, math.Inf(1))
			}
			if err := m.decoder.Restore(state); err != nil {
				t.Fatal(err)
			}
		},
		"output 0": func(m *Model) { m.readout.Set(0, 2, math.NaN()) },
	} {
		m, err := Transfer(ctx, small(), src)
		if err != nil {
			t.Fatal(err)
		}
		spoil(m)
		var div *neuro.DivergenceError
		if _, err := m.Test(ctx, src, test); !errors.As(err, &div) || div.What != want {
			t.Errorf("testing: error %v, want divergence of %s", err, want)
		}
		div = nil
		if err := m.Train(ctx, src, 1); !errors.As(err, &div) || div.What != want || div.Trial != 4 {
			t.Errorf("training: error %v, want divergence of %s in trial 4", err, want)
		}
	}
}

func TestBadConfig(t *testing.T) {
	bend := map[string]func(*Config){
		"neurons":   func(c *Config) { c.Neurons = 0 },
		"tau":       func(c *Config) { c.TauSlow = 0 },
		"NaN":       func(c *Config) { c.Inhibition = math.NaN() },
		"no neuron": func(c *Config) { c.Neuron = nil },
		"reset":     func(c *Config) { c.Neuron = neuron.LIF{Tau: 0.01} },
		"gain":      func(c *Config) { c.Gain = -1 },
		"update":    func(c *Config) { c.UpdateProbability = 0 },
		"trials":    func(c *Config) { c.TrainingTrials = 0 },
		"ridge":     func(c *Config) { c.RLS.Alpha = 0 },
		"too small": func(c *Config) { c.Neurons = 1 },
	}
	for name, f := range bend {
		cfg := small()
		f(&cfg)
		if _, err := New(cfg, wave.Source(10)); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	m, err := Transfer(context.Background(), small(), wave.Source(50))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]TestConfig{
		"no trials": {Trials: 0}, "negative": {Trials: 1, WarmUpTrials: -1}, "voltage": {Trials: 1, Record: recording.Keep{Units: []int{120}}},
	} {
		if _, err := m.Test(context.Background(), wave.Source(50), c); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func TestDamagedFilesAreRefused(t *testing.T) {
	m, err := Transfer(context.Background(), small(), wave.Source(50))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "model.npz")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	whole, _ := os.ReadFile(path)
	bad := map[string][]byte{
		"empty": {}, "text": []byte("hello"), "cut": whole[:len(whole)/2],
		"flipped": append(append(append([]byte(nil), whole[:len(whole)/2]...), ^whole[len(whole)/2]), whole[len(whole)/2+1:]...),
	}
	for name, data := range bad {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(p); err == nil || !strings.Contains(err.Error(), p) {
			t.Errorf("%s: error %v, want one that names the file", name, err)
		}
	}
	if err := m.Save(filepath.Join(dir, "missing", "model.npz")); err == nil {
		t.Error("saved into a folder that is not there")
	}
	left, _ := filepath.Glob(filepath.Join(dir, ".model*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Asking for the condition number between trainings changes no bit of them.
func TestConditionChangesNothing(t *testing.T) {
	src := wave.Source(300)
	train := func(ask bool) *Model {
		m, err := New(small(), src)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if err := m.Train(context.Background(), src, 1); err != nil {
				t.Fatal(err)
			}
			if !ask {
				continue
			}
			if c := m.Condition(); !(c > 1e3 && c < 1e12) {
				t.Errorf("condition number %g", c)
			}
		}
		return m
	}
	a, b := train(true), train(false)
	if !mat.Equal(a.Decoder(), b.Decoder()) || !mat.Equal(a.decoder.Inverse(), b.decoder.Inverse()) {
		t.Error("other weights, or another P")
	}
}
