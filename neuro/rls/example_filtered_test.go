package rls_test

import (
	"fmt"
	"log"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/rls"
)

// Twenty neurons fire at random, ten of them more in the first half of every
// second and the others in the second; a readout of their filtered spikes
// learns to say which half it is.
func ExampleFiltered() {
	const n, dt = 20, 0.001
	filtered, err := rls.NewFiltered(n, 1, math.Exp(-dt/0.050))
	if err != nil {
		log.Fatal(err)
	}
	if err := filtered.Learn(rls.Default()); err != nil {
		log.Fatal(err)
	}
	random := neuro.Stream(1, "example spikes")
	var output [1]float64
	right, asked := 0, 0
	for step := range 6000 {
		half := step / 500 % 2
		var spikes []int
		for i := range n {
			rate := 10.0
			if i/10 == half {
				rate = 60
			}
			if random.Float64() < rate*dt {
				spikes = append(spikes, i)
			}
		}
		filtered.Step(spikes)
		filtered.Output(output[:])
		target := float64(1 - 2*half)
		switch {
		case step < 5000 && step%5 == 0:
			if err := filtered.Update([]float64{output[0] - target}); err != nil {
				log.Fatal(err)
			}
		case step >= 5000 && step%500 >= 200: // the filters remember 50 ms
			asked++
			if output[0]*target > 0 {
				right++
			}
		}
	}
	fmt.Println("more than 95 % right:", float64(right) > 0.95*float64(asked))
	// Output: more than 95 % right: true
}
