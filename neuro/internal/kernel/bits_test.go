package kernel

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"math/big"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// TestEqualBits holds every kernel at every level against its definition, for
// all short lengths, tails and odd addresses, with tame and with wild numbers.
func TestEqualBits(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for n := range 201 {
				k := n * 7 % 23
				for i, wild := range []int{0, 40, 3} {
					compare(t, c, uint64(n*3+i), wild, n, k, fenced(t))
				}
			}
		})
	}
}

// fenced allocates at odd offsets between canaries that are looked at when
// the test ends.
func fenced(t *testing.T) func(n int) []float64 {
	const canary = 0x1.23456789abcdep77
	return func(n int) []float64 {
		buffer := make([]float64, n+32)
		for i := range buffer {
			buffer[i] = canary
		}
		first := 16 + n%5
		t.Cleanup(func() {
			for i, v := range buffer {
				if (i < first || i >= first+n) && v != canary {
					t.Errorf("element %d of a slice of %d was written", i-first, n)
				}
			}
		})
		return buffer[first : first+n : first+n]
	}
}

// TestLarger takes sizes beyond the blocks and groups inside.
func TestLarger(t *testing.T) {
	for _, c := range cases {
		n := 2085 // LIF: more than two blocks of 1024
		for _, square := range []string{"SyrkSub", "SymMul", "GemmSub", "Panels"} {
			if strings.HasPrefix(c.name, square) {
				n = 421
			}
		}
		compare(t, c, 5, 50, n, 33, heap)
	}
}

// TestGolden holds all results of a few cases against what they were on the
// first machine, so that architectures agree and no edit changes bits unseen.
func TestGolden(t *testing.T) {
	const golden = 0x2451f2ffb0af6238
	h := fnv.New64a()
	for _, c := range cases {
		for _, n := range []int{1, 31, 77, 150} {
			s := newSource(uint64(n), 40, heap)
			result := c.run(s, n, 9)
			for _, x := range s.all32 {
				s.all = append(s.all, widened(x))
			}
			for _, x := range append(s.all, result) {
				for _, v := range x {
					if v != v {
						v = math.NaN()
					}
					_ = binary.Write(h, binary.LittleEndian, v)
				}
			}
		}
	}
	if h.Sum64() != golden {
		t.Errorf("hash %#x, want %#x", h.Sum64(), uint64(golden))
	}
}

// FuzzEqualBits looks for lengths and numbers on which levels differ.
func FuzzEqualBits(f *testing.F) {
	for i := range cases {
		f.Add(uint8(i), uint64(i), uint8(3), uint16(77), uint8(9))
	}
	f.Fuzz(func(t *testing.T, which uint8, seed uint64, wild uint8, n uint16, k uint8) {
		c := cases[int(which)%len(cases)]
		compare(t, c, seed, int(wild%64), int(n%300), int(k%70), heap)
	})
}

// TestProcessors: the same bits with one processor and with two, and when
// several callers share them.
func TestProcessors(t *testing.T) {
	const n, k = 333, 64
	z := random(n*k, 1)
	var want []float64
	for _, l := range Levels() {
		useLevel(t, l)
		for _, procs := range []int{1, 2, 2, 2} {
			before := runtime.GOMAXPROCS(procs)
			var ps [3][]float64
			var wg sync.WaitGroup
			for i := range ps {
				ps[i] = symmetric(random(n*n, 2), n)
				wg.Go(func() { SyrkSub(ps[i], z, n, n, k, []func(func()){Alone, Goroutine}[procs-1]) })
			}
			wg.Wait()
			runtime.GOMAXPROCS(before)
			if want == nil {
				want = ps[0]
			}
			for _, p := range ps {
				if i := differs(p, want); i >= 0 {
					t.Fatalf("%s, %d processors: element %d is %v, want %v", l, procs, i, p[i], want[i])
				}
			}
		}
	}
}

// symmetric copies the lower triangle of x, n x n, to the upper one.
func symmetric(x []float64, n int) []float64 {
	for i := range n {
		for j := range i {
			x[j*n+i] = x[i*n+j]
		}
	}
	return x
}

