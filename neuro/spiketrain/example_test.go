package spiketrain_test

import (
	"fmt"
	"log"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/spiketrain"
)

// Ten Poisson neurons whose rate swings once in every trial of a second: from
// a plain list of spikes to rates, irregularity and variability.
func ExampleCut() {
	const trials, n, dt = 40, 10, 0.001
	random := neuro.Stream(1, "example spike trains")
	var times []float64
	var neurons []int
	for step := range int(trials / dt) {
		t := float64(step+1) * dt
		rate := 30 + 25*math.Sin(2*math.Pi*t)
		for i := range n {
			if random.Float64() < rate*dt {
				times, neurons = append(times, t), append(neurons, i)
			}
		}
	}
	var windows []spiketrain.Window
	for k := range trials {
		windows = append(windows, spiketrain.Window{Zero: float64(k), Stop: 1})
	}
	trains, err := spiketrain.Cut(times, neurons, n, windows)
	if err != nil {
		log.Fatal(err)
	}
	psth, err := trains.PSTH(spiketrain.DefaultPSTH())
	if err != nil {
		log.Fatal(err)
	}
	fano, err := trains.Fano(0.2)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.0f Hz on average, %.0f Hz after a quarter of a second\n", trains.Rates().Mean(), psth.Mean[0].At(25, 0))
	fmt.Printf("CV %.1f, CV2 %.1f, Fano factor %.1f\n", trains.CV().Mean(), trains.CV2().Mean(), fano.Mean())
	// Output:
	// 30 Hz on average, 53 Hz after a quarter of a second
	// CV 1.4, CV2 1.0, Fano factor 1.0
}
