package rls

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
)

// Filtered reads from, and learns on, exponentially filtered spike trains.
//
// N neurons are seen through B banks of filters. Each step, every filtered
// train decays by its bank's factor and jumps by one where its neuron
// spiked:
//
//	s_b(t) = d_b s_b(t-1) + S(t),   b = 1 … B
//
// (DePasquale et al. 2023; B = 2: slow and fast synapses). The regressor is
// all banks side by side, n = B N entries, and the outputs are
// y = Σ_b w_b s_b.
//
// Two things save time and change no weight. Everything that is linear in s
// (the outputs, P0 s, Z s) is carried along by the same decay and jump, so
// that a step costs a few columns and no product with a full vector. And a
// neuron that has not fired yet has taken no part: its rows of P are still
// those of I/Alpha. Neurons are therefore kept in the order in which they
// first fired, each with its B entries side by side, and only the part of P
// that belongs to them is worked on.
type Filtered struct {
	order roster
	decay []float64

	// All of these are in the order of first spikes; bank b's entries of s
	// and q stand at places b, b+B, b+2B, ….
	weights *mat.Dense  // m × n
	s       [][]float64 // per bank, length n, zero in the places of other banks
	y       [][]float64 // per bank, length m: the bank's share of the output

	rls *RLS        // nil when only read
	q   [][]float64 // per bank, length n: P0 s
	h   [][]float64 // per bank, length K: Z s

	share []float64 // scratch: (P s)·s_b of each bank

	// With a companion, a step and an update leave it these pieces of work.
	jumps   [2]jump   // the last two steps', which may not all be done
	current int       // the last of the two
	owed    *jump     // one of which the first half of P0 s is left
	m       int       // active entries of the last update
	descent func()    // its change of the weights
	wrong   []float64 // its error
	c       float64   // sᵀ P s
	other   func()    // the second half of P s
	afresh  []func()  // P0 s, per bank
	settle  []func()  // the same, when the pending changes are brought in
}

// jump is what the carried products take from one step's spikes.
type jump struct {
	m    int     // active entries
	rows [][]int // per bank: places of its spikes

	outputs, half, rest func()   // half is the first of P0 s, rest also Z s
	number              [2]int64 // of outputs, and of what was posted last
}

// NewFiltered returns banks of filters over the given number of neurons,
// silent, with m × n zero weights. Each decay is exp(-dt/tau) of its bank.
func NewFiltered(neurons, outputs int, decays ...float64) (*Filtered, error) {
	if neurons < 1 || outputs < 1 || len(decays) == 0 {
		return nil, fmt.Errorf("rls: %d neurons, %d outputs, %d filters: at least 1 of each is needed", neurons, outputs, len(decays))
	}
	for _, d := range decays {
		if !(d >= 0 && d < 1) {
			return nil, fmt.Errorf("rls: a filter decays by a factor %g per step: it must lie in [0, 1)", d)
		}
	}
	if err := bound.Array("rls: the weights of filtered trains", outputs, neurons, len(decays)); err != nil {
		return nil, err
	}
	n := neurons * len(decays)
	f := &Filtered{
		order:   newRoster(neurons),
		decay:   append([]float64(nil), decays...),
		weights: mat.NewDense(outputs, n, nil),
		share:   make([]float64, len(decays)),
		wrong:   make([]float64, outputs),
	}
	for range decays {
		f.s = append(f.s, make([]float64, n))
		f.y = append(f.y, make([]float64, outputs))
	}
	for i := range f.jumps {
		j := &f.jumps[i]
		for range decays {
			j.rows = append(j.rows, make([]int, 0, neurons))
		}
		j.outputs = func() { f.jumpOutputs(j) }
		j.half = func() { f.jumpProducts(j, 0, half(j.m)) }
		j.rest = func() {
			f.jumpProducts(j, half(j.m), j.m)
			f.jumpPending(j)
		}
	}
	f.descent = func() { descend(f.weights, f.wrong, f.rls.x[:f.m], f.c) }
	for b := range decays {
		f.afresh = append(f.afresh, func() { f.multiply(b) })
		f.settle = append(f.settle, func() { f.rls.p.back(f.q[b][:f.active()], f.h[b][:f.rls.pending], 0) })
	}
	f.other = func() { f.collect(half(f.m), f.m) }
	return f, nil
}

