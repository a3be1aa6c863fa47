package data_test

import (
	"fmt"
	"log"

	"github.com/spikewalk/spikewalk/data"
)

// All matrices of a file at once, by their full names: what rate.Import makes
// a network of. What is no real matrix is told, and not in the way.
func ExampleReadTree() {
	tree, err := data.ReadTree("testdata/numpy/plain.npz")
	if err != nil {
		log.Fatal(err)
	}
	rows, columns := tree.Matrices["rnn.weight_hh_l0"].Dims()
	fmt.Println(len(tree.Matrices), "matrices; rnn.weight_hh_l0 is", rows, "x", columns)
	// Output: 12 matrices; rnn.weight_hh_l0 is 2 x 2
}

// What is published, and under what terms; Path says whether it is here.
func ExampleList() {
	for _, r := range data.List() {
		if r.Set {
			continue
		}
		fmt.Println(r.Name, r.Size, "bytes,", r.Licence)
	}
	// Output:
	// cycling 141448 bytes, Apache-2.0
	// reaching 10162 bytes, Apache-2.0
}
