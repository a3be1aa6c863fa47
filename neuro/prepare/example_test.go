package prepare_test

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/prepare"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Two units in three trials of a laboratory, around the event go, which the last
// trial lacks.
func ExampleCut() {
	rec := &recording.Recording{
		Units:  2,
		Spikes: recording.SpikesOf([][]float64{{0.55, 1.55, 1.56, 2.5}, {0.45, 1.65, 2.6}}),
		Trials: []recording.Trial{
			{Start: 0, Stop: 1, Events: map[string]float64{"go": 0.5}},
			{Start: 1, Stop: 2, Events: map[string]float64{"go": 0.5}},
			{Start: 2, Stop: 3},
		},
	}
	set, err := prepare.Cut(rec, prepare.Config{Align: "go", From: -0.1, To: 0.2, Dt: 0.1, Edges: prepare.LeftClosed})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d trials, dropped %+v\n", len(set.Trials), set.Dropped)
	averages, _, err := set.Averages(prepare.Counts)
	fmt.Println(mat.Formatted(averages[0]), err)
	// Output:
	// 2 trials, dropped [{Reason:go has no time Index:[2]}]
	// ⎡  0  0.5⎤
	// ⎢1.5    0⎥
	// ⎣  0  0.5⎦ <nil>
}
