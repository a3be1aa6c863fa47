package module

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime/debug"
	"strings"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/process"
)

// install is what a reader does to have a version.
const install = "go install " + Path + "/cmd/spikewalk@latest"

// built returns the version of this module that the program was built from.
func built() (string, error) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return versionOf(info)
}

// versionOf returns a version that go can download: not that of a working copy with
// changes, nor of none.
func versionOf(info *debug.BuildInfo) (string, error) {
	m := &info.Main
	if m.Path != Path {
		for _, d := range info.Deps {
			if d.Path == Path {
				m = d
			}
		}
	}
	const or = "change into that working copy, or install a version: " + install
	switch version := m.Version; {
	case m.Path != Path || version == "" || version == "(devel)":
		return "", fmt.Errorf("this program was built from a working copy and does not know of which version, so that it cannot get the notebooks: %s", or)
	case m.Replace != nil:
		return "", fmt.Errorf("this program was built from what replaces the module in a go.mod (%s), and not from a version, so that it cannot get the notebooks: %s", m.Replace.Path, or)
	case strings.HasSuffix(version, "+dirty"):
		return "", fmt.Errorf("this program was built from a working copy with changes that are not committed (%s), which cannot be downloaded: %s", version, or)
	default:
		return version, nil
	}
}

// Download returns a version of this module, which go downloads where it is not in
// its cache.
func Download(ctx context.Context, version string) (*Source, error) {
	path, err := Go()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(path, "mod", "download", "-json", Path+"@"+version)
	cmd.Dir = os.TempDir() // in no module, whose go.mod might have to be changed
	cmd.Env = append(os.Environ(), "GOWORK=off", "GO111MODULE=on", "GOFLAGS=")
	var said, complaint strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &complaint
	failed := process.Run(ctx, cmd)
	if ctx.Err() != nil {
		return nil, failed
	}
	var got struct{ Error, Dir, Sum, GoModSum string }
	if err := json.Unmarshal([]byte(said.String()), &got); err != nil {
		return nil, fmt.Errorf("go does not tell where version %s of %s is: %v, %s", version, Path, failed, process.LastLines(complaint.String(), 1))
	}
	if got.Error != "" {
		return nil, notDownloaded(version, got.Error)
	}
	sums := fmt.Sprintf("%[1]s %[2]s %[3]s\n%[1]s %[2]s/go.mod %[4]s\n", Path, version, got.Sum, got.GoModSum)
	return &Source{Folder: got.Dir, Version: version, sums: sums}, nil
}

// absent is what go says of versions that a proxy or a repository does not have.
var absent = regexp.MustCompile(`unknown revision|invalid version|no such file|[Nn]ot [Ff]ound|\b(403|404|410)\b`)

// notDownloaded says in one sentence why a version cannot be had, and what helps.
func notDownloaded(version, why string) error {
	reachable := absent.MatchString(why)
	why, _, _ = strings.Cut(strings.TrimPrefix(why, Path+"@"+version+": "), "\n")
	if reachable {
		return fmt.Errorf("there is no version %s of %s to be downloaded (%s): use one that is published (%s), or change into a working copy", version, Path, why, install)
	}
	return fmt.Errorf("version %s of %s is not on this machine, and it cannot be downloaded (%s): connect to a network, leave GOPROXY as go has it, and try again; later runs need no network", version, Path, why)
}
