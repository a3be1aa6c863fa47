package spiketrain

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestIrregularityOfKnownProcesses(t *testing.T) {
	clock := func(*rand.Rand) []float64 {
		var times []float64
		for k := 1; k < 800; k++ {
			times = append(times, float64(k)*0.05)
		}
		return times
	}
	of := func(k int) func(rng *rand.Rand) []float64 {
		return func(rng *rand.Rand) []float64 { return gamma(rng, k, 20, 40) }
	}
	for _, c := range []struct {
		name        string
		train       func(rng *rand.Rand) []float64
		cv, cv2, lv float64
		by          float64
	}{
		{"clock", clock, 0, 0, 0, 1e-9},
		{"Poisson", of(1), 1, 1, 1, 0.01},
		// CV 1/√k, LV 3/(2k+1); CV2 of a gamma process is (2k)!/(4^k k!²) · 2,
		// twice the mean of |1 - 2b| with b from a beta(k, k) distribution.
		{"gamma 2", of(2), 1 / math.Sqrt2, 0.75, 3.0 / 5, 0.01},
		{"gamma 4", of(4), 0.5, 2 * 70.0 / 256, 3.0 / 9, 0.01},
	} {
		trains := population(t, 2, 60, 40, c.train)
		near(t, c.name+": CV", trains.CV().Mean(), c.cv, c.by)
		near(t, c.name+": CV2", trains.CV2().Mean(), c.cv2, c.by)
		near(t, c.name+": LV", trains.LV().Mean(), c.lv, c.by)
		near(t, c.name+": rate", trains.Rates().Mean(), 20, 0.2)
	}
}

// A changing rate makes a Poisson process irregular for CV, not for CV2.
func TestCV2ForgivesRateModulation(t *testing.T) {
	trains := population(t, 2, 60, 40, func(rng *rand.Rand) []float64 {
		return modulated(rng, 80, 40, func(s float64) float64 { return 40 + 38*math.Sin(2*math.Pi*0.25*s) })
	})
	near(t, "CV2", trains.CV2().Mean(), 1, 0.03)
	if cv := trains.CV().Mean(); cv < 1.4 {
		t.Errorf("CV %g, want far above 1", cv)
	}
}

// What cannot be said of a neuron is counted, not averaged.
func TestTooFewSpikesAreLeftOut(t *testing.T) {
	trains, err := New([]Trial{{Stop: 1, Times: [][]float64{{}, {0.1}, {0.1, 0.2}, {0.1, 0.2, 0.4}}}})
	if err != nil {
		t.Fatal(err)
	}
	for name, m := range map[string]Measure{"CV": trains.CV(), "CV2": trains.CV2(), "LV": trains.LV()} {
		if m.LeftOut() != 3 || math.IsNaN(m.Values[3]) || m.Mean() != m.Values[3] || m.Median() != m.Values[3] {
			t.Errorf("%s: %v, %v", name, m, m.Values)
		}
		if few := m.AtLeast(5); few.LeftOut() != 4 || !math.IsNaN(few.Mean()) || !math.IsNaN(few.Median()) {
			t.Errorf("%s of at least 5: %v", name, few)
		}
	}
	near(t, "CV of 0.1, 0.2", trains.CV().Values[3], 1.0/3, 1e-12)
	near(t, "CV2 of 0.1, 0.2", trains.CV2().Values[3], 2.0/3, 1e-12)
	near(t, "LV of 0.1, 0.2", trains.LV().Values[3], 1.0/3, 1e-12)
	if r := trains.Rates(); r.LeftOut() != 0 || r.Values[0] != 0 || r.Values[3] != 3 {
		t.Errorf("rates %v", r.Values)
	}
}

// No interval leads from one trial to the next.
func TestIntervalsStayWithinTrials(t *testing.T) {
	trial := Trial{Stop: 1, Times: [][]float64{{0.3, 0.4, 0.5}}}
	trains, err := New([]Trial{trial, trial, trial})
	if err != nil {
		t.Fatal(err)
	}
	if cv := trains.CV(); cv.Counts[0] != 6 || cv.Values[0] > 1e-9 {
		t.Errorf("CV %g of %d intervals, want 0 of 6", cv.Values[0], cv.Counts[0])
	}
}
