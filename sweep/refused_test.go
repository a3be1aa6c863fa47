//go:build linux

package sweep

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// pretend puts shell scripts into the PATH in the place of Slurm's commands.
func pretend(t *testing.T, scripts map[string]string) {
	t.Helper()
	folder := t.TempDir()
	for name, body := range scripts {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// said checks that an error is one sentence that holds these words.
func said(t *testing.T, err error, words ...string) {
	t.Helper()
	for _, w := range words {
		if err == nil || !strings.Contains(err.Error(), w) {
			t.Errorf("error %v, want one with %q", err, w)
		}
	}
	if err != nil && strings.Contains(err.Error(), "\n") {
		t.Errorf("error of several lines: %v", err)
	}
}

func quickly(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func TestNoSlurm(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	folder := t.TempDir()
	_, err := Run(quickly(t), easy(4), Slurm{Folder: folder})
	said(t, err, "there is no sbatch on this machine", "sweep.Local")
	if _, err = Resume(quickly(t), folder); err == nil {
		t.Error("resumed without Slurm")
	}
	said(t, err, "there is no sbatch on this machine")
}

func TestRefusedByCluster(t *testing.T) {
	pretend(t, map[string]string{
		"sbatch": `echo "sbatch: error: invalid account or partition specified" >&2; exit 1`,
		"squeue": "", "scancel": "", "scontrol": "",
	})
	_, err := Run(quickly(t), easy(4), Slurm{Folder: t.TempDir()})
	said(t, err, "sweep easy: sbatch", "invalid account or partition specified")
}

// Tasks of which no node writes a line, not even into a log, cannot see the folder: that is
// said at once, and they are not handed in again and again.
func TestFolderThatIsNotShared(t *testing.T) {
	pretend(t, map[string]string{"sbatch": "echo 17", "squeue": "", "scancel": "", "scontrol": ""})
	folder := t.TempDir()
	_, err := Run(quickly(t), easy(4), Slurm{Folder: folder, Poll: time.Millisecond})
	said(t, err, "4 rows", "handed in, and no task finished any", "is "+folder+" on a disk that all nodes see under this path")
}

// What tasks say is in the error, when none of them gets anywhere.
func TestTasksThatGetNowhere(t *testing.T) {
	folder := t.TempDir()
	pretend(t, map[string]string{
		"sbatch": `echo "cannot open shared object file" >'` + filepath.Join(folder, "jobs", "17-0.log") + `'; echo 17`,
		"squeue": "", "scancel": "", "scontrol": "",
	})
	_, err := Run(quickly(t), easy(4), Slurm{Folder: folder, Poll: time.Millisecond})
	said(t, err, "4 rows", "handed in 3 times", "cannot open shared object file")
}

// A cluster that takes only so many tasks at a time gets the rest when these are
// done; a task that is held after a failed launch is cancelled and handed in anew.
func TestClusterThatTakesFew(t *testing.T) {
	at := t.TempDir() // where the cluster notes what it was asked
	pretend(t, map[string]string{
		"scontrol": `echo "MaxArraySize = 2"`,
		"scancel":  `echo "$@" >>` + at + `/cancelled; rm -f ` + at + `/held`,
		"squeue":   `if [ -e ` + at + `/held ]; then echo "1 0 PENDING launch failed requeued held"; fi`,
		// The script is the last argument; the first task is held, every third refused.
		"sbatch": `n=$(cat ` + at + `/n 2>/dev/null || echo 0); n=$((n+1)); echo $n >` + at + `/n
if [ $((n % 3)) = 0 ]; then echo "sbatch: error: QOSMaxSubmitJobPerUserLimit" >&2; exit 1; fi
echo $n
if [ $n = 1 ]; then touch ` + at + `/held; exit; fi
for script; do :; done
SLURM_ARRAY_TASK_ID=0 sh "$script" >` + at + `/said 2>&1 || true`,
	})
	folder := filepath.Join(t.TempDir(), "s")
	table, err := Run(quickly(t), easy(20), Slurm{Folder: folder, RowsPerTask: 4, Poll: time.Millisecond})
	if err != nil {
		text, _ := os.ReadFile(filepath.Join(at, "said"))
		t.Fatalf("%v; the last task said: %s", err, text)
	}
	if table.Len() != 20 {
		t.Errorf("%d rows, want 20", table.Len())
	}
	if text, _ := os.ReadFile(filepath.Join(at, "cancelled")); string(text) != "--quiet 1_0\n" {
		t.Errorf("cancelled: %q, want the task that is held", text)
	}
}

// The bound of tasks at once is one of each array: arrays come one after the other.
func TestTasksAtOnce(t *testing.T) {
	at := t.TempDir()
	pretend(t, map[string]string{
		"scontrol": `echo "MaxArraySize = 3"`,
		"scancel":  "",
		"squeue":   `if [ -e ` + at + `/running ]; then echo "$(cat ` + at + `/running) 0 RUNNING None"; fi`,
		"sbatch": `echo "$@" >>` + at + `/asked
if [ -e ` + at + `/running ]; then echo overlap >>` + at + `/asked; fi
n=$(wc -l <` + at + `/asked); echo $n >` + at + `/running; echo $n
for script; do :; done
(sleep 0.2; for k in 0 1; do SLURM_ARRAY_TASK_ID=$k sh "$script"; done; rm ` + at + `/running) >/dev/null 2>&1 &`,
	})
	table, err := Run(quickly(t), easy(20), Slurm{Folder: t.TempDir(), RowsPerTask: 4, TasksAtOnce: 1, Poll: 10 * time.Millisecond})
	if err != nil || table.Len() != 20 {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(at, "asked"))
	if err != nil || strings.Contains(string(text), "overlap") || strings.Count(string(text), "--array=0-1%1 ") != 2 || strings.Count(string(text), "--array=0-0%1 ") != 1 {
		t.Errorf("%v; asked: %s", err, text)
	}
}

// A task whose program is another than the one that began the sweep computes
// nothing.
func TestAnotherProgram(t *testing.T) {
	s := easy(4)
	s.Version = ""
	folder := t.TempDir()
	if _, err := Run(quickly(t), s, Local{Folder: folder}); err != nil {
		t.Fatal(err)
	}
	w, err := s.work()
	if err != nil {
		t.Fatal(err)
	}
	w.Program = "another"
	said(t, w.part(quickly(t), task{name: "easy", folder: folder}), "is another than the one that began the sweep")
	s.Base.Duration++
	if w, err = s.work(); err != nil {
		t.Fatal(err)
	}
	said(t, w.part(quickly(t), task{name: "easy", folder: folder}), "sweeps other configs")
	said(t, w.part(quickly(t), task{name: "easy", folder: filepath.Join(folder, "elsewhere")}), "is it on a disk that all nodes share?")
}

// Environment variables of tasks that are set by somebody else are refused.
func TestTaskOfNobody(t *testing.T) {
	t.Setenv(taskEnv, "easy")
	for _, lines := range []string{"", "3", "3-1", "a-b", "-1-2"} {
		t.Setenv(taskLinesEnv, lines)
		_, err := Run(quickly(t), easy(4), Local{Folder: t.TempDir()})
		said(t, err, taskLinesEnv, fmt.Sprintf("%q", lines), "unset them")
	}
}

// Two that collect at once, while rows are still written, disturb neither each other
// nor the sweep.
func TestCollectAtOnce(t *testing.T) {
	s, folder := easy(60), t.TempDir()
	s.Base.Duration = time.Millisecond
	out := filepath.Join(t.TempDir(), "table.csv")
	swept, done := make(chan struct{}), make(chan error, 1)
	go func() {
		_, err := Run(quickly(t), s, Local{Folder: folder})
		close(swept)
		done <- err
	}()
	for begun := time.Now(); time.Since(begun) < 10*time.Second; {
		if _, err := describe(folder); err == nil {
			break
		}
	}
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			for last := false; !last; {
				select {
				case <-swept:
					last = true
				default:
				}
				table, err := Collect(folder)
				if err == nil {
					err = table.WriteCSV(out)
				}
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(out)
	if err != nil || strings.Count(string(text), "\n") != 61 {
		t.Errorf("the table has %d lines, want 61: %v", strings.Count(string(text), "\n"), err)
	}
}

// What a damaged file about the cluster costs is said.
func TestDamagedClusterFile(t *testing.T) {
	folder := t.TempDir()
	if _, err := Run(quickly(t), easy(4), Local{Folder: folder}); err != nil {
		t.Fatal(err)
	}
	said(t, Cancel(quickly(t), folder), "was not swept on a cluster")
	if err := os.WriteFile(filepath.Join(folder, clusterFile), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	said(t, Cancel(quickly(t), folder), "is damaged", "finished rows stay")
	_, err := StatusOf(folder)
	said(t, err, "is damaged")
}
