package depasquale2016

import (
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// small is a rate network that has hardly learned a task, and two components.
func small(t *testing.T, k task.Task) (*rate.Network, *factor.Basis) {
	t.Helper()
	cfg := rate.DePasquale2018()
	cfg.Units, cfg.WarmUpTrials, cfg.TrainingTrials, cfg.TestTrials, cfg.RecordedTrials = 30, 1, 1, 2, 2
	fit, err := rate.Train(t.Context(), rate.FullForce{}, cfg, k)
	if err != nil {
		t.Fatal(err)
	}
	basis, err := factor.PCA(fit.Activity, factor.Components(2))
	if err != nil {
		t.Fatal(err)
	}
	return fit.Network, basis
}

// Sources that save time teach what the plain one teaches, trial after trial.
func TestSourcesThatSaveTimeChangeNoBit(t *testing.T) {
	const trials, taught = 4, 3
	for name, build := range map[string]func() (plain, quick task.Source, err error){
		"repeated": func() (task.Source, task.Source, error) {
			k := task.SumOfSinusoids()
			net, basis := small(t, k)
			net.Restart = true
			plain, err := rate.NewSource(net, basis, k)
			if err != nil {
				return nil, nil, err
			}
			quick, err := task.Repeat(plain)
			return plain, quick, err
		},
		"observed": func() (task.Source, task.Source, error) {
			k := task.NewTemporalXOR()
			net, basis := small(t, k)
			plain, err := rate.NewSource(net, basis, k)
			if err != nil {
				return nil, nil, err
			}
			quick, err := observe(net, basis, k, taught)
			return plain, quick, err
		},
	} {
		plain, quick, err := build()
		if err != nil {
			t.Fatal(err)
		}
		var a, b task.State
		for i := range trials {
			var want, got task.Trial
			if want, a, err = plain.Trial(neuro.Stream(7, "trials", i), a); err != nil {
				t.Fatal(err)
			}
			if got, b, err = quick.Trial(neuro.Stream(7, "trials", i), b); err != nil {
				t.Fatal(err)
			}
			if !mat.Equal(got.Targets, want.Targets) {
				t.Errorf("%s, trial %d: other targets", name, i)
			}
			if asked := name != "observed" || i < taught; mat.Equal(got.Factors, want.Factors) != asked {
				t.Errorf("%s, trial %d: the plain source's factors: %t, want %t", name, i, !asked, asked)
			}
		}
	}
}

// An observed network puts out what it would on its own.
func TestObservedOutputsAreTheNetworks(t *testing.T) {
	k := task.NewTemporalXOR()
	net, basis := small(t, k)
	src, err := observe(net, basis, k, 2)
	if err != nil {
		t.Fatal(err)
	}
	trials, outputs, err := outputsOf(t.Context(), net, k, 2, 7)
	if err != nil {
		t.Fatal(err)
	}
	var state task.State
	for i := range trials {
		if _, state, err = src.Trial(neuro.Stream(7, "test trials", i), state); err != nil {
			t.Fatal(err)
		}
		if !mat.Equal(src.outputs[i], outputs[i]) || !mat.Equal(src.trials[i].Targets, trials[i].Targets) {
			t.Errorf("trial %d: the output is not the network's", i)
		}
	}
}
