//go:build linux

// Package browser tests the notebooks as readers see them: in Jupyter
// Notebook, in a browser.
package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/jupyter"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/kernel"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/module"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/process"
	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/internal/testkit"
)

// startTime is what Jupyter and Chromium have to start on a busy machine.
const startTime = time.Minute

// server is a running Jupyter Notebook.
type server struct {
	url, token string
	// memo is the folder in which cells keep their results, scratch the one
	// for temporary files.
	memo, scratch string
}

// serve starts a Jupyter Notebook that shows a folder, with our kernel as
// spikewalk lab gives it one, an empty memo, and nothing of the user's.
func serve(t *testing.T, folder string) server {
	t.Helper()
	testkit.Needs(t, "Jupyter Notebook 6", "Chromium")
	kept, err := data.CacheDir()
	if err != nil {
		t.Fatal(err)
	}
	j, err := jupyter.Look(t.Context(), kept, jupyter.Part{"notebook"})
	if err != nil {
		t.Fatalf("there is no Jupyter Notebook on this machine (as root on Debian, spikewalk lab installs one): %v", err)
	}
	if v, err := process.Output(t.Context(), j.Cmd("--version")); err != nil || !strings.HasPrefix(v, "6.") {
		t.Fatalf("this test drives the pages of Jupyter Notebook 6, and here is version %q (%v)", strings.TrimSpace(v), err)
	}
	home := t.TempDir()
	s := server{token: "spikewalk", memo: filepath.Join(home, "memo"), scratch: filepath.Join(home, "tmp")}
	runtime, kernels := filepath.Join(home, "runtime"), filepath.Join(home, "jupyter")
	if err := os.Mkdir(s.scratch, 0o700); err != nil {
		t.Fatal(err)
	}
	ready(t, kept, kernels)
	cmd := j.Serve(folder, kernels, "--no-browser", fmt.Sprintf("--port=%d", freePort(t)))
	cmd.Env = append(cmd.Env,
		"JUPYTER_NO_CONFIG=1", "JUPYTER_CONFIG_DIR="+filepath.Join(home, "config"),
		"JUPYTER_DATA_DIR="+filepath.Join(home, "data"), "JUPYTER_RUNTIME_DIR="+runtime,
		"IPYTHONDIR="+filepath.Join(home, "ipython"), "JUPYTER_TOKEN="+s.token,
		"TMPDIR="+s.scratch, "SPIKEWALK_MEMO="+s.memo,
	)
	guarded(t, cmd, filepath.Join(home, "jupyter.log"))
	// The server chooses another port when ours has been taken meanwhile.
	await(t, startTime, "Jupyter's address", func() bool {
		files, _ := filepath.Glob(filepath.Join(runtime, "nbserver-*.json"))
		if len(files) == 0 {
			return false
		}
		var info struct{ URL string }
		text, err := os.ReadFile(files[0])
		if err != nil || json.Unmarshal(text, &info) != nil {
			return false
		}
		s.url = info.URL
		return s.url != ""
	})
	return s
}

// ready makes our kernel ready and writes its kernelspecs.
func ready(t *testing.T, cache, kernels string) {
	t.Helper()
	root, err := module.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	testkit.DependOnSources(t, root)
	k, err := kernel.New(root, cache)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Ensure(t.Context(), t.Logf); err != nil {
		t.Fatal(err)
	}
	if err := k.WriteSpecs(kernels); err != nil {
		t.Fatal(err)
	}
	packages := []string{module.Path + "/notebooks/nb", module.Path + "/plotting", module.Path + "/neuro/..."}
	if err := k.Warm(t.Context(), packages, t.Logf); err != nil {
		t.Fatal(err)
	}
}

// freePort is one that nobody listens on.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// chromium starts the browser of this machine, without a window.
func chromium(t *testing.T) *rod.Browser {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Fatalf("there is no Chromium on this machine (on Debian: apt-get install chromium)")
	}
	home := t.TempDir()
	args := []string{
		"--headless=new", "--remote-debugging-port=0", "--user-data-dir=" + home,
		"--log-level=3", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--force-color-profile=srgb", "--hide-scrollbars",
		// Pages that are not in front are to run as fast as the one that is.
		"--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows",
	}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox")
	}
	cmd := exec.Command(path, append(args, "about:blank")...)
	cmd.Env = append(os.Environ(), "HOME="+home)
	guarded(t, cmd, filepath.Join(home, "chromium.log"))
	var address string
	await(t, startTime, "Chromium's address", func() bool {
		text, err := os.ReadFile(filepath.Join(home, "DevToolsActivePort"))
		port, path, ok := strings.Cut(strings.TrimSpace(string(text)), "\n")
		address = "ws://127.0.0.1:" + port + path
		return err == nil && ok
	})
	b := rod.New().Context(context.Background()).ControlURL(address).NoDefaultDevice()
	if err := b.Connect(); err != nil {
		t.Fatal(err)
	}
	return b
}

// await waits until something is so.
func await(t *testing.T, limit time.Duration, what string, so func() bool) {
	t.Helper()
	for start := time.Now(); !so(); time.Sleep(10 * time.Millisecond) {
		if time.Since(start) > limit {
			t.Fatalf("%s: not within %v", what, limit)
		}
	}
}
