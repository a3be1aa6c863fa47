//go:build unix

package process

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"testing"
	"time"
)

func shell(script string) *exec.Cmd { return exec.Command("sh", "-c", script) }

func TestOutputNamesTheProgramAndItsLastLines(t *testing.T) {
	out, err := Output(context.Background(), shell("echo one; echo two >&2; exit 3"))
	if out != "one\ntwo\n" {
		t.Errorf("got %q", out)
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 3 || !strings.Contains(err.Error(), "two") {
		t.Errorf("error %v, want exit status 3 with the last lines", err)
	}
}

func TestRunEndsWhatWasLeftBehind(t *testing.T) {
	t.Parallel()
	start := time.Now()
	// The child has a session and a standard output of its own, as
	// Jupyter's kernels have, and its parent is gone.
	err := RunAndReap(context.Background(), shell("setsid sleep 1234.5 >/dev/null 2>&1 & exit 0"))
	if err != nil {
		t.Error(err)
	}
	if left, _ := exec.Command("pgrep", "-f", "^sleep 1234.5").Output(); len(left) > 0 {
		t.Errorf("still running: %s", left)
	}
	if d := time.Since(start); d > 8*time.Second {
		t.Errorf("took %v", d)
	}
}

func TestRunDoesNotWaitForStraysThatHoldItsPipe(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	cmd := shell("sleep 60 & echo done")
	cmd.Stdout = &b
	start := time.Now()
	if err := RunAndReap(context.Background(), cmd); err != nil {
		t.Error(err)
	}
	if d := time.Since(start); d > 10*time.Second || b.String() != "done\n" {
		t.Errorf("took %v and printed %q", d, b.String())
	}
}

func TestRunInterrupted(t *testing.T) {
	t.Parallel()
	cause := errors.New("interrupted")
	ctx, cancel := context.WithCancelCause(context.Background())
	time.AfterFunc(100*time.Millisecond, func() { cancel(cause) })
	start := time.Now()
	err := Run(ctx, shell("sleep 60"))
	if !errors.Is(err, cause) {
		t.Errorf("error %v, want the cause", err)
	}
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("took %v", d)
	}
}

func TestLastLines(t *testing.T) {
	if got := LastLines("a\n\nb  \n\nc\n\n", 2); got != "b\nc" {
		t.Errorf("got %q", got)
	}
}
