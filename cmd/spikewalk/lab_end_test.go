//go:build linux

package main

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/kernel"
	"github.com/spikewalk/spikewalk/internal/testkit"
)

// TestLabLeavesNothing ends lab in every way there is while a kernel runs. When it
// was asked to end, nothing is left the moment it is gone; when it was killed, soon
// after; and what is left when all were killed goes with the next kernel.
func TestLabLeavesNothing(t *testing.T) {
	testkit.Needs(t, "Jupyter")
	t.Setenv("TMPDIR", t.TempDir())
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		cmd := labWithKernel(t)
		cmd.Process.Signal(s)
		if err := cmd.Wait(); err != nil {
			t.Errorf("%v: ended with %v", s, err)
		}
		if left := leftovers(); left != "" {
			t.Errorf("%v left\n%s", s, left)
		}
	}

	cmd := labWithKernel(t)
	cmd.Process.Kill()
	cmd.Wait()
	for start := time.Now(); leftovers() != "" && time.Since(start) < 15*time.Second; {
		time.Sleep(100 * time.Millisecond)
	}
	if left := leftovers(); left != "" {
		t.Errorf("killed, it left\n%s", left)
	}

	cmd = labWithKernel(t)
	for _, pid := range inOurFolder() {
		if exe, _ := os.Readlink(fmt.Sprintf("/proc/%d/exe", pid)); filepath.Base(exe) != "gopls" {
			syscall.Kill(pid, syscall.SIGKILL)
		}
	}
	cmd.Wait()
	if leftovers() == "" {
		t.Error("with all but gopls killed, nothing was left: this test does not test what it should")
	}
	kernel.RemoveLeftovers()
	if left := leftovers(); left != "" {
		t.Errorf("after the next start there is\n%s", left)
	}
}

// labWithKernel starts lab and a kernel in it, and waits until gopls runs.
func labWithKernel(t *testing.T) *exec.Cmd {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	_, port, _ := net.SplitHostPort(address)
	free.Close()
	cmd := spikewalk(root(t), "lab", "--folder", t.TempDir(), "--", "--no-browser", "--ip=127.0.0.1", "--port="+port, "--NotebookApp.token=token")
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.WaitDelay = time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	started := false
	for start := time.Now(); time.Since(start) < 2*time.Minute; time.Sleep(200 * time.Millisecond) {
		if !started {
			started = startKernel(address)
		} else if strings.Contains(leftovers(), "gopls") {
			time.Sleep(time.Second) // it has settled
			return cmd
		}
	}
	cmd.Process.Kill()
	cmd.Wait()
	t.Fatalf("no kernel started:\n%s", said.String())
	return nil
}

func startKernel(address string) bool {
	request, err := http.NewRequest("POST", "http://"+address+"/api/kernels", strings.NewReader(`{"name":"spikewalk"}`))
	if err != nil {
		return false
	}
	request.Header.Set("Authorization", "token token")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusCreated
}

// inOurFolder lists the programs whose temporary folder is the test's, or in it.
func inOurFolder() (pids []int) {
	files, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, file := range files {
		environ, err := os.ReadFile(file)
		if err != nil || !bytes.Contains(environ, []byte("TMPDIR="+os.Getenv("TMPDIR"))) {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file))); err == nil && pid != os.Getpid() {
			pids = append(pids, pid)
		}
	}
	return pids
}

// leftovers tells what is in the temporary folder, and which programs have it for
// theirs.
func leftovers() string {
	var b strings.Builder
	for _, pid := range inOurFolder() {
		line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
		fmt.Fprintf(&b, "%d %s\n", pid, bytes.ReplaceAll(line, []byte{0}, []byte(" ")))
	}
	entries, _ := os.ReadDir(os.TempDir())
	for _, e := range entries {
		fmt.Fprintln(&b, e.Name())
	}
	return b.String()
}
