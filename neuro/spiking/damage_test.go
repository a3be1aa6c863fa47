package spiking

import (
	"os"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// The file was saved in November 2026, and compressed.
const oldModel = "testdata/model.npz"

func TestOldFilesLoadAndDamagedOnesDoNot(t *testing.T) {
	testkit.Saved(t, oldModel, testkit.Again[Model])
	old, err := os.ReadFile(oldModel)
	if err != nil {
		t.Fatal(err)
	}
	testkit.Missing(t, old, testkit.Again[Model])
}

func FuzzLoad(f *testing.F) { testkit.FuzzSaved(f, oldModel, testkit.Again[Model]) }
