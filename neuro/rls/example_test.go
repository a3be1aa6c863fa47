package rls_test

import (
	"fmt"
	"log"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/rls"
)

// A readout learns y = 2 a - b online, one sample after the other.
func ExampleRLS_Update() {
	r, err := rls.New(2, rls.Config{Alpha: 1e-6, Pending: 1})
	if err != nil {
		log.Fatal(err)
	}
	w := mat.NewDense(1, 2, nil)
	for _, s := range [][]float64{{1, 0}, {1, 1}, {0, 2}} {
		e := w.At(0, 0)*s[0] + w.At(0, 1)*s[1] - (2*s[0] - s[1])
		if err := r.Update(s, rls.Target{Weights: w, Error: []float64{e}}); err != nil {
			log.Fatal(err)
		}
	}
	fmt.Printf("%.3f %.3f\n", w.At(0, 0), w.At(0, 1))
	// Output: 2.000 -1.000
}