// TestSymmetric: p stays exactly symmetric, and loses zᵀz.
func TestSymmetric(t *testing.T) {
	const n, k = 101, 17
	p, z := make([]float64, n*n), random(n*k, 1)
	for i := range n {
		p[i*n+i] = 100
	}
	for _, l := range Levels() {
		useLevel(t, l)
		SyrkSub(p, z, n, n, k, Goroutine)
	}
	for i := range n {
		for j := range n {
			want := 0.0
			if i == j {
				want = 100
			}
			for s := range k {
				want -= float64(len(Levels())) * z[s*n+i] * z[s*n+j]
			}
			if got := p[i*n+j]; math.Abs(got-want) > 1e-11 || got != p[j*n+i] {
				t.Fatalf("p[%d, %d] = %v, p[%d, %d] = %v, want %v", i, j, got, j, i, p[j*n+i], want)
			}
		}
	}
}

// TestOneRounding: fma32 is the exact result rounded once, as math/big has it,
// also where the sum in float64 is a tie that the exact one is not.
func TestOneRounding(t *testing.T) {
	s := newSource(9, 3, heap)
	check := func(a, b, c float32) {
		if x := float64(a) * float64(b) * float64(c); x-x != 0 {
			return // not finite
		}
		exact := new(big.Float).SetPrec(1000).SetFloat64(float64(a) * float64(b))
		want, _ := exact.Add(exact, big.NewFloat(float64(c))).Float32()
		if got := fma32(a, b, c); got != want {
			t.Fatalf("fma32(%x, %x, %x) = %x, want %x", a, b, c, got, want)
		}
	}
	for range 200000 {
		a, b := float32(s.number()), float32(s.number())
		check(a, b, float32(s.number()))
		// A product of about half a unit in the last place of c.
		c := float32(math.Ldexp(1+math.Floor(s.Float64()*1024)/1024, s.IntN(270)-145))
		half := math.Nextafter32(c, 2*c) - c
		check(half/2, 1, c)
		check(half/2, 1+0x1p-23, -c)
		check(half*(1+0x1p-22), 0.5*(1-0x1p-23), c)
	}
}

// TestSilence: a trace that only decays ends at zero, never among the
// denormals.
func TestSilence(t *testing.T) {
	for _, l := range Levels() {
		useLevel(t, l)
		x := []float64{1, -1, 0x1p100, 1, 1, 1, 1, 1, 1, 1, 1}
		for range 1001 {
			Scale(x, 0.5)
			for _, v := range x {
				if v != 0 && math.Abs(v) < 0x1p-900 {
					t.Fatalf("%s: %g", l, v)
				}
			}
		}
		if i := differs(x, make([]float64, len(x))); i >= 0 {
			t.Errorf("%s: element %d is %g, want +0", l, i, x[i])
		}
	}
}

// TestAllocatesNothing: no kernel allocates in steady state.
func TestAllocatesNothing(t *testing.T) {
	const n, k = 260, 64 // enough for two goroutines
	p, z, x, y := random(n*n, 1), random(n*k, 2), random(n, 3), random(n, 4)
	c, b := NewPanels[float64](n, 90), NewPanels[float64](k, 90)
	rows, spikes := []int{3, 1, 4, 1, 5, 9, 2, 6}, make([]int, 0, n)
	for _, l := range Levels() {
		useLevel(t, l)
		if a := testing.AllocsPerRun(20, func() {
			MulRows(x, y, p, n, false)
			SubRows(x, y[:k], z, n)
			AddRows(x, p, n, rows)
			DecayAddRows(x, 0.5, p, n, rows)
			RelaxTanh(x, y, z[:n], 0.9)
			spikes = LIF(x, y, 0.9, 0.1, 0, spikes[:0])
			x[0] = Dot(x, y)
			SymMul(x[:256], y[:256], p[:256*256])
			GemmSub(c, z, b, k, Alone)
			c.Mul(x[:90], 0, y)
			b.Sub(x[:50], 33, y[:k])
		}); a != 0 {
			t.Errorf("%s: %v allocations", l, a)
		}
		// SyrkSub keeps its scratch; with two processors the runtime may now
		// and then need a new goroutine, which is less than 1 KB.
		var before, after runtime.MemStats
		job := newJob[float64]()
		job.mr, job.nr = tileShape()
		job.symmetric(p, z, n, n, k, Goroutine)
		runtime.ReadMemStats(&before)
		for range 100 {
			job.symmetric(p, z, n, n, k, Goroutine)
		}
		runtime.ReadMemStats(&after)
		if a := after.TotalAlloc - before.TotalAlloc; a > 100<<10 {
			t.Errorf("%s: %d bytes allocated in 100 SyrkSub", l, a)
		}
	}
}
