package plotting_test

import (
	"log"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/plotting"
)

// turning returns conditions that start along x and rotate counterclockwise.
func turning(conditions int) []mat.Matrix {
	var out []mat.Matrix
	for c := range conditions {
		x := mat.NewDense(24, 2, nil)
		start := 2*float64(c)/float64(conditions-1) - 1
		x.Apply(func(i, j int, _ float64) float64 {
			t := float64(i) * 0.01
			r := start * (1 + t) * math.Exp(-t)
			return r*math.Cos(2*math.Pi*1.8*t-float64(j)*math.Pi/2) + 0.05*math.Sin(float64(c*7+j))
		}, x)
		out = append(out, x)
	}
	return out
}

func ExampleRotation() {
	fig := plotting.Figure(
		plotting.Rotation(turning(27)...).
			Title("27 conditions"),
		plotting.Rotation(turning(4)...).
			Names("left", "right", "up", "down").
			Title("4 conditions with names"),
	).Columns(2)
	if err := fig.Save("rotation.png"); err != nil {
		log.Panic(err)
	}
}
