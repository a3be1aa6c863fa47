// Package companion lets a second goroutine go through a trial in step with
// the first, where pieces of work take microseconds.
package companion

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// companion is the second goroutine. Pieces of work are done one after the
// other, in the order in which the first goroutine posts them. The companion
// does what has been posted, and whatever it has not yet begun when the first
// needs it, the first does itself. Pieces are too short to put a goroutine to
// sleep and wake it up, so both wait by looking again and again.
//
// That is no good where processors are shared with other programs: the
// companion may lose its own, for milliseconds, and what it wastes by looking
// is then missing where work is done. One that does not help should be
// dismissed; the first goroutine goes on alone.
type companion struct {
	pieces [waiting]func()

	_       [64]byte // counters in cache lines of their own
	posted  atomic.Int64
	_       [56]byte
	claimed atomic.Int64
	_       [56]byte
	done    atomic.Int64
	_       [56]byte
	leave   atomic.Bool
	left    sync.WaitGroup
	joined  time.Time
	lost    time.Duration // waiting for one that left in the middle of a piece
	absent  bool          // too much of it
	own     int64         // pieces that the first goroutine did itself
}

// waiting is how many pieces can be posted and not done.
const waiting = 16

// join starts a companion.
func join() *companion {
	c := &companion{joined: time.Now()}
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
	c.pieces[i%waiting]()
	c.done.Store(i + 1)
	return true
}

// post adds a piece and returns the number of all so far.
func (c *companion) post(piece func()) int64 {
	i := c.posted.Load()
	c.need(i + 1 - waiting)
	c.pieces[i%waiting] = piece
	c.posted.Store(i + 1)
	return i + 1
}

// need returns when the first pieces, so many, are done. A companion that is
// there goes first.
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
	c.lost += time.Since(start)
	c.absent = c.lost > 10*tooLate+time.Since(c.joined)/4
}

// helps tells whether the companion does most of what it should, and not at
// the price of much waiting: a trial takes two thirds of its time with one that
// is always there.
func (c *companion) helps() bool {
	const slow = 500 // it may take a millisecond or two to come
	return !c.absent && c.own <= slow+c.posted.Load()/4
}

// dismiss ends the companion when what it has begun is done. Pieces that are
// needed later the first goroutine does.
func (c *companion) dismiss() {
	c.leave.Store(true)
	c.left.Wait()
}
