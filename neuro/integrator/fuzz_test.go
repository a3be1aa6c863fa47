package integrator

import (
	"os"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// No file makes loading panic, or take memory that is not its own, whatever its
// bytes and its config.json.
func FuzzLoad(f *testing.F) {
	data, err := os.ReadFile("testdata/integrator.npz")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data, false)
	f.Add(testkit.Config(f, data), true)
	f.Fuzz(func(t *testing.T, file []byte, config bool) {
		if config {
			file = testkit.WithConfig(t, data, file)
		}
		testkit.Bounded(t, "fuzzed", file, again)
	})
}