// Learn attaches r, which must have n = B N entries, so that [Filtered.Update]
// can be called; nil detaches it and makes steps cheaper. It resynchronises.
// Until it is attached again to the same Filtered, r belongs to it: its P is
// in the order of first spikes ([Filtered.Inverse] gives it in that of
// neurons). It panics at an r of another n.
func (f *Filtered) Learn(r *RLS) {
	if r != nil {
		f.mustFit(r)
	}
	f.rls = r
	f.q, f.h = nil, nil
	if r != nil {
		for range f.decay {
			f.q = append(f.q, make([]float64, r.n))
			f.h = append(f.h, make([]float64, r.max))
		}
	}
	f.Resync()
}

// mustFit panics unless r is of as many entries as the filtered trains have.
func (f *Filtered) mustFit(r *RLS) {
	n := len(f.s[0])
	if r == nil {
		panic(fmt.Sprintf("rls: no RLS, the filtered trains have %d entries", n))
	}
	if r.n != n {
		panic(fmt.Sprintf("rls: P is for %d entries, the filtered trains have %d", r.n, n))
	}
}

// Resync computes all carried products anew from the filtered trains, the
// weights and P. It is called at the start of each trial: rounding cannot
// accumulate over trials, and a run that was saved and loaded continues with
// the bits it would have had. Cost: B n² when learning.
func (f *Filtered) Resync() {
	m := f.active()
	for i := range f.jumps {
		f.jumps[i].number = [2]int64{} // a companion's of before
	}
	f.owed = nil
	if f.rls != nil {
		f.flush()
	}
	var last int64
	for b, s := range f.s {
		for i := range f.y[b] {
			f.y[b][i] = kernel.Dot(f.weights.RawRowView(i)[:m], s[:m])
		}
		if f.rls != nil {
			last = f.do(f.afresh[b])
		}
	}
	f.need(last)
}

// multiply computes P0 s of one bank anew.
func (f *Filtered) multiply(b int) {
	banks, m := len(f.decay), f.active()
	own := make([]float64, 0, m/banks)
	for i := b; i < m; i += banks {
		own = append(own, f.s[b][i])
	}
	f.rls.p.timesEvery(f.q[b][:m], own, b, banks)
}

// Step advances the filters by one step in which the listed neurons spiked. It
// panics at a neuron that there is not.
//
// Cost per spike and bank: m, and n + K when learning. A companion does this,
// but for half of P0 s where an update follows, while the caller may do other
// work: Output and Update wait for what they need.
func (f *Filtered) Step(spikes []int) {
	for _, k := range spikes {
		if uint(k) >= uint(len(f.order.place)) {
			panic(fmt.Sprintf("rls: a spike of neuron %d: there are neurons 0 to %d", k, len(f.order.place)-1))
		}
	}
	f.order.admit(spikes)
	f.current = 1 - f.current
	j, banks := &f.jumps[f.current], len(f.decay)
	f.need(j.number[1]) // the step before the last
	j.m = f.active()
	for b, d := range f.decay {
		rows := j.rows[b][:0]
		kernel.Scale(f.s[b][:j.m], d)
		for _, k := range spikes {
			at := f.order.place[k]*banks + b
			rows = append(rows, at)
			f.s[b][at]++
		}
		j.rows[b] = rows
	}
	j.number[0] = f.do(j.outputs)
	if f.rls != nil {
		if f.owed != nil {
			f.owed.number[1] = f.do(f.owed.half)
		}
		j.number[1] = f.do(j.rest)
		f.owed = j
	}
}

// jumpOutputs takes the outputs of each bank along.
func (f *Filtered) jumpOutputs(j *jump) {
	raw := f.weights.RawMatrix()
	for b, d := range f.decay {
		y := f.y[b]
		kernel.Scale(y, d)
		for _, at := range j.rows[b] {
			for i := range y {
				y[i] += raw.Data[i*raw.Stride+at]
			}
		}
	}
}

