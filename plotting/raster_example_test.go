package plotting_test

import (
	"log"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/plotting"
)

// poisson returns the spikes of neurons whose common rate swings at 2 Hz.
func poisson(neurons int, seconds, rate float64) (times []float64, index []int) {
	for i := range neurons {
		random := neuro.Stream(1, "example spikes", i)
		for t := random.ExpFloat64() / rate; t < seconds; t += random.ExpFloat64() / rate {
			if random.Float64() < 0.5+0.5*math.Sin(4*math.Pi*t) {
				times, index = append(times, t), append(index, i)
			}
		}
	}
	return times, index
}

func ExampleRaster() {
	times, neurons := poisson(200, 2, 100)
	fig := plotting.Figure(
		plotting.Raster(recording.Spikes{Times: times, Units: neurons}).
			Rows(200).
			XLim(0, 2).
			Title("200 neurons"),
	)
	if err := fig.Save("raster.png"); err != nil {
		log.Panic(err)
	}
}

func ExampleRasterPanel_Groups() {
	times, neurons := poisson(40, 1, 50)
	kind := make([]int, 40)
	for i := 30; i < 40; i++ {
		kind[i] = 1
	}
	fig := plotting.Figure(
		plotting.Raster(recording.Spikes{Times: times, Units: neurons}).
			Rows(40).
			XLim(0, 1).
			Groups(kind, "excitatory", "inhibitory"),
	)
	if err := fig.Save("groups.png"); err != nil {
		log.Panic(err)
	}
}
