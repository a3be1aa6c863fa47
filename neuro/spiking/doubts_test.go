package spiking_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
)

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func kinds(warnings []neuro.Warning) (kinds []neuro.WarningKind) {
	for _, w := range warnings {
		kinds = append(kinds, w.Kind)
	}
	return kinds
}

// trained is a network after a training of the given length, and the kinds of
// warnings in the last report of its training.
func trained(t *testing.T, cfg spiking.Config, src task.Source) (*spiking.Model, []neuro.WarningKind) {
	t.Helper()
	var last neuro.Progress
	model, err := spiking.Transfer(neuro.WithWatch(context.Background(), func(p neuro.Progress) error { last = p; return nil }), cfg, src)
	if err != nil {
		t.Fatal(err)
	}
	if last.Done != last.Total {
		t.Errorf("the last report is of %d of %d", last.Done, last.Total)
	}
	return model, kinds(last.Warnings)
}

func short(neurons int, gain float64, trials int) spiking.Config {
	cfg := spiking.DePasquale2023()
	cfg.Neurons, cfg.Gain = neurons, gain
	cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 2, 5, trials
	return cfg
}

// sampledCycling takes every n-th sample of a recording at 1 ms, and takes it for one
// at 1 ms.
func sampledCycling(t *testing.T, n int) task.Source {
	r := data.SyntheticCycling(1)
	every := func(m *mat.Dense) *mat.Dense {
		rows, columns := m.Dims()
		out := mat.NewDense(rows/n, columns, nil)
		for i := range rows / n {
			out.SetRow(i, m.RawRowView(i*n))
		}
		return out
	}
	k := must[task.Cycling](t)(task.NewCycling(every(r.Factors), every(r.EMG), 0.001))
	return must[task.Source](t)(task.NewSource(k))
}

// A network whose errors are small while it learns and thousands on its own is
// no success: the transfer says so, its last report and the test.
func TestTransferSaysThatItIsWorseThanSilence(t *testing.T) {
	ctx, k := context.Background(), task.NewTemporalXOR()
	units := rate.DePasquale2018()
	units.Units, units.WarmUpTrials, units.TrainingTrials, units.TestTrials = 100, 2, 5, 4
	fit := must[*rate.Fit](t)(rate.Train(ctx, rate.FullForce{}, units, k))
	basis := must[*factor.Basis](t)(factor.PCA(fit.Activity, factor.Components(10)))
	src := must[task.Source](t)(rate.NewSource(fit.Network, basis, k))

	model, reported := trained(t, short(200, 12, 5), src)
	rec := must[*recording.Recording](t)(model.Test(ctx, src, spiking.TestConfig{WarmUpTrials: 5, Trials: 10, Seed: 1001}))
	factors, _ := rec.MedianErrors()
	if learning := stats.Median(model.Training().FactorErrors); factors < 100 || learning > 0.1 {
		t.Fatalf("errors %g while learning and %g on its own: the case is none", learning, factors)
	}
	for where, warnings := range map[string][]neuro.Warning{"training": model.Training().Warnings, "test": rec.Warnings} {
		if !slices.Contains(kinds(warnings), neuro.WorseThanSilence) || !strings.Contains(warnings[0].String(), "error of the factors is 1, that of silence, or more in 10 of 10 trials") {
			t.Errorf("%s: warnings %v", where, warnings)
		}
	}
	if !slices.Equal(reported, kinds(model.Training().Warnings)) {
		t.Errorf("the last report warns of %v", reported)
	}

	var back spiking.Model
	if err := back.UnmarshalBinary(must[[]byte](t)(model.MarshalBinary())); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(back.Training().Warnings, model.Training().Warnings) {
		t.Error("a loaded model has lost its warnings")
	}
}

// A recording at 1 ms is learned, and at 10 ms taken for 1 ms it is not.
func TestTransferSaysThatTheStepMayBeWrong(t *testing.T) {
	for _, c := range []struct {
		every     int
		low, high float64
		want      []neuro.WarningKind
	}{
		{1, 0, 0.1, nil},
		{10, 1, 10, []neuro.WarningKind{neuro.WorseThanSilence, neuro.WorseThanSilence}},
	} {
		src := sampledCycling(t, c.every)
		model, reported := trained(t, short(150, 4, 20), src)
		rec := must[*recording.Recording](t)(model.Test(context.Background(), src, spiking.TestConfig{WarmUpTrials: 5, Trials: 10, Seed: 1001}))
		if e, _ := rec.MedianErrors(); e < c.low || e > c.high {
			t.Errorf("every %d ms: error %g, want %g to %g", c.every, e, c.low, c.high)
		}
		if !slices.Equal(reported, c.want) || !slices.Equal(kinds(rec.Warnings), c.want) {
			t.Errorf("every %d ms: warnings %v while training and %v in the test, want %v", c.every, reported, rec.Warnings, c.want)
		}
		if len(rec.Warnings) > 0 && !strings.Contains(rec.Warnings[0].Try, "the step, 0.001 s, is that of the recording") {
			t.Errorf("%s does not name the step", rec.Warnings[0])
		}
	}
}

