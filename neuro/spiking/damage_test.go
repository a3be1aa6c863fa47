package spiking

import (
	"bytes"
	"encoding"
	"os"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// again loads a model and returns what it saves.
func again[T any, P interface {
	*T
	encoding.BinaryMarshaler
	encoding.BinaryUnmarshaler
}](data []byte) ([]byte, error) {
	m := P(new(T))
	if err := m.UnmarshalBinary(data); err != nil {
		return nil, err
	}
	return m.MarshalBinary()
}

func recordingAgain(data []byte) ([]byte, error) {
	rec, err := decodeRecording(data)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = rec.write(&b, nil)
	return b.Bytes(), err
}

// Files saved in November 2026, which were compressed, load; so do those of
// today; and none that is damaged loads as something else.
func TestOldFilesLoadAndDamagedOnesDoNot(t *testing.T) {
	for path, load := range map[string]func([]byte) ([]byte, error){
		"testdata/model.npz":     again[Model],
		"testdata/recording.npz": recordingAgain,
	} {
		t.Run(path, func(t *testing.T) {
			old, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			testkit.Damage(t, old, load)
			today, err := load(old)
			if err != nil {
				t.Fatal(err)
			}
			testkit.Damage(t, today, load)
			testkit.Hostile(t, today, load)
		})
	}
}
