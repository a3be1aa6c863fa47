package nef_test

import (
	"fmt"
	"log"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/nef"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// Tuning curves of the integrator's population: half of the neurons prefer
// the left, half the right, and all are silent beyond their intercepts.
func ExampleNewPopulation() {
	pop, err := nef.NewPopulation(nef.MacNeil2011())
	if err != nil {
		log.Fatal(err)
	}
	points, err := nef.Line(1, 0.5)
	if err != nil {
		log.Fatal(err)
	}
	rates, err := pop.TuningCurves(points.X)
	if err != nil {
		log.Fatal(err)
	}
	positions, neurons := rates.Dims()
	fmt.Printf("rates of %d neurons at %d positions, from %.0f Hz\n", neurons, positions, mat.Min(rates))
	// Output: rates of 40 neurons at 5 positions, from 0 Hz
}

// Two recorded neurons: what they prefer, how fast they fire there, and where
// they begin to.
func ExampleFromTuning() {
	cfg := nef.MacNeil2011()
	cfg.Neurons = 2
	pop, err := nef.FromTuning(cfg, nef.Tuning{
		Encoders:   mat.NewDense(2, 1, []float64{1, -1}),
		MaxRates:   []float64{80, 120},
		Intercepts: []float64{-0.5, 0},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, x := range []float64{-1, -0.75, 1} {
		rates, err := pop.Rates([]float64{x})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("at %5.2f: %3.0f Hz and %3.0f Hz\n", x, rates[0], rates[1])
	}
	// Output:
	// at -1.00:   0 Hz and 120 Hz
	// at -0.75:   0 Hz and  97 Hz
	// at  1.00:  80 Hz and   0 Hz
}

// A quarter turn at a time around a circle in the plane.
func ExampleCircle() {
	points, err := nef.Circle(1, 4)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.0f\n", mat.Formatted(points.X))
	// Output:
	// ⎡ 1   0⎤
	// ⎢ 0   1⎥
	// ⎢-1   0⎥
	// ⎣-0  -1⎦
}

// A neuron driven at constant current fires at the rate of the closed form,
// and a synapse filters its spikes to that rate.
func ExampleNewSpiking() {
	const dt, tau, seconds = 1e-4, 1, 10
	lif := neuron.LIF{Tau: 0.02, Threshold: 1, Refractory: 0.002}
	neurons, err := nef.NewSpiking(1, lif, dt, nef.SubStep)
	if err != nil {
		log.Fatal(err)
	}
	synapse, err := nef.NewSynapse(1, tau, dt)
	if err != nil {
		log.Fatal(err)
	}
	current := []float64{lif.Current(50)}
	spikes := 0
	for range int(seconds / dt) {
		fired := neurons.Step(current)
		spikes += len(fired)
		synapse.Step(fired)
	}
	fmt.Printf("%.0f Hz by formula, %d spikes in %d s, filtered to %.0f Hz\n",
		lif.Rate(current[0]), spikes, seconds, synapse.Activity[0])
	// Output: 50 Hz by formula, 500 spikes in 10 s, filtered to 50 Hz
}