// jumpProducts takes some entries of P0 s of each bank along.
func (f *Filtered) jumpProducts(j *jump, from, to int) {
	for b, d := range f.decay {
		f.rls.p.jump(f.q[b][from:to], d, j.rows[b], from)
	}
}

// jumpPending takes Z s of each bank along.
func (f *Filtered) jumpPending(j *jump) {
	r := f.rls
	for b, d := range f.decay {
		r.p.jumpPending(f.h[b][:r.pending], d, j.rows[b])
	}
}

// do has a piece of work done by the companion, or at once.
func (f *Filtered) do(piece func()) int64 {
	if f.rls == nil || f.rls.companion == nil {
		piece()
		return 0
	}
	return f.rls.companion.Do(piece)
}

// need waits for a piece of work.
func (f *Filtered) need(piece int64) {
	if f.rls != nil && f.rls.companion != nil {
		f.rls.companion.Need(piece)
	}
}

// active is the number of entries of the regressor that may differ from zero.
func (f *Filtered) active() int { return len(f.order.fired) * len(f.decay) }

// Output writes y = Σ_b w_b s_b to dst, length m. It panics at another length.
func (f *Filtered) Output(dst []float64) {
	if len(dst) != len(f.wrong) {
		panic(fmt.Sprintf("rls: %d outputs into %d numbers", len(f.wrong), len(dst)))
	}
	f.need(f.jumps[f.current].number[0])
	copy(dst, f.y[0])
	for _, y := range f.y[1:] {
		kernel.Add(dst, y)
	}
}

// Update takes the filtered trains as they stand as one sample, moves the
// weights against the error (length m: output minus target), and carries the
// change into the outputs. It is [RLS.Update] without its matrix-vector
// products; it panics before [Filtered.Learn] and at an error of another length.
//
// Cost: (K + m) n, and n² for each K-th call's share of changing P0, where n
// counts neurons that have fired.
func (f *Filtered) Update(err []float64) error {
	r, m := f.rls, f.active()
	if r == nil || len(err) != len(f.wrong) {
		panic(fmt.Sprintf("rls: an update with %d errors of %d outputs: want as many, after Learn", len(err), len(f.wrong)))
	}
	if r.ill != nil {
		return r.ill
	}
	if f.owed != nil {
		f.need(f.jumps[1-f.current].number[1]) // the half of the step before
		f.owed.half()
		f.owed = nil
	}
	f.need(f.jumps[f.current].number[1]) // and so the last change of the weights
	f.m = m
	x := r.x[:m]
	r.h = r.h[:r.pending]
	copy(r.h, f.h[0])
	for _, other := range f.h[1:] {
		kernel.Add(r.h, other[:r.pending])
	}
	second := f.do(f.other)
	f.collect(0, half(m))
	f.need(second)
	var c float64
	for b, s := range f.s {
		f.share[b] = kernel.Dot(s[:m], x)
		c += f.share[b]
	}
	if e := checkQuadratic(c); e != nil {
		return e
	}
	copy(f.wrong, err)
	f.c = c
	f.do(f.descent)
	scale := 1 / math.Sqrt(1+c)
	for b, share := range f.share {
		for i, e := range err {
			f.y[b][i] -= e * share / (1 + c)
		}
		f.h[b][r.pending] = share * scale
	}
	r.push(x, c)
	if r.pending == r.max {
		f.flush()
	}
	return nil
}

// collect computes entries of P s.
func (f *Filtered) collect(from, to int) {
	r := f.rls
	x := r.x[from:to]
	copy(x, f.q[0][from:])
	for _, q := range f.q[1:] {
		kernel.Add(x, q[from:to])
	}
	r.p.back(x, r.h, from)
}

// half is where the second half of m entries begins, at a whole vector.
func half(m int) int { return m / 2 &^ 7 }

// flush brings the pending changes into P0 and into the carried P0 s.
func (f *Filtered) flush() {
	r, m := f.rls, f.active()
	if r.pending == 0 {
		return
	}
	var last int64
	for _, settle := range f.settle[1:] {
		last = f.do(settle)
	}
	f.settle[0]()
	f.need(last)
	r.flush(m)
}
