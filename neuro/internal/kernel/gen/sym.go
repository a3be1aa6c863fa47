package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// block is the number of rows and columns that symMul takes together.
const block = 8

// symMul reads each block left of the diagonal once, for its own rows (dot
// products) and for its columns (sums of rows). With 16 registers it takes
// half of the rows at a time.
func symMul() {
	function("symMul", "(dst, x *float64, p "+matrix()+", n int)", "sets dst to p x for a symmetric p of blocks of 8.")
	dst, x := integer("dst"), integer("x")
	rows := set.width // that are taken together
	row := make([]reg.GPVirtual, rows)
	for a := range row {
		row[a] = GP64()
		if a == 0 {
			Load(Param("p"), row[a])
		} else {
			n := integer("n")
			LEAQ(Mem{Base: row[a-1], Index: n, Scale: element()}, row[a])
		}
	}
	first := GP64() // of the block
	XORQ(first, first)
	Label("block")
	for part := range block / rows {
		name := []string{"upper", "lower"}[part]
		symLeft(name, dst, x, first, row, part*rows)
		if part < block/rows-1 {
			symNext(row)
		}
	}
	symDiagonal(dst, x, first, row)
	symNext(row)
	ADDQ(Imm(block), first)
	n := integer("n")
	CMPQ(first, n)
	JLT(LabelRef("block"))
	end()
}

// symNext moves the row pointers to the next rows.
func symNext(row []reg.GPVirtual) {
	step := integer("n")
	IMUL3Q(Imm(uint64(len(row)*int(element()))), step, step)
	for _, r := range row {
		ADDQ(step, r)
	}
}

// symLeft takes the columns before the block: dst of the rows becomes their
// dot products with x, and dst of the columns takes the rows.
func symLeft(name string, dst, x, first reg.GPVirtual, row []reg.GPVirtual, at0 int) {
	weight := vectors(len(row))
	halves := block / set.width
	lane := make([][]reg.VecVirtual, halves)
	for h := range lane {
		lane[h] = vectors(len(row))
		for _, l := range lane[h] {
			VXORPD(l, l, l)
		}
	}
	for a, w := range weight {
		VBROADCASTSD(Mem{Base: x, Index: first, Scale: 8, Disp: 8 * (at0 + a)}, w)
	}
	index := GP64()
	XORQ(index, index)
	CMPQ(index, first)
	JGE(LabelRef(name + "done"))
	Label(name)
	for h := range halves {
		p := at{index: index, disp: h * set.width * 8}
		xs, d := p.load(x), p.load(dst)
		for a, r := range row {
			v := p.elements(r)
			VFMADD231PD(weight[a], v, d)
			VFMADD231PD(xs, v, lane[h][a])
		}
		p.store(d, dst)
	}
	ADDQ(Imm(block), index)
	CMPQ(index, first)
	JLT(LabelRef(name))
	Label(name + "done")
	VMOVUPD(laneSums(lane), Mem{Base: dst, Index: first, Scale: 8, Disp: 8 * at0})
}

// laneSums sums eight lanes of each row by a tree and returns all rows' sums.
func laneSums(lane [][]reg.VecVirtual) reg.VecVirtual {
	if !set.masks { // lanes 0-3 and 4-7
		for a, l := range lane[0] {
			VADDPD(lane[1][a], l, l)
		}
	}
	c := transpose(lane[0])
	for n := len(c) / 2; n > 0; n /= 2 {
		for i := range n {
			VADDPD(c[i+n], c[i], c[i])
		}
	}
	return c[0]
}

// symDiagonal adds the block on the diagonal, row by row.
func symDiagonal(dst, x, first reg.GPVirtual, row []reg.GPVirtual) {
	halves := block / set.width
	d := vectors(halves)
	for h, v := range d {
		VMOVUPD(Mem{Base: dst, Index: first, Scale: 8, Disp: h * set.width * 8}, v)
	}
	back := GP64() // from these rows to those of the same block before
	if halves > 1 {
		MOVQ(first, back)
		n := integer("n")
		IMUL3Q(Imm(uint64(len(row))), n, n)
		SUBQ(n, back)
	}
	for b := range block {
		w := vector()
		VBROADCASTSD(Mem{Base: x, Index: first, Scale: 8, Disp: 8 * b}, w)
		index := first
		if halves > 1 && b < len(row) {
			index = back
		}
		for h, v := range d {
			p := at{index: index, disp: h * set.width * 8}
			VFMADD231PD(p.element(row[b%len(row)]), w, v)
		}
	}
	for h, v := range d {
		VMOVUPD(v, Mem{Base: dst, Index: first, Scale: 8, Disp: h * set.width * 8})
	}
}
