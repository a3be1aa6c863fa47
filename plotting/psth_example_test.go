package plotting_test

import (
	"fmt"
	"log"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/spiketrain"
	"github.com/spikewalk/spikewalk/plotting"
)

func ExamplePSTH() {
	const dt, bins, neurons = 0.01, 100, 3
	response := &spiketrain.Response{Start: -0.2, Dt: dt}
	var names []string
	for c := range 4 {
		random := neuro.Stream(1, "example psth", c)
		rate, sem := mat.NewDense(bins, neurons, nil), mat.NewDense(bins, neurons, nil)
		phase := make([]float64, neurons)
		for j := range phase {
			phase[j] = 2 * math.Pi * random.Float64()
		}
		rate.Apply(func(i, j int, _ float64) float64 {
			t := float64(i)*dt - 0.2
			return 15 + float64(10*j) + 14*math.Sin(9*t+phase[j])*math.Exp(-math.Pow((t-0.3)/0.25, 2))
		}, rate)
		sem.Apply(func(i, j int, _ float64) float64 { return math.Sqrt(rate.At(i, j)) / 4 }, sem)
		response.Mean, response.SEM = append(response.Mean, rate), append(response.SEM, sem)
		names = append(names, fmt.Sprintf("reach to %d°", 90*c))
	}
	fig := plotting.Figure(
		plotting.PSTH(response, names...).
			VLine(0, "go").
			Title("Model neurons by condition"),
	)
	if err := fig.Save("psth.png"); err != nil {
		log.Panic(err)
	}
}
