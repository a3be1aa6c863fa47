package spiking

import (
	"context"
	"slices"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Files written when a mix's trials had one number for part and condition: the
// model goes on as it did then, and the recording has the conditions it had.
func TestOldFilesOfTwoTasksLoad(t *testing.T) {
	model, err := Load("testdata/mix_model.npz")
	if err != nil {
		t.Fatal(err)
	}
	old, err := recording.Load("testdata/mix_recording.npz")
	if err != nil {
		t.Fatal(err)
	}
	src, err := task.MixSources(wave.Own(task.Cycling{
		Factors: mat.NewDense(6, 2, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}),
		EMG:     mat.NewDense(6, 1, []float64{1, 2, 3, 4, 5, 6}), Dt: 0.001, Pulse: 0.002, Height: 2,
	}), newCounting())
	if err != nil {
		t.Fatal(err)
	}
	start := model.State()
	rec, err := model.Test(context.Background(), src, TestConfig{
		Trials: 8, Recorded: 8, Seed: 2, Initial: start, Record: recording.Keep{Mean: []string{SlowTrain}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if !mat.Equal(rec.Factors, old.Factors) || !mat.Equal(rec.Factors.Targets, old.Factors.Targets) || !slices.Equal(rec.Final["source"], old.Final["source"]) {
		t.Error("the model does not do what it did when the file was written")
	}
	if len(old.Means.Trials) != 2 || !mat.Equal(rec.Means.Series[SlowTrain], old.Means.Series[SlowTrain]) {
		t.Error("averages differ from those of the file")
	}
	for i, then := range old.Trials {
		if now := rec.Trials[i]; then.Condition != 1000*now.Part+now.Condition {
			t.Errorf("trial %d: condition %d in the file, part %d and condition %d now", i, then.Condition, now.Part, now.Condition)
		}
	}
	path := t.TempDir() + "/rec.npz"
	if err := rec.Save(path); err != nil {
		t.Fatal(err)
	}
	again, err := recording.Load(path)
	if err != nil || again.Means.Trials[1].Part != 1 || again.Trials[0].Part != rec.Trials[0].Part {
		t.Errorf("parts are lost in a file: %v", err)
	}
}
