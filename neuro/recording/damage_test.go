package recording

import (
	"bytes"
	"testing"

	"github.com/spikewalk/spikewalk/internal/npz"
	"github.com/spikewalk/spikewalk/internal/testkit"
)

// again loads a recording and returns what it would be saved as.
func again(data []byte) ([]byte, error) {
	rec, err := decode(data)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	f := &file{w: npz.NewWriter(&b), series: make(map[string]sampling)}
	err = f.finish(rec)
	return b.Bytes(), err
}

// The first file was saved in November 2026 in layout 1, and compressed.
const oldFile, newFile, labFile = "testdata/recording.npz", "testdata/layout2.npz", "testdata/session.npz"

func TestFilesLoadAndDamagedOnesDoNot(t *testing.T) {
	for _, name := range []string{oldFile, newFile, labFile} {
		t.Run(name, func(t *testing.T) { testkit.Saved(t, name, again) })
	}
}

func FuzzLoad(f *testing.F) { testkit.FuzzSaved(f, newFile, again) }
