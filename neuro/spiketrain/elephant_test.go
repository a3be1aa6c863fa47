package spiketrain

import (
	"math"
	"testing"
)

// The numbers of this file are what Elephant 1.2.1b1 (on Neo and SciPy 1.10.1)
// returns for the same spikes.

// trials of one neuron.
func trials(t *testing.T, stop float64, times ...[]float64) *Trains {
	t.Helper()
	var all []Trial
	for _, s := range times {
		all = append(all, Trial{Stop: stop, Times: [][]float64{s}})
	}
	trains, err := New(all)
	if err != nil {
		t.Fatal(err)
	}
	return trains
}

// instantaneous_rate with border_correction: a spike near an edge stays one
// spike, and each bin is Elephant's, also where 5 sigma are not whole bins and
// where the Gaussian is longer than the trial.
func TestKeepCountIsElephantsBorderCorrection(t *testing.T) {
	var every []float64
	for i := range 100 {
		every = append(every, (float64(i)+0.5)*0.01)
	}
	for _, c := range []struct {
		times       []float64
		stop, sigma float64
		rates       map[int]float64
	}{
		{[]float64{0.005}, 1, 0.025, map[int]float64{0: 36.1289621543, 1: 25.5965995365, 2: 17.0502241851, 5: 2.90911270456, 11: 0.00234434064706, 99: 0}},
		{[]float64{0.005, 0.123, 0.123, 0.4567, 0.993}, 1, 0.013, map[int]float64{0: 60.1673950709, 1: 29.9182666484, 5: 0.0513479100017, 11: 46.6199496993, 12: 60.1673950709, 99: 38.6123147039}},
		{[]float64{0.02001, 0.113}, 0.2, 0.08, map[int]float64{0: 13.4031722323, 2: 12.725210715, 5: 11.6863882006, 11: 9.50544799241, 19: 6.40745488459}},
		{every, 1, 0.025, map[int]float64{0: 115.30869321, 1: 109.70032487, 50: 99.96944499923679, 99: 87.96526411}},
	} {
		psth, err := trials(t, c.stop, c.times).PSTH(PSTHConfig{Bin: 0.01, Sigma: c.sigma, KeepCount: true})
		if err != nil {
			t.Fatal(err)
		}
		integral := 0.0
		for _, rate := range psth.course(0) {
			integral += rate * 0.01
		}
		near(t, "integral", integral, float64(len(c.times)), 1e-12)
		for i, want := range c.rates {
			near(t, "rate", psth.Mean[0].At(i, 0), want, 1e-8)
		}
	}
}

// Without it, what PSTHConfig says of a spike at the edge (from the Gaussian's
// values and their sums, by NumPy).
func TestConstantRatesLoseSpikesAtTheEdge(t *testing.T) {
	for at, want := range map[float64]float64{0.005: 0.7809599651285555, 0.055: 1.051709175862599, 0.5: 1} {
		psth, err := trials(t, 1, []float64{at}).PSTH(DefaultPSTH())
		if err != nil {
			t.Fatal(err)
		}
		integral := 0.0
		for _, rate := range psth.course(0) {
			integral += rate * 0.01
		}
		near(t, "one spike", integral, want, 1e-9)
	}
}

// isi, cv, cv2 and lv of spikes at equal times; undefined where two intervals
// in succession are zero.
func TestEqualTimesAreMeasuredAsByElephant(t *testing.T) {
	for _, c := range []struct {
		times       []float64
		repeated    int
		cv, cv2, lv float64
	}{
		{[]float64{0.1, 0.2, 0.2, 0.5, 0.9}, 1, 0.7905694150420948, 1.4285714285714286, 2.020408163265306},
		{[]float64{0.1, 0.2, 0.2, 0.2, 0.7}, 2, 1.3743685418725535, math.NaN(), math.NaN()},
		{[]float64{0.3, 0.3, 0.3}, 2, math.NaN(), math.NaN(), math.NaN()},
	} {
		trains := trials(t, 1, c.times)
		for what, m := range map[string]struct{ got, want float64 }{
			"CV": {trains.CV().Values[0], c.cv}, "CV2": {trains.CV2().Values[0], c.cv2}, "LV": {trains.LV().Values[0], c.lv},
			"rate": {trains.Rates().Values[0], float64(len(c.times))},
		} {
			if math.IsNaN(m.got) != math.IsNaN(m.want) || math.Abs(m.got-m.want) > 1e-12 {
				t.Errorf("%s of %v: %g, want %g", what, c.times, m.got, m.want)
			}
		}
		if got := trains.Repeated()[0]; got != c.repeated {
			t.Errorf("%v: %d repeated, want %d", c.times, got, c.repeated)
		}
	}
	fano, err := trials(t, 1, []float64{0.1, 0.1, 0.1, 0.5}, []float64{0.2}).Fano(1)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "Fano factor", fano.Values[0], 0.9, 1e-12)
	psth, err := trials(t, 1, []float64{0.11, 0.11, 0.55}, []float64{0.12}).PSTH(PSTHConfig{Bin: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "histogram", psth.Mean[0].At(1, 0), 15, 1e-12)
	near(t, "histogram", psth.Mean[0].At(5, 0), 5, 1e-12)
}
