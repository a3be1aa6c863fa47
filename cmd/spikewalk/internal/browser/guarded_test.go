//go:build linux

package browser

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestGuard lets go of a guard, as a test does that ends in whatever way. The
// program under it must be gone then with all that it started: a child, one in
// a session of its own, and one that shows no environment either.
func TestGuard(t *testing.T) {
	pids := filepath.Join(t.TempDir(), "pids")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	g := exec.Command(self, "/bin/sh", "-c", `
sleep 600 & echo $! >> "$PIDS"
setsid sleep 600 & echo $! >> "$PIDS"
env -i setsid sh -c 'sleep 600 & echo $! >> "$0"' "$PIDS" &
wait`)
	g.Env = append(os.Environ(), guardEnv+"=1", "PIDS="+pids)
	hold, err := g.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Start(); err != nil {
		t.Fatal(err)
	}
	var started []string
	await(t, 10*time.Second, "three programs", func() bool {
		text, _ := os.ReadFile(pids)
		started = strings.Fields(string(text))
		return len(started) == 3
	})
	time.Sleep(100 * time.Millisecond) // the shells have become what they run
	hold.Close()
	if err := g.Wait(); err != nil {
		t.Error(err)
	}
	for _, p := range started {
		if pid, err := strconv.Atoi(p); err != nil || unix.Kill(pid, 0) != unix.ESRCH {
			t.Errorf("%s is still running (%v)", p, err)
		}
	}
}
