package rate

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// companion is a second goroutine that goes through a trial in step with the
// first. Pieces of work have numbers and are done one after the other. The
// first goroutine posts them; the companion does what has been posted, and
// whatever it has not yet begun when the first needs it, the first does
// itself: nobody waits for a processor that is busy elsewhere, unless it left
// in the middle of a piece. Pieces take microseconds, too short to put a
// goroutine to sleep and wake it up, so both wait by looking again and again.
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
}

// join starts a companion that does pieces 0, 1, ….
func join(do func(piece int64)) *companion {
	c := &companion{do: do}
	c.left.Go(func() {
		for spins := 0; !c.leave.Load(); spins++ {
			if c.claim(c.posted.Load()) {
				spins = 0
			} else if spins > patience {
				runtime.Gosched()
			}
		}
	})
	return c
}

// patience is how often to look before others may run.
const patience = 1 << 12

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

// need returns when all pieces before the given one are done.
func (c *companion) need(before int64) {
	for spins := 0; c.done.Load() < before; spins++ {
		if c.claim(before) {
			spins = 0
		} else if spins > patience {
			runtime.Gosched()
		}
	}
}

// dismiss ends the companion when what it has begun is done.
func (c *companion) dismiss() {
	c.leave.Store(true)
	c.left.Wait()
}
