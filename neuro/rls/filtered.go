package rls

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

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
	rows  []int     // scratch: places of a bank's spikes
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
	n := neurons * len(decays)
	f := &Filtered{
		order:   newRoster(neurons),
		decay:   append([]float64(nil), decays...),
		weights: mat.NewDense(outputs, n, nil),
		share:   make([]float64, len(decays)),
		rows:    make([]int, 0, neurons),
	}
	for range decays {
		f.s = append(f.s, make([]float64, n))
		f.y = append(f.y, make([]float64, outputs))
	}
	return f, nil
}

// Learn attaches r, which must have n = B N entries, so that [Filtered.Update]
// can be called; nil detaches it and makes steps cheaper. It resynchronises.
// Until it is attached again to the same Filtered, r belongs to it: its P is
// in the order of first spikes ([Filtered.Inverse] gives it in that of
// neurons).
func (f *Filtered) Learn(r *RLS) {
	f.rls = r
	f.q, f.h = nil, nil
	if r != nil {
		if n := len(f.s[0]); r.n != n {
			panic(fmt.Sprintf("rls: P is for %d entries, the filtered trains have %d", r.n, n))
		}
		for range f.decay {
			f.q = append(f.q, make([]float64, r.n))
			f.h = append(f.h, make([]float64, r.max))
		}
	}
	f.Resync()
}

// Resync computes all carried products anew from the filtered trains, the
// weights and P. It is called at the start of each trial: rounding cannot
// accumulate over trials, and a run that was saved and loaded continues with
// the bits it would have had. Cost: B n² when learning.
func (f *Filtered) Resync() {
	m := f.active()
	if f.rls != nil {
		f.flush()
	}
	for b, s := range f.s {
		for i := range f.y[b] {
			f.y[b][i] = kernel.Dot(f.weights.RawRowView(i)[:m], s[:m])
		}
		if f.rls != nil {
			f.rls.p.timesFirst(f.q[b][:m], s[:m])
		}
	}
}

// Step advances the filters by one step in which the listed neurons spiked.
//
// Cost per spike and bank: m, and n + K when learning.
func (f *Filtered) Step(spikes []int) {
	f.order.admit(spikes)
	m, banks := f.active(), len(f.decay)
	raw := f.weights.RawMatrix()
	for b, d := range f.decay {
		rows := f.rows[:0]
		for _, j := range spikes {
			rows = append(rows, f.order.place[j]*banks+b)
		}
		kernel.Scale(f.s[b][:m], d)
		kernel.Scale(f.y[b], d)
		for _, at := range rows {
			f.s[b][at]++
			for i := range f.y[b] {
				f.y[b][i] += raw.Data[i*raw.Stride+at]
			}
		}
		if f.rls != nil {
			f.carry(b, d, rows)
		}
	}
}

// active is the number of entries of the regressor that may differ from zero.
func (f *Filtered) active() int { return len(f.order.fired) * len(f.decay) }

// carry takes P0 s and Z s of one bank along.
func (f *Filtered) carry(b int, d float64, rows []int) {
	r, m := f.rls, f.active()
	r.p.jump(f.q[b][:m], d, rows)
	r.p.jumpPending(f.h[b][:r.pending], d, rows)
}

// Output writes y = Σ_b w_b s_b to dst, length m.
func (f *Filtered) Output(dst []float64) {
	copy(dst, f.y[0])
	for _, y := range f.y[1:] {
		kernel.Add(dst, y)
	}
}

// Update takes the filtered trains as they stand as one sample, moves the
// weights against the error (length m: output minus target), and carries the
// change into the outputs. It is [RLS.Update] without its matrix-vector
// products; a call before [Filtered.Learn] panics.
//
// Cost: (K + m) n, and n² for each K-th call's share of changing P0, where n
// counts neurons that have fired.
func (f *Filtered) Update(err []float64) error {
	r, m := f.rls, f.active()
	if r.ill != nil {
		return r.ill
	}
	x := r.x[:m]
	copy(x, f.q[0])
	for _, q := range f.q[1:] {
		kernel.Add(x, q[:m])
	}
	h := r.h[:r.pending]
	copy(h, f.h[0])
	for _, other := range f.h[1:] {
		kernel.Add(h, other[:r.pending])
	}
	r.p.back(x, h)
	var c float64
	for b, s := range f.s {
		f.share[b] = kernel.Dot(s[:m], x)
		c += f.share[b]
	}
	if e := checkQuadratic(c); e != nil {
		return e
	}
	descend(f.weights, err, x, c)
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

// flush brings the pending changes into P0 and into the carried P0 s.
func (f *Filtered) flush() {
	r, m := f.rls, f.active()
	for b := range f.q {
		r.p.back(f.q[b][:m], f.h[b][:r.pending])
	}
	r.flush(m)
}
