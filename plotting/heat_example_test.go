package plotting_test

import (
	"log"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/plotting"
)

func ExampleHeat() {
	// How far an integrator drifts after it has learned at a rate against noise: learning
	// that is slower than the noise loses, learning that is too fast shakes.
	rates := []float64{0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1}
	noise := []float64{0, 10, 20, 30, 40}
	drift := mat.NewDense(len(noise), len(rates), nil)
	for i, eta := range noise {
		for j, kappa := range rates {
			drift.Set(i, j, 0.5+0.01*eta*math.Sqrt(0.02/kappa)+200*kappa*kappa)
		}
	}
	drift.Set(4, 6, math.NaN()) // it diverged
	fig := plotting.Figure(
		plotting.Heat(rates, noise, drift).
			LogX().LogZ().
			VLine(0.004, "published").
			XLabel("rate of learning κ").
			YLabel("noise (%)").
			ZLabel("mean drift (°/s)").
			Title("Learning against noise"),
	).Width(12)
	if err := fig.Save("heat.png"); err != nil {
		log.Panic(err)
	}
}
