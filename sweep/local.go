package sweep

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/spikewalk/spikewalk/neuro"
)

// Local computes rows on this machine, several side by side.
type Local struct {
	// Folder is where rows are kept; "" stands for out/sweeps/NAME below the
	// working folder.
	Folder string
	// Jobs is how many cores are kept busy; 0 stands for all.
	Jobs int
	// Memory is how many bytes all rows together may take, as far as Sweep.Needs
	// tells; 0 stands for what the machine has free when the sweep begins.
	Memory float64
}

func (l Local) place(name string) (string, error) {
	if l.Jobs < 0 {
		return "", fmt.Errorf("%d jobs: at least one must run", l.Jobs)
	}
	if l.Memory < 0 || math.IsNaN(l.Memory) {
		return "", fmt.Errorf("rows may take %g bytes: it must be positive", l.Memory)
	}
	return placeOf(l.Folder, name)
}

func placeOf(folder, name string) (string, error) {
	if folder == "" {
		folder = filepath.Join("out", "sweeps", name)
	}
	return filepath.Abs(folder)
}

// portion is the unit in which memory is given to rows.
const portion = 1 << 20

func (l Local) compute(ctx context.Context, w *work, folder string, rows []int) error {
	jobs := l.Jobs
	if jobs == 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	memory := l.Memory
	if memory == 0 {
		memory = free()
	}
	if err := w.fits(rows, memory); err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	spare := max(1, jobs/len(rows)) // cores for each row where there are few
	cores, room := semaphore.NewWeighted(int64(jobs)), semaphore.NewWeighted(int64(min(memory, math.MaxInt32*portion)/portion)+1)
	tell := &teller{watch: neuro.WatchOf(ctx), done: w.Rows - len(rows), total: w.Rows}
	var all sync.WaitGroup
	for _, i := range rows {
		n := w.needs(i)
		busy, taken := int64(min(max(n.Cores, spare), jobs)), int64(n.Memory/portion)
		if cores.Acquire(ctx, busy) != nil {
			break
		}
		if room.Acquire(ctx, taken) != nil {
			break
		}
		all.Go(func() {
			defer cores.Release(busy)
			defer room.Release(taken)
			if err := w.one(neuro.WithCores(neuro.WithWatch(ctx, nil), int(busy)), folder, i); err != nil {
				stop(err)
				return
			}
			if err := tell.one(); err != nil {
				stop(err)
			}
		})
	}
	all.Wait()
	if ctx.Err() != nil && !errors.Is(context.Cause(ctx), errEnough) {
		return context.Cause(ctx)
	}
	return nil
}

// fits refuses rows that would never get the memory they need.
func (w *work) fits(rows []int, memory float64) error {
	for _, i := range rows {
		if n := w.needs(i); n.Memory > memory {
			return fmt.Errorf("row %d (%s) needs %.3g GB of memory, and there are %.3g GB: sweep smaller sizes, or on a larger machine",
				i, told(w.points(i)), n.Memory/1e9, memory/1e9)
		}
	}
	return nil
}

// one computes a row and keeps it. What goes wrong within the row is its result;
// the error is that of a row that could not be kept, or was given up.
func (w *work) one(ctx context.Context, folder string, i int) error {
	begun := time.Now()
	r := row{Row: i, Sweep: w.Identity, Started: begun.UTC().Format(time.RFC3339), Host: host(), Program: w.Program}
	result, err := w.careful(ctx, i)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	r.Seconds, r.Settings = time.Since(begun).Seconds(), w.settings(i)
	if err != nil {
		r.Error = err.Error()
	} else {
		r.Result = result
	}
	if err := r.write(folder); err != nil {
		return fmt.Errorf("row %d could not be kept: %w", i, err)
	}
	return nil
}

// careful computes a row; a panic in it is its error, and no reason to lose the
// others.
func (w *work) careful(ctx context.Context, i int) (result []cell, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v%s", r, origin(debug.Stack()))
		}
	}()
	return w.compute(ctx, i)
}

// origin is the place in the stack where a panic began: " at file.go:12".
func origin(stack []byte) string {
	_, after, ok := strings.Cut(string(stack), "panic(")
	if !ok {
		return ""
	}
	lines := strings.Split(after, "\n")
	for _, line := range lines[min(2, len(lines)):] {
		if file, _, ok := strings.Cut(strings.TrimSpace(line), " +0x"); ok && strings.Contains(file, ".go:") && !strings.Contains(file, "/runtime/") {
			return " at " + filepath.Base(file)
		}
	}
	return ""
}

var host = sync.OnceValue(func() string {
	name, err := os.Hostname()
	if err != nil {
		return "unknown"
	}
	return name
})

// errEnough says that whoever watches has seen enough.
var errEnough = errors.New("stopped by the watch")

// teller tells how many rows are done.
type teller struct {
	mu          sync.Mutex
	watch       neuro.Watch
	done, total int
}

func (t *teller) one() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done++
	if t.watch == nil {
		return nil
	}
	stop, err := t.watch.Report(neuro.Progress{Stage: "sweep", Done: t.done, Total: t.total, Error: math.NaN()})
	if stop && err == nil {
		err = errEnough
	}
	return err
}
