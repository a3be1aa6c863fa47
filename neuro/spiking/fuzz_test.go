package spiking

import (
	"os"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// No file makes loading panic, or take memory that is not its own, whatever its
// bytes and its config.json.
func FuzzLoad(f *testing.F) {
	var files [2][]byte
	for i, name := range []string{"model", "recording"} {
		data, err := os.ReadFile("testdata/" + name + ".npz")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(byte(i), data, false)
		if files[i], err = loaders[i](data); err != nil {
			f.Fatal(err)
		}
		f.Add(byte(i), testkit.Config(f, data), true)
	}
	f.Fuzz(func(t *testing.T, kind byte, data []byte, config bool) {
		i := int(kind) % len(files)
		if config {
			data = testkit.WithConfig(t, files[i], data)
		}
		testkit.Bounded(t, "fuzzed", data, loaders[i])
	})
}

var loaders = []func([]byte) ([]byte, error){again[Model], recordingAgain}
