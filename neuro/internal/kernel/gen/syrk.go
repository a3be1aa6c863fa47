package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// syrkTile keeps a tile of p, width rows by three vectors, in registers over
// all samples: 24 of 32 registers, or 12 of 16.
func syrkTile() {
	w := set.width
	rows, columns := w, 3*w
	function("syrkTile", "(p *float64, ldp int, q *float64, ldq int, zi, zj *float64, k int)",
		fmt.Sprintf("subtracts the product of two packed panels from a %d x %d tile of p and stores its transpose in q.", rows, columns))
	p, ldp := integer("p"), integer("ldp")
	SHLQ(Imm(3), ldp)
	acc := make([][]reg.VecVirtual, rows)
	row := GP64()
	MOVQ(p, row)
	for a := range acc {
		acc[a] = vectors(3)
		for g, v := range acc[a] {
			VMOVUPD(Mem{Base: row, Disp: g * w * 8}, v)
		}
		for line := 0; line < columns*8; line += 64 { // the next tile to the right
			PREFETCHT0(Mem{Base: row, Disp: columns*8 + line})
		}
		if a < rows-1 {
			ADDQ(ldp, row)
		}
	}
	zi, zj, k := integer("zi"), integer("zj"), integer("k")
	Label("sample")
	z := vectors(3)
	for g, v := range z {
		VMOVUPD(Mem{Base: zj, Disp: g * w * 8}, v)
	}
	for a := range acc {
		c := vector()
		VBROADCASTSD(Mem{Base: zi, Disp: 8 * a}, c)
		for g, v := range acc[a] {
			VFNMADD231PD(z[g], c, v)
		}
	}
	ADDQ(Imm(uint64(columns*8)), zi)
	ADDQ(Imm(uint64(columns*8)), zj)
	DECQ(k)
	JNZ(LabelRef("sample"))

	for a := range acc {
		for g, v := range acc[a] {
			VMOVUPD(v, Mem{Base: p, Disp: g * w * 8})
		}
		if a < rows-1 {
			ADDQ(ldp, p)
		}
	}
	q, ldq := integer("q"), integer("ldq")
	SHLQ(Imm(3), ldq)
	for g := range 3 {
		block := make([]reg.VecVirtual, rows)
		for a := range acc {
			block[a] = acc[a][g]
		}
		for b, v := range transpose(block) {
			VMOVUPD(v, Mem{Base: q})
			if g < 2 || b < w-1 {
				ADDQ(ldq, q)
			}
		}
	}
	end()
}

// transpose is the transpose of a square block of registers.
func transpose(r []reg.VecVirtual) []reg.VecVirtual {
	// Pairs of rows, even and odd columns.
	var even, odd []reg.VecVirtual
	for a := 0; a < len(r); a += 2 {
		e, o := vector(), vector()
		VUNPCKLPD(r[a+1], r[a], e)
		VUNPCKHPD(r[a+1], r[a], o)
		even, odd = append(even, e), append(odd, o)
	}
	columns := make([]reg.VecVirtual, len(r))
	for i, half := range [][]reg.VecVirtual{even, odd} {
		if !set.masks {
			lo, hi := vector(), vector()
			VPERM2F128(Imm(0x20), half[1], half[0], lo)
			VPERM2F128(Imm(0x31), half[1], half[0], hi)
			columns[i], columns[i+2] = lo, hi
			continue
		}
		for j, lanes := range []uint64{0x88, 0xdd} { // 128-bit lanes 0, 2 or 1, 3
			top, bottom, lo, hi := vector(), vector(), vector(), vector()
			VSHUFF64X2(Imm(lanes), half[1], half[0], top)
			VSHUFF64X2(Imm(lanes), half[3], half[2], bottom)
			VSHUFF64X2(Imm(0x88), bottom, top, lo)
			VSHUFF64X2(Imm(0xdd), bottom, top, hi)
			columns[i+2*j], columns[i+2*j+4] = lo, hi
		}
	}
	return columns
}
