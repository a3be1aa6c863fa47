package kernel

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
)

// Every benchmark runs at every level of the machine; run them with -cpu 1,2
// for one and two processors.
func atLevels(b *testing.B, f func(b *testing.B)) {
	was := Level()
	defer func() { _ = Use(was) }()
	for _, l := range Levels() {
		if err := Use(l); err != nil {
			b.Fatal(err)
		}
		b.Run(l, f)
	}
}

// rate reports units per nanosecond, so 1e9 a second.
func rate(b *testing.B, units float64, name string) {
	b.ReportMetric(units*float64(b.N)/float64(b.Elapsed().Nanoseconds()), name)
}

func random(n int, seed uint64) []float64 {
	r := rand.New(rand.NewPCG(seed, 1))
	x := make([]float64, n)
	for i := range x {
		x[i] = r.NormFloat64()
	}
	return x
}

func processors() func(func()) {
	if runtime.GOMAXPROCS(0) > 1 {
		return Goroutine
	}
	return Alone
}

func BenchmarkSyrkSub(b *testing.B) {
	for _, n := range []int{300, 800, 1600} {
		const k = 64
		p, z := random(n*n, 1), random(k*n, 2)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			atLevels(b, func(b *testing.B) {
				for b.Loop() {
					SyrkSub(p, z, n, n, k, processors())
				}
				rate(b, float64(n)*float64(n)*k, "GFLOP/s")
			})
		})
	}
}

func BenchmarkMulRows(b *testing.B) {
	for _, shape := range [][2]int{{64, 1600}, {300, 300}, {1600, 64}, {1600, 1600}} {
		n, k := shape[0], shape[1]
		m, c, dst := random(n*k, 1), random(k, 2), make([]float64, n)
		b.Run(fmt.Sprintf("%dx%d", k, n), func(b *testing.B) {
			atLevels(b, func(b *testing.B) {
				for b.Loop() {
					MulRows(dst, c, m, n, false)
				}
				rate(b, 2*float64(n)*float64(k), "GFLOP/s")
				rate(b, 8*float64(n)*float64(k), "GB/s")
			})
		})
	}
}

func random32(n int, seed uint64) []float32 {
	x := make([]float32, n)
	for i, v := range random(n, seed) {
		x[i] = float32(v)
	}
	return x
}

func BenchmarkSyrkSub32(b *testing.B) {
	const n, k = 1600, 64
	p, z := random32(n*n, 1), random32(k*n, 2)
	atLevels(b, func(b *testing.B) {
		for b.Loop() {
			SyrkSub(p, z, n, n, k, processors())
		}
		rate(b, float64(n)*float64(n)*k, "GFLOP/s")
	})
}

func BenchmarkGemmSub(b *testing.B) {
	for _, n := range []int{304, 1000} {
		const k = 64
		c, x, y := NewPanels[float64](n, n), random(k*n, 2), NewPanels[float64](k, n)
		copy(c.data, random(n*n, 1))
		copy(y.data, random(k*n, 3))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			atLevels(b, func(b *testing.B) {
				for b.Loop() {
					GemmSub(c, x, y, k, processors())
				}
				rate(b, 2*float64(n)*float64(n)*k, "GFLOP/s")
			})
		})
	}
}

func BenchmarkSymMul(b *testing.B) {
	for _, n := range []int{304, 1000, 1600} {
		p, x, dst := random(n*n, 1), random(n, 2), make([]float64, n)
		p32 := random32(n*n, 1)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			atLevels(b, func(b *testing.B) {
				for b.Loop() {
					SymMul(dst, x, p)
				}
				rate(b, 2*float64(n)*float64(n), "GFLOP/s")
			})
		})
		b.Run(fmt.Sprint(n, "of32"), func(b *testing.B) {
			atLevels(b, func(b *testing.B) {
				for b.Loop() {
					SymMul(dst, x, p32)
				}
				rate(b, 2*float64(n)*float64(n), "GFLOP/s")
			})
		})
	}
}

