package plotting_test

import (
	"log"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/plotting"
)

func ExampleLearning() {
	random := neuro.Stream(1, "example learning")
	var fast, slow []float64
	for i := range 300 {
		noise := func() float64 { return math.Exp(0.5 * random.NormFloat64()) }
		fast = append(fast, noise()*(0.004+math.Exp(-float64(i)/20)))
		slow = append(slow, noise()*(0.02+math.Exp(-float64(i)/60)))
	}
	fig := plotting.Figure(
		plotting.Learning(
			plotting.Line{Name: "full-FORCE", Y: fast},
			plotting.Line{Name: "FORCE", Y: slow},
		).
			Median(15).
			HLine(0.01, "bar: 0.01").
			YLabel("nMSE").
			Title("Error per trial and its running median"),
	)
	if err := fig.Save("learning.png"); err != nil {
		log.Panic(err)
	}
}
