package dale

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
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

// sampledCycling takes every n-th sample of a recording at 1 ms, and takes it
// for one at 1 ms.
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
	return wave.Own(must[task.Cycling](t)(task.NewCycling(every(r.Factors), every(r.EMG), 0.001)))
}

func TestSaysThatItIsWorseThanSilence(t *testing.T) {
	cfg := Sparse()
	cfg.Neurons, cfg.Rounds, cfg.TrialsPerRound, cfg.ValidationTrials = 100, 1, 1, 2
	cfg.FactorNoise, cfg.CommonNoise, cfg.NeuronNoise = 0, 0, 0
	src := sampledCycling(t, 10)
	var last neuro.Progress
	ctx := neuro.WithWatch(context.Background(), func(p neuro.Progress) error { last = p; return nil })
	net := must[*Network](t)(Transfer(ctx, cfg, src))
	training := net.Training
	if e := training.MedianErrors[training.Kept]; e < 1 {
		t.Fatalf("error %g: the case is none", e)
	}
	want := []neuro.WarningKind{neuro.WorseThanSilence}
	if !slices.Equal(kinds(training.Warnings), want) || !slices.Equal(kinds(last.Warnings), want) {
		t.Errorf("warnings %v, in the last report %v", training.Warnings, last.Warnings)
	}
	rec := must[*recording.Recording](t)(net.Test(context.Background(), src, spiking.TestConfig{WarmUpTrials: 1, Trials: 2, Seed: 1}))
	if !slices.Contains(kinds(rec.Warnings), neuro.WorseThanSilence) {
		t.Errorf("the test warns of %v", rec.Warnings)
	}
}

// The presets resolve what they step through.
func TestPresetsResolveTheirTimeConstants(t *testing.T) {
	src := sampledCycling(t, 1)
	for name, cfg := range map[string]Config{"sparse": Sparse(), "rhythm": Rhythm()} {
		cfg.Neurons, cfg.Rounds, cfg.TrialsPerRound, cfg.ValidationTrials, cfg.Connectivity = 60, 1, 1, 1, 1
		net := must[*Network](t)(Transfer(context.Background(), cfg, src))
		if slices.Contains(kinds(net.Training.Warnings), neuro.CoarseStep) {
			t.Errorf("%s: warnings %v", name, net.Training.Warnings)
		}
	}
}

// A step that does not resolve a synapse is an error, above a fifth a warning,
// and at a fifth nothing.
func TestStepMustResolveTheFastestTimeConstant(t *testing.T) {
	src := sampledCycling(t, 10)
	for _, c := range []struct {
		fast float64
		says string
		warn bool
	}{
		{0.0009, "does not resolve TauSynapses[1], 0.0009 s", false},
		{0.004, "", true},
		{0.005, "", false},
	} {
		cfg := Sparse()
		cfg.Neurons, cfg.Rounds, cfg.TrialsPerRound, cfg.ValidationTrials, cfg.TauSynapses = 60, 1, 1, 1, []float64{0.05, c.fast}
		net, err := Transfer(context.Background(), cfg, src)
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("TauSynapses[1] %g s: error %v", c.fast, err)
		}
		if err == nil && slices.Contains(kinds(net.Training.Warnings), neuro.CoarseStep) != c.warn {
			t.Errorf("TauSynapses[1] %g s: warnings %v", c.fast, net.Training.Warnings)
		}
	}
}
