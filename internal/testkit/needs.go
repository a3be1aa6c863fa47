package testkit

import (
	"os"
	"strings"
	"testing"
)

// AllEnv, set to anything, runs the tests that need more than Go: Jupyter,
// a browser, Python, a C compiler, Slurm, recordings. Where it is set, whatever is
// missing is a failure.
const AllEnv = "SPIKEWALK_TEST_ALL"

// Needs leaves the calling test out, naming what it needs, unless AllEnv is set.
func Needs(t testing.TB, what ...string) {
	t.Helper()
	if !All() {
		t.Skipf("left out, for it needs %s: %s=1 runs it", strings.Join(what, " and "), AllEnv)
	}
}

// All tells whether tests may need more than Go.
func All() bool { return os.Getenv(AllEnv) != "" }
