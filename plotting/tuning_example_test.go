package plotting_test

import (
	"log"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/plotting"
)

func ExampleTuning() {
	random := neuro.Stream(1, "example tuning")
	const neurons = 12
	x := make([]float64, 121)
	rates := mat.NewDense(len(x), neurons, nil)
	for i := range neurons {
		slope, threshold := 1+4*random.Float64(), -40+60*random.Float64()
		if i%2 == 1 {
			slope = -slope
		}
		for k := range x {
			x[k] = -60 + float64(k)
			rates.Set(k, i, math.Max(0, slope*(x[k]-threshold))/(1+math.Abs(x[k]-threshold)/40))
		}
	}
	fig := plotting.Figure(
		plotting.Tuning(x, rates).
			XLabel("eye position (deg)").
			Title("Tuning curves of 12 neurons"),
	)
	if err := fig.Save("tuning.png"); err != nil {
		log.Panic(err)
	}
}
