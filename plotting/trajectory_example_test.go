package plotting_test

import (
	"log"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/plotting"
)

// spiral returns a decaying rotation, T x 2.
func spiral(rows int, dt, phase float64) *mat.Dense {
	x := mat.NewDense(rows, 2, nil)
	for i := range rows {
		t := float64(i) * dt
		r := math.Exp(-t / 1.5)
		x.Set(i, 0, r*math.Cos(8*t+phase))
		x.Set(i, 1, r*math.Sin(8*t+phase))
	}
	return x
}

func ExampleTrajectory() {
	const dt = 0.001
	fig := plotting.Figure(
		plotting.Trajectory(spiral(2001, dt, 0), 0, 1).
			Dt(dt).
			Equal().
			Title("A decaying rotation").
			XLabel("factor 1").
			YLabel("factor 2"),
	).Width(10)
	if err := fig.Save("trajectory.png"); err != nil {
		log.Panic(err)
	}
}

func ExampleTrajectoryPanel_Add() {
	const dt = 0.001
	fig := plotting.Figure(
		plotting.Trajectory(spiral(1001, dt, 0), 0, 1).
			Name("rate network").
			Add("spiking network", spiral(1001, dt, 0.25)).
			Add("perturbed", spiral(1001, dt, 2.5)),
	)
	if err := fig.Save("trajectories.png"); err != nil {
		log.Panic(err)
	}
}
