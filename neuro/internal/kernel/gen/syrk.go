package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// tile is a product of two packed panels: rows by three vectors of columns.
type tile struct {
	rows, width, bytes    int // width of a vector in elements, bytes of an element
	move, broadcast, fnma func(...Op)
}

// double keeps a tile of width rows in 24 of 32 registers, or 12 of 16.
func double() tile {
	return tile{set.width, set.width, 8, VMOVUPD, VBROADCASTSD, VFNMADD231PD}
}

// single has as many rows, and twice as many columns.
func single() tile {
	return tile{set.width, 2 * set.width, 4, VMOVUPS, VBROADCASTSS, VFNMADD231PS}
}

func (t tile) columns() int { return 3 * t.width }

// product subtracts the product of the panels zi and zj from the tile at p,
// stores it, and returns its registers.
func (t tile) product(p, ldp reg.GPVirtual, meanwhile func()) [][]reg.VecVirtual {
	acc := make([][]reg.VecVirtual, t.rows)
	row := GP64()
	MOVQ(p, row)
	for a := range acc {
		acc[a] = vectors(3)
		for g, v := range acc[a] {
			t.move(Mem{Base: row, Disp: g * t.width * t.bytes}, v)
		}
		for line := 0; line < t.columns()*t.bytes; line += 64 { // the next tile to the right
			PREFETCHT0(Mem{Base: row, Disp: t.columns()*t.bytes + line})
		}
		if a < t.rows-1 {
			ADDQ(ldp, row)
		}
	}
	meanwhile()
	zi, zj, k := integer("zi"), integer("zj"), integer("k")
	Label("sample")
	z := vectors(3)
	for g, v := range z {
		t.move(Mem{Base: zj, Disp: g * t.width * t.bytes}, v)
	}
	for a := range acc {
		c := vector()
		t.broadcast(Mem{Base: zi, Disp: t.bytes * a}, c)
		for g, v := range acc[a] {
			t.fnma(z[g], c, v)
		}
	}
	ADDQ(Imm(uint64(t.columns()*t.bytes)), zi)
	ADDQ(Imm(uint64(t.columns()*t.bytes)), zj)
	DECQ(k)
	JNZ(LabelRef("sample"))
	for a := range acc {
		for g, v := range acc[a] {
			t.move(v, Mem{Base: p, Disp: g * t.width * t.bytes})
		}
		if a < t.rows-1 {
			ADDQ(ldp, p)
		}
	}
	return acc
}

// distance loads a row length as a number of bytes.
func (t tile) distance(name string) reg.GPVirtual {
	d := integer(name)
	IMUL3Q(Imm(uint64(t.bytes)), d, d)
	return d
}

// fetch asks for the lines that will be written at the end.
func (t tile) fetch(q, ldq reg.GPVirtual) func() {
	return func() {
		mirror := GP64()
		MOVQ(q, mirror)
		for c := range t.columns() {
			PREFETCHT0(Mem{Base: mirror})
			if c < t.columns()-1 {
				ADDQ(ldq, mirror)
			}
		}
	}
}

func gemmTile() {
	t := double()
	function("gemmTile", "(p *float64, ldp int, zi, zj *float64, k int)",
		fmt.Sprintf("subtracts the product of two packed panels from a %d x %d tile of p.", t.rows, t.columns()))
	t.product(integer("p"), t.distance("ldp"), func() {})
	end()
}

func syrkTile() {
	t := double()
	function("syrkTile", "(p *float64, ldp int, q *float64, ldq int, zi, zj *float64, k int)",
		fmt.Sprintf("subtracts the product of two packed panels from a %d x %d tile of p and stores its transpose in q.", t.rows, t.columns()))
	p, ldp, q, ldq := integer("p"), t.distance("ldp"), integer("q"), t.distance("ldq")
	acc := t.product(p, ldp, t.fetch(q, ldq))
	for g := range 3 {
		block := make([]reg.VecVirtual, t.rows)
		for a := range acc {
			block[a] = acc[a][g]
		}
		for b, v := range transpose(block) {
			VMOVUPD(v, Mem{Base: q})
			if g < 2 || b < t.width-1 {
				ADDQ(ldq, q)
			}
		}
	}
	end()
}

// syrkTile32 turns four rows at a time within lanes of 128 bits and stores
// these one by one: four rows of one column each.
func syrkTile32() {
	t := single()
	function("syrkTile32", "(p *float32, ldp int, q *float32, ldq int, zi, zj *float32, k int)",
		fmt.Sprintf("subtracts the product of two packed panels from a %d x %d tile of p and stores its transpose in q.", t.rows, t.columns()))
	p, ldp, q, ldq := integer("p"), t.distance("ldp"), integer("q"), t.distance("ldq")
	acc := t.product(p, ldp, t.fetch(q, ldq))
	for g := range 3 {
		var turned [][]reg.VecVirtual // per four rows: columns c, c+4, c+8, …
		for a := 0; a < t.rows; a += 4 {
			turned = append(turned, turn(acc[a][g], acc[a+1][g], acc[a+2][g], acc[a+3][g]))
		}
		for column := range t.width {
			for four, v := range turned {
				lane := v[column%4]
				to := Mem{Base: q, Disp: 16 * four}
				switch {
				case column/4 == 0:
					VMOVUPS(lane.AsX(), to)
				case set.masks:
					VEXTRACTF32X4(Imm(uint64(column/4)), lane, to)
				default:
					VEXTRACTF128(Imm(1), lane, to)
				}
			}
			if g < 2 || column < t.width-1 {
				ADDQ(ldq, q)
			}
		}
	}
	end()
}

// turn transposes the 4 x 4 blocks in the lanes of four registers.
func turn(a, b, c, d reg.VecVirtual) []reg.VecVirtual {
	t := vectors(4)
	VUNPCKLPS(b, a, t[0])
	VUNPCKHPS(b, a, t[1])
	VUNPCKLPS(d, c, t[2])
	VUNPCKHPS(d, c, t[3])
	r := vectors(4)
	VUNPCKLPD(t[2], t[0], r[0])
	VUNPCKHPD(t[2], t[0], r[1])
	VUNPCKLPD(t[3], t[1], r[2])
	VUNPCKHPD(t[3], t[1], r[3])
	return r
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
