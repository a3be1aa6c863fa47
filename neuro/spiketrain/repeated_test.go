package spiketrain

import (
	"math"
	"slices"
	"testing"
)

// As spike sorting leaves them: not sorted, units that found one spike twice,
// a unit and a trial without spikes, on a clock that counts from 1970.
func TestCutTakesARecordingAsItIs(t *testing.T) {
	const epoch = 1.7e9
	times := []float64{epoch + 2.5, epoch + 1.25, epoch + 1.25, epoch + 1.25, epoch + 9, epoch + 2}
	neurons := []int{0, 0, 2, 0, 2, 0}
	var windows []Window
	for _, zero := range []float64{1, 2, 5} {
		windows = append(windows, Window{Zero: epoch + zero, Stop: 1})
	}
	trains, err := Cut(times, neurons, 3, windows)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][][]float64{{{0.25, 0.25, 1}, nil, {0.25}}, {{0.5}, nil, nil}, {nil, nil, nil}} {
		for n, s := range trains.Trial(i).Times {
			if !slices.Equal(s, want[n]) {
				t.Errorf("trial %d, neuron %d: %v, want %v", i, n, s, want[n])
			}
		}
	}
	if got := trains.Repeated(); !slices.Equal(got, []int{1, 0, 0}) {
		t.Errorf("repeated: %v", got)
	}
}

// Every time on the clock is one of its numbers, of steps of 0.24 µs; no spike
// of trials in succession is lost, twice there, or outside of its trial.
func TestCutOnAClockFrom1970(t *testing.T) {
	const epoch, trials = 1.7e9, 300
	var times []float64
	var windows []Window
	for k := range 10 * trials {
		times = append(times, epoch+0.1*float64(k+1))
	}
	for k := range trials {
		windows = append(windows, Window{Zero: epoch + 1.0*float64(k), Stop: 1})
	}
	// The same with trials that begin between two numbers.
	for _, shift := range []float64{0, 0.0000001, 1.0 / 3} {
		moved, later := slices.Clone(times), slices.Clone(windows)
		for k := range moved {
			moved[k] += shift
		}
		for k := range later {
			later[k].Zero = epoch + shift + float64(k)
		}
		trains, err := Cut(moved, make([]int, len(moved)), 1, later)
		if err != nil {
			t.Fatal(err)
		}
		for k := range trials {
			if n := len(trains.Trial(k).Times[0]); n != 10 {
				t.Fatalf("shift %g: trial %d has %d spikes, want 10", shift, k, n)
			}
		}
	}
}

func TestMinInterval(t *testing.T) {
	times := []float64{0.0012, 0.5, 0, 0.5, 0.0006, 0.501, 0.5}
	neurons := []int{7, 1, 7, 1, 7, 1, 2}
	kept, of, dropped, err := MinInterval(times, neurons, 0.001)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(kept, []float64{0.0012, 0.5, 0, 0.501, 0.5}) || !slices.Equal(of, []int{7, 1, 7, 1, 2}) || dropped != 2 {
		t.Errorf("kept %v of %v, dropped %d", kept, of, dropped)
	}
	if _, _, dropped, err := MinInterval(times, neurons, 0); err != nil || dropped != 0 {
		t.Errorf("no least interval: dropped %d, %v", dropped, err)
	}
	if _, _, dropped, err := MinInterval(times, neurons, math.MaxFloat64); err != nil || dropped != 4 {
		t.Errorf("one spike of each neuron: dropped %d, %v", dropped, err)
	}
}
