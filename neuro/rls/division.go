package rls

import "context"

// division is how a [Filtered] divides its work between two cores. It calls the
// methods of the Filtered that say what is computed, here or as pieces that a
// companion does, and waits where one of them needs what another gives. Without
// a companion every piece is done at once. Who does them changes no bit.
//
// In a step, the companion takes the outputs, Z s and half of P0 s along while
// the caller's neurons receive their spikes. The other half of P0 s is owed: if
// an update follows, the caller does it while the companion is at the first; if
// the next step follows, the companion does.
type division struct {
	f       *Filtered
	jumps   [2]postedJump // the last two steps', which may not all be done
	current int           // the last of the two
	owed    *postedJump   // one of which the first half of P0 s is left

	m       int     // active entries of the last update
	c       float64 // its (λ + sᵀ P s)/g
	change  func()  // its change of the weights
	second  func()  // the second half of its P s
	afresh  []func()
	settled []func()
}

// postedJump is a step's jump with the pieces of work that it makes.
type postedJump struct {
	jump
	outputs, half, rest func() // half is the first of P0 s, rest also Z s
	outputsAt, restAt   int64  // numbers of the pieces; half takes the place of rest
}

// sharedNeurons is the number of neurons from which on two cores are faster than
// one.
const sharedNeurons = 200

// prepare makes the pieces of work, so that steps allocate nothing.
func (d *division) prepare(f *Filtered) {
	d.f = f
	for i := range d.jumps {
		j := &d.jumps[i]
		for range f.decay {
			j.rows = append(j.rows, make([]int, 0, len(f.order.place)))
		}
		j.outputs = func() { f.jumpOutputs(&j.jump) }
		j.half = func() { f.jumpProducts(&j.jump, 0, half(j.m)) }
		j.rest = func() {
			f.jumpProducts(&j.jump, half(j.m), j.m)
			f.jumpPending(&j.jump)
		}
	}
	d.change = func() { descend(f.weights, f.wrong, f.rls.x[:d.m], d.c) }
	d.second = func() { f.product(half(d.m), d.m) }
	for b := range f.decay {
		d.afresh = append(d.afresh, func() { f.multiply(b) })
		d.settled = append(d.settled, func() { f.settle(b) })
	}
}

// half is where the second half of m entries begins, at a whole vector.
func half(m int) int { return m / 2 &^ 7 }

// begin starts a trial under ctx.
func (d *division) begin(ctx context.Context) {
	if d.f.rls != nil {
		d.f.rls.shared.begin(ctx, d.f.learning && len(d.f.order.place) >= sharedNeurons)
	}
}

// reset forgets what was under way, which an earlier companion has done.
func (d *division) reset() {
	for i := range d.jumps {
		d.jumps[i].outputsAt, d.jumps[i].restAt = 0, 0
	}
	d.owed = nil
}

// next returns the jump of a new step, when what is left of the step before the
// last is done.
func (d *division) next() *jump {
	d.current = 1 - d.current
	j := &d.jumps[d.current]
	d.need(j.restAt)
	return &j.jump
}

// carry takes the carried products along.
func (d *division) carry() {
	j := &d.jumps[d.current]
	j.outputsAt = d.do(j.outputs)
	if !d.f.learning {
		return
	}
	if d.owed != nil {
		d.owed.restAt = d.do(d.owed.half)
	}
	j.restAt = d.do(j.rest)
	d.owed = j
}

// needOutputs waits for the outputs.
func (d *division) needOutputs() { d.need(d.jumps[d.current].outputsAt) }

// needProducts waits for P0 s and Z s, and for the last change of the weights.
func (d *division) needProducts() {
	if d.owed != nil {
		d.need(d.jumps[1-d.current].restAt) // the half of the step before
		d.owed.half()
		d.owed = nil
	}
	d.need(d.jumps[d.current].restAt)
}

// product computes P s of m entries.
func (d *division) product(m int) {
	d.m = m
	second := d.do(d.second)
	d.f.product(0, half(m))
	d.need(second)
}

// descend moves the weights against the error, at some time before they are
// needed.
func (d *division) descend(m int, c float64) {
	d.m, d.c = m, c
	d.do(d.change)
}

// multiply computes P0 s of all banks anew, settle brings the pending changes
// in.
func (d *division) multiply() { d.all(d.afresh) }
func (d *division) settle()   { d.all(d.settled) }

// all does one piece for each bank, the first itself.
func (d *division) all(pieces []func()) {
	var last int64
	for _, piece := range pieces[1:] {
		last = d.do(piece)
	}
	pieces[0]()
	d.need(last)
}

// do has a piece of work done by the companion, or at once, and returns its
// number.
func (d *division) do(piece func()) int64 {
	if r := d.f.rls; r != nil && r.shared.crew != nil {
		return r.shared.crew.Do(piece)
	}
	piece()
	return 0
}

// need waits for a piece of work.
func (d *division) need(piece int64) {
	if r := d.f.rls; r != nil && r.shared.crew != nil {
		r.shared.crew.Need(piece)
	}
}
