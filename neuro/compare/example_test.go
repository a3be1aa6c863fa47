package compare_test

import (
	"fmt"
	"log"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/compare"
	"github.com/spikewalk/spikewalk/neuro/prepare"
)

// Two predictions of one muscle: one of the right form and half the size, one that is
// its mean.
func ExampleR2() {
	observed, half, flat := mat.NewDense(100, 1, nil), mat.NewDense(100, 1, nil), mat.NewDense(100, 1, nil)
	for t := range 100 {
		v := math.Sin(2 * math.Pi * float64(t) / 50)
		observed.Set(t, 0, 3+v)
		half.Set(t, 0, 3+v/2)
		flat.Set(t, 0, 3)
	}
	for _, p := range []*mat.Dense{half, flat} {
		f, err := compare.R2(p, observed)
		if err != nil {
			log.Fatal(err)
		}
		e, err := compare.NMSE(p, observed)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("R² %.2f, nMSE %.3f\n", f.Weighted(), e)
	}
	// Output:
	// R² 0.75, nMSE 0.013
	// R² 0.00, nMSE 0.053
}

// A rate that follows a neuron's, and its constant mean, which by definition earns
// nothing.
func ExampleBitsPerSpike() {
	counts := mat.NewDense(6, 1, []float64{0, 0, 0, 2, 3, 1})
	for _, rates := range [][]float64{{0.1, 0.1, 0.1, 2, 2, 2}, {1, 1, 1, 1, 1, 1}} {
		l, err := compare.BitsPerSpike(mat.NewDense(6, 1, rates), counts)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%.2f bits per spike, of %d spikes\n", l.Bits, l.Spikes)
	}
	// Output:
	// 0.93 bits per spike, of 6 spikes
	// 0.00 bits per spike, of 6 spikes
}

// Reaches to the left and to the right, in trials that differ in size. What is special
// about a trial is in its activity, so that a decoder knows it. A network that is told
// the condition cannot.
func ExampleHeldOut() {
	rng := neuro.Stream(1, "example")
	set := &prepare.Set{Dt: 0.02, Conditions: []string{"left", "right"}, Channels: map[string][]string{"emg": {"biceps"}}}
	for i := range 40 {
		size := 1 + 0.5*rng.NormFloat64()
		muscle, rates := mat.NewDense(25, 1, nil), mat.NewDense(25, 2, nil)
		for k := range 25 {
			v := size * math.Sin(float64(k)/4+2*float64(i%2))
			muscle.Set(k, 0, v)
			rates.SetRow(k, []float64{20 + 5*v + rng.NormFloat64(), 10 - 4*v + rng.NormFloat64()})
		}
		set.Trials = append(set.Trials, prepare.Trial{
			Index: i, Condition: i % 2, Series: map[string]*mat.Dense{"emg": muscle, prepare.Rates: rates},
		})
	}
	split, err := set.HoldOut(0.25, 1)
	if err != nil {
		log.Fatal(err)
	}
	h := compare.NewHeldOut(split, "emg")
	mean, err := h.ConditionMean()
	if err != nil {
		log.Fatal(err)
	}
	decoded, err := h.Decoder(compare.NLBDecoder())
	if err != nil {
		log.Fatal(err)
	}
	chance, err := h.Chance()
	if err != nil {
		log.Fatal(err)
	}
	table, err := h.Compare(mean, decoded, chance)
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range table.Rows {
		fmt.Printf("%-15s %.2f of single trials, %.2f of averages\n", r.Name, r.R2.Value, r.Averages)
	}
	// Output:
	// condition mean  0.83 of single trials, 0.92 of averages
	// linear decoder  0.97 of single trials, 0.99 of averages
	// chance          0.23 of single trials, 0.25 of averages
}
