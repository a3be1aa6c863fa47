package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// A source hands out slices of random numbers to a kernel under test.
type source struct {
	*rand.Rand
	wild  int                   // one number in wild is special; 0 for none
	alloc func(n int) []float64 // where slices live
	all   [][]float64           // what has been handed out
	all32 [][]float32           // and of float32
}

func newSource(seed uint64, wild int, alloc func(n int) []float64) *source {
	return &source{Rand: rand.New(rand.NewPCG(seed, 7)), wild: wild, alloc: alloc}
}

// heap allocates at odd offsets.
func heap(n int) []float64 { return make([]float64, n+3)[1+n%3:][:n:n] }

var special = []float64{
	0, math.Copysign(0, -1), 1, -1, 0x1p-1074, -0x1p-1074, 0x1.8p-1023, -0x1.4p-1030, 0x1p-1022,
	0x1p-900, -0x1p-900, 0x1.fffffffffffffp-901, 0x1p-540, -0x1p-538,
	math.MaxFloat64, -math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN(), 19.06, -20, 20.5, 0.34657359027997264,
}

func (s *source) number() float64 {
	switch {
	case s.wild == 0 || s.IntN(s.wild) > 0:
		return 4*s.Float64() - 2
	case s.IntN(2) == 0:
		return special[s.IntN(len(special))]
	case s.IntN(2) == 0:
		return math.Ldexp(s.Float64()-0.5, s.IntN(80)-40)
	}
	return math.Float64frombits(s.Uint64()) // any double
}

func (s *source) slice(n int) []float64 {
	x := s.alloc(n)
	for i := range x {
		x[i] = s.number()
	}
	s.all = append(s.all, x)
	return x
}

// slice32 lies at the end of what alloc gives.
func (s *source) slice32(n int) []float32 {
	pairs := s.alloc((n + 1) / 2)
	x := unsafe.Slice((*float32)(unsafe.Pointer(unsafe.SliceData(pairs))), 2*len(pairs))[n%2:]
	for i := range x {
		x[i] = float32(s.number())
	}
	s.all32 = append(s.all32, x)
	return x
}

// A kernelCase runs one kernel, or its definition spelt out, on n elements and
// k rows. What it returns and all slices it took from s are its result.
type kernelCase struct {
	name      string
	run, want func(s *source, n, k int) []float64
}

func vectorCase(name string, run, want func(x, y, z []float64, a float64)) kernelCase {
	wrap := func(f func(x, y, z []float64, a float64)) func(s *source, n, k int) []float64 {
		return func(s *source, n, _ int) []float64 {
			f(s.slice(n), s.slice(n), s.slice(n), s.number())
			return nil
		}
	}
	return kernelCase{name, wrap(run), wrap(want)}
}

// rowCase is a kernel on k rows with a stride somewhat longer than n.
func rowCase(name string, run, want func(dst, c, m []float64, stride int, rows []int)) kernelCase {
	wrap := func(f func(dst, c, m []float64, stride int, rows []int)) func(s *source, n, k int) []float64 {
		return func(s *source, n, k int) []float64 {
			stride := n + s.IntN(3)
			rows := make([]int, k)
			for i := range rows {
				rows[i] = s.IntN(k)
			}
			f(s.slice(n), s.slice(k), s.slice(max(0, (k-1)*stride+n)), stride, rows)
			return nil
		}
	}
	return kernelCase{name, wrap(run), wrap(want)}
}

// rowCase32 is rowCase with a matrix of float32.
func rowCase32(name string, run func(dst, c []float64, m []float32, stride int, rows []int), want func(dst, c, m []float64, stride int, rows []int)) kernelCase {
	return kernelCase{name, func(s *source, n, k int) []float64 {
		dst, c, m, stride, rows := rowArguments32(s, n, k)
		run(dst, c, m, stride, rows)
		return nil
	}, func(s *source, n, k int) []float64 {
		dst, c, m, stride, rows := rowArguments32(s, n, k)
		want(dst, c, widened(m), stride, rows)
		return nil
	}}
}

func rowArguments32(s *source, n, k int) (dst, c []float64, m []float32, stride int, rows []int) {
	stride, rows = n+s.IntN(3), make([]int, k)
	for i := range rows {
		rows[i] = s.IntN(k)
	}
	return s.slice(n), s.slice(k), s.slice32(max(0, (k-1)*stride+n)), stride, rows
}

func widened(m []float32) []float64 {
	w := make([]float64, len(m))
	for i, v := range m {
		w[i] = float64(v)
	}
	return w
}

func syrkCase[T Real](slice func(*source, int) []T, f func(p, z []T, stride, n, k int, both func(func()))) func(s *source, n, k int) []float64 {
	return func(s *source, n, k int) []float64 {
		stride := n + k%3
		p := slice(s, n*stride)
		for i := range n {
			for j := range i {
				p[j*stride+i] = p[i*stride+j]
			}
		}
		f(p, slice(s, k*stride), stride, n, k, Goroutine)
		return nil
	}
}

