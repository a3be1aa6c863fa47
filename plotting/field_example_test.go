package plotting_test

import (
	"log"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/plotting"
)

func ExampleField() {
	const side = 9
	points, velocities := mat.NewDense(side*side, 2, nil), mat.NewDense(side*side, 2, nil)
	for k := range side * side {
		x, y := float64(k/side)/4-1, float64(k%side)/4-1
		points.SetRow(k, []float64{x, y})
		// A circle attracts what turns around it.
		pull := 1 - x*x - y*y
		velocities.SetRow(k, []float64{pull*x - y, pull*y + x})
	}
	fig := plotting.Figure(
		plotting.Field(points, velocities).
			XLabel("x₁").
			YLabel("x₂").
			Title("A limit cycle"),
	).Width(10)
	if err := fig.Save("field.png"); err != nil {
		log.Panic(err)
	}
}
