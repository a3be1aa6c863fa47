package plotting_test

import (
	"log"
	"math"

	"github.com/spikewalk/spikewalk/plotting"
)

func ExampleScree() {
	variances := make([]float64, 25)
	for i := range variances {
		variances[i] = math.Exp(-float64(i) / 2.5)
	}
	fig := plotting.Figure(
		plotting.Scree(variances).
			Threshold(0.95).
			Title("Few components carry most of the variance"),
	)
	if err := fig.Save("scree.png"); err != nil {
		log.Panic(err)
	}
}
