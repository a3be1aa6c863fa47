package companion

import (
	"context"

	"github.com/spikewalk/spikewalk/neuro"
)

// Crew is a goroutine that may have a companion for a trial, where there is a
// processor for it and it helps. Its zero value is alone. What is computed must
// not depend on who does it.
//
// A trainer starts each trial with [Crew.Trial] and hands the context over; who
// has work to share takes the crew out of it ([Of]) and asks for the companion
// ([Crew.Join]).
type Crew struct {
	second *companion // nil while alone
	mayAsk bool       // for a companion, in this trial

	// Where a companion did not help, trials are done without one: how many
	// there are to come, and how many there were the last time.
	alone, lastAlone int
}

// mostAlone is the most trials to do without a companion after one that did
// not help: what keeps it away is often over soon.
const mostAlone = 3

type crewKey struct{}

// Trial starts a trial under ctx, which must not be nil. It returns the context
// that carries the crew, and what to call when the trial is over, however it
// went: then all pieces are done and the companion has left.
func (c *Crew) Trial(ctx context.Context) (trial context.Context, end func()) {
	c.mayAsk = neuro.Cores(ctx) > 1
	return context.WithValue(ctx, crewKey{}, c), c.end
}

// Of returns the crew of a trial, one that stays alone where ctx has none.
func Of(ctx context.Context) *Crew {
	if ctx != nil {
		if c, ok := ctx.Value(crewKey{}).(*Crew); ok {
			return c
		}
	}
	return new(Crew)
}

// Joined tells whether there is a companion.
func (c *Crew) Joined() bool { return c.second != nil }

// Join asks for a companion, at most once a trial, and tells whether there is
// one.
func (c *Crew) Join() bool {
	switch {
	case !c.mayAsk:
	case c.alone > 0:
		c.alone--
	default:
		c.second = join()
	}
	c.mayAsk = false
	return c.Joined()
}

// end ends the trial when all pieces are done.
func (c *Crew) end() {
	c.mayAsk = false
	if c.second == nil {
		return
	}
	c.second.need(c.second.posted.Load())
	c.leave()
}

// leave sends the companion away and decides for how long.
func (c *Crew) leave() {
	c.second.dismiss()
	c.second.need(c.second.posted.Load())
	if c.second.helps() {
		c.lastAlone = 0
	} else {
		c.lastAlone = min(2*c.lastAlone+1, mostAlone)
	}
	c.alone, c.second = c.lastAlone, nil
}

// Do has a piece of work done, after all pieces before it: by the companion,
// or by whoever calls [Crew.Need] for it first. Alone, it is done at once. It
// returns the piece's number.
func (c *Crew) Do(piece func()) int64 {
	if c.second == nil {
		piece()
		return 0
	}
	return c.second.post(piece)
}

// Need returns when the piece of that number is done, and all before it.
func (c *Crew) Need(piece int64) {
	if c.second == nil {
		return
	}
	c.second.need(piece)
	if !c.second.helps() {
		c.leave()
	}
}

// Both runs work, on both processors if there are two, and returns when it has
// ended on either. It comes after all pieces.
func (c *Crew) Both(work func()) {
	if c.second == nil {
		work()
		return
	}
	last := c.second.post(work)
	c.second.need(last - 1)
	work()
	c.Need(last)
}
