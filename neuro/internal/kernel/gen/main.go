// Command gen writes the assembly of package kernel for one instruction set.
// The order of every sum is that of the plain Go kernels: whoever changes it
// here changes it there.
package main

import (
	"flag"
	"log"

	. "github.com/mmcloughlin/avo/build"
)

var setName = flag.String("level", "avx512", "instruction set: avx512 or avx2")

func main() {
	flag.Parse()
	switch *setName {
	case "avx512":
		set = instructions{suffix: "AVX512", width: 8, masks: true}
	case "avx2":
		set = instructions{suffix: "AVX2", width: 4}
	default:
		log.Fatalf("unknown level %q", *setName)
	}
	ConstraintExpr("amd64")

	axpy()
	add()
	sum3()
	scale()
	relax()
	tanh()
	relaxTanh()
	lif()
	for _, wide = range []bool{false, true} {
		dot()
		mulRows()
		mulPanel()
		addRows()
		symMul()
	}
	wide = false
	syrkTile()
	gemmTile()
	syrkTile32()

	Generate()
}
