package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spikewalk/spikewalk/neuro"
)

// version says which program this is: the version of the module or the commit
// that it was built from, the version of Go, the machine, and the version of
// the numerics, of which the same seed gives the same bits.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{GoVersion: runtime.Version()}
	}
	return fmt.Sprintf("%s, %s, %s/%s, numerics %d", source(info), info.GoVersion, runtime.GOOS, runtime.GOARCH, neuro.NumericsVersion)
}

// source is the version of the module, or else the commit. "go run" tells
// neither.
func source(info *debug.BuildInfo) string {
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	revision, version := settings["vcs.revision"], info.Main.Version
	switch {
	case version != "" && version != "(devel)":
		return version
	case revision == "":
		return "of a working copy, commit unknown"
	case settings["vcs.modified"] == "true":
		return fmt.Sprintf("%.12s, changed", revision)
	}
	return fmt.Sprintf("%.12s", revision)
}
