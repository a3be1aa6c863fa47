//go:build linux

package run

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/internal/testkit/center"
)

// A cell's sweep goes to a cluster by one word: its tasks, which are the cell's program
// again, compute all rows, and print and draw nothing into the notebook or its
// figures. Its outputs are then those of this machine alone, and another run
// takes all rows from the disk.
func TestSweepOnSlurm(t *testing.T) {
	o := real(t)
	o.CellTimeout = 5 * time.Minute
	o.Notebooks = []string{filepath.Join("testdata", "swept", "swept.ipynb")}
	center.New(t)
	handedIn := func() int { // arrays of tasks
		out, err := exec.Command("scontrol", "-o", "show", "jobs").Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.Count(string(out), "JobName=louder")
	}
	var contents []string
	for _, engine := range []string{"slurm", "none at all", "local"} {
		if engine == "local" {
			t.Setenv("SPIKEWALK_CACHE", t.TempDir())
		}
		t.Setenv("SPIKEWALK_ENGINE", strings.ReplaceAll(engine, "none at all", "local"))
		o.Out = t.TempDir()
		report, err := Run(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		if e := report[0]; e.Error != "" || cmp.Diff([]string{"figures/swept-before.png"}, e.Figures) != "" {
			t.Errorf("%s: error %q, figures %q", engine, e.Error, e.Figures)
		}
		n, err := notebook.Read(filepath.Join(o.Out, "swept.ipynb"))
		if err != nil {
			t.Fatal(err)
		}
		content := ""
		for _, c := range n.Code() {
			content += strings.Join(inShort(c.Outputs), "|")
		}
		contents = append(contents, content)
		if n := handedIn(); n == 0 {
			t.Errorf("%s: nothing was handed in to Slurm", engine)
		}
	}
	failed := "warning: louder: 1 of 12 rows failed, the first with: seed 2 diverged; Table.Failed has them all"
	if want := "before\n|image/png|" + failed + "|12 [1 2 3 4 2 4 6 8 3 NaN 9 12]\nafter\n" + failed + "|1\n"; contents[0] != want {
		t.Errorf("the outputs are %q, want %q", contents[0], want)
	}
	for _, other := range contents[1:] {
		if d := cmp.Diff(contents[0], other); d != "" {
			t.Errorf("%s", d)
		}
	}
}
