package recording_test

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

func TestFirstChannels(t *testing.T) {
	s := recording.Series{Values: mat.NewDense(2, 3, []float64{1, 2, 3, 4, 5, 6}), Dt: 1, Names: []string{"a", "b", "c"}}
	if two := s.First(2); two.At(1, 1) != 5 || len(two.Names) != 2 || two.Names[1] != "b" {
		t.Errorf("the first two channels: %+v", two)
	}
	if _, n := s.First(9).Dims(); n != 3 {
		t.Errorf("of three channels the first nine are %d", n)
	}
}

func TestNamedSeries(t *testing.T) {
	r := &recording.Recording{Series: map[string]recording.Series{"emg": {Dt: 0.5}, "hand": {}}}
	if s, err := r.Named("emg"); err != nil || s.Dt != 0.5 {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := r.Named("egm"); err == nil || !strings.Contains(err.Error(), `no series is called "egm"`) || !strings.Contains(err.Error(), "emg") {
		t.Errorf("error %v", err)
	}
}

func TestOpening(t *testing.T) {
	r := &recording.Recording{
		Units:  1,
		Spikes: recording.Spikes{Times: []float64{1, 31}, Units: []int{0, 0}},
		Trials: []recording.Trial{{Start: math.NaN(), Stop: 2}, {Start: 10, Stop: 12}, {Start: 25, Stop: 26}, {Start: 30, Stop: 40}},
	}
	if at, err := r.Opening(10); err != nil || at != 25 {
		t.Errorf("opening at %g s, %v; want 25 s, the first trial with a spike in the ten seconds after", at, err)
	}
	const says = "none of 4 trials has a start, and a spike within 0.5 s of it"
	if _, err := r.Opening(0.5); err == nil || !strings.Contains(err.Error(), says) {
		t.Errorf("error %v, want one that says %q", err, says)
	}
}
