package integrator_test

import (
	"context"
	"fmt"
	"log"

	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// An integrator is spoilt, lives for 100 s with light, and holds the
// eye better than before.
func Example() {
	ctx := context.Background()
	pop, err := nef.NewPopulation(nef.MacNeil2011())
	if err != nil {
		log.Fatal(err)
	}
	optimal, err := integrator.New(pop, integrator.MacNeil2011())
	if err != nil {
		log.Fatal(err)
	}
	integ, err := optimal.PerturbDecoders(0.15, 1)
	if err != nil {
		log.Fatal(err)
	}
	life := integrator.Light(100)
	life.Curve = []float64{0, 100}
	run, err := integrator.Live(ctx, integ, life)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("at least halved:", run.Curve[1].MeanSpeed < run.Curve[0].MeanSpeed/2)
	// Output: at least halved: true
}
