package kernel

import (
	"fmt"
	"sync"
	"sync/atomic"
)

// SyrkSub subtracts zᵀz from the symmetric matrix p (n x n, row-major, both
// triangles stored), z being k x n, row-major; the rows of both begin stride
// >= n elements apart. In order of s = 0..k-1,
//
//	p_ij = fma(-z_si, z_sj, p_ij)
//
// in the precision of its elements (k = 0 leaves p alone). Little but the lower
// triangle is read and computed; the rest is set to its mirror image, which it
// must be at the start. It costs n²k floating-point operations and packs z
// into n·k numbers of scratch that is kept for the next call.
//
// For large n the work is shared by those who run it: both calls it as often
// as there are processors to use, at the same time, and returns when all have
// ended ([Alone] and [Goroutine] do, once and twice). Since each element is
// computed by one of them alone, in this order, the result is the same with any
// number.
func SyrkSub[T Real](p, z []T, stride, n, k int, both func(work func())) {
	if n < 0 || k < 0 || stride < n || n > 0 && (len(p) < (n-1)*stride+n || k > 0 && len(z) < (k-1)*stride+n) {
		panic(fmt.Sprintf("kernel.SyrkSub: stride = %d, n = %d, k = %d with len(p) = %d, len(z) = %d", stride, n, k, len(p), len(z)))
	}
	if n == 0 || k == 0 {
		return
	}
	switch p := any(p).(type) {
	case []float32:
		job := jobs32.Get().(*updateJob[float32])
		job.mr, job.nr = tileShape32()
		job.symmetric(p, any(z).([]float32), stride, n, k, both)
		jobs32.Put(job)
	case []float64:
		job := jobs64.Get().(*updateJob[float64])
		job.mr, job.nr = tileShape()
		job.symmetric(p, any(z).([]float64), stride, n, k, both)
		jobs64.Put(job)
	}
}

// GemmSub subtracts aᵀb from c (n x m), a being k x n, row-major without gaps,
// and b the first k rows of a matrix of m columns: in order of s = 0..k-1,
//
//	c_ij = fma(-a_si, b_sj, c_ij),
//
// with a widened. It costs 2nmk operations; scratch and processors are as in
// [SyrkSub].
func GemmSub[T Real](c *Panels[float64], a []T, b *Panels[float64], k int, both func(work func())) {
	n, m := c.rows, c.columns
	if k < 0 || k > b.rows || b.columns != m || len(a) < k*n {
		panic(fmt.Sprintf("kernel.GemmSub: %d elements and %d of %d x %d for %d x %d", len(a), k, b.rows, b.columns, n, m))
	}
	if n == 0 || m == 0 || k == 0 {
		return
	}
	job := jobs64.Get().(*updateJob[float64])
	job.mr, job.nr = tileShape()
	job.general(c, b, k)
	pack(&job.left, a, n, n, k, job.nr)
	job.run(n*m, both)
	jobs64.Put(job)
}

// Alone runs work once.
func Alone(work func()) { work() }

// Goroutine runs work here and in another goroutine.
func Goroutine(work func()) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		work()
	}()
	work()
	<-ended
}

// worthSharing is the least number of multiply-adds that is.
const worthSharing = 1 << 21

// An updateJob is one rank-k change of matrices in progress: of one symmetric
// matrix, or of the panels of one that is not. The columns of both factors are
// packed into strips of nr columns, padded with zeros, each k x nr in one
// piece; the matrices are cut into tiles of mr x nr. Bands of nr rows are
// handed to whoever is free.
type updateJob[T Real] struct {
	parts    []part[T]
	n, k     int // rows, rank
	mirrored bool
	mr, nr   int
	left     []T          // packed
	right    []T          // packed, where the change is not symmetric
	next     atomic.Int64 // bands handed out so far
	share    func()       // work, bound once, so that handing it on allocates nothing
}

// A part is a matrix with n rows, its row length and columns, and the packed
// columns of its right factor.
type part[T Real] struct {
	p         []T
	stride, m int
	right     []T
}

var (
	jobs64 = sync.Pool{New: func() any { return newJob[float64]() }}
	jobs32 = sync.Pool{New: func() any { return newJob[float32]() }}
)

func newJob[T Real]() *updateJob[T] {
	j := new(updateJob[T])
	j.share = j.work
	return j
}

func (j *updateJob[T]) symmetric(p, z []T, stride, n, k int, both func(func())) {
	j.n, j.k, j.mirrored = n, k, true
	pack(&j.left, z, stride, n, k, j.nr)
	j.parts = append(j.parts[:0], part[T]{p, stride, n, j.left})
	j.run(n*n/2, both)
}

// general is c -= aᵀb, but for packing a.
func (j *updateJob[T]) general(c, b *Panels[T], k int) {
	j.n, j.k, j.mirrored = c.rows, k, false
	j.parts = j.parts[:0]
	room(&j.right, (c.columns+PanelWidth)*k)
	right := j.right
	for q := range panels(c.columns, PanelWidth) {
		to, stride := c.panel(q)
		from, _ := b.panel(q)
		m := min(PanelWidth, c.columns-q*PanelWidth)
		size := panels(m, j.nr) * j.nr * k
		packInto(right[:size], from, stride, m, k, j.nr)
		j.parts = append(j.parts, part[T]{to, stride, m, right[:size]})
		right = right[size:]
	}
}

