package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// instructions describes the instruction set that is written.
type instructions struct {
	suffix string // of the functions' names
	width  int    // float64s in a vector
	masks  bool   // AVX-512: tails by mask registers; else element by element
}

var set instructions

// wide: matrices hold float32, widened as they are read. Vectors and sums are
// float64 as ever.
var wide bool

// element is the size in bytes of an element of a matrix.
func element() uint8 {
	if wide {
		return 4
	}
	return 8
}

// matrix is the type of a pointer into one.
func matrix() string {
	if wide {
		return "*float32"
	}
	return "*float64"
}

// vector is a new vector register.
func vector() reg.VecVirtual {
	if set.masks {
		return ZMM()
	}
	return YMM()
}

func vectors(n int) []reg.VecVirtual {
	v := make([]reg.VecVirtual, n)
	for i := range v {
		v[i] = vector()
	}
	return v
}

// function starts a function.
func function(name, signature, doc string) {
	if wide {
		name += "Wide"
		doc += " The matrix is widened."
	}
	TEXT(name+set.suffix, NOSPLIT, "func"+signature)
	Pragma("noescape")
	Doc(name + set.suffix + " " + doc)
}

func integer(name string) reg.GPVirtual {
	r := GP64()
	Load(Param(name), r)
	return r
}

// broadcast is a parameter in all elements of a register.
func broadcast(name string) reg.VecVirtual {
	a, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	r := vector()
	VBROADCASTSD(a.Addr, r)
	return r
}

// constant is a number in all elements of a register.
func constant(name string, bits uint64) reg.VecVirtual {
	where, ok := constants[name]
	if !ok {
		where = ConstData(name, U64(bits))
		constants[name] = where
	}
	r := vector()
	VBROADCASTSD(where, r)
	return r
}

// constants are those that the file has already; several functions may use
// one.
var constants = map[string]Mem{}

func end() {
	VZEROUPPER()
	RET()
}

// at is where a loop body works: a whole vector, or the tail.
type at struct {
	index reg.GPVirtual
	disp  int
	tail  bool
	mask  reg.OpmaskVirtual // of the tail, with masks
}

func (a at) mem(base reg.Register) Mem {
	return Mem{Base: base, Index: a.index, Scale: 8, Disp: a.disp}
}

func (a at) load(base reg.Register) reg.VecVirtual {
	r := vector()
	switch {
	case !a.tail:
		VMOVUPD(a.mem(base), r)
	case set.masks:
		VMOVUPD_Z(a.mem(base), a.mask, r)
	default: // the upper elements become zero
		VMOVSD(a.mem(base), r.AsX())
	}
	return r
}

func (a at) store(r reg.VecVirtual, base reg.Register) {
	switch {
	case !a.tail:
		VMOVUPD(r, a.mem(base))
	case set.masks:
		VMOVUPD(r, a.mask, a.mem(base))
	default:
		VMOVSD(r.AsX(), a.mem(base))
	}
}

// element is a vector of a matrix's elements, or memory that an instruction
// may read itself.
func (a at) element(base reg.Register) Op {
	if !wide {
		return a.operand(base)
	}
	m, r := Mem{Base: base, Index: a.index, Scale: 4, Disp: a.disp / 2}, vector()
	switch {
	case !a.tail:
		VCVTPS2PD(m, r)
	case set.masks:
		VCVTPS2PD_Z(m, a.mask, r)
	default: // the upper elements become zero
		VMOVSS(m, r.AsX())
		VCVTPS2PD(r.AsX(), r)
	}
	return r
}

// elements is element in a register.
func (a at) elements(base reg.Register) reg.VecVirtual {
	if wide {
		return a.element(base).(reg.VecVirtual)
	}
	return a.load(base)
}

// operand is memory that an instruction may read itself, except on the tail.
func (a at) operand(base reg.Register) Op {
	if a.tail {
		return a.load(base)
	}
	return a.mem(base)
}

// overAll runs body over n elements: several vectors, one vector, tail.
// Its labels carry prefix. n is consumed.
func overAll(prefix string, n reg.GPVirtual, unroll int, body func(at)) {
	index := GP64()
	XORQ(index, index)
	steps := []int{unroll * set.width, set.width}
	if unroll == 1 {
		steps = steps[1:]
	}
	for i, step := range steps {
		loop, done := prefix+[]string{"wide", "vector"}[i], prefix+[]string{"narrow", "rest"}[i]
		SUBQ(Imm(uint64(step)), n)
		JLT(LabelRef(done))
		Label(loop)
		for d := 0; d < step; d += set.width {
			body(at{index: index, disp: d * 8})
		}
		ADDQ(Imm(uint64(step)), index)
		SUBQ(Imm(uint64(step)), n)
		JGE(LabelRef(loop))
		Label(done)
		ADDQ(Imm(uint64(step)), n)
	}
	tail(prefix, n, index, body)
}

func tail(prefix string, n, index reg.GPVirtual, body func(at)) {
	JZ(LabelRef(prefix + "done"))
	if set.masks {
		body(at{index: index, tail: true, mask: firstOf(n)})
	} else {
		Label(prefix + "element")
		body(at{index: index, tail: true})
		INCQ(index)
		DECQ(n)
		JNZ(LabelRef(prefix + "element"))
	}
	Label(prefix + "done")
}

// firstOf is a mask of the first n < 32 elements.
func firstOf(n reg.GPVirtual) reg.OpmaskVirtual {
	ones, k := GP32(), K()
	MOVL(I32(-1), ones)
	BZHIL(n.As32(), ones, ones)
	KMOVD(ones, k)
	return k
}
