package spiking

import (
	"bytes"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

func recordingAgain(data []byte) ([]byte, error) {
	rec, err := decodeRecording(data)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = rec.write(&b, nil)
	return b.Bytes(), err
}

// The files were saved in November 2026, and compressed.
const (
	oldModel     = "testdata/model.npz"
	oldRecording = "testdata/recording.npz"
)

func TestOldFilesLoadAndDamagedOnesDoNot(t *testing.T) {
	t.Run("model", func(t *testing.T) { testkit.Saved(t, oldModel, testkit.Again[Model]) })
	t.Run("recording", func(t *testing.T) { testkit.Saved(t, oldRecording, recordingAgain) })
}

func FuzzLoad(f *testing.F) { testkit.FuzzSaved(f, oldModel, testkit.Again[Model]) }

func FuzzLoadRecording(f *testing.F) { testkit.FuzzSaved(f, oldRecording, recordingAgain) }
