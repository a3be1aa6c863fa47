package spiking

import (
	"context"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/task"
)

// Files written when a mix's trials had one number for part and condition: the
// model goes on as it did then, and the recording has the conditions it had.
func TestOldFilesOfTwoTasksLoad(t *testing.T) {
	model, err := Load("testdata/mix_model.npz")
	if err != nil {
		t.Fatal(err)
	}
	old, err := LoadRecording("testdata/mix_recording.npz")
	if err != nil {
		t.Fatal(err)
	}
	src, err := task.MixSources(own(task.Cycling{
		Factors: mat.NewDense(6, 2, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}),
		EMG:     mat.NewDense(6, 1, []float64{1, 2, 3, 4, 5, 6}), Dt: 0.001, Pulse: 0.002, Height: 2,
	}), newCounting())
	if err != nil {
		t.Fatal(err)
	}
	start := model.State()
	rec, err := model.Test(context.Background(), src, TestConfig{
		Trials: 8, Recorded: 8, Seed: 2, Initial: &start, Record: RecordConfig{Mean: []Quantity{SlowTrain}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !mat.Equal(rec.Factors, old.Factors) || !mat.Equal(rec.FactorTargets, old.FactorTargets) || !rec.Final.Source.Equal(old.Final.Source) {
		t.Error("the model does not do what it did when the file was written")
	}
	if len(old.Means) != 2 || !mat.Equal(rec.Mean(SlowTrain), old.Mean(SlowTrain)) {
		t.Error("averages differ from those of the file")
	}
	for i, c := range old.Conditions {
		if c != 1000*rec.Parts[i]+rec.Conditions[i] {
			t.Errorf("trial %d: condition %d in the file, part %d and condition %d now", i, c, rec.Parts[i], rec.Conditions[i])
		}
	}
	path := t.TempDir() + "/rec.npz"
	if err := rec.Save(path); err != nil {
		t.Fatal(err)
	}
	again, err := LoadRecording(path)
	if err != nil || again.Means[1].Part != 1 || again.Parts[0] != rec.Parts[0] {
		t.Errorf("parts are lost in a file: %v", err)
	}
}
