package recording_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiketrain"
)

// Two trials of one second each, the second of which was not kept in full, and a
// third: rows are the two that were kept, and times begin anew in each.
func TestByTrialHasARowForEachTrial(t *testing.T) {
	rec := &recording.Recording{
		Dt: 0.001, Units: 2,
		Trials: []recording.Trial{{From: 0, To: 1000}, {}, {From: 1000, To: 2000}},
		Spikes: recording.Spikes{Times: []float64{0.1, 0.3, 0.9, 1.05, 1.8}, Units: []int{1, 0, 1, 1, 1}},
	}
	got, err := rec.ByTrial(1)
	if err != nil {
		t.Fatal(err)
	}
	want := recording.Spikes{Times: []float64{0.05, 0.1, 0.8, 0.9}, Units: []int{1, 0, 1, 0}}
	if d := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-9)); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	// Counts per bin, over two trials and half a second: one spike is 1 Hz.
	psth, err := rec.PSTH(spiketrain.PSTHConfig{Bin: 0.5})
	if err != nil || len(psth.Mean) != 1 || !mat.Equal(psth.Mean[0], mat.NewDense(2, 2, []float64{1, 2, 0, 2})) {
		t.Errorf("rates are %v, %v", psth, err)
	}
	for _, unit := range []int{-1, 2} {
		if _, err := rec.ByTrial(unit); err == nil {
			t.Errorf("unit %d was found", unit)
		}
	}
	if _, err := (&recording.Recording{Units: 1}).ByTrial(0); err == nil {
		t.Error("a recording without trials has rows")
	}
}
