package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// tanhQ are the coefficients of q in plain_tanh.go, highest first.
var tanhQ = []float64{
	0x1.8aa3c80ee0379p-18,
	0x1.94dd23d3be000p-16,
	0x1.29951b280331bp-13,
	0x1.71ba75e5f1fb5p-11,
	0x1.a01bf1f8df20fp-9,
	0x1.a019efcf1473fp-7,
	0x1.6c16c1d6fbd0ap-5,
	0x1.1111110f7efeap-3,
	0x1.555555555c2d8p-2,
	0x1.5555555555468p-1,
	1,
}

const tanhRound = 0x1.8p52

// numbers are tanh's constants by name: in registers with AVX-512, else in
// memory, a vector each.
type numbers map[string]Op

// cells are the constants in memory; both functions use them.
var cells = map[string]Mem{}

func (c numbers) add(name string, v float64) {
	cell, ok := cells[name]
	switch {
	case !ok && set.masks:
		cell = ConstData(name, U64(math.Float64bits(v)))
	case !ok:
		cell = GLOBL(name, RODATA|NOPTR)
		for i := range 4 {
			DATA(i*8, U64(math.Float64bits(v)))
		}
	}
	cells[name] = cell
	if set.masks {
		r := vector()
		VBROADCASTSD(cell, r)
		c[name] = r
	} else {
		c[name] = cell
	}
}

func tanhConstants() numbers {
	c := numbers{}
	c.add("tanhMax", 20)
	c.add("tanhScale", 2/math.Ln2)
	c.add("tanhHalf", 0.5)
	c.add("tanhMinusHalf", -0.5)
	c.add("tanhRound", tanhRound)
	c.add("tanhMinusHi", -0x1.62e42fefa39efp-2)
	c.add("tanhMinusLo", -0x1.abc9e3b39803fp-57)
	c.add("tanhOne", 1)
	c.add("tanhSign", math.Copysign(0, -1))
	for i, q := range tanhQ[:len(tanhQ)-1] {
		c.add(fmt.Sprintf("tanhQ%d", len(tanhQ)-1-i), q)
	}
	return c
}

// of is tanh of x, operation by operation as tanh1 in plain_tanh.go.
func (c numbers) of(x reg.VecVirtual) reg.VecVirtual {
	sign, h, k, r := vector(), vector(), vector(), vector()
	VANDPD(c["tanhSign"], x, sign)
	VXORPD(sign, x, h)
	most := c.register("tanhMax")
	VMINPD(h, most, h) // keeps a NaN of h, its second source
	VMOVAPD(h, k)
	VFMADD213PD(c["tanhMinusHalf"], c.register("tanhScale"), k)
	VADDPD(c["tanhRound"], k, k)
	pow := vector()
	VPSLLQ(Imm(52), k, pow)
	VPADDQ(c["tanhOne"], pow, pow)
	VSUBPD(c["tanhRound"], k, k)
	VMOVAPD(h, r)
	VFMADD231PD(c["tanhMinusHi"], k, r)
	VFMADD231PD(c["tanhMinusLo"], k, r)

	q := vector()
	n := len(tanhQ) - 1
	VMOVAPD(c[fmt.Sprintf("tanhQ%d", n)], q)
	for i := n - 1; i > 0; i-- {
		VFMADD213PD(c[fmt.Sprintf("tanhQ%d", i)], r, q)
	}
	VFMADD213PD(c["tanhOne"], r, q)
	square, t, d := vector(), vector(), vector()
	VMULPD(r, r, square)
	VFMADD213PD(r, square, q) // P
	VMOVAPD(pow, t)
	VFMADD213PD(c["tanhMinusHalf"], c.register("tanhHalf"), t)
	VADDPD(c["tanhOne"], t, d)
	VFMADD231PD(pow, q, t) // T
	VFMADD231PD(pow, q, d) // 1 + T
	y := vector()
	VMINPD(c["tanhOne"], t, y)
	VDIVPD(d, y, d)
	VFNMADD213PD(y, y, d)
	VORPD(sign, d, d)
	return d
}

// register is a constant that an instruction cannot take from memory.
func (c numbers) register(name string) Op {
	if set.masks {
		return c[name]
	}
	r := vector()
	VMOVAPD(c[name], r)
	return r
}

func tanh() {
	function("tanh", "(dst, x *float64, n int)", "sets dst_i = tanh(x_i).")
	dst, x, n := integer("dst"), integer("x"), integer("n")
	c := tanhConstants()
	overAll("", n, 1, func(p at) {
		p.store(c.of(p.load(x)), dst)
	})
	end()
}

func relaxTanh() {
	function("relaxTanh", "(x, r, to *float64, decay float64, n int)",
		"sets x_i = flush(fma(decay, x_i - to_i, to_i)) and r_i = tanh(x_i).")
	x, r, to, decay, n := integer("x"), integer("r"), integer("to"), broadcast("decay"), integer("n")
	c, flush := tanhConstants(), flusher()
	overAll("", n, 1, func(p at) {
		v := relaxed(p, x, to, decay)
		flush(v)
		p.store(v, x)
		p.store(c.of(v), r)
	})
	end()
}
