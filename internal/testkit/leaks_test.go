package testkit

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// Each kind of what may be left is found, and nothing else is.
func TestLeaks(t *testing.T) {
	before, goroutines := kept(), goleak.IgnoreCurrent()
	if left := leaks(before, 300*time.Millisecond, goroutines); left != "" {
		t.Errorf("nothing was left, and found was %s", left)
	}
	stop := make(chan struct{})
	go func() { <-stop }()
	time.AfterFunc(100*time.Millisecond, func() { close(stop) })
	if left := leaks(before, 300*time.Millisecond, goroutines); left != "" {
		t.Errorf("a goroutine that ends in time: %s", left)
	}
	never := make(chan struct{})
	go func() { <-never }()
	if left := leaks(before, 300*time.Millisecond, goroutines); !strings.Contains(left, "TestLeaks.func") {
		t.Errorf("a goroutine is left, and found was %q", left)
	}
	close(never)
	if runtime.GOOS != "linux" {
		return
	}
	f, err := os.CreateTemp(t.TempDir(), "open")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sleep", "60")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if left := leaks(before, 300*time.Millisecond, goroutines); !strings.Contains(left, f.Name()) || !strings.Contains(left, "sleep") {
		t.Errorf("a file and a program are left, and found was %q", left)
	}
	f.Close()
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if left := leaks(before, 300*time.Millisecond, goroutines); left != "" {
		t.Errorf("all is closed, and found was %s", left)
	}
}
