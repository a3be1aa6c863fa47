//go:build linux

package browser

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// trains is a cell that keeps what it trains, in a time that its reader may
// not want to wait for.
const trains = `import (
	"context"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/notebooks/nb"
)

%%
cfg := rate.DePasquale2018()
cfg.TrainingTrials = TRIALS
fit := nb.Memo("stopped", cfg, func(context.Context) (*rate.Fit, error) {
	return rate.Train(nb.Progress("full-FORCE"), rate.FullForce{}, cfg, task.SweptOscillation())
})
fmt.Println("trained for", len(fit.TrainingErrors), "trials")`

// TestStop stops a cell that trains as the stop button does. The training
// ends, the memo is as it was, nothing is left running, and the kernel goes on.
func TestStop(t *testing.T) {
	folder := t.TempDir()
	code(t, folder, "stop", strings.Replace(trains, "TRIALS", "2", 1), strings.Replace(trains, "TRIALS", "100000", 1))
	s, b := serve(t, folder), chromium(t)
	p := open(t, b, s, "stop")
	p.run(0)
	p.settle(2 * time.Minute)
	before := contents(t, s.memo)
	if len(before) != 1 {
		t.Fatalf("the memo holds %d files after a training, want 1", len(before))
	}
	var times []time.Duration
	for range 3 {
		times = append(times, p.stop(s))
		for name, text := range contents(t, s.memo) {
			if before[name] != text {
				t.Errorf("the stopped cell left or changed %s in the memo", name)
			}
		}
	}
	slices.Sort(times)
	t.Logf("the training ended %v after the stop button (median; %v)", times[len(times)/2], times)

	p.run(0)
	p.settle(time.Minute)
	if text := p.text(0); !strings.Contains(text, "trained for 2 trials") {
		t.Errorf("run again after the stop, the first cell shows %q", text)
	}
	if n := len(contents(t, s.memo)); n != 1 {
		t.Errorf("the memo holds %d files in the end, want 1", n)
	}
	p.shut()
	await(t, 10*time.Second, "the end of the kernel's files", func() bool {
		return len(contents(t, s.scratch)) == 0
	})
}

// TestRunAllStopsAtAFailure runs all cells at once, of which the second fails: the
// third is not run, and runs when it is asked for.
func TestRunAllStopsAtAFailure(t *testing.T) {
	folder := t.TempDir()
	code(t, folder, "all", "%%\nfmt.Println(\"one\")", "%%\nfmt.Println(\"two\")\nos.Exit(1)", "%%\nfmt.Println(\"three\")")
	s, b := serve(t, folder), chromium(t)
	p := open(t, b, s, "all")
	p.evaluate(`() => Jupyter.notebook.execute_all_cells()`)
	await(t, time.Minute, "the failure", func() bool { return strings.Contains(p.text(1), "exit status 1") })
	p.settle(time.Minute)
	if text := p.text(2); text != "" {
		t.Errorf("the cell behind the one that failed shows %q", text)
	}
	p.run(2)
	p.settle(time.Minute)
	if text := p.text(2); !strings.Contains(text, "three") {
		t.Errorf("run by itself it shows %q", text)
	}
	p.shut()
}

// stop runs the second cell, stops it while it trains, and returns how long
// its program then lasted.
func (p *page) stop(s server) time.Duration {
	p.Helper()
	p.run(1)
	await(p.T, time.Minute, "the bar of the training", func() bool {
		time.Sleep(100 * time.Millisecond)
		return strings.Contains(p.text(1), "full-FORCE, train")
	})
	if n := len(below(s.scratch)); n != 1 {
		p.Fatalf("%d programs of cells run while one trains, want 1", n)
	}
	start := time.Now()
	p.evaluate(`() => Jupyter.notebook.kernel.interrupt()`)
	var took time.Duration
	await(p.T, 5*time.Second, "the end of the training", func() bool {
		took = time.Since(start)
		return len(below(s.scratch)) == 0
	})
	p.settle(10 * time.Second)
	await(p.T, 10*time.Second, "a word that the cell was stopped", func() bool {
		return len(p.read().Code()[1].Outputs) > 1
	})
	await(p.T, 10*time.Second, "how far the stopped training came", func() bool {
		return strings.Contains(p.text(1), "full-FORCE: stopped after ")
	})
	return took.Round(time.Millisecond)
}

// contents are the files of a folder, with what they hold, but for a memo's
// locks, which stay.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) == ".lock" {
			return nil // some program's own, just going
		}
		text, _ := os.ReadFile(path)
		files[path] = string(text)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
