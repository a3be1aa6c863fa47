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

	"github.com/spikewalk/spikewalk/internal/testkit/center"
	"github.com/spikewalk/spikewalk/neuro"
)

// A sweep on a cluster where a task is killed, one cancelled, one runs out of time, one has
// a full disk and the controller is restarted gives the table of the local engine,
// to the bit, no row twice.
func TestSlurm(t *testing.T) {
	c := center.New(t)
	folder := filepath.Join(t.TempDir(), "a folder", "it's 100% shared")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	s := hard(folder)
	want, err := Run(context.Background(), s, Local{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	ctx := neuro.WithWatch(c.Bounded(), func(p neuro.Progress) error {
		if seen++; seen == 1 {
			cancelOne(c, s.Name)
		} else if seen == 4 {
			c.Restart()
		}
		return nil
	})
	begun := time.Now()
	got, err := Run(ctx, s, Slurm{Folder: folder, Time: time.Minute, RowsPerTask: 4, Poll: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("200 rows in tasks of 4 on 4 processors, with a kill, a cancellation, a full disk, a restart and a time limit: %.0f s", time.Since(begun).Seconds())
	same(t, want, got, "Row", "X", "Seed", "Y")
	for _, what := range []string{"killed", "full", "late"} {
		if _, err := os.Stat(filepath.Join(filepath.Dir(folder), what)); err != nil {
			t.Errorf("nothing was %s", what)
		}
	}
	if said := logs(t, folder); !strings.Contains(said, "no space left on device") {
		t.Errorf("no task has met a full disk: %s", said)
	}
	if out, _ := exec.Command("squeue", "-h", "--me", "--states=PENDING,RUNNING").Output(); len(out) > 0 {
		t.Errorf("tasks are left: %s", out)
	}
}

// logs is what all tasks have said.
func logs(t *testing.T, folder string) string {
	t.Helper()
	var all strings.Builder
	for _, path := range (&cluster{folder: folder}).logs() {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

// cancelOne cancels the task that comes last.
func cancelOne(c *center.Center, name string) {
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
func same(t *testing.T, want, got *Table, columns ...string) {
	t.Helper()
	if want.Len() != got.Len() || want.Len() != want.Total() {
		t.Fatalf("%d rows, want %d", got.Len(), want.Len())
	}
	for _, name := range columns {
		a, err1 := want.Floats(name)
		b, err2 := got.Floats(name)
		if err1 != nil || err2 != nil || !slices.EqualFunc(a, b, func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }) {
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
// and hands in nothing twice. Resume knows nothing of the types. What is cancelled
// ends, and can be resumed.
func TestSlurmWithoutWaiting(t *testing.T) {
	c := center.New(t)
	folder := filepath.Join(t.TempDir(), "s")
	ctx, leave := context.WithCancel(c.Bounded())
	watched := neuro.WithWatch(ctx, func(neuro.Progress) error { leave(); return nil })
	on := Slurm{Folder: folder, Time: time.Minute, RowsPerTask: 1, Poll: 200 * time.Millisecond}
	_, err := Run(watched, slow(20), on)
	if err == nil || !strings.Contains(err.Error(), "the tasks go on") {
		t.Fatalf("left alone: %v", err)
	}
	enough := neuro.WithWatch(c.Bounded(), func(neuro.Progress) error { return neuro.ErrStop })
	if table, err := Run(enough, slow(20), on); err != nil || table.Len() == 20 {
		t.Errorf("seen enough: %d rows, %v", table.Len(), err)
	}
	status, err := StatusOf(folder)
	if err != nil || status.Rows != 20 || status.Running+status.Pending == 0 {
		t.Errorf("status %+v, %v", status, err)
	}
	if _, err := Run(c.Bounded(), slow(20), on); err != nil {
		t.Fatalf("come back: %v", err)
	}
	if n := handedIn(t, folder); n != 20 {
		t.Errorf("%d rows were handed in, want 20", n)
	}

	other := filepath.Join(t.TempDir(), "other")
	on.Folder = other
	watched = neuro.WithWatch(c.Bounded(), func(neuro.Progress) error { return Cancel(context.Background(), other) })
	if _, err := Run(watched, slow(20), on); err == nil || !strings.Contains(err.Error(), "were cancelled") {
		t.Fatalf("cancelled: %v", err)
	}
	status, err = StatusOf(other)
	if err != nil || status.Missing == 0 || status.Pending > 0 {
		t.Errorf("cancelled: status %+v, %v", status, err)
	}
	table, err := Resume(c.Bounded(), other)
	if err != nil || table.Len() != 20 {
		t.Fatalf("resumed: %v", err)
	}
	want, err := Collect(folder)
	if err != nil {
		t.Fatal(err)
	}
	same(t, want, table, "Row", "X", "Seed", "Y")
}

// handedIn is how many rows were, altogether.
func handedIn(t *testing.T, folder string) (n int) {
	t.Helper()
	c, err := readCluster(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range c.Arrays {
		n += a.Rows
	}
	return n
}

// What a real cluster refuses, and a folder that its node does not see, end a sweep
// with the reason.
func TestSlurmRefuses(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "hidden")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	c := center.NewBy(t, "mount -t tmpfs none "+folder+`; exec "$@"`)
	on := Slurm{Folder: t.TempDir(), Time: time.Minute, Poll: 200 * time.Millisecond, Options: []string{"--partition=nowhere"}}
	_, err := Run(c.Bounded(), easy(20), on)
	said(t, err, "sbatch", "invalid partition specified: nowhere")

	on.Folder, on.Options = folder, nil
	_, err = Run(c.Bounded(), easy(20), on)
	said(t, err, "20 rows", "is "+folder+" on a disk that all nodes see under this path")
}
