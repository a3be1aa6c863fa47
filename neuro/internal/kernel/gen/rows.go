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
