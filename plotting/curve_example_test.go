package plotting_test

import (
	"log"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/plotting"
)

// measured returns 7 noisy values of f at each place.
func measured(name string, places []float64, f func(x float64) float64) plotting.Samples {
	random := neuro.Stream(1, neuro.Purpose("example curve "+name))
	s := plotting.Samples{Name: name, X: places}
	for _, x := range places {
		var seeds []float64
		for range 7 {
			seeds = append(seeds, f(x)*math.Exp(0.4*random.NormFloat64()))
		}
		s.Values = append(s.Values, seeds)
	}
	return s
}

func ExampleCurve() {
	places := []float64{1, 2, 4, 8, 12, 20, 30}
	fig := plotting.Figure(
		plotting.Curve(
			measured("factors", places, func(p float64) float64 { return 0.004 + 0.8*math.Exp(-p/1.5) }),
			measured("output", places, func(p float64) float64 { return 0.03 + math.Exp(-p/3) }),
		).
			LogX().LogY().
			HLine(0.015, "bar: 0.015").
			XLabel("components kept").
			YLabel("test nMSE").
			Title("Few components are enough"),
	).Width(12)
	if err := fig.Save("curve.png"); err != nil {
		log.Panic(err)
	}
}

func ExampleCurvePanel_Band() {
	gains := []float64{2, 4, 6, 8, 10, 12}
	curve := func() *plotting.CurvePanel {
		return plotting.Curve(
			measured("fixed random currents", gains, func(g float64) float64 { return 1 / (1 + math.Exp((g-7)/1.5)) }),
			measured("none", gains, func(g float64) float64 { return 0.02 + 0.01*g }),
		).
			XLabel("gain g").
			YLabel("Fano factor")
	}
	fig := plotting.Figure(
		curve().Band().VLine(4, "preset"),
		curve().Dots().VLine(4, "preset"),
	).Columns(2)
	if err := fig.Save("bands.png"); err != nil {
		log.Panic(err)
	}
}
