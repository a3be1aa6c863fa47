package rls

import (
	"io"

	"github.com/spikewalk/spikewalk/neuro/internal/persist"
)

// WriteTo writes all that the future of r depends on, to the bit: P with the
// changes that wait, and its Readouts. A [Target]'s Weights are their owner's.
// r goes on as if nothing had been written.
//
// Size: 4 n² bytes, half of them with [Float32], and 8 m n for m Readouts.
func (r *RLS) WriteTo(w io.Writer) (int64, error) { return persist.WriterTo(w, r.state) }

// ReadFrom makes r what it was when [RLS.WriteTo] wrote it. r must have been made
// by [New] with the same arguments, and have the same Readouts; an error says if
// it has not, or if something is missing, and then r is of no use.
func (r *RLS) ReadFrom(from io.Reader) (int64, error) { return persist.ReaderFrom(from, r.state) }

func (r *RLS) state(c *persist.State) {
	r.settleAhead()
	c.Same(r.n)
	c.Same(r.max)
	c.Same(len(r.readouts))
	c.Int(&r.pending)
	c.Float(&r.unit)
	if r.pending < 0 || r.pending > r.max {
		c.Fail(persist.ErrOther)
		return
	}
	r.p.state(c, r.pending)
	for _, q := range r.readouts {
		c.Same(q.m)
		c.Floats(q.w0.Elements(), q.e.Elements())
	}
	if c.Reading() {
		r.h, r.prepared, r.ill = r.h[:0], false, nil
	}
}

// state names P0, which is symmetric to the bit, and the first k rows of Z.
func (m *stored[T]) state(c *persist.State, k int) {
	persist.Symmetric(c, m.p0, m.stride)
	persist.Numbers(c, m.z[:k*m.stride])
}

// WriteTo writes all that the future of f depends on, to the bit, as
// [RLS.WriteTo] does: trains, weights, and P. f goes on as if nothing had been
// written.
func (f *Filtered) WriteTo(w io.Writer) (int64, error) { return persist.WriterTo(w, f.state) }

// ReadFrom makes f what it was when [Filtered.WriteTo] wrote it; f must have been
// made with the same arguments. Products that are carried along are computed anew,
// as by [Filtered.Begin].
func (f *Filtered) ReadFrom(from io.Reader) (int64, error) {
	return persist.ReaderFrom(from, f.state)
}

func (f *Filtered) state(c *persist.State) {
	neurons := len(f.order.place)
	c.Same(neurons)
	c.Same(len(f.decay))
	c.Same(len(f.wrong))
	learns := f.rls != nil
	if c.Bool(&learns); learns != (f.rls != nil) {
		c.Fail(persist.ErrOther)
		return
	}
	fired := f.order.fired
	c.Ints(&fired)
	if c.Reading() {
		f.order = newRoster(neurons)
		for _, j := range fired {
			if j < 0 || j >= neurons || f.order.place[j] >= 0 {
				c.Fail(persist.ErrOther)
				return
			}
			f.order.admit([]int{j})
		}
	}
	c.Floats(f.s...)
	c.Floats(f.weights.RawMatrix().Data)
	if learns {
		f.rls.state(c)
	}
	if c.Reading() && c.Err() == nil {
		f.resync()
	}
}