// The trials that a transfer ends with change nothing of the network.
func TestTransferIsItsThreeParts(t *testing.T) {
	ctx, src, cfg := context.Background(), sampledCycling(t, 10), short(60, 6, 12)
	whole, _ := trained(t, cfg, src)
	parts := must[*spiking.Model](t)(spiking.New(cfg, src))
	for _, err := range []error{
		parts.Demean(ctx, src), parts.Train(ctx, src, 12),
		whole.Train(ctx, src, 3), parts.Train(ctx, src, 3),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(must[[]byte](t)(whole.MarshalBinary()), must[[]byte](t)(parts.MarshalBinary())) {
		t.Error("other bits")
	}
}

func TestRefractoryPeriodsAreInSeconds(t *testing.T) {
	cfg := short(40, 6, 1)
	cfg.Neuron = neuron.LIF{Tau: 0.010, Reset: -10, Refractory: 2}
	if _, err := spiking.New(cfg, sampledCycling(t, 10)); err == nil || !strings.Contains(err.Error(), "if these are 2 of them, write 0.002") {
		t.Errorf("2 ms written as 2: %v", err)
	}
}

// The published networks resolve what they step through.
func TestPresetsResolveTheirTimeConstants(t *testing.T) {
	ctx, src := context.Background(), sampledCycling(t, 1)
	for name, cfg := range map[string]spiking.Config{"2023": spiking.DePasquale2023(), "accurate": spiking.HighGain(), "2016": spiking.DePasquale2016()} {
		cfg.Neurons, cfg.WarmUpTrials = 20, 0
		model := must[*spiking.Model](t)(spiking.New(cfg, src))
		if err := model.Train(ctx, src, 1); err != nil || model.Training().Warnings != nil {
			t.Errorf("%s: %v, warnings %v", name, err, model.Training().Warnings)
		}
	}
}

// What nobody has tried is said in one warning, with who has tried what; in another
// unit of voltage ranges are others.
func TestUnexploredParametersAreNamed(t *testing.T) {
	ctx, src := context.Background(), sampledCycling(t, 10)
	for says, change := range map[string]func(*spiking.Config){
		"": func(cfg *spiking.Config) {
			cfg.Neuron = neuron.LIF{Tau: 0.010, Threshold: 1}
			cfg.Gain, cfg.SlowWeights, cfg.FastWeights, cfg.Inhibition = 0.6, 0.011, 0.013, -0.03
		},
		"Gain is 6 (3 to 6 in DePasquale et al. 2023, 7 in 2016, 1 to 100 here, for 10 from reset to threshold, which are 0.5)": func(cfg *spiking.Config) {
			cfg.Neuron = neuron.LIF{Tau: 0.010, Threshold: 0.5}
			cfg.SlowWeights, cfg.FastWeights, cfg.Inhibition = 0, 0, -0.015
		},
		"TauSlow is 0.03 (0.1 s in DePasquale et al. 2023), TauFast is 0.008 (": func(cfg *spiking.Config) { cfg.TauSlow, cfg.TauFast = 0.03, 0.008 },
		"Neuron.Tau is 0.05 (": func(cfg *spiking.Config) {
			m := neuron.Adaptive()
			m.LIF.Tau = 0.05
			cfg.Neuron = m
		},
	} {
		cfg := short(40, 6, 1)
		change(&cfg)
		model := must[*spiking.Model](t)(spiking.New(cfg, src))
		if err := model.Train(ctx, src, 1); err != nil {
			t.Fatal(err)
		}
		w := model.Training().Warnings
		if says == "" && w != nil || says != "" && (len(w) != 1 || w[0].Kind != neuro.Unexplored || !strings.Contains(w[0].Message, says)) {
			t.Errorf("%v, want %q", w, says)
		}
	}
}

// Refractory periods are whole steps, which may make others of them.
func TestRefractoryPeriodsThatStepsDoNotResolve(t *testing.T) {
	ctx, src := context.Background(), sampledCycling(t, 10)
	for period, want := range map[float64]string{0.002: "", 0.0019: "", 0.0015: "steps of 0.001 s make a refractory period of 0.002 s of one of 0.0015 s", 0.0006: "0.001 s of one of 0.0006 s"} {
		cfg := short(40, 6, 1)
		m := neuron.DePasquale2016()
		m.Refractory = period
		cfg.Neuron = m
		model := must[*spiking.Model](t)(spiking.New(cfg, src))
		if err := model.Train(ctx, src, 1); err != nil {
			t.Fatal(err)
		}
		w := model.Training().Warnings
		if want == "" && w != nil || want != "" && (len(w) != 1 || w[0].Kind != neuro.CoarseStep || !strings.Contains(w[0].Message, want)) {
			t.Errorf("%g s: %v, want %q", period, w, want)
		}
	}
}

// A step that does not resolve a membrane or a synapse is an error, above a
// fifth a warning, and at a fifth, as published, nothing.
func TestStepMustResolveTheFastestTimeConstant(t *testing.T) {
	ctx, src := context.Background(), sampledCycling(t, 10)
	for _, c := range []struct {
		fast float64
		says string
		want []neuro.WarningKind
	}{
		{0.0009, "spiking: a step of 0.001 s does not resolve TauFast, 0.0009 s", nil},
		{0.004, "", []neuro.WarningKind{neuro.CoarseStep, neuro.Unexplored}},
		{0.005, "", nil},
	} {
		cfg := short(40, 6, 1)
		cfg.TauFast = c.fast
		model, err := spiking.New(cfg, src)
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("TauFast %g s: error %v", c.fast, err)
		}
		if err == nil {
			if err := model.Train(ctx, src, 1); err != nil {
				t.Fatal(err)
			}
			if got := kinds(model.Training().Warnings); !slices.Equal(got, c.want) {
				t.Errorf("TauFast %g s: warnings %v", c.fast, got)
			}
		}
	}
}
