package kernel

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// SyrkSub subtracts zᵀz from the symmetric matrix p (n x n, row-major, both
// triangles stored), z being k x n, row-major; the rows of both begin stride
// >= n elements apart. The lower triangle is read and computed, in order of
// s = 0..k-1,
//
//	p_ij = fma(-z_si, z_sj, p_ij)     j <= i,
//
// and the upper one set to its mirror image (k = 0 leaves p alone). It costs
// n²k floating-point operations, packs z into n·k numbers of scratch that is
// kept for the next call, and uses two processors for large n; since each
// element is computed by one of them alone, in this order, the result is the
// same with any number.
func SyrkSub(p, z []float64, stride, n, k int) {
	if n < 0 || k < 0 || stride < n || n > 0 && (len(p) < (n-1)*stride+n || k > 0 && len(z) < (k-1)*stride+n) {
		panic(fmt.Sprintf("kernel.SyrkSub: stride = %d, n = %d, k = %d with len(p) = %d, len(z) = %d", stride, n, k, len(p), len(z)))
	}
	if n == 0 || k == 0 {
		return
	}
	job := syrkJobs.Get().(*syrkJob)
	job.do(p, z, stride, n, k)
	syrkJobs.Put(job)
}

// syrkTwo is the least n²k that is worth a second goroutine.
const syrkTwo = 1 << 22

// A syrkJob is one SyrkSub in progress. The columns of z are packed into
// panels of nr columns, padded with zeros, each k x nr in one piece; p is cut
// into tiles of mr x nr. Bands of nr rows are handed to whoever is free.
type syrkJob struct {
	p      []float64
	stride int
	n, k   int
	mr, nr int
	packed []float64
	next   atomic.Int64 // bands handed out so far
	helper func()       // bound once, so that starting it allocates nothing
	done   sync.WaitGroup
}

var syrkJobs = sync.Pool{New: func() any {
	j := new(syrkJob)
	j.helper = func() {
		defer j.done.Done()
		j.work()
	}
	return j
}}

func (j *syrkJob) do(p, z []float64, stride, n, k int) {
	j.p, j.stride, j.n, j.k = p, stride, n, k
	j.mr, j.nr = syrkShape()
	j.pack(z)
	j.next.Store(0)
	if n*n >= syrkTwo/k && runtime.GOMAXPROCS(0) > 1 {
		j.done.Add(1)
		go j.helper()
	}
	j.work()
	j.done.Wait()
	j.p = nil
}

func (j *syrkJob) panels() int { return (j.n + j.nr - 1) / j.nr }

// pack copies z into panels.
func (j *syrkJob) pack(z []float64) {
	n, k, nr := j.n, j.k, j.nr
	size := j.panels() * nr * k
	if cap(j.packed) < size {
		j.packed = make([]float64, size)
	}
	j.packed = j.packed[:size]
	for s := range k {
		row := z[s*j.stride:][:n]
		at := s * nr
		for ; len(row) >= nr; row = row[nr:] {
			copy(j.packed[at:at+nr], row)
			at += nr * k
		}
		if len(row) > 0 {
			last := j.packed[at : at+nr]
			clear(last[copy(last, row):])
		}
	}
}

// work takes bands until none is left, the longest first.
func (j *syrkJob) work() {
	for {
		b := j.panels() - int(j.next.Add(1))
		if b < 0 {
			return
		}
		j.band(b)
	}
}

// band computes the rows of panel b up to the diagonal.
func (j *syrkJob) band(b int) {
	n, k, nr, ld := j.n, j.k, j.nr, j.stride
	end := min(n, (b+1)*nr)
	zb := j.packed[b*nr*k : (b+1)*nr*k]
	for c := 0; c <= b; c++ {
		zc := j.packed[c*nr*k : (c+1)*nr*k]
		for i := b * nr; i < end; i += j.mr {
			zi := zb[i-b*nr:]
			if c < b && i+j.mr <= n {
				syrkTile(j.p[i*ld+c*nr:], ld, j.p[c*nr*ld+i:], ld, zi, zc, k)
			} else {
				j.edge(i, c*nr, zi, zc)
			}
		}
	}
}

// edge computes a tile that meets the diagonal or the last row in a buffer,
// and copies the elements of the lower triangle.
func (j *syrkJob) edge(i, c int, zi, zc []float64) {
	var tile, mirror [maxTile]float64
	n, nr, ld := j.n, j.nr, j.stride
	rows := min(j.mr, n-i)
	for a := range rows {
		row := j.p[(i+a)*ld:][:i+a+1]
		copy(tile[a*nr:(a+1)*nr], row[c:])
	}
	syrkTile(tile[:], nr, mirror[:], j.mr, zi, zc, j.k)
	for a := range rows {
		row := j.p[(i+a)*ld:][:i+a+1]
		for b := range copy(row[c:], tile[a*nr:(a+1)*nr]) {
			j.p[(c+b)*ld+i+a] = tile[a*nr+b]
		}
	}
}

// maxTile is the number of elements of the largest tile.
const maxTile = 8 * 24
