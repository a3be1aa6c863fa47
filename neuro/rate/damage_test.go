package rate

import (
	"os"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// The file was saved in November 2026, and compressed.
const oldFile = "testdata/network.npz"

func TestOldFilesLoadAndDamagedOnesDoNot(t *testing.T) {
	testkit.Saved(t, oldFile, testkit.Again[Network])
	old, err := os.ReadFile(oldFile)
	if err != nil {
		t.Fatal(err)
	}
	testkit.Missing(t, old, testkit.Again[Network])
}

func FuzzLoad(f *testing.F) { testkit.FuzzSaved(f, oldFile, testkit.Again[Network]) }
