package neuro_test

import (
	"context"
	"fmt"
	"log"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// eight asks for a figure of eight, drawn once after a pulse: a task of one's
// own is two methods.
type eight struct{}

func (eight) Shape() task.Shape {
	return task.Shape{Name: "figure of eight", Dt: 0.001, Inputs: 1, Outputs: 2}
}

func (eight) Trial(*rand.Rand) (task.Trial, error) {
	input, target := mat.NewDense(1000, 1, nil), mat.NewDense(1000, 2, nil)
	for t := range 1000 {
		phase := 2 * math.Pi * float64(t) / 1000
		target.SetRow(t, []float64{math.Sin(phase), math.Sin(2 * phase)})
		if t < 50 {
			input.Set(t, 0, 1)
		}
	}
	return task.Trial{Inputs: input, Targets: target}, nil
}

// The whole walk with a task of one's own: train a rate network, find its
// components, hand them to spiking neurons, measure, plot.
func Example() {
	ctx := context.Background()
	cfg := rate.DePasquale2018()
	cfg.Units, cfg.TrainingTrials, cfg.TestTrials = 150, 60, 10
	fit, err := rate.Train(ctx, rate.FullForce{}, cfg, eight{})
	check(err)

	basis, err := factor.PCA(fit.Activity, factor.Variance(0.99))
	check(err)
	source, err := rate.NewSource(fit.Network, basis, eight{})
	check(err)

	spikes := spiking.DePasquale2023()
	spikes.Neurons, spikes.Gain = 300, 14
	spikes.WarmUpTrials, spikes.DemeaningTrials, spikes.TrainingTrials = 10, 30, 100
	model, err := spiking.Transfer(ctx, spikes, source)
	check(err)
	rec, err := model.Test(ctx, source, spiking.DefaultTest())
	check(err)

	factors, outputs := rec.MedianErrors()
	fmt.Println("rate network's output below 0.001:", stats.Median(fit.OutputErrors) < 0.001)
	fmt.Println("factors in spikes below 0.05:", factors < 0.05)
	fmt.Println("output in spikes below 0.05:", outputs < 0.05)
	figure := plotting.Figure(
		plotting.Outputs(rec.Outputs),
		plotting.Raster(rec.Spikes),
	)
	_, err = figure.SVG()
	check(err)
	// Output:
	// rate network's output below 0.001: true
	// factors in spikes below 0.05: true
	// output in spikes below 0.05: true
}

func check(err error) {
	if err != nil {
		log.Panic(err)
	}
}
