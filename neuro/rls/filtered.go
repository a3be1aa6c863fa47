package rls

import (
	"context"
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

	rls      *RLS        // nil before Learn
	learning bool        // in this trial; only then are q and h carried along
	q        [][]float64 // per bank, length n: P0 s
	h        [][]float64 // per bank, length K: Z s

	share []float64 // scratch: (P s)·s_b of each bank
	wrong []float64 // scratch: the error of an update

	work division // of work between two cores
}

// jump is what the carried products take from one step's spikes.
type jump struct {
	m    int     // active entries
	rows [][]int // per bank: places of its spikes
}

// NewFiltered returns banks of filters over the given number of neurons,
// silent, with m × n zero weights, for reading. Each decay is exp(-dt/tau) of
// its bank.
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
		s:       vectors(len(decays), n),
		y:       vectors(len(decays), outputs),
		share:   make([]float64, len(decays)),
		wrong:   make([]float64, outputs),
	}
	f.work.prepare(f)
	return f, nil
}

// vectors returns so many vectors of zeros.
func vectors(count, length int) [][]float64 {
	v := make([][]float64, count)
	for i := range v {
		v[i] = make([]float64, length)
	}
	return v
}

// Learn makes [Filtered.Update] possible, with P = I/Alpha.
//
// Memory: n² + (K + 1) n numbers.
func (f *Filtered) Learn(cfg Config) error {
	n, banks := len(f.s[0]), len(f.decay)
	r, err := New(n, cfg)
	if err != nil {
		return err
	}
	f.rls, f.learning = r, true
	f.q, f.h = vectors(banks, n), vectors(banks, r.max)
	f.resync()
	return nil
}

// Begin starts a trial under ctx, with as many processors as [neuro.WithCores]
// allows, and computes all carried products anew from the filtered trains, the
// weights and P: rounding cannot accumulate over trials, and a run that was
// saved and loaded continues with the bits it would have had. Steps are cheaper
// in a trial without learning. It panics if learn is set before [Filtered.Learn].
//
// Cost: B n² when learning.
func (f *Filtered) Begin(ctx context.Context, learn bool) {
	if learn && f.rls == nil {
		panic("rls: a trial with learning, before Learn")
	}
	f.learning = learn
	f.work.begin(ctx)
	f.resync()
}

// resync computes all carried products anew.
func (f *Filtered) resync() {
	m := f.active()
	f.work.reset()
	if f.rls != nil {
		f.rls.flush(m)
	}
	for b, s := range f.s {
		for i := range f.y[b] {
			f.y[b][i] = kernel.Dot(f.weights.RawRowView(i)[:m], s[:m])
		}
	}
	if f.learning {
		f.work.multiply()
	}
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

// active is the number of entries of the regressor that may differ from zero.
func (f *Filtered) active() int { return len(f.order.fired) * len(f.decay) }

// Step advances the filters by one step in which the listed neurons spiked. It
// panics if one of them does not exist.
//
// Cost per spike and bank: m, and n + K when learning. Another core may do this
// while the caller does other work: Output and Update wait for what they need.
func (f *Filtered) Step(spikes []int) {
	for _, k := range spikes {
		if uint(k) >= uint(len(f.order.place)) {
			panic(fmt.Sprintf("rls: a spike of neuron %d: there are neurons 0 to %d", k, len(f.order.place)-1))
		}
	}
	f.order.admit(spikes)
	j, banks := f.work.next(), len(f.decay)
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
	f.work.carry() // y, P0 s and Z s decay and jump as s does
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

// Output writes y = Σ_b w_b s_b to dst, length m. It panics at another length.
func (f *Filtered) Output(dst []float64) {
	if len(dst) != len(f.wrong) {
		panic(fmt.Sprintf("rls: %d outputs into %d numbers", len(f.wrong), len(dst)))
	}
	f.work.needOutputs()
	sum(dst, f.y)
}

// Update takes the filtered trains as they stand as one sample, moves the
// weights against the error (length m: output minus target), and carries the
// change into the outputs. It is [RLS.Update] without its matrix-vector
// products. It panics at an error of another length, and in a trial without
// learning; one that is not finite is refused.
//
// Cost: (K + m) n, and n² for each K-th call's share of changing P0, where n
// counts neurons that have fired.
func (f *Filtered) Update(err []float64) error {
	r, m := f.rls, f.active()
	if !f.learning || len(err) != len(f.wrong) {
		panic(fmt.Sprintf("rls: an update with %d errors of %d outputs: want as many, after Learn and in a trial with learning", len(err), len(f.wrong)))
	}
	if r.ill != nil {
		return r.ill
	}
	if err := finite(err); err != nil {
		return err
	}
	f.work.needProducts()
	r.h = r.h[:r.pending]
	sum(r.h, f.h)
	f.work.product(m)
	x := r.x[:m]
	var sPs float64
	for b, s := range f.s {
		f.share[b] = kernel.Dot(s[:m], x)
		sPs += f.share[b]
	}
	c, ill := r.quadratic(sPs)
	if ill != nil {
		return ill
	}
	copy(f.wrong, err)
	f.work.descend(m, c)
	scale := 1 / math.Sqrt(c)
	for b, share := range f.share {
		for i, e := range err {
			f.y[b][i] -= e * share / c
		}
		f.h[b][r.pending] = share * scale
	}
	if r.push(x, c) {
		f.flush()
	}
	return nil
}

// product computes entries of P s/g, the sum of P0 s over banks less Zᵀ (Z s).
func (f *Filtered) product(from, to int) {
	r := f.rls
	x := r.x[from:to]
	copy(x, f.q[0][from:])
	for _, q := range f.q[1:] {
		kernel.Add(x, q[from:to])
	}
	r.p.back(x, r.h, from)
}

// sum is dst = the sum of vectors as long as dst, or longer.
func sum(dst []float64, vectors [][]float64) {
	copy(dst, vectors[0])
	for _, v := range vectors[1:] {
		kernel.Add(dst, v[:len(dst)])
	}
}

// flush brings the pending changes into P0 and into the carried P0 s.
func (f *Filtered) flush() {
	if f.rls.pending == 0 {
		return
	}
	m := f.active()
	f.work.settle()
	if g := f.rls.flush(m); g != 1 {
		for _, q := range f.q {
			kernel.Scale(q[:m], g)
		}
	}
}

// settle brings the pending changes into P0 s of one bank.
func (f *Filtered) settle(b int) {
	f.rls.p.back(f.q[b][:f.active()], f.h[b][:f.rls.pending], 0)
}
