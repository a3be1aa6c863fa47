package recording

import (
	"bytes"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// again loads a recording and returns what it would be saved as.
func again(data []byte) ([]byte, error) {
	rec, err := decode(data)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = newFile(&b).finish(rec)
	return b.Bytes(), err
}

// The first file was saved in November 2026 in layout 1, and compressed.
const oldFile, secondFile, labFile = "testdata/recording.npz", "testdata/layout2.npz", "testdata/session.npz"

func TestFilesLoadAndDamagedOnesDoNot(t *testing.T) {
	for _, name := range []string{oldFile, secondFile, labFile} {
		t.Run(name, func(t *testing.T) { testkit.Saved(t, name, again) })
	}
}

func FuzzLoad(f *testing.F) { testkit.FuzzSaved(f, secondFile, again) }
