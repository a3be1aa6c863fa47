package rls

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
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
// y = Σ_b w_b s_b. Everything that is linear in s (the outputs, P0 s, Z s)
// is carried along by the same decay and jump, so that a step costs a few
// columns and no product with a full vector.
type Filtered struct {
	neurons int
	decay   []float64
	weights *mat.Dense  // m × n
	s       [][]float64 // per bank, length N
	y       [][]float64 // per bank, length m: the bank's share of the output

	rls *RLS        // nil when only read
	q   [][]float64 // per bank, length n: P0 s
	h   [][]float64 // per bank, length K: Z s

	share []float64 // scratch: (P s)·s_b of each bank
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
		neurons: neurons,
		decay:   append([]float64(nil), decays...),
		weights: mat.NewDense(outputs, n, nil),
		share:   make([]float64, len(decays)),
	}
	for range decays {
		f.s = append(f.s, make([]float64, neurons))
		f.y = append(f.y, make([]float64, outputs))
	}
	return f, nil
}

// Weights returns the m × n readout weights themselves, banks side by side.
// After changing them call [Filtered.Resync].
func (f *Filtered) Weights() *mat.Dense { return f.weights }

// Bank returns the filtered trains of one bank themselves, length N.
// After changing them call [Filtered.Resync].
func (f *Filtered) Bank(b int) []float64 { return f.s[b] }

// Learn attaches r, which must have n = B N entries, so that [Filtered.Update]
// can be called; nil detaches it and makes steps cheaper. It resynchronises.
func (f *Filtered) Learn(r *RLS) {
	f.rls = r
	f.q, f.h = nil, nil
	if r != nil {
		if r.n != f.neurons*len(f.decay) {
			panic(fmt.Sprintf("rls: P is for %d entries, the filtered trains have %d", r.n, f.neurons*len(f.decay)))
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
	if f.rls != nil {
		f.rls.Flush()
	}
	for b, s := range f.s {
		lo := b * f.neurons
		w := f.weights.Slice(0, len(f.y[b]), lo, lo+f.neurons).(*mat.Dense)
		blas64.Gemv(blas.NoTrans, 1, w.RawMatrix(), vector(s), 0, vector(f.y[b]))
		if f.rls != nil {
			rows := blas64.General{Rows: f.neurons, Cols: f.rls.n, Stride: f.rls.n, Data: f.rls.p0[lo*f.rls.n:]}
			blas64.Gemv(blas.Trans, 1, rows, vector(s), 0, vector(f.q[b]))
		}
	}
}

// Silence sets all filtered trains to zero.
func (f *Filtered) Silence() {
	for b := range f.s {
		clear(f.s[b])
	}
	f.Resync()
}

// Step advances the filters by one step in which the listed neurons spiked.
//
// Cost per spike and bank: m, and n + K when learning.
func (f *Filtered) Step(spikes []int) {
	raw := f.weights.RawMatrix()
	for b, d := range f.decay {
		blas64.Scal(d, vector(f.s[b]))
		blas64.Scal(d, vector(f.y[b]))
		lo := b * f.neurons
		for _, j := range spikes {
			f.s[b][j]++
			for i := range f.y[b] {
				f.y[b][i] += raw.Data[i*raw.Stride+lo+j]
			}
		}
		if f.rls != nil {
			f.carry(b, d, lo, spikes)
		}
	}
}

// carry takes P0 s and Z s of one bank along.
func (f *Filtered) carry(b int, d float64, lo int, spikes []int) {
	r, q := f.rls, vector(f.q[b])
	h := f.h[b][:r.pending]
	blas64.Scal(d, q)
	for k := range h {
		h[k] *= d
	}
	for _, j := range spikes {
		col := lo + j
		// Row and column are the same: P0 is symmetric.
		blas64.Axpy(1, vector(r.p0[col*r.n:(col+1)*r.n]), q)
		for k := range h {
			h[k] += r.z[k*r.n+col]
		}
	}
}

// Output writes y = Σ_b w_b s_b to dst, length m.
func (f *Filtered) Output(dst []float64) {
	copy(dst, f.y[0])
	for _, y := range f.y[1:] {
		for i, v := range y {
			dst[i] += v
		}
	}
}

// Update takes the filtered trains as they stand as one sample, moves the
// weights against the error (length m: output minus target), and carries the
// change into the outputs. It is [RLS.Update] without its matrix-vector
// products; a call before [Filtered.Learn] panics.
//
// Cost: (K + m) n, and n² for each K-th call's share of changing P0.
func (f *Filtered) Update(err []float64) error {
	r := f.rls
	copy(r.x, f.q[0])
	for _, q := range f.q[1:] {
		blas64.Axpy(1, vector(q), vector(r.x))
	}
	if r.pending > 0 {
		h := r.h[:r.pending]
		for k := range h {
			h[k] = 0
			for b := range f.h {
				h[k] += f.h[b][k]
			}
		}
		blas64.Gemv(blas.Trans, -1, r.pendingRows(), vector(h), 1, vector(r.x))
	}
	share := f.share
	var c float64
	for b, s := range f.s {
		share[b] = blas64.Dot(vector(s), vector(r.x[b*f.neurons:(b+1)*f.neurons]))
		c += share[b]
	}
	if e := checkQuadratic(c); e != nil {
		return e
	}
	descend(f.weights, err, r.x, c)
	scale := 1 / math.Sqrt(1+c)
	for b := range f.s {
		for i, e := range err {
			f.y[b][i] -= e * share[b] / (1 + c)
		}
		f.h[b][r.pending] = share[b] * scale
	}
	r.push(c)
	if r.pending == r.max {
		f.flush()
	}
	return nil
}

// flush brings the pending changes into P0 and into the carried P0 s.
func (f *Filtered) flush() {
	r := f.rls
	for b := range f.q {
		blas64.Gemv(blas.Trans, -1, r.pendingRows(), vector(f.h[b][:r.pending]), 1, vector(f.q[b]))
	}
	r.Flush()
}
