package plotting_test

import (
	"log"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/plotting"
)

func ExampleComparisonPanel_Paired() {
	random := neuro.Stream(1, "example pairs")
	force, full, spikes := plotting.Group{Name: "FORCE"}, plotting.Group{Name: "full-FORCE"}, plotting.Group{Name: "in spikes"}
	for range 10 { // seeds
		easy := math.Exp(0.5 * random.NormFloat64())
		force.Values = append(force.Values, 0.5*easy*math.Exp(0.3*random.NormFloat64()))
		full.Values = append(full.Values, 0.0002*easy*math.Exp(0.3*random.NormFloat64()))
		spikes.Values = append(spikes.Values, 0.008*easy*math.Exp(0.3*random.NormFloat64()))
	}
	fig := plotting.Figure(
		plotting.Comparison(force, full, spikes).
			Paired("one seed").
			LogY().
			YLabel("nMSE").
			Title("The same seeds under three conditions"),
	).Width(12)
	if err := fig.Save("pairs.png"); err != nil {
		log.Panic(err)
	}
}

func ExampleComparison() {
	random := neuro.Stream(1, "example comparison")
	group := func(name string, centre float64) plotting.Group {
		g := plotting.Group{Name: name}
		for range 15 {
			g.Values = append(g.Values, centre*math.Exp(0.6*random.NormFloat64()))
		}
		return g
	}
	fig := plotting.Figure(
		plotting.Comparison(
			group("rate network", 0.004),
			group("spiking network", 0.02),
			group("spiking network, Dale's law and sparse connections", 0.06),
		).
			LogY().
			HLine(0.1, "threshold 0.1").
			YLabel("nMSE").
			Title("15 seeds each"),
	).Width(12)
	if err := fig.Save("comparison.png"); err != nil {
		log.Panic(err)
	}
}
