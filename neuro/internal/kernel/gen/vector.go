package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func axpy() {
	function("axpy", "(dst *float64, a float64, x *float64, n int)", "sets dst_i = fma(a, x_i, dst_i).")
	dst, a, x, n := integer("dst"), broadcast("a"), integer("x"), integer("n")
	overAll("", n, 4, func(p at) {
		d := p.load(dst)
		VFMADD231PD(p.operand(x), a, d)
		p.store(d, dst)
	})
	end()
}

func add() {
	function("add", "(dst, x *float64, n int)", "sets dst_i = dst_i + x_i.")
	dst, x, n := integer("dst"), integer("x"), integer("n")
	overAll("", n, 4, func(p at) {
		d := p.load(dst)
		VADDPD(p.operand(x), d, d)
		p.store(d, dst)
	})
	end()
}

func sum3() {
	function("sum3", "(dst, a, b, c *float64, n int)", "sets dst_i = (a_i + b_i) - c_i.")
	dst, a, b, c, n := integer("dst"), integer("a"), integer("b"), integer("c"), integer("n")
	overAll("", n, 2, func(p at) {
		d := p.load(a)
		VADDPD(p.operand(b), d, d)
		VSUBPD(p.operand(c), d, d)
		p.store(d, dst)
	})
	end()
}

// Predicates of comparison.
const (
	greaterEqual = 0x1d // ordered, quiet
	notLess      = 0x15 // true for NaN, quiet
)

func scale() {
	function("scale", "(dst *float64, a float64, n int)", "sets dst_i = flush(a·dst_i).")
	dst, a, n := integer("dst"), broadcast("a"), integer("n")
	flush := flusher()
	overAll("", n, 4, func(p at) {
		d := p.load(dst)
		VMULPD(a, d, d)
		flush(d)
		p.store(d, dst)
	})
	end()
}

// flusher loads the constants of flush and returns it: whatever is smaller
// than 2^-900 becomes +0.
func flusher() func(reg.VecVirtual) {
	least, magnitude := constant("least", (1023-900)<<52), constant("magnitude", 1<<63-1)
	return func(d reg.VecVirtual) {
		size := vector()
		VANDPD(magnitude, d, size)
		if set.masks {
			keep := K()
			VCMPPD(Imm(notLess), least, size, keep)
			VMOVAPD_Z(d, keep, d)
		} else {
			VCMPPD(Imm(notLess), least, size, size)
			VANDPD(size, d, d)
		}
	}
}

// relaxed is fma(decay, x - to, to) at p.
func relaxed(p at, x, to reg.GPVirtual, decay reg.VecVirtual) reg.VecVirtual {
	v, t := p.load(x), p.load(to)
	VSUBPD(t, v, v)
	VFMADD213PD(t, decay, v)
	return v
}

func relax() {
	function("relax", "(x, to *float64, decay float64, n int)", "sets x_i = flush(fma(decay, x_i - to_i, to_i)).")
	x, to, decay, n := integer("x"), integer("to"), broadcast("decay"), integer("n")
	flush := flusher()
	overAll("", n, 4, func(p at) {
		v := relaxed(p, x, to, decay)
		flush(v)
		p.store(v, x)
	})
	end()
}

// lif leaves who spiked as a bit per neuron, a byte per eight.
func lif() {
	function("lif", "(v, to *float64, decay, threshold, reset float64, bits *byte, n int)",
		"relaxes v, resets it where it reached threshold, and sets bits there, eight a byte.")
	v, to, decay := integer("v"), integer("to"), broadcast("decay")
	threshold, reset := broadcast("threshold"), broadcast("reset")
	bits, n := integer("bits"), integer("n")
	if set.masks {
		overAll("", n, 1, func(p at) {
			u, spiked := relaxed(p, v, to, decay), K()
			if p.tail {
				VCMPPD(Imm(greaterEqual), threshold, u, p.mask, spiked)
			} else {
				VCMPPD(Imm(greaterEqual), threshold, u, spiked)
			}
			VMOVAPD(reset, spiked, u)
			p.store(u, v)
			KMOVB(spiked, Mem{Base: bits})
			INCQ(bits)
		})
	} else {
		lifBytes(n, bits, func(p at) reg.GPVirtual {
			u, spiked, where := relaxed(p, v, to, decay), vector(), GP32()
			VCMPPD(Imm(greaterEqual), threshold, u, spiked)
			VBLENDVPD(spiked, reset, u, u)
			VMOVMSKPD(spiked, where)
			p.store(u, v)
			return where
		})
	}
	end()
}

// lifBytes puts the bits that fire returns for four neurons, or for one of the
// tail, together into bytes.
func lifBytes(n, bits reg.GPVirtual, fire func(at) reg.GPVirtual) {
	index := GP64()
	XORQ(index, index)
	SUBQ(Imm(8), n)
	JLT(LabelRef("rest"))
	Label("eight")
	low := fire(at{index: index})
	high := fire(at{index: index, disp: 32})
	SHLL(Imm(4), high.As32())
	ORL(high.As32(), low.As32())
	MOVB(low.As8(), Mem{Base: bits})
	INCQ(bits)
	ADDQ(Imm(8), index)
	SUBQ(Imm(8), n)
	JGE(LabelRef("eight"))
	Label("rest")
	last, bit := GP32(), GP32()
	XORL(last, last)
	MOVL(U32(1), bit)
	ADDQ(Imm(8), n)
	JZ(LabelRef("done"))
	Label("element")
	one := fire(at{index: index, tail: true})
	ANDL(Imm(1), one.As32())
	NEGL(one.As32())
	ANDL(bit, one.As32())
	ORL(one.As32(), last)
	SHLL(Imm(1), bit)
	INCQ(index)
	DECQ(n)
	JNZ(LabelRef("element"))
	MOVB(last.As8(), Mem{Base: bits})
	Label("done")
}
