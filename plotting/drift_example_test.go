package plotting_test

import (
	"log"
	"math"

	"github.com/spikewalk/spikewalk/plotting"
)

func ExampleDrift() {
	before := plotting.Line{Name: "before"}
	perturbed := plotting.Line{Name: "perturbed"}
	after := plotting.Line{Name: "after learning"}
	for x := -30.0; x <= 30; x += 3 {
		ripple := 0.15 * math.Sin(x/4)
		before.X, before.Y = append(before.X, x), append(before.Y, -0.02*x+ripple)
		perturbed.X, perturbed.Y = append(perturbed.X, x), append(perturbed.Y, -0.1*x+ripple)
		after.X, after.Y = append(after.X, x), append(after.Y, 0.01*x-ripple)
	}
	fig := plotting.Figure(
		plotting.Drift(before, perturbed, after).
			Fit().
			Title("An integrator leaks, and learns not to"),
	)
	if err := fig.Save("drift.png"); err != nil {
		log.Panic(err)
	}
}