func gemmCase[T Real](slice func(*source, int) []T, f func(c *Panels[float64], a []T, b *Panels[float64], k int, both func(func()))) func(s *source, n, k int) []float64 {
	return func(s *source, n, k int) []float64 {
		m := n / 2
		if k%2 == 0 {
			m = k + 1
		}
		c := panelsOf(slice64, s, n, m)
		f(c, slice(s, k*n), panelsOf(slice64, s, k+k%2, m), k, Goroutine)
		return nil
	}
}

// panelsOf are panels of which the padding is drawn, too.
func panelsOf[T Real](slice func(*source, int) []T, s *source, rows, columns int) *Panels[T] {
	p := &Panels[T]{rows: rows, columns: columns}
	p.data = slice(s, len(NewPanels[T](rows, columns).data))
	return p
}

// panelCase multiplies some columns and rows of n columns and k + 2 rows.
func panelCase[T Real](slice func(*source, int) []T, f func(p *Panels[T], dst []float64, first int, c []float64)) func(s *source, n, k int) []float64 {
	return func(s *source, n, k int) []float64 {
		first := s.IntN(3) * s.IntN(n+1) / 2
		f(panelsOf(slice, s, k+2, n), s.slice(n-first-s.IntN(2)*s.IntN(n-first+1)), first, s.slice(k))
		return nil
	}
}

func panelDefined[T Real](sign float64) func(p *Panels[T], dst []float64, first int, c []float64) {
	return func(p *Panels[T], dst []float64, first int, c []float64) {
		for i := range dst {
			if sign > 0 {
				dst[i] = 0
			}
			for j := range c {
				dst[i] = math.FMA(sign*c[j], float64(p.At(j, first+i)), dst[i])
			}
		}
	}
}

func symCase[T Real](slice func(*source, int) []T, f func(dst, x []float64, p []T)) func(s *source, n, k int) []float64 {
	return func(s *source, n, _ int) []float64 {
		n &^= 7
		f(s.slice(n), s.slice(n), slice(s, n*n))
		return nil
	}
}

var slice32, slice64 = (*source).slice32, (*source).slice

func lifCase(f func(v, to []float64, decay, threshold, reset float64, spikes []int) []int) func(s *source, n, k int) []float64 {
	return func(s *source, n, _ int) (result []float64) {
		for _, i := range f(s.slice(n), s.slice(n), s.number(), s.number(), s.number(), nil) {
			result = append(result, float64(i))
		}
		return result
	}
}

