//go:build unix

package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What is no file is refused, before anything waits for its end: a pipe may never
// answer, and a device never ends.
func TestDevicesAndPipesAsInput(t *testing.T) {
	dir := t.TempDir()
	pipe, device, socket, loop := filepath.Join(dir, "pipe"), filepath.Join(dir, "zero"), filepath.Join(dir, "socket"), filepath.Join(dir, "loop")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Skip(err)
	}
	defer l.Close()
	for link, to := range map[string]string{device: "/dev/zero", loop: "loop"} {
		if err := os.Symlink(to, link); err != nil {
			t.Skip(err)
		}
	}
	session := filepath.Join(root(t), "data", "testdata", "layouts", "session.mat")
	for source, says := range map[string]string{pipe: "is a pipe", device: "is a device", socket: "is a socket", loop: "too many levels"} {
		as := func(name string) string {
			path := filepath.Join(t.TempDir(), name)
			if err := os.Symlink(source, path); err != nil {
				t.Fatal(err)
			}
			return path
		}
		for _, args := range [][]string{
			{"data", "show", as("a.nwb")},
			{"data", "show", session, "--layout", as("layout.json")},
			{"notebooks", "--folder", filepath.Dir(as("a.ipynb")), "--html", "--out", t.TempDir()},
			{"sweep", "status", filepath.Dir(as("sweep.json"))},
			{"sweep", "collect", filepath.Dir(as("sweep.json"))},
		} {
			ended := make(chan error, 1)
			go func() {
				_, err := printed(args...)
				ended <- err
			}()
			select {
			case err := <-ended:
				if err == nil || !strings.Contains(err.Error(), says) {
					t.Errorf("%s of what %s: error %v", args[:2], says, err)
				}
			case <-time.After(20 * time.Second):
				t.Fatalf("%s of what %s does not end", args[:2], says)
			}
		}
	}
}

// JSON that is nested without end is an error, not a stack without end.
func TestDeepJSON(t *testing.T) {
	const deep = 5_000_000
	session := filepath.Join(root(t), "data", "testdata", "layouts", "session.mat")
	for _, text := range []string{strings.Repeat("[", deep), strings.Repeat(`{"cells":`, deep), `{"cells":` + strings.Repeat("[", deep) + strings.Repeat("]", deep) + "}"} {
		as := func(name string) string {
			path := filepath.Join(t.TempDir(), name)
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}
		for _, args := range [][]string{
			{"data", "show", as("a.json")},
			{"data", "show", session, "--layout", as("layout.json")},
			{"notebooks", "--folder", filepath.Dir(as("a.ipynb")), "--html", "--out", t.TempDir()},
			{"sweep", "status", filepath.Dir(as("sweep.json"))},
		} {
			if _, err := printed(args...); err == nil || len(err.Error()) > 2000 {
				t.Errorf("%s: error %.200v", args[:2], err)
			}
		}
	}
}
