//go:build linux

package sweep

import (
	"context"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/internal/testkit/center"
)

// How much longer 1,000 trivial rows take on a cluster than as many tasks of `true` as they
// are packed into. It is printed, not judged.
func TestSlurmOverhead(t *testing.T) {
	c := center.New(t)
	folder := filepath.Join(t.TempDir(), "s")
	const rows = 1000
	begun := time.Now()
	table, err := Run(c.Bounded(), trivial(rows), Slurm{Folder: folder, Time: time.Minute, Poll: 200 * time.Millisecond})
	if err != nil || table.Len() != rows {
		t.Fatal(err)
	}
	swept := time.Since(begun)
	how, err := readCluster(folder)
	if err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(t.TempDir(), "true.sh")
	if err := os.WriteFile(script, []byte("#!/bin/sh\ntrue\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	begun, tasks := time.Now(), 0
	for _, a := range how.Arrays {
		tasks += a.Rows / a.PerTask
		if _, err := slurm(c.Bounded(), "sbatch", "--output=/dev/null", "--mem=50M", "--array="+a.tasks(), script); err != nil {
			t.Fatal(err)
		}
	}
	c.Await("the end of the tasks", func() bool {
		out, err := exec.Command("squeue", "--noheader", "--me").Output()
		return err == nil && len(out) == 0
	})
	alone := time.Since(begun)
	t.Logf("%d trivial rows in %d tasks on 4 processors: %.1f s; as many tasks of `true`: %.1f s; so %.1f ms a row beyond Slurm's own scheduling",
		rows, tasks, swept.Seconds(), alone.Seconds(), 1e3*(swept-alone).Seconds()/rows)
}

// How much faster two cores are than one, and what a row costs beyond its
// computation. It is printed, not judged.
func TestLocalOverhead(t *testing.T) {
	testkit.Needs(t, "two quiet cores")
	s := trivial(400)
	begun := time.Now()
	if _, err := Run(t.Context(), s, Local{Folder: t.TempDir(), Jobs: 1}); err != nil {
		t.Fatal(err)
	}
	t.Logf("400 trivial rows: %.2f ms a row", 1e3*time.Since(begun).Seconds()/400)
	s = easy(24)
	s.Run = func(_ context.Context, c simple) (answer, error) {
		y := c.X
		for range 4_000_000 {
			y = math.Sin(y) + 1
		}
		return answer{y}, nil
	}
	best := [3]float64{1: math.Inf(1), 2: math.Inf(1)} // of three, for others may be at work
	for range 3 {
		for jobs := 1; jobs <= 2; jobs++ {
			begun := time.Now()
			if _, err := Run(t.Context(), s, Local{Folder: t.TempDir(), Jobs: jobs}); err != nil {
				t.Fatal(err)
			}
			best[jobs] = min(best[jobs], time.Since(begun).Seconds())
		}
	}
	t.Logf("24 rows of %.2f s: %.2f s on one core, %.2f s on two: %.2f times as fast", best[1]/24, best[1], best[2], best[1]/best[2])
}
