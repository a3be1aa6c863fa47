package spiketrain

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// A spike at a trial's very beginning and one at its end count on a clock of large
// numbers too, where the tolerance is less than the distance of two numbers.
func TestSpikesAtTheEndsOfAClock(t *testing.T) {
	for _, start := range []float64{0, 1.2e9} {
		trains, err := New([]Trial{{Start: start, Stop: start + 1, Times: [][]float64{{start, start + 1}}}})
		if err != nil {
			t.Fatal(err)
		}
		psth, err := trains.PSTH(PSTHConfig{Bin: 0.01})
		if err != nil {
			t.Fatal(err)
		}
		if first, last := psth.Mean[0].At(0, 0), psth.Mean[0].At(99, 0); first != 100 || last != 100 {
			t.Errorf("from %g s: %g Hz in the first bin and %g Hz in the last, want 100 in both", start, first, last)
		}
	}
}

// Spikes a millisecond apart are a millisecond apart on a clock from 1970 too, whose
// numbers are 0.24 µs apart.
func TestMinIntervalOnAClockFrom1970(t *testing.T) {
	for _, zero := range []float64{0, 1.7e9} {
		times, neurons := make([]float64, 1000), make([]int, 1000)
		for k := range times {
			times[k] = zero + float64(k)/1000
		}
		for least, want := range map[float64]int{0.001: 0, 0.0015: 500} {
			if _, _, dropped, err := MinInterval(times, neurons, least); err != nil || dropped != want {
				t.Errorf("from %g s, %g s apart at least: %d dropped, want %d (%v)", zero, least, dropped, want, err)
			}
		}
	}
}

// A window that ends before it begins is named, not called another clock.
func TestWindowThatEndsBeforeItBegins(t *testing.T) {
	_, err := Cut([]float64{1}, []int{0}, 1, []Window{{0, 1, 1, -1}})
	if err == nil || !strings.Contains(err.Error(), "it must start before it stops") {
		t.Error(err)
	}
}

// Times in milliseconds or samples overlap windows in seconds. They are found out
// by their length and by refractoriness of half a second, and seconds are not
// taken for them.
func TestTimesThatAreNotSeconds(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var seconds []float64
	var neurons []int
	for i := range 5 { // 20 Hz for a minute, refractory for 2 ms
		for at := 0.0; at < 60; at += 0.002 + rng.ExpFloat64()/20 {
			seconds, neurons = append(seconds, at), append(neurons, i)
		}
	}
	scaled := func(by float64) []float64 {
		out := make([]float64, len(seconds))
		for k, s := range seconds {
			out[k] = s * by
		}
		return out
	}
	windows := []Window{{0, 1, -0.5, 1}, {0, 50, -0.5, 1}}
	early := []Window{{0, 0.2, -0.1, 0.1}} // a 300th of the recording
	for name, c := range map[string]struct {
		times   []float64
		windows []Window
		refused bool
	}{
		"seconds":             {seconds, windows, false},
		"the first of a long": {seconds, early, false},
		"milliseconds":        {scaled(1000), windows, true},
		"samples at 30 kHz":   {scaled(30000), windows, true},
	} {
		_, err := Cut(c.times, neurons, 5, c.windows)
		if refused := err != nil && strings.Contains(err.Error(), "look like milliseconds or samples"); refused != c.refused {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
