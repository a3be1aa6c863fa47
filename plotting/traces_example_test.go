package plotting_test

import (
	"log"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/plotting"
)

// waves returns T x N samples of N sine waves of 1, 2, 3, … Hz.
func waves(rows, cols int, dt float64) *mat.Dense {
	x := mat.NewDense(rows, cols, nil)
	for i := range rows {
		for j := range cols {
			t := float64(i) * dt
			x.Set(i, j, math.Sin(2*math.Pi*float64(j+1)*t)/float64(j+1))
		}
	}
	return x
}

func ExampleTraces() {
	const dt = 0.001 // s
	fig := plotting.Figure(
		plotting.Traces(recording.Series{Dt: dt, Values: waves(1001, 3, dt)}).
			Names("1 Hz", "2 Hz", "3 Hz").
			Title("Harmonics").
			YLabel("amplitude"),
	)
	if err := fig.Save("traces.png"); err != nil {
		log.Panic(err)
	}
}

func ExampleTracesPanel_Stacked() {
	const dt = 0.001
	fig := plotting.Figure(
		plotting.Traces(recording.Series{Dt: dt, Values: waves(1001, 6, dt), Unit: "mV"}).
			Stacked().
			Title("Six channels at one scale").
			YLabel("channel"),
	)
	if err := fig.Save("stacked.png"); err != nil {
		log.Panic(err)
	}
}
