package experiment

import (
	"context"
	"math"
	"slices"
	"sync"

	"github.com/spikewalk/spikewalk/neuro"
)

// Progress is how far [Reproduce] is.
type Progress struct {
	// Done of Total runs have ended.
	Done, Total int
	// Running are those that go on, in the order in which they began.
	Running []Running
}

// Running is a run that goes on, and how far it is; Total is 0 until the run
// has told.
type Running struct {
	ID   string
	Seed uint64
	neuro.Progress
}

// tracker follows all runs for whoever watches them.
type tracker struct {
	total int
	quick bool
	say   func(format string, args ...any)
	watch func(Progress)

	mu      sync.Mutex
	done    int
	running []*Running
}

// begin returns what a run is to tell its progress to, and its end in one
// line.
func (t *tracker) begin(id string, seed uint64) (watch neuro.Watch, end func(found string)) {
	run := &Running{ID: id, Seed: seed, Progress: neuro.Progress{Error: math.NaN()}}
	t.change(func() { t.running = append(t.running, run) })
	end = func(found string) {
		t.change(func() {
			t.done++
			t.running = slices.DeleteFunc(t.running, func(r *Running) bool { return r == run })
			t.say("[%d/%d] %s", t.done, t.total, found)
		})
	}
	return func(p neuro.Progress) error {
		t.change(func() {
			run.Progress = p
			if t.quick {
				return // the numbers mean nothing
			}
			for _, w := range p.Warnings {
				t.say("%s, seed %d, %s: warning: %s", id, seed, p.Stage, w)
			}
		})
		return nil
	}, end
}

// change does something to the tracker and tells the watcher. One at a time.
func (t *tracker) change(do func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	do()
	if t.watch == nil {
		return
	}
	p := Progress{Done: t.done, Total: t.total}
	for _, r := range t.running {
		p.Running = append(p.Running, *r)
	}
	t.watch(p)
}

// Part returns a context for one of several parts of a run: whoever watches ctx
// sees the part's name before each stage.
func Part(ctx context.Context, name string) context.Context {
	watch := neuro.WatchOf(ctx)
	if watch == nil {
		return ctx
	}
	return neuro.WithWatch(ctx, func(p neuro.Progress) error {
		p.Stage = name + ", " + p.Stage
		return watch(p)
	})
}
