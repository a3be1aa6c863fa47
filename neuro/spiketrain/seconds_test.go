package spiketrain

import (
	"math/rand/v2"
	"strings"
	"testing"
)

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
