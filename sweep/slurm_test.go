//go:build linux

package sweep

import (
	"context"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/neuro"
)

// A sweep on a cluster where a task is killed, one cancelled, one runs out of time and the
// controller is restarted gives the table of the local engine, to the bit, no
// row twice.
func TestSlurm(t *testing.T) {
	c := newCenter(t)
	folder := filepath.Join(t.TempDir(), "a folder", "it's shared")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	s := hard(folder)
	want, err := Run(context.Background(), s, Local{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	ctx := neuro.WithWatch(context.Background(), func(p neuro.Progress) error {
		if seen++; seen == 1 {
			c.cancelOne(s.Name)
		} else if seen == 4 {
			c.restart()
		}
		return nil
	})
	begun := time.Now()
	got, err := Run(ctx, s, Slurm{Folder: folder, Time: time.Minute, RowsPerTask: 4, Poll: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("200 rows in tasks of 4 on 4 processors, with a kill, a cancellation, a restart and a time limit: %.0f s", time.Since(begun).Seconds())
	same(t, want, got)
	for _, what := range []string{"killed", "late"} {
		if _, err := os.Stat(filepath.Join(filepath.Dir(folder), what)); err != nil {
			t.Errorf("nothing was %s", what)
		}
	}
	if out, _ := exec.Command("squeue", "-h", "--me").Output(); len(out) > 0 {
		t.Errorf("tasks are left: %s", out)
	}
}

// cancelOne cancels the task that comes last.
func (c *center) cancelOne(name string) {
	out, err := exec.Command("squeue", "-h", "--array", "--name="+name, "--format=%F_%K").Output()
	lines := strings.Fields(string(out))
	if err != nil || len(lines) == 0 {
		c.Errorf("there is no task to cancel: %v", err)
		return
	}
	if out, err := exec.Command("scancel", lines[len(lines)-1]).CombinedOutput(); err != nil {
		c.Errorf("scancel: %v: %s", err, out)
	}
}

// same compares tables but for when and where their rows were computed.
func same(t *testing.T, want, got *Table) {
	t.Helper()
	if want.Len() != got.Len() || want.Len() != want.Total() {
		t.Fatalf("%d rows, want %d", got.Len(), want.Len())
	}
	for _, name := range []string{"Row", "X", "Seed", "Y"} {
		a, _ := want.Floats(name)
		b, _ := got.Floats(name)
		if !slices.EqualFunc(a, b, func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }) {
			t.Errorf("%s differs", name)
		}
	}
	a, _ := want.Texts("Error")
	b, _ := got.Texts("Error")
	if !slices.Equal(a, b) {
		t.Error("errors differ")
	}
}

// When the one who waits goes, tasks go on; when he comes back, he waits for them,
// and hands in nothing twice. Resume knows nothing of the types.
func TestSlurmWithoutWaiting(t *testing.T) {
	newCenter(t)
	folder := filepath.Join(t.TempDir(), "s")
	ctx, cancel := context.WithCancel(context.Background())
	watched := neuro.WithWatch(ctx, func(neuro.Progress) error { cancel(); return nil })
	_, err := Run(watched, hard(folder), Slurm{Folder: folder, Time: time.Minute, RowsPerTask: 10, Poll: 200 * time.Millisecond})
	if err == nil || !strings.Contains(err.Error(), "the tasks go on") {
		t.Fatalf("left alone: %v", err)
	}
	status, err := StatusOf(folder)
	if err != nil || status.Rows != 200 || status.Running+status.Pending == 0 {
		t.Errorf("status %+v, %v", status, err)
	}
	before, err := readCluster(folder)
	if err != nil {
		t.Fatal(err)
	}
	table, err := Resume(context.Background(), folder)
	if err != nil || table.Len() != 200 {
		t.Fatalf("resumed: %v", err)
	}
	after, err := readCluster(folder)
	if err != nil {
		t.Fatal(err)
	}
	rows := func(all []array) (n int) {
		for _, a := range all {
			n += a.Rows
		}
		return n
	}
	if n := rows(before.Arrays); n != 200 {
		t.Errorf("%d rows were handed in at first, want 200", n)
	}
	// The killed task's rows and the late one's were handed in again, and no others.
	if n := rows(after.Arrays); n > 200+4*10 {
		t.Errorf("%d rows were handed in altogether", n)
	}
}