// run does the work, with others if the elements are worth it.
func (j *updateJob[T]) run(elements int, both func(func())) {
	j.next.Store(0)
	if elements >= worthSharing/j.k {
		both(j.share)
	} else {
		j.work()
	}
	clear(j.parts) // a job that waits for its next use keeps no matrix alive
}

// work takes bands until none is left; of a triangle the longest first.
func (j *updateJob[T]) work() {
	bands := panels(j.n, j.nr)
	for {
		left := bands*len(j.parts) - int(j.next.Add(1))
		if left < 0 {
			return
		}
		j.band(left%bands, &j.parts[left/bands])
	}
}

// band computes the rows of strip b of a part, of a symmetric matrix up to the
// diagonal.
func (j *updateJob[T]) band(b int, of *part[T]) {
	size := j.nr * j.k
	zb, last := j.left[b*size:(b+1)*size], panels(of.m, j.nr)
	first, end := b*j.nr, min(j.n, (b+1)*j.nr)
	whole := (end - first) / j.mr // tiles, one below the other
	c := 0
	if j.mirrored {
		last = b + 1
		c = b
		mirroredTiles(of.p, of.stride, first, whole, c, zb, of.right, j.k)
	} else {
		c = of.m / j.nr
		plainTiles(of.p, of.stride, first, whole, 0, c, zb, of.right, j.k)
	}
	for ; c < last; c++ {
		zc := of.right[c*size : (c+1)*size]
		if (c+1)*j.nr <= of.m && hasPlainTiles(of.p) {
			// On the diagonal: both triangles come out the same.
			plainTiles(of.p, of.stride, first, whole, c, c+1, zb, of.right, j.k)
			continue
		}
		for i := first; i < first+whole*j.mr; i += j.mr {
			j.edge(of, i, c*j.nr, zb[i-first:], zc)
		}
	}
	if i := first + whole*j.mr; i < end {
		for c := range last {
			j.edge(of, i, c*j.nr, zb[i-first:], of.right[c*size:(c+1)*size])
		}
	}
}

// edge computes a tile that meets the diagonal, the last row or the last
// column in a buffer, and copies the elements that belong to the matrix, or to
// its lower triangle.
func (j *updateJob[T]) edge(of *part[T], i, c int, zi, zc []T) {
	var tile, mirror [maxTile]T
	nr, ld := j.nr, of.stride
	rows := min(j.mr, j.n-i)
	for a := range rows {
		copy(tile[a*nr:(a+1)*nr], of.p[(i+a)*ld:][c:j.until(of, i+a)])
	}
	if j.mirrored {
		mirroredTile(tile[:], nr, mirror[:], j.mr, zi, zc, j.k)
	} else {
		plainTiles(tile[:], nr, 0, 1, 0, 1, zi, zc, j.k)
	}
	for a := range rows {
		own := copy(of.p[(i+a)*ld:][c:j.until(of, i+a)], tile[a*nr:(a+1)*nr])
		for b := 0; j.mirrored && b < own; b++ {
			of.p[(c+b)*ld+i+a] = tile[a*nr+b]
		}
	}
}

// until is the end of a row's part that is computed.
func (j *updateJob[T]) until(of *part[T], row int) int {
	if j.mirrored {
		return row + 1
	}
	return of.m
}

func mirroredTile[T Real](p []T, ldp int, q []T, ldq int, zi, zj []T, k int) {
	switch p := any(p).(type) {
	case []float32:
		syrkTile32(p, ldp, any(q).([]float32), ldq, any(zi).([]float32), any(zj).([]float32), k)
	case []float64:
		syrkTile(p, ldp, any(q).([]float64), ldq, any(zi).([]float64), any(zj).([]float64), k)
	}
}

// mirroredTiles computes whole tiles left of the diagonal: so many from row
// first on, one below the other, in each of the first columns panels.
func mirroredTiles[T Real](p []T, stride, first, tiles, columns int, zb, z []T, k int) {
	switch p := any(p).(type) {
	case []float32:
		mr, nr := tileShape32()
		zb, z := any(zb).([]float32), any(z).([]float32)
		for c := range columns {
			zc := z[c*nr*k:]
			for i := range tiles {
				at := first + i*mr
				syrkTile32(p[at*stride+c*nr:], stride, p[c*nr*stride+at:], stride, zb[i*mr:], zc, k)
			}
		}
	case []float64:
		mr, nr := tileShape()
		zb, z := any(zb).([]float64), any(z).([]float64)
		for c := range columns {
			zc := z[c*nr*k:]
			for i := range tiles {
				at := first + i*mr
				syrkTile(p[at*stride+c*nr:], stride, p[c*nr*stride+at:], stride, zb[i*mr:], zc, k)
			}
		}
	}
}

// plainTiles computes whole tiles as mirroredTiles does, from one panel of
// columns to another, and mirrors nothing.
func plainTiles[T Real](p []T, stride, first, tiles, from, to int, zb, z []T, k int) {
	p64, zb64, z64 := any(p).([]float64), any(zb).([]float64), any(z).([]float64)
	mr, nr := tileShape()
	for c := from; c < to; c++ {
		zc := z64[c*nr*k:]
		for i := range tiles {
			gemmTile(p64[(first+i*mr)*stride+c*nr:], stride, zb64[i*mr:], zc, k)
		}
	}
}

// hasPlainTiles is true of float64: that is what readouts' weights are.
func hasPlainTiles[T Real](p []T) bool {
	_, double := any(p).([]float64)
	return double
}

// maxTile is the number of elements of the largest tile.
const maxTile = 8 * 48
