package companion

import (
	"context"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/neuro"
)

// Whoever does them, pieces are done once each, in order, and when they are
// needed; also where there is one processor for both, and no companion at all.
func TestPiecesAreDoneInOrder(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for procs := range 3 {
		runtime.GOMAXPROCS(max(1, procs))
		var order []int
		var done atomic.Int64
		var c Crew
		ctx, end := c.Trial(neuro.WithCores(t.Context(), procs))
		if Of(ctx) != &c {
			t.Fatal("the context carries another crew")
		}
		if got := c.Join(); got != (procs > 1) {
			t.Fatalf("a companion: %v", got)
		}
		for step := range 2000 {
			piece := func(i int) func() {
				return func() {
					order = append(order, i)
					done.Add(1)
				}
			}
			first := c.Do(piece(2 * step))
			c.Do(piece(2*step + 1))
			c.Need(first)
			if done.Load() < int64(2*step+1) {
				t.Fatalf("step %d: only %d pieces are done", step, done.Load())
			}
		}
		end()
		if len(order) != 4000 {
			t.Fatalf("%d processors: %d pieces were done", procs, len(order))
		}
		for i, piece := range order {
			if piece != i {
				t.Fatalf("%d processors: piece %d came in place %d", procs, piece, i)
			}
		}
	}
}

// Work for both comes after all pieces, and has ended on both.
func TestBoth(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	var c Crew
	_, end := c.Trial(t.Context())
	c.Join()
	defer end()
	for range 1000 {
		var before, next, sum atomic.Int64
		c.Do(func() { before.Store(1) })
		c.Both(func() {
			for i := next.Add(1); i <= 100; i = next.Add(1) {
				sum.Add(i * before.Load())
			}
		})
		if sum.Load() != 5050 {
			t.Fatalf("the sum was %d when both had ended", sum.Load())
		}
	}
}

// A companion that has lost its processor in the middle of pieces is sent away
// for a while, and its pieces are done all the same.
func TestOneThatDoesNotHelpIsSentAway(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	var c Crew
	_, end := c.Trial(t.Context())
	c.Join()
	pieces := 0
	for range 4 {
		begun := make(chan bool, 1)
		piece := c.Do(func() {
			pieces++
			begun <- true
			time.Sleep(10 * tooLate)
		})
		<-begun
		c.Need(piece)
	}
	if c.second != nil {
		t.Error("it is still there")
	}
	end()
	if pieces != 4 {
		t.Errorf("%d pieces were done", pieces)
	}
	for _, back := range []bool{false, true} {
		_, end := c.Trial(t.Context())
		if got := c.Join(); got != back || c.Joined() != back {
			t.Errorf("it came back: %v, want %v", got, back)
		}
		end()
		if c.Join() {
			t.Error("it joined when the trial was over")
		}
	}
}

// A context without a crew gives one that stays alone.
func TestNoCrew(t *testing.T) {
	for _, ctx := range []context.Context{nil, t.Context()} {
		c := Of(ctx)
		done := false
		c.Need(c.Do(func() { done = true }))
		if c.Join() || !done {
			t.Errorf("joined: %v, done: %v", c.Joined(), done)
		}
	}
}

// A crew that has ended leaves nobody behind.
func TestNobodyStaysBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 50 {
		var c Crew
		_, end := c.Trial(t.Context())
		c.Join()
		c.Do(func() {})
		end()
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}
