package rls

import (
	"math"

	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
	"github.com/spikewalk/spikewalk/neuro/internal/persist"
)

// matrices are P0 and Z of P = g (P0 - Zᵀ Z). Vectors are float64 whatever their
// precision.
type matrices interface {
	// times is x = P0 s, over all entries.
	times(x, s []float64)
	// timesEvery is the same for an s whose entries first, first+step, … are
	// given, the others being zero, and for the first len(x) entries of x.
	timesEvery(x, s []float64, first, step int)
	// jump is x = decay x + the named rows of P0, for entries from the given one
	// on.
	jump(x []float64, decay float64, rows []int, from int)
	// project is h = Z s, jumpPending h = decay h + the named columns of Z,
	// and back x -= Zᵀ h, for entries from the given one on, each over the
	// first len(h) rows of Z.
	project(h, s []float64)
	jumpPending(h []float64, decay float64, columns []int)
	back(x, h []float64, from int)
	// hold makes scale x row k of Z.
	hold(k int, scale float64, x []float64)
	// flush is P0 -= Zᵀ Z, over k rows and the first m entries. It returns the
	// first entry whose variance is then not positive and finite, or -1.
	flush(m, k int, both func(work func())) int
	// weights is w -= Zᵀ e, with e of k rows.
	weights(w, e *kernel.Panels[float64], k int, both func(work func()))
	// scale multiplies all of P0.
	scale(g float64)

	at(i, j int) float64
	set(i, j int, v float64)

	// state names P0 and the first k rows of Z.
	state(c *persist.State, k int)
}

// stored is P0, stride × stride with both triangles, and Z, K × stride.
type stored[T kernel.Real] struct {
	stride int
	p0, z  []T
}

func newStored[T kernel.Real](stride, pending int) *stored[T] {
	return &stored[T]{stride: stride, p0: make([]T, stride*stride), z: make([]T, pending*stride)}
}

func (m *stored[T]) row(k int) []T { return m.z[k*m.stride : (k+1)*m.stride] }

func (m *stored[T]) times(x, s []float64) { kernel.SymMul(x, s, m.p0) }

// Row and column are the same: P0 is symmetric.
func (m *stored[T]) timesEvery(x, s []float64, first, step int) {
	kernel.MulRows(x, s, m.p0[first*m.stride:], step*m.stride, false)
}

func (m *stored[T]) jump(x []float64, decay float64, rows []int, from int) {
	kernel.DecayAddRows(x, decay, m.p0[from:], m.stride, rows)
}

func (m *stored[T]) project(h, s []float64) {
	for k := range h {
		h[k] = kernel.Dot(m.row(k), s)
	}
}

func (m *stored[T]) jumpPending(h []float64, decay float64, columns []int) {
	kernel.Scale(h, decay)
	for k := range h {
		row := m.row(k)
		for _, at := range columns {
			h[k] += float64(row[at])
		}
	}
}

func (m *stored[T]) back(x, h []float64, from int) { kernel.SubRows(x, h, m.z[from:], m.stride) }

func (m *stored[T]) hold(k int, scale float64, x []float64) {
	row := m.row(k)
	if row, ok := any(row).([]float64); ok { // the same at the speed of memory
		clear(row)
		kernel.Axpy(row[:len(x)], scale, x)
		return
	}
	clear(row[len(x):])
	for i, x := range x {
		row[i] = T(float64(scale * x))
	}
}

func (m *stored[T]) flush(n, k int, both func(func())) int {
	kernel.SyrkSub(m.p0, m.z, m.stride, n, k, both)
	for i := range n {
		if v := float64(m.p0[i*m.stride+i]); !(v > 0 && v <= math.MaxFloat64) {
			return i
		}
	}
	return -1
}

func (m *stored[T]) weights(w, e *kernel.Panels[float64], k int, both func(func())) {
	kernel.GemmSub(w, m.z, e, k, both)
}

func (m *stored[T]) scale(g float64) {
	if p0, ok := any(m.p0).([]float64); ok {
		kernel.Scale(p0, g)
		return
	}
	for i, v := range m.p0 {
		m.p0[i] = T(float64(v) * g)
	}
}

func (m *stored[T]) at(i, j int) float64     { return float64(m.p0[i*m.stride+j]) }
func (m *stored[T]) set(i, j int, v float64) { m.p0[i*m.stride+j] = T(v) }
