package data_test

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/prepare"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// A network of 400 spiking neurons learns the factors of three quarters of the
// trials of a synthetic session, and drives its muscles: averages of what it does
// predict those of the other trials.
func TestASpikingNetworkDrivesTheMusclesOfASyntheticSession(t *testing.T) {
	testkit.Needs(t, "half a minute")
	session, err := data.SyntheticSession(data.DefaultSession())
	if err != nil {
		t.Fatal(err)
	}
	set, err := prepared(t, session.Recording, -0.3, 0.6, 0.02).Rates(prepare.Gaussian(0.025))
	if err != nil {
		t.Fatal(err)
	}
	split, err := set.HoldOut(0.25, 1)
	if err != nil {
		t.Fatal(err)
	}
	rates, err := split.Train.StackedAverages(prepare.Rates)
	if err != nil {
		t.Fatal(err)
	}
	basis, err := factor.CentredPCA(rates, factor.Components(7))
	if err != nil {
		t.Fatal(err)
	}
	averages, _, _ := split.Train.Averages(prepare.Rates)
	muscles, _, _ := split.Train.Averages("emg")
	held, conditions, err := split.Test.Averages("emg")
	if err != nil || len(conditions) != 8 {
		t.Fatal(conditions, err)
	}
	factors := make([]*mat.Dense, len(averages))
	for c, m := range averages {
		if factors[c], err = basis.Project(m); err != nil {
			t.Fatal(err)
		}
		factors[c].Scale(0.25, factors[c]) // rates of some 60 Hz to currents of some 15
	}
	k, err := task.NewRecorded(factors, muscles, set.Dt)
	if err != nil {
		t.Fatal(err)
	}
	source, err := task.NewSource(k)
	if err != nil {
		t.Fatal(err)
	}
	cfg := spiking.HighGain()
	cfg.Neurons, cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 400, 20, 60, 150
	model, err := spiking.Transfer(context.Background(), cfg, source)
	if err != nil {
		t.Fatal(err)
	}
	test := spiking.DefaultTest()
	test.Trials, test.Recorded = 64, 64
	rec, err := model.Test(context.Background(), source, test)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("median nMSE of factors %.3f, of muscles %.3f", stats.Median(rec.FactorErrors), stats.Median(rec.OutputErrors))

	const steps, bins, ms = 900, 45, 20
	sums, trials := make([]*mat.Dense, 8), make([]float64, 8)
	for _, trial := range rec.Trials {
		from := trial.From + (trial.Steps()-steps)/2 // ramps and half pauses are of one length
		z := rec.Outputs.Slice(from, from+steps, 0, 16).Values
		if c := trial.Condition; sums[c] == nil {
			sums[c], trials[c] = mat.DenseCopyOf(z), 1
		} else {
			sums[c].Add(sums[c], z)
			trials[c]++
		}
	}
	var residual, total float64
	for m := range 16 {
		mean := 0.0
		for c := range held {
			mean += mat.Sum(held[c].ColView(m)) / (8 * bins)
		}
		for c := range held {
			if sums[c] == nil {
				t.Fatalf("condition %d was not tested", c)
			}
			for k := range bins {
				want := held[c].At(k, m)
				residual += math.Pow(sums[c].At(k*ms, m)/trials[c]-want, 2)
				total += math.Pow(want-mean, 2)
			}
		}
	}
	r2 := 1 - residual/total
	t.Logf("R² of the held-out trials' averages %.3f", r2)
	if r2 < 0.9 {
		t.Errorf("R² of the held-out trials' averages %.3f, want 0.9", r2)
	}
}
