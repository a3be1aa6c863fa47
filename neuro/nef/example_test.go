package nef_test

import (
	"fmt"
	"log"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/nef"
)

// A population of 40 neurons represents x to a fraction of a percent.
func ExampleDecoders() {
	pop, err := nef.NewPopulation(nef.MacNeil2011())
	if err != nil {
		log.Fatal(err)
	}
	points, err := nef.Line(1, 0.001)
	if err != nil {
		log.Fatal(err)
	}
	decoders, err := nef.Decoders(pop, nef.Identity, points, nef.Regularisation{Sigma: 0.1, Form: nef.NoiseDemo})
	if err != nil {
		log.Fatal(err)
	}
	rmse, err := nef.StaticRMSE(pop, nef.Identity, decoders, points)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(rmse < 0.005)
	// Output: true
}

func BenchmarkSpikingStep(b *testing.B) {
	pop, _ := nef.NewPopulation(nef.MacNeil2011())
	neurons, _ := nef.NewSpiking(40, pop.Config.LIF(), 1e-4, nef.SubStep)
	currents, _ := pop.Currents([]float64{0.3})
	for b.Loop() {
		neurons.Step(currents)
	}
}
