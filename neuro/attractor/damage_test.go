package attractor

import (
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// The file was saved in November 2026, and compressed.
const oldFile = "testdata/integrator.npz"

func TestOldFilesLoadAndDamagedOnesDoNot(t *testing.T) {
	testkit.Saved(t, oldFile, testkit.Again[Attractor])
}

func FuzzLoad(f *testing.F) { testkit.FuzzSaved(f, oldFile, testkit.Again[Attractor]) }
