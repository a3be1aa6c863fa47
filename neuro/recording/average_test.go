package recording_test

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiketrain"
)

// ramp is 100 rows at 10 ms from 2 s on: the time itself, and a channel that is
// condition-free noise of period 2.
func ramp() recording.Series {
	x := mat.NewDense(100, 2, nil)
	for t := range 100 {
		x.SetRow(t, []float64{2 + 0.01*float64(t), float64(t % 2)})
	}
	return recording.Series{Values: x, Dt: 0.01, Start: 2}
}

// The mean of a line in a bin is its value in the middle of the bin's rows, and the
// mean over trials that of their events.
func TestAverageOfALine(t *testing.T) {
	r, err := ramp().Average([]spiketrain.Window{
		{Condition: 1, Zero: 2.3, Start: -0.1, Stop: 0.4},
		{Condition: 0, Zero: 2.5, Start: -0.1, Stop: 0.39},
		{Condition: 1, Zero: 2.4, Start: -0.2, Stop: 0.4},
	}, 0.02)
	if err != nil {
		t.Fatal(err)
	}
	if bins, n := r.Mean[0].Dims(); bins != 24 || n != 2 || r.Start != -0.1 || r.Dt != 0.02 || r.Trials[0] != 1 || r.Trials[1] != 2 {
		t.Fatalf("%d x %d from %g s in steps of %g s, %v trials", bins, n, r.Start, r.Dt, r.Trials)
	}
	for b := range 24 {
		middle := -0.1 + 0.02*float64(b) + 0.005 // of two rows at 0 and 10 ms
		for c, event := range []float64{2.5, 2.35} {
			if got := r.Mean[c].At(b, 0); math.Abs(got-event-middle) > 1e-12 {
				t.Fatalf("condition %d, bin %d: %g, want %g", c, b, got, event+middle)
			}
			if got := r.Mean[c].At(b, 1); got != 0.5 {
				t.Fatalf("condition %d, bin %d: %g, want 0.5", c, b, got)
			}
		}
	}
	if got, want := r.SEM[1].At(3, 0), 0.05; math.Abs(got-want) > 1e-12 {
		t.Errorf("standard error %g, want that of events 0.1 s apart, %g", got, want)
	}
}

func TestAverageRefuses(t *testing.T) {
	within := spiketrain.Window{Zero: 2.5, Start: -0.1, Stop: 0.1}
	for says, call := range map[string]func() (*spiketrain.Response, error){
		"window 1, from 1.9 s: the series is from 2 to 3 s": func() (*spiketrain.Response, error) {
			return ramp().Average([]spiketrain.Window{within, {Zero: 2, Start: -0.1, Stop: 0.1}}, 0.02)
		},
		"from 2.4 s: the series is from 2 to 3 s": func() (*spiketrain.Response, error) {
			return ramp().Average([]spiketrain.Window{{Zero: 2.5, Start: -0.1, Stop: math.Inf(1)}}, 0.02)
		},
		"must lie in it": func() (*spiketrain.Response, error) {
			return ramp().Average([]spiketrain.Window{{Zero: math.NaN(), Stop: 1}}, 0.02)
		},
		"no windows":                      func() (*spiketrain.Response, error) { return ramp().Average(nil, 0.02) },
		"less than a bin":                 func() (*spiketrain.Response, error) { return ramp().Average([]spiketrain.Window{within}, 0.3) },
		"whole number of steps of 0.01 s": func() (*spiketrain.Response, error) { return ramp().Average([]spiketrain.Window{within}, 0.015) },
		"a bin of NaN s":                  func() (*spiketrain.Response, error) { return ramp().Average([]spiketrain.Window{within}, math.NaN()) },
		"a series without rows": func() (*spiketrain.Response, error) {
			return recording.Series{}.Average([]spiketrain.Window{within}, 0.02)
		},
		"not evenly spaced: use prepare.Cut": func() (*spiketrain.Response, error) {
			return recording.Series{Values: mat.NewDense(1, 1, nil), Times: []float64{3}}.Average([]spiketrain.Window{within}, 0.02)
		},
	} {
		if _, err := call(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
}
