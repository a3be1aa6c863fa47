package kernel

import (
	"context"
	"runtime"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/process"
)

// The user's settings for other machines, or for life without modules, do not
// reach what is built to run here, nor cells.
func TestSettingsOfOtherPrograms(t *testing.T) {
	t.Setenv("GO111MODULE", "off")
	t.Setenv("GOARCH", "mips")
	t.Setenv("GOOS", "plan9")
	s, err := New(t.TempDir(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	said, err := process.Output(context.Background(), s.goCmd("env", "GO111MODULE", "GOOS", "GOARCH"))
	if got := strings.Fields(said); err != nil || len(got) != 3 || got[0] != "on" || got[1] != runtime.GOOS || got[2] != runtime.GOARCH {
		t.Errorf("%q, %v", said, err)
	}
	for name, want := range map[string]string{"GO111MODULE": "on", "GOOS": runtime.GOOS, "GOARCH": runtime.GOARCH} {
		if got := s.Env()[name]; got != want {
			t.Errorf("cells have %s=%s, want %s", name, got, want)
		}
	}
}
