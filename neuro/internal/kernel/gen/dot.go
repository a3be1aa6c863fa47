package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// lanes is the number of partial sums of a dot product at every level.
const lanes = 32

func dot() {
	function("dot", "(x "+matrix()+", y *float64, n int) float64", "sums x_i·y_i in 32 lanes.")
	x, y, n := integer("x"), integer("y"), integer("n")
	lane := vectors(lanes / set.width)
	for _, l := range lane {
		VXORPD(l, l, l)
	}
	index := GP64()
	XORQ(index, index)
	SUBQ(Imm(lanes), n)
	JLT(LabelRef("rest"))
	Label("loop")
	for i, l := range lane {
		p := at{index: index, disp: i * set.width * 8}
		VFMADD231PD(p.mem(y), p.elements(x), l)
	}
	ADDQ(Imm(lanes), index)
	SUBQ(Imm(lanes), n)
	JGE(LabelRef("loop"))
	Label("rest")
	ADDQ(Imm(lanes), n)
	JZ(LabelRef("sum"))
	if set.masks {
		dotTailMasked(x, y, n, index, lane)
	} else {
		dotTail(x, y, n, index, lane)
	}
	Label("sum")
	tree(lane)
}

func dotTailMasked(x, y, n, index reg.GPVirtual, lane []reg.VecVirtual) {
	k := firstOf(n)
	for i, l := range lane {
		p := at{index: index, disp: i * 64, tail: true, mask: k}
		a, b := p.elements(x), p.load(y)
		VFMADD231PD(b, a, k, l)
		KSHIFTRD(Imm(8), k, k)
	}
}

// dotTail leaves the lanes beyond the end as they are: adding 0·0 to them
// would turn -0 into +0.
func dotTail(x, y, n, index reg.GPVirtual, lane []reg.VecVirtual) {
	masks := lastMasks()
	for i, l := range lane {
		partial := fmt.Sprintf("partial%d", i)
		SUBQ(Imm(4), n)
		JLT(LabelRef(partial))
		p := at{index: index}
		VFMADD231PD(p.mem(y), p.elements(x), l)
		ADDQ(Imm(4), index)
	}
	for i, l := range lane {
		Label(fmt.Sprintf("partial%d", i))
		where, mask := GP64(), vector()
		LEAQ(masks, where)
		NEGQ(n) // 4 - what is left
		a, b, sum := vector(), vector(), vector()
		p := at{index: index}
		if wide {
			// Pairs of 32 bits are alike, so every other one is the mask.
			low := XMM()
			VMOVUPD(Mem{Base: where, Index: n, Scale: 8}, mask)
			VEXTRACTF128(Imm(1), mask, low)
			VSHUFPS(Imm(0x88), low, mask.AsX(), low)
			VMASKMOVPS(Mem{Base: x, Index: index, Scale: 4}, low, a.AsX())
			VCVTPS2PD(a.AsX(), a)
		} else {
			VMOVUPD(Mem{Base: where, Index: n, Scale: 8}, mask)
			VMASKMOVPD(p.mem(x), mask, a)
		}
		VMASKMOVPD(p.mem(y), mask, b)
		VMOVAPD(l, sum)
		VFMADD231PD(b, a, sum)
		VBLENDVPD(mask, sum, l, l)
		JMP(LabelRef("sum"))
	}
}

// lastMasks holds four masks of ones and four of zeros.
func lastMasks() Mem {
	const name = "firstOf"
	masks, ok := constants[name]
	if !ok {
		masks = GLOBL(name, RODATA|NOPTR)
		for i := range 8 {
			v := uint64(0)
			if i < 4 {
				v--
			}
			DATA(i*8, U64(v))
		}
		constants[name] = masks
	}
	return masks
}

// tree adds the lanes as Dot says and returns the sum.
func tree(lane []reg.VecVirtual) {
	quarter := len(lane) / 4 // registers of eight lanes
	for i := range quarter {
		VADDPD(lane[i+quarter], lane[i], lane[i])
		VADDPD(lane[i+3*quarter], lane[i+2*quarter], lane[i+2*quarter])
		VADDPD(lane[i+2*quarter], lane[i], lane[i])
	}
	s, half := lane[0], YMM()
	if set.masks {
		VEXTRACTF64X4(Imm(1), s, half)
	} else {
		half = lane[1]
	}
	VADDPD(half, s.AsY(), s.AsY())
	VEXTRACTF128(Imm(1), s.AsY(), half.AsX())
	VADDPD(half.AsX(), s.AsX(), s.AsX())
	VPERMILPD(Imm(1), s.AsX(), half.AsX())
	VADDSD(half.AsX(), s.AsX(), s.AsX())
	VZEROUPPER()
	Store(s.AsX(), ReturnIndex(0))
	RET()
}
