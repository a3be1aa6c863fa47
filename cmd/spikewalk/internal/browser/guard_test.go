//go:build linux

package browser

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/process"
)

// guardEnv makes the test binary a guard, see guard.
const guardEnv = "SPIKEWALK_TEST_GUARD"

func TestMain(m *testing.M) {
	if os.Getenv(guardEnv) != "" {
		os.Exit(guard(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// guard runs a program until standard input ends, and then ends it and all
// that it started. Only the test holds the other end of that pipe, so that
// nothing outlives the test in whatever way it ends: passed, failed, by a
// panic, out of time (when no clean-up of its own would run), or killed.
func guard(args []string) int {
	ctx, cancel := context.WithCancelCause(context.Background())
	ended := errors.New("the test has ended")
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel(ended)
	}()
	_ = os.Unsetenv(guardEnv)
	adopt()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	err := process.RunAndReap(ctx, cmd)
	endAdopted()
	if err != nil && !errors.Is(err, ended) {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// adopt makes this program the parent of all that its children leave behind:
// Chromium's helpers show no environment by which RunAndReap would know them.
func adopt() { _ = unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) }

// endAdopted kills what was left behind, and what that leaves in its turn.
func endAdopted() {
	self := fmt.Sprint(os.Getpid())
	for {
		out, _ := filepath.Glob("/proc/[0-9]*/stat")
		for _, file := range out {
			// pid (name) state parent …, and the name may hold anything.
			text, _ := os.ReadFile(file)
			fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
			pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
			if err == nil && len(fields) > 1 && fields[1] == self {
				_ = unix.Kill(pid, unix.SIGKILL)
			}
		}
		if _, err := unix.Wait4(-1, nil, 0, nil); errors.Is(err, unix.ECHILD) {
			return
		}
	}
}

// guarded starts a program under a guard; what it prints goes to a file of
// that name in the folder. The program is ended with the test.
func guarded(t *testing.T, cmd *exec.Cmd, log string) {
	t.Helper()
	said, err := os.Create(log)
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	g := exec.Command(self, append([]string{cmd.Path}, cmd.Args[1:]...)...)
	g.Dir, g.Env = cmd.Dir, append(cmd.Environ(), guardEnv+"=1")
	g.Stdout, g.Stderr = said, said
	g.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // ctrl-C is for the test alone
	hold, err := g.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		hold.Close()
		if err := g.Wait(); err != nil && !t.Failed() {
			t.Errorf("%s: %v", filepath.Base(cmd.Path), err)
		}
		said.Close()
		if t.Failed() {
			text, _ := os.ReadFile(log)
			t.Logf("%s said last:\n%s", filepath.Base(cmd.Path), process.LastLines(string(text), 5))
		}
	})
}

// below lists the running programs whose file lies in a folder.
func below(folder string) (pids []string) {
	links, _ := filepath.Glob("/proc/[0-9]*/exe")
	for _, link := range links {
		// Programs of others, and those that ended meanwhile, cannot be read.
		file, err := os.Readlink(link)
		if err == nil && strings.HasPrefix(file, folder+"/") {
			pids = append(pids, filepath.Base(filepath.Dir(link)))
		}
	}
	return pids
}
