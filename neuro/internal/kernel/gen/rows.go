package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// groups are the numbers of rows that pass over dst together. Fetching coming
// columns or rows ahead by software was tried; it gained nothing in cache and
// lost a fifth where the matrix is larger than the second level.
var groups = []int{8, 4, 2, 1}

func mulRows() {
	for _, op := range []struct {
		name, what string
		fma        func(...Op)
	}{
		{"mulRows", "adds", VFMADD231PD},
		{"subRows", "subtracts", VFNMADD231PD},
	} {
		function(op.name, "(dst, c *float64, m "+matrix()+", n, k, stride int)", op.what+" c_j times row j, for j = 0..k-1 in order.")
		dst, c, m, k := integer("dst"), integer("c"), integer("m"), integer("k")
		for _, g := range groups {
			name := fmt.Sprintf("rows%d", g)
			Label(name)
			CMPQ(k, Imm(uint64(g)))
			JLT(LabelRef(name + "end"))
			row, weight := make([]reg.GPVirtual, g), vectors(g)
			stride := integer("stride")
			for i := range row {
				row[i] = GP64()
				if i == 0 {
					MOVQ(m, row[i])
				} else {
					LEAQ(Mem{Base: row[i-1], Index: stride, Scale: element()}, row[i])
				}
				VBROADCASTSD(Mem{Base: c, Disp: 8 * i}, weight[i])
			}
			overAll(name, integer("n"), 2, func(p at) {
				d := p.load(dst)
				for i := range row {
					op.fma(p.element(row[i]), weight[i], d)
				}
				p.store(d, dst)
			})
			next := integer("stride")
			LEAQ(Mem{Base: row[g-1], Index: next, Scale: element()}, m)
			ADDQ(Imm(uint64(8*g)), c)
			SUBQ(Imm(uint64(g)), k)
			JMP(LabelRef(name))
			Label(name + "end")
		}
		end()
	}
}

func addRows() {
	function("addRows", "(dst *float64, m "+matrix()+", rows *int, n, k, stride int)", "adds the named rows in order.")
	dst, rows, k := integer("dst"), integer("rows"), integer("k")
	for _, g := range groups {
		name := fmt.Sprintf("rows%d", g)
		Label(name)
		CMPQ(k, Imm(uint64(g)))
		JLT(LabelRef(name + "end"))
		m, stride := integer("m"), integer("stride")
		row := make([]reg.GPVirtual, g)
		for i := range row {
			row[i] = GP64()
			MOVQ(Mem{Base: rows, Disp: 8 * i}, row[i])
			IMULQ(stride, row[i])
			LEAQ(Mem{Base: m, Index: row[i], Scale: element()}, row[i])
		}
		overAll(name, integer("n"), 2, func(p at) {
			d := p.load(dst)
			for i := range row {
				VADDPD(p.element(row[i]), d, d)
			}
			p.store(d, dst)
		})
		ADDQ(Imm(uint64(8*g)), rows)
		SUBQ(Imm(uint64(g)), k)
		JMP(LabelRef(name))
		Label(name + "end")
	}
	end()
}

// mulPanel keeps the sums of all columns of a panel in registers and reads its
// elements in the order in which they lie.
func mulPanel() {
	for _, op := range []struct {
		name, what string
		fma        func(...Op)
	}{
		{"mulPanel", "adds", VFMADD231PD},
		{"subPanel", "subtracts", VFNMADD231PD},
	} {
		function(op.name, "(sums, c *float64, m "+matrix()+", blocks, k int)",
			op.what+" c_j times row j of a panel, for j = 0..k-1 in order, k > 0. A row is of 1 to 6 blocks of 8.")
		sums, c, m, blocks, k := integer("sums"), integer("c"), integer("m"), integer("blocks"), integer("k")
		for b := 6; b >= 1; b-- {
			name := fmt.Sprintf("blocks%d", b)
			if b > 1 {
				CMPQ(blocks, Imm(uint64(b)))
				JNE(LabelRef(name + "not"))
			}
			acc := vectors(8 * b / set.width)
			for i, v := range acc {
				VMOVUPD(Mem{Base: sums, Disp: 8 * set.width * i}, v)
			}
			Label(name)
			weight := vector()
			VBROADCASTSD(Mem{Base: c}, weight)
			for i, v := range acc {
				row := Mem{Base: m, Disp: int(element()) * set.width * i}
				if wide {
					widened := vector()
					VCVTPS2PD(row, widened)
					op.fma(widened, weight, v)
				} else {
					op.fma(row, weight, v)
				}
			}
			ADDQ(Imm(8), c)
			ADDQ(I32(8*int(element())*b), m)
			DECQ(k)
			JNZ(LabelRef(name))
			for i, v := range acc {
				VMOVUPD(v, Mem{Base: sums, Disp: 8 * set.width * i})
			}
			end()
			if b > 1 {
				Label(name + "not")
			}
		}
	}
}
