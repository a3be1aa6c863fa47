package integrator_test

import (
	"context"
	"fmt"
	"log"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// optimal is the integrator of the preset with its best decoders.
func optimal() *attractor.Attractor {
	pop, err := nef.NewPopulation(nef.MacNeil2011())
	if err != nil {
		log.Fatal(err)
	}
	integ, err := integrator.New(pop, integrator.MacNeil2011())
	if err != nil {
		log.Fatal(err)
	}
	return integ
}

// How far the eye drifts in the dark, before and after every neuron's weights
// have been changed by 15 %.
func ExampleMeasureDrift() {
	integ := optimal()
	spoilt, err := integ.PerturbDecoders(0.15, 1)
	if err != nil {
		log.Fatal(err)
	}
	test := integrator.DefaultDrift()
	test.Positions = 5
	var speed [2]float64
	for i, g := range []*attractor.Attractor{integ, spoilt} {
		drift, err := integrator.MeasureDrift(context.Background(), g, test)
		if err != nil {
			log.Fatal(err)
		}
		speed[i] = drift.MeanSpeed
	}
	fmt.Println("less than 2 °/s:", speed[0] < 2)
	fmt.Println("five times as much:", speed[1] > 5*speed[0])
	// Output:
	// less than 2 °/s: true
	// five times as much: true
}

// What is decoded against what is held: λ is the slope, 1 where the
// integrator integrates, 0 where it knows nothing.
func ExampleMeasureTransfer() {
	integ := optimal()
	silent, err := integ.WithDecoders(mat.NewDense(40, 1, nil))
	if err != nil {
		log.Fatal(err)
	}
	for _, g := range []*attractor.Attractor{integ, silent} {
		transfer, err := integrator.MeasureTransfer(g)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("λ = %.2f\n", transfer.Lambda)
	}
	// Output:
	// λ = 1.00
	// λ = 0.00
}

// A fifth of the neurons falls silent, and nobody has told the others.
func ExampleMeasureTransfer_lesion() {
	lesioned, err := optimal().Lesion(0.2, 1)
	if err != nil {
		log.Fatal(err)
	}
	transfer, err := integrator.MeasureTransfer(lesioned)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("leaks:", transfer.Lambda < 0.9)
	// Output: leaks: true
}
