package data

import (
	"bytes"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// exampleNWB was written by testdata/write_session.py.
//
//go:embed testdata/session.nwb
var exampleNWB []byte

// ExampleConfig is the session of [ExampleSession]: 112 trials, less than 5 minutes,
// of 60 units of 12 Hz. [SyntheticSession] of it has the ground truth.
func ExampleConfig() SessionConfig {
	c := DefaultSession()
	c.Trials, c.Units, c.Rate = 112, 60, 12
	return c
}

// ExampleSession returns the path of a synthetic session as an NWB file in the layout
// of the Neural Latents Benchmark, with EMG, 0.9 MB, to be opened as one's own would
// be. It is written into the cache folder ([CacheDir]) unless it is there; it appears
// whole or not at all. An error says why it cannot be written.
func ExampleSession() (path string, err error) {
	dir, err := CacheDir()
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, "data", "synthetic_session.nwb")
	if there, err := os.ReadFile(path); err == nil && bytes.Equal(there, exampleNWB) {
		return path, nil
	}
	if err := scratch.Folder(filepath.Dir(path), scratch.Private); err != nil {
		return "", notKept(err)
	}
	if err := scratch.WriteFile(path, exampleNWB, scratch.Public); err != nil {
		return "", notKept(err)
	}
	return path, nil
}

func notKept(err error) error {
	return fmt.Errorf("the example session cannot be kept: %w; set %s to a folder that can be written to", err, cacheVariable)
}