// cases are all kernels, each with its doc comment as code.
var cases = []kernelCase{
	{"Dot",
		func(s *source, n, _ int) []float64 { return []float64{Dot(s.slice(n), s.slice(n))} },
		func(s *source, n, _ int) []float64 { return []float64{dotDefined(s.slice(n), s.slice(n))} }},
	vectorCase("Axpy",
		func(x, y, _ []float64, a float64) { Axpy(x, a, y) },
		func(x, y, _ []float64, a float64) {
			for i := range x {
				x[i] = math.FMA(a, y[i], x[i])
			}
		}),
	vectorCase("Add",
		func(x, y, _ []float64, _ float64) { Add(x, y) },
		func(x, y, _ []float64, _ float64) {
			for i := range x {
				x[i] += y[i]
			}
		}),
	vectorCase("Sum3",
		func(x, y, z []float64, _ float64) { Sum3(x, x, y, z) },
		func(x, y, z []float64, _ float64) {
			for i := range x {
				x[i] = (x[i] + y[i]) - z[i]
			}
		}),
	vectorCase("Scale",
		func(x, _, _ []float64, a float64) { Scale(x, a) },
		func(x, _, _ []float64, a float64) { scaleDefined(x, a) }),
	vectorCase("Relax",
		func(x, y, _ []float64, a float64) { Relax(x, y, a) },
		func(x, y, _ []float64, a float64) { relaxDefined(x, y, a) }),
	vectorCase("RelaxTanh",
		func(x, y, z []float64, a float64) { RelaxTanh(x, z, y, a) },
		func(x, y, z []float64, a float64) {
			relaxDefined(x, y, a)
			for i := range x {
				z[i] = tanh1(x[i])
			}
		}),
	vectorCase("Tanh",
		func(x, y, _ []float64, _ float64) { Tanh(y, x); Tanh(x, x) },
		func(x, y, _ []float64, _ float64) {
			for i := range x {
				y[i] = tanh1(x[i])
				x[i] = y[i]
			}
		}),
	{"LIF", lifCase(LIF), lifCase(lifDefined)},
	rowCase("AddRows",
		func(dst, _, m []float64, stride int, rows []int) { AddRows(dst, m, stride, rows) },
		addRowsDefined),
	rowCase("DecayAddRows",
		func(dst, c, m []float64, stride int, rows []int) { DecayAddRows(dst, 0.25, m, stride, rows) },
		func(dst, c, m []float64, stride int, rows []int) {
			scaleDefined(dst, 0.25)
			addRowsDefined(dst, c, m, stride, rows)
		}),
	rowCase("MulRows",
		func(dst, c, m []float64, stride int, _ []int) { MulRows(dst, c, m, stride, false) },
		func(dst, c, m []float64, stride int, _ []int) {
			clear(dst)
			mulRowsDefined(dst, c, m, stride, 1)
		}),
	rowCase("MulRows add",
		func(dst, c, m []float64, stride int, _ []int) { MulRows(dst, c, m, stride, true) },
		func(dst, c, m []float64, stride int, _ []int) { mulRowsDefined(dst, c, m, stride, 1) }),
	rowCase("SubRows",
		func(dst, c, m []float64, stride int, _ []int) { SubRows(dst, c, m, stride) },
		func(dst, c, m []float64, stride int, _ []int) { mulRowsDefined(dst, c, m, stride, -1) }),
	{"SyrkSub", syrkCase(slice64, SyrkSub[float64]), syrkCase(slice64, syrkDefined(math.FMA))},
	{"SymMul", symCase(slice64, SymMul[float64]), symCase(slice64, symDefined[float64])},
	{"GemmSub", gemmCase(slice64, GemmSub[float64]), gemmCase(slice64, gemmDefined[float64])},
	{"Panels.Mul", panelCase(slice64, (*Panels[float64]).Mul), panelCase(slice64, panelDefined[float64](1))},
	{"Panels.Sub", panelCase(slice64, (*Panels[float64]).Sub), panelCase(slice64, panelDefined[float64](-1))},
	{"Dot of float32",
		func(s *source, n, _ int) []float64 { return []float64{Dot(s.slice32(n), s.slice(n))} },
		func(s *source, n, _ int) []float64 { return []float64{dotDefined(widened(s.slice32(n)), s.slice(n))} }},
	rowCase32("AddRows of float32",
		func(dst, _ []float64, m []float32, stride int, rows []int) { AddRows(dst, m, stride, rows) },
		addRowsDefined),
	rowCase32("MulRows of float32",
		func(dst, c []float64, m []float32, stride int, _ []int) { MulRows(dst, c, m, stride, true) },
		func(dst, c, m []float64, stride int, _ []int) { mulRowsDefined(dst, c, m, stride, 1) }),
	rowCase32("SubRows of float32",
		func(dst, c []float64, m []float32, stride int, _ []int) { SubRows(dst, c, m, stride) },
		func(dst, c, m []float64, stride int, _ []int) { mulRowsDefined(dst, c, m, stride, -1) }),
	{"SyrkSub of float32", syrkCase(slice32, SyrkSub[float32]), syrkCase(slice32, syrkDefined(fma32))},
	{"SymMul of float32", symCase(slice32, SymMul[float32]), symCase(slice32, symDefined[float32])},
	{"Panels.Mul of float32", panelCase(slice32, (*Panels[float32]).Mul), panelCase(slice32, panelDefined[float32](1))},
	{"Panels.Sub of float32", panelCase(slice32, (*Panels[float32]).Sub), panelCase(slice32, panelDefined[float32](-1))},
	{"GemmSub of float32", gemmCase(slice32, GemmSub[float32]), gemmCase(slice32, gemmDefined[float32])},
}

// compare runs a case at every level and holds all numbers against its definition.
func compare(t *testing.T, c kernelCase, seed uint64, wild, n, k int, alloc func(n int) []float64) {
	t.Helper()
	def := newSource(seed, wild, heap)
	want := c.want(def, n, k)
	for _, l := range Levels() {
		useLevel(t, l)
		s := newSource(seed, wild, alloc)
		got := c.run(s, n, k)
		if i := differs(got, want); i >= 0 {
			t.Fatalf("%s, %s, n = %d, k = %d, seed %d: result differs at %d: %v, %v", c.name, l, n, k, seed, i, got, want)
		}
		for a := range s.all {
			if i := differs(s.all[a], def.all[a]); i >= 0 {
				t.Fatalf("%s, %s, n = %d, k = %d, seed %d: slice %d differs at %d: %x, want %x", c.name, l, n, k, seed, a, i, s.all[a][i], def.all[a][i])
			}
		}
		for a := range s.all32 {
			if i := differs(widened(s.all32[a]), widened(def.all32[a])); i >= 0 {
				t.Fatalf("%s, %s, n = %d, k = %d, seed %d: float32 slice %d differs at %d: %x, want %x", c.name, l, n, k, seed, a, i, s.all32[a][i], def.all32[a][i])
			}
		}
	}
}

// differs is the first index at which bits differ, or -1; any NaN is NaN.
func differs(a, b []float64) int {
	if len(a) != len(b) {
		return min(len(a), len(b))
	}
	for i := range a {
		if math.Float64bits(a[i]) != math.Float64bits(b[i]) && (a[i] == a[i] || b[i] == b[i]) {
			return i
		}
	}
	return -1
}

// useLevel takes a level until the test ends.
func useLevel(t testing.TB, l string) {
	t.Helper()
	was := Level()
	if err := Use(l); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = Use(was) })
}
