package rate

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// companion is a second goroutine that goes through a trial in step with the
// first. Pieces of work have numbers and are done one after the other. The
// first goroutine posts them; the companion does what has been posted, and
// whatever it has not yet begun when the first needs it, the first does
// itself. Pieces take microseconds, too short to put a goroutine to sleep and
// wake it up, so both wait by looking again and again.
//
// That is no good where processors are shared with other programs: the
// companion may lose its own, for milliseconds, and what it wastes by looking
// is then missing where work is done. One that does not help should be
// dismissed; the first goroutine goes on alone.
type companion struct {
	do func(piece int64)

	_       [64]byte // counters in cache lines of their own
	posted  atomic.Int64
	_       [56]byte
	claimed atomic.Int64
	_       [56]byte
	done    atomic.Int64
	_       [56]byte
	leave   atomic.Bool
	left    sync.WaitGroup
	late    int   // how often it left in the middle of a piece
	own     int64 // pieces that the first goroutine did itself
}

// join starts a companion that does pieces 0, 1, ….
func join(do func(piece int64)) *companion {
	c := &companion{do: do}
	c.left.Go(func() {
		for spins := 0; !c.leave.Load(); spins++ {
			switch {
			case c.claim(c.posted.Load()):
				spins = 0
			case spins > 100*patience:
				time.Sleep(tooLate) // the first has lost its processor
			case spins > patience:
				runtime.Gosched()
			}
		}
	})
	return c
}

const (
	// patience is how often to look before others may run.
	patience = 1 << 12
	// courtesy is how often to look before doing what another could begin.
	courtesy = 1 << 7
	// tooLate is far beyond what a piece takes.
	tooLate = 300 * time.Microsecond
)

// claim does the next piece, if it is before the given one and nobody has
// begun it.
func (c *companion) claim(before int64) bool {
	i := c.claimed.Load()
	if i >= before || i != c.done.Load() || !c.claimed.CompareAndSwap(i, i+1) {
		return false
	}
	c.do(i)
	c.done.Store(i + 1)
	return true
}

// post makes all pieces before the given one known.
func (c *companion) post(before int64) { c.posted.Store(before) }

// need returns when all pieces before the given one are done. A companion that
// is there goes first.
func (c *companion) need(before int64) {
	done, spins := c.done.Load(), 0
	for ; done < before; spins++ {
		switch now := c.done.Load(); {
		case now != done:
			done, spins = now, 0
		case spins > patience:
			c.wait(before)
		case (spins%courtesy == courtesy-1 || c.leave.Load()) && c.claim(before):
			c.own++
		}
	}
}

// wait is for a companion that has begun a piece and does not end it.
func (c *companion) wait(before int64) {
	start := time.Now()
	for i := c.done.Load(); i < before && c.done.Load() == i; {
		runtime.Gosched()
	}
	if time.Since(start) > tooLate {
		c.late++
	}
}

// helps tells whether the companion does most of what it should.
func (c *companion) helps() bool {
	const late, slow = 2, 100 // now and then is nothing
	return c.late <= late && c.own <= slow+c.posted.Load()/8
}

// dismiss ends the companion when what it has begun is done. Pieces that are
// needed later the first goroutine does.
func (c *companion) dismiss() {
	c.leave.Store(true)
	c.left.Wait()
}
