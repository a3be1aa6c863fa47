package recording_test

import (
	"fmt"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Spikes between two times, of the first units.
func ExampleSpikes() {
	s := recording.Spikes{Times: []float64{0.1, 0.2, 0.2, 0.4}, Units: []int{0, 5, 1, 2}}
	fmt.Println(s.Window(0.15, 0.5).Below(3))
	// Output: {[0.2 0.4] [1 2]}
}

// What a laboratory recorded: two neurons in two trials, cut into trains.
func ExampleRecording() {
	rec := recording.Recording{
		Dt: 0.001, Units: 2,
		Spikes: recording.Spikes{Times: []float64{0.1, 0.4, 1.2, 1.3}, Units: []int{0, 1, 0, 0}},
		Trials: []recording.Trial{
			{From: 0, To: 1000, Events: map[string]float64{"go": 0.3}},
			{From: 1000, To: 2000, Condition: 1, Events: map[string]float64{"go": 0.4}},
		},
		Provenance: recording.Provenance{File: "session.nwb", Subject: "N", Session: "2026-11-29"},
	}
	trains, err := rec.Trains()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d trials; unit 0 fires at %.1f s in the second\n", trains.Trials(), trains.Trial(1).Times[0])
	// Output: 2 trials; unit 0 fires at [0.2 0.3] s in the second
}
