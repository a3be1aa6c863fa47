package plotting_test

import (
	"log"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/plotting"
)

// helix returns a rotation that moves along a third dimension, T x 3.
func helix(rows int, dt, phase float64) *mat.Dense {
	x := mat.NewDense(rows, 3, nil)
	for i := range rows {
		t := float64(i) * dt
		x.Set(i, 0, math.Cos(6*t+phase))
		x.Set(i, 1, math.Sin(6*t+phase))
		x.Set(i, 2, t+0.3*math.Sin(3*t+phase))
	}
	return x
}

func ExampleSpace() {
	const dt = 0.001
	fig := plotting.Figure(
		plotting.Space(helix(3001, dt, 0), 0, 1, 2).
			Name("slow").
			Dt(dt).
			Add("fast", helix(1801, dt, math.Pi)).
			Title("Two helices").
			XLabel("factor 1 (a.u.)").
			YLabel("factor 2 (a.u.)").
			ZLabel("speed axis (a.u.)").
			From(-50, 20),
	).Width(12)
	if err := fig.Save("space.png"); err != nil {
		log.Panic(err)
	}
}
