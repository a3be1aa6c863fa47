package nwb

import (
	"bytes"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// FuzzRecording reads files of any bytes, all that they have: none may make it
// panic, or take memory that is not its own.
func FuzzRecording(f *testing.F) {
	for _, name := range []string{"session.nwb", "messy_trials.nwb", "milliseconds.nwb", "emg_times.nwb", "observed.nwb", "transposed.nwb", "version1.nwb"} {
		f.Add(content(f, name))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		testkit.Bounded(t, "fuzzed", file, func(file []byte) ([]byte, error) { return nil, readAll(file) })
	})
}

// readAll reads all of a file.
func readAll(content []byte) error {
	f, err := NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return err
	}
	if _, err := f.Contents(); err != nil {
		return err
	}
	for i := range min(f.Units(), 10) {
		if _, err := f.Unit(i); err != nil {
			return err
		}
	}
	_, err = f.Recording(Joined("preprocessed_emg"))
	if err != nil {
		_, err = f.Recording(Only())
	}
	return err
}

// Damaged files are errors, or a recording that can be saved.
func TestDamagedFiles(t *testing.T) {
	whole := content(t, "session.nwb")
	for k := 0; k < len(whole); k += 97 {
		bad := bytes.Clone(whole)
		bad[k] ^= 0x5a
		_ = readAll(bad)
		if k%(97*8) == 0 {
			_ = readAll(whole[:k])
		}
	}
}
