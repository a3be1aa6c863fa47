package plotting_test

import (
	"log"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/plotting"
)

// imitate returns a target of two outputs and a somewhat noisy copy.
func imitate(rows int, dt float64) (target, actual *mat.Dense) {
	target, actual = waves(rows, 2, dt), waves(rows, 2, dt)
	for i := range rows {
		t := float64(i) * dt
		actual.Set(i, 0, actual.At(i, 0)+0.08*math.Sin(60*t)*math.Cos(13*t))
		actual.Set(i, 1, actual.At(i, 1)+0.08*math.Sin(70*t)*math.Cos(17*t))
	}
	return target, actual
}

func ExampleOutputs() {
	const dt = 0.001
	target, actual := imitate(2001, dt)
	fig := plotting.Figure(
		plotting.Outputs(recording.Series{Dt: dt, Values: actual, Targets: target}).
			Names("hand x (cm)", "hand y (cm)").
			Title("Network output, nMSE 0.005"),
	)
	if err := fig.Save("outputs.png"); err != nil {
		log.Panic(err)
	}
}

func ExampleOutputsPanel_Overlaid() {
	const dt = 0.001
	target, actual := imitate(2001, dt)
	fig := plotting.Figure(
		plotting.Outputs(recording.Series{Dt: dt, Values: actual, Targets: target}).
			Overlaid().
			Names("hand x", "hand y").
			YLabel("position (cm)"),
	)
	if err := fig.Save("overlaid.png"); err != nil {
		log.Panic(err)
	}
}
