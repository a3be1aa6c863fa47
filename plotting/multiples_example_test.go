package plotting_test

import (
	"fmt"
	"log"
	"math"

	"github.com/spikewalk/spikewalk/plotting"
)

func ExampleMultiples() {
	var versions []plotting.Version
	for _, gain := range []float64{1, 2, 4} {
		input, output := make([]float64, 200), make([]float64, 200)
		for i := range input {
			input[i] = math.Sin(float64(i) / 20)
			output[i] = math.Tanh(gain * input[i])
		}
		versions = append(versions, plotting.Version{
			Name: fmt.Sprintf("gain = %g", gain),
			Figure: plotting.Figure(
				plotting.Learning(plotting.Line{Name: "input", Y: input}).Linear().XLabel("time (ms)").YLabel("x").Height(2.5),
				plotting.Learning(plotting.Line{Name: "output", Y: output}).Linear().XLabel("time (ms)").YLabel("tanh(gain x)").Title("Rate"),
			),
		})
	}
	if err := plotting.Multiples(versions...).Save("multiples.png"); err != nil {
		log.Panic(err)
	}
}
