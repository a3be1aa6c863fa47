package nb

import (
	"fmt"
	"go/version"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spikewalk/spikewalk/neuro"
)

const modulePath = "github.com/spikewalk/spikewalk"

// Provenance prints, in one line, what the numbers of a notebook come from:
// its seed and the versions of this module, its numerics, gonum and Go.
//
// Of Go only the language version is printed: patch releases do not change
// numbers, and the saved notebook is to be the same wherever it is run.
func Provenance(seed uint64) {
	fmt.Fprintln(os.Stdout, provenance(seed, debug.ReadBuildInfo))
}

func provenance(seed uint64, build func() (*debug.BuildInfo, bool)) string {
	parts := []string{fmt.Sprintf("seed %d", seed)}
	info, _ := build()
	own := fmt.Sprintf("numerics %d", neuro.NumericsVersion)
	if v := moduleVersion(info, modulePath); v != "" {
		own = v + ", " + own
	}
	parts = append(parts, "spikewalk "+own)
	if v := moduleVersion(info, "gonum.org/v1/gonum"); v != "" {
		parts = append(parts, "gonum "+v)
	}
	goVersion := version.Lang(runtime.Version())
	if goVersion == "" { // a development build of Go
		goVersion = runtime.Version()
	}
	parts = append(parts, "Go "+strings.TrimPrefix(goVersion, "go"))
	return strings.Join(parts, "; ")
}

// moduleVersion is the released version of a module in this build, or ""
// where the build carries none: a working copy has "(devel)" or a
// pseudo-version with its date, and neither says which numbers to expect.
func moduleVersion(info *debug.BuildInfo, path string) string {
	if info == nil {
		return ""
	}
	for _, dep := range append([]*debug.Module{&info.Main}, info.Deps...) {
		if dep.Path != path {
			continue
		}
		if dep.Replace != nil {
			dep = dep.Replace
		}
		if released(dep.Version) {
			return dep.Version
		}
	}
	return ""
}

func released(v string) bool {
	return strings.HasPrefix(v, "v") && !strings.HasPrefix(v, "v0.0.0-") && !strings.Contains(v, "+dirty")
}