func BenchmarkMulRows32(b *testing.B) {
	for _, n := range []int{300, 1000} {
		m, c, dst := random32(n*n, 1), random(n, 2), make([]float64, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			atLevels(b, func(b *testing.B) {
				for b.Loop() {
					MulRows(dst, c, m, n, false)
				}
				rate(b, 2*float64(n)*float64(n), "GFLOP/s")
			})
		})
	}
}

func BenchmarkAddRows(b *testing.B) {
	for _, n := range []int{64, 800, 1600} {
		m, dst := random(n*n, 1), make([]float64, n)
		r := rand.New(rand.NewPCG(3, 1))
		rows := make([]int, 1<<16)
		for i := range rows {
			rows[i] = r.IntN(n)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			atLevels(b, func(b *testing.B) {
				at := 0
				for b.Loop() {
					AddRows(dst, m, n, rows[at:at+10])
					at = (at + 10) % (len(rows) - 10)
				}
				rate(b, float64(n)*10, "Gadd/s")
				rate(b, 8*float64(n)*10, "GB/s")
			})
		})
	}
}

func BenchmarkDot(b *testing.B) {
	each(b, func(x, y, _ []float64) { sink = Dot(x, y) })
}

func BenchmarkAxpy(b *testing.B) {
	each(b, func(x, y, _ []float64) { Axpy(x, 1e-9, y) })
}

func BenchmarkAdd(b *testing.B) {
	each(b, func(x, y, _ []float64) { Add(x, y) })
}

func BenchmarkScale(b *testing.B) {
	each(b, func(x, _, _ []float64) { Scale(x, 1) })
}

func BenchmarkSum3(b *testing.B) {
	each(b, func(x, y, z []float64) { Sum3(x, y, z, y) })
}

func BenchmarkRelax(b *testing.B) {
	each(b, func(x, y, _ []float64) { Relax(x, y, 0.9) })
}

func BenchmarkTanh(b *testing.B) {
	each(b, func(x, y, _ []float64) { Tanh(x, y) })
}

func BenchmarkRelaxTanh(b *testing.B) {
	each(b, func(x, y, z []float64) { RelaxTanh(x, z, y, 0.9) })
}

// BenchmarkLIF has about ten spikes of 800 a step.
func BenchmarkLIF(b *testing.B) {
	const n = 800
	to, spikes := random(n, 1), make([]int, 0, n)
	v := random(n, 2)
	for i := range to {
		to[i] += 1
	}
	atLevels(b, func(b *testing.B) {
		for b.Loop() {
			spikes = LIF(v, to, 0.97, 1, 0, spikes[:0])
		}
		rate(b, n, "Gneuron/s")
		b.ReportMetric(float64(len(spikes)), "spikes")
	})
}

var sink float64

func each(b *testing.B, f func(x, y, z []float64)) {
	for _, n := range []int{800, 1600} {
		x, y, z := random(n, 1), random(n, 2), random(n, 3)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			atLevels(b, func(b *testing.B) {
				for b.Loop() {
					f(x, y, z)
				}
				rate(b, float64(n), "Gelement/s")
			})
		})
	}
}

func BenchmarkPanels(b *testing.B) {
	for _, shape := range [][2]int{{300, 300}, {300, 144}, {1000, 1000}, {64, 300}} {
		k, n := shape[0], shape[1]
		c, dst := random(k, 2), make([]float64, n)
		b.Run(fmt.Sprintf("%dx%d", k, n), func(b *testing.B) { multiplyPanels[float64](b, dst, c, 8) })
		b.Run(fmt.Sprintf("%dx%dof32", k, n), func(b *testing.B) { multiplyPanels[float32](b, dst, c, 4) })
	}
}

func multiplyPanels[T Real](b *testing.B, dst, c []float64, size float64) {
	p := NewPanels[T](len(c), len(dst))
	for i, v := range random(len(p.data), 1) {
		p.data[i] = T(v)
	}
	atLevels(b, func(b *testing.B) {
		for b.Loop() {
			p.Mul(dst, 0, c)
		}
		rate(b, size*float64(len(c)*len(dst)), "GB/s")
	})
}
