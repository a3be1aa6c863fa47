package spiketrain_test

import (
	"fmt"
	"log"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/spiketrain"
)

// twoTrials are a neuron that fires like a clock and one that fires in pairs,
// each recorded twice for a second.
func twoTrials() *spiketrain.Trains {
	clock := []float64{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}
	pairs := []float64{0.1, 0.11, 0.4, 0.41, 0.7, 0.71}
	trains, err := spiketrain.New([]spiketrain.Trial{
		{Stop: 1, Times: [][]float64{clock, pairs}},
		{Stop: 1, Times: [][]float64{clock, pairs[:4]}},
	})
	if err != nil {
		log.Fatal(err)
	}
	return trains
}

func ExampleIntervals() {
	for _, interval := range spiketrain.Intervals([]float64{0.1, 0.15, 0.35}) {
		fmt.Printf("%.2f s\n", interval)
	}
	// Output:
	// 0.05 s
	// 0.20 s
}

// Irregularity, one number for each neuron: 0 for a clock, 1 for Poisson
// spikes, more for bursts.
func ExampleTrains_CV() {
	cv := twoTrials().CV()
	fmt.Printf("clock %.2f from %d intervals, pairs %.2f from %d\n", cv.Values[0], cv.Counts[0], cv.Values[1], cv.Counts[1])
	// Output: clock 0.00 from 16 intervals, pairs 1.18 from 8
}

// CV2 and LV compare neighbouring intervals only, so that a rate that drifts
// does not pass for irregularity.
func ExampleTrains_LV() {
	trains := twoTrials()
	fmt.Printf("CV2 %.2f, LV %.2f\n", trains.CV2().Values[1], trains.LV().Values[1])
	// Output: CV2 1.87, LV 2.61
}

// Variability of counts from trial to trial: the clock has none.
func ExampleTrains_Fano() {
	fano, err := twoTrials().Fano(1)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("clock %.2f, pairs %.2f\n", fano.Values[0], fano.Values[1])
	// Output: clock 0.00, pairs 0.20
}

// Firing rates by condition, in bins of 0.1 s that are not smoothed.
func ExampleTrains_PSTH() {
	psth, err := twoTrials().PSTH(spiketrain.PSTHConfig{Bin: 0.1})
	if err != nil {
		log.Fatal(err)
	}
	bins, neurons := psth.Mean[0].Dims()
	fmt.Printf("%d bins of %d neurons; the second fires at %.0f Hz in the fourth\n", bins, neurons, psth.Mean[0].At(3, 1))
	// Output: 10 bins of 2 neurons; the second fires at 10 Hz in the fourth
}

// How much of the rates is in one factor: the neuron that follows it, all;
// the one that goes twice as fast, nothing.
func ExampleFitRates() {
	factor, rates := mat.NewDense(100, 1, nil), mat.NewDense(100, 2, nil)
	for t := range 100 {
		phase := 2 * math.Pi * float64(t) / 100
		factor.Set(t, 0, math.Sin(phase))
		rates.SetRow(t, []float64{20 + 10*math.Sin(phase), 20 + 10*math.Sin(2*phase)})
	}
	average := func(m *mat.Dense) *spiketrain.Response {
		r, err := spiketrain.Average(0, 0.01, []*mat.Dense{m}, []int{0})
		if err != nil {
			log.Fatal(err)
		}
		return r
	}
	psth, factors := average(rates), average(factor)
	model, err := spiketrain.FitRates(psth, factors, 0)
	if err != nil {
		log.Fatal(err)
	}
	predicted, err := model.Predict(factors)
	if err != nil {
		log.Fatal(err)
	}
	r2, err := spiketrain.R2(psth, predicted)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("R² %.2f and %.2f\n", r2.Values[0], math.Abs(r2.Values[1]))
	// Output: R² 1.00 and 0.00
}

// A unit that spike sorting found twice in one spike: the copy counts, unless it
// is dropped.
func ExampleMinInterval() {
	times, units := []float64{0.1, 0.3, 0.3, 0.6, 0.8}, []int{0, 0, 0, 0, 0}
	window := []spiketrain.Window{{Stop: 1}}
	all, err := spiketrain.Cut(times, units, 1, window)
	if err != nil {
		log.Fatal(err)
	}
	times, units, dropped, err := spiketrain.MinInterval(times, units, 0.0005)
	if err != nil {
		log.Fatal(err)
	}
	trains, err := spiketrain.Cut(times, units, 1, window)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d at the time of the one before, CV %.2f\n", all.Repeated()[0], all.CV().Values[0])
	fmt.Printf("%d dropped, CV %.2f\n", dropped, trains.CV().Values[0])
	// Output:
	// 1 at the time of the one before, CV 0.62
	// 1 dropped, CV 0.20
}
