package recording_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

func TestSpikesInAWindowAndOfSomeNeurons(t *testing.T) {
	all := recording.Spikes{Times: []float64{0.1, 0.2, 0.2, 0.5, 0.9}, Units: []int{3, 0, 4, 1, 3}}
	cases := []struct {
		name      string
		got, want recording.Spikes
	}{
		{"an end belongs to the window", all.Window(0.1, 0.5), recording.Spikes{[]float64{0.2, 0.2, 0.5}, []int{0, 4, 1}}},
		{"everything", all.Window(0, 1), all},
		{"nothing", all.Window(1, 2), recording.Spikes{[]float64{}, []int{}}},
		{"the wrong way round", all.Window(0.9, 0.1), recording.Spikes{[]float64{}, []int{}}},
		{"neurons", all.Below(3), recording.Spikes{[]float64{0.2, 0.5}, []int{0, 1}}},
	}
	for _, c := range cases {
		if d := cmp.Diff(c.want, c.got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}
