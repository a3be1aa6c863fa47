package compare

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/prepare"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// reaches is a set of trials of two conditions, whose muscles are a course of the
// condition and noise.
func reaches(trials, bins int, noise float64, seed uint64) *prepare.Set {
	rng := neuro.Stream(seed, "reaches")
	var conditions []int
	var emg, rates, counts []*mat.Dense
	for i := range trials {
		c := i % 2
		x, own := mat.NewDense(bins, 2, nil), rng.NormFloat64()
		for k := range bins {
			for j := range 2 {
				x.Set(k, j, 2+math.Sin(float64(k)/5+float64(j)+3*float64(c))+noise*own)
			}
		}
		// Units see what the muscles do, noise included.
		r := mat.NewDense(bins, 3, nil)
		r.Apply(func(k, j int, _ float64) float64 {
			return 10 + 3*x.At(k, j%2)*float64(j+1) + 0.05*rng.NormFloat64()
		}, r)
		n := mat.NewDense(bins, 3, nil)
		conditions, emg, rates, counts = append(conditions, c), append(emg, x), append(rates, r), append(counts, n)
	}
	s := setOf(0.02, conditions, counts, map[string][]*mat.Dense{"emg": emg, prepare.Rates: rates})
	s.Channels = map[string][]string{"emg": {"biceps", "triceps"}}
	return s
}

func heldOut(t *testing.T, noise float64) HeldOut {
	t.Helper()
	split, err := reaches(40, 30, noise, 1).HoldOut(0.5, 1)
	if err != nil {
		t.Fatal(err)
	}
	return NewHeldOut(split, "emg")
}

// tested is a recording of a network whose outputs are as wanted, in trials of a task
// that was taught the averages of the training trials.
func tested(t *testing.T, h HeldOut, trials int) *recording.Recording {
	t.Helper()
	averages, _, err := h.Train.Averages("emg")
	if err != nil {
		t.Fatal(err)
	}
	k, err := task.NewReaching(averages, h.Train.Dt)
	if err != nil {
		t.Fatal(err)
	}
	rec := &recording.Recording{Dt: k.Dt, Outputs: recording.Series{Dt: k.Dt, Names: []string{"biceps", "triceps", "timing"}}}
	var outputs []*mat.Dense
	at := 0
	for i := range trials {
		trial, err := k.Trial(neuro.Stream(5, "trial", i))
		if err != nil {
			t.Fatal(err)
		}
		outputs = append(outputs, trial.Targets)
		rec.Trials = append(rec.Trials, recording.Trial{From: at, To: at + trial.Steps(), Condition: trial.Condition})
		at += trial.Steps()
	}
	if rec.Outputs.Values, err = prepare.Stack(outputs); err != nil {
		t.Fatal(err)
	}
	return rec
}

// A network that does exactly what the averages ask for scores as they do, but for
// interpolation, whatever its step and its pauses.
func TestNetworksLieOnTheSetsBins(t *testing.T) {
	h := heldOut(t, 0.3)
	place, err := h.Stretch()
	if err != nil {
		t.Fatal(err)
	}
	rec := tested(t, h, 12)
	network, err := h.Network("network", rec, place)
	if err != nil {
		t.Fatal(err)
	}
	means, err := h.ConditionMean()
	if err != nil {
		t.Fatal(err)
	}
	// The first and the last bin reach into the pauses, where outputs are zero.
	off := func(p Prediction) float64 {
		worst := 0.0
		for i := range means.Trials {
			var d mat.Dense
			d.Sub(between(p.Trials[i], block{1, 29}), between(means.Trials[i], block{1, 29}))
			worst = math.Max(worst, mat.Max(&d)-mat.Min(&d))
		}
		return worst
	}
	if d := off(network); d > 0.02 {
		t.Errorf("the network is %.2g off", d)
	}
	if taught, err := h.Taught("network", rec); err != nil || !reflect.DeepEqual(taught, network) {
		t.Errorf("a network that was taught the averages lies elsewhere: %v", err)
	}
	// Half a bin is seen.
	onset := place.Onset
	place.Onset = func(t recording.Trial, rows recording.Series) float64 { return onset(t, rows) + 0.01 }
	late, err := h.Network("late", rec, place)
	if err != nil {
		t.Fatal(err)
	}
	if d := off(late); d < 0.1 {
		t.Errorf("half a bin late, the network is %.2g off", d)
	}
}

// Bins have the mean of an output that is constant in each step, also where steps and
// bins do not fit; less than half a bin is nothing.
func TestBinsHaveTheMeanOfSteps(t *testing.T) {
	set := setOf(0.025, nil, nil, map[string][]*mat.Dense{"emg": {mat.NewDense(4, 1, []float64{1, 2, 3, 5})}})
	h := NewHeldOut(prepare.Split{Train: set, Test: set}, "emg")
	rec := &recording.Recording{Dt: 0.01, Trials: []recording.Trial{{From: 1, To: 9}},
		Outputs: recording.Series{Values: mat.NewDense(9, 1, []float64{99, 0, 1, 2, 3, 4, 5, 6, 7})}}
	for _, c := range []struct {
		delay float64
		want  []float64
	}{
		{0, []float64{(0 + 1 + 0.5*2) / 2.5, (0.5*2 + 3 + 4) / 2.5, (5 + 6 + 0.5*7) / 2.5, math.NaN()}},
		{-0.01, []float64{(0 + 0.5*1) / 1.5, (0.5*1 + 2 + 3) / 2.5, (4 + 5 + 0.5*6) / 2.5, (0.5*6 + 7) / 1.5}},
		{0.02, []float64{(2 + 3 + 0.5*4) / 2.5, (0.5*4 + 5 + 6) / 2.5, math.NaN(), math.NaN()}},
	} {
		p, err := h.Network("network", rec, Placement{Delay: c.delay})
		if err != nil {
			t.Fatal(err)
		}
		for k, want := range c.want {
			if got := p.Trials[0].At(k, 0); math.IsNaN(got) != math.IsNaN(want) || math.Abs(got-want) > 1e-12 {
				t.Errorf("delay %g, bin %d: %g, want %g", c.delay, k, got, want)
			}
		}
	}
}

func TestNetworksThatDoNotFitAreRefused(t *testing.T) {
	h := heldOut(t, 0.3)
	rec := tested(t, h, 12)
	one := *rec
	one.Trials = nil
	for _, trial := range rec.Trials {
		if trial.Condition == 0 {
			one.Trials = append(one.Trials, trial)
		}
	}
	unnamed := *rec
	unnamed.Outputs.Names = nil
	coarse := *rec
	coarse.Outputs.Dt = 0.005
	for _, c := range []struct {
		rec  *recording.Recording
		p    Placement
		want string
	}{
		{nil, Placement{}, "no trial that was kept"},
		{&recording.Recording{Dt: 0.001, Trials: rec.Trials}, Placement{}, "no outputs"},
		{&unnamed, Placement{}, "has 3 channels, emg has 2"},
		{rec, Placement{Channels: []int{0, 3}}, "Placement.Channels"},
		{rec, Placement{Series: "hand"}, `no series "hand"`},
		{&one, Placement{}, "says nothing of condition 1 (right)"},
		{&one, Placement{Single: true}, "says nothing of condition 1 (right)"},
		{rec, Placement{Conditions: []int{1}}, "trial of condition 1"},
		{rec, Placement{Delay: 1000}, "covers no bin"},
		{rec, Placement{Delay: math.NaN()}, "Delay of NaN"},
		{rec, Placement{Onset: func(recording.Trial, recording.Series) float64 { return math.NaN() }}, "onset is NaN"},
		{&coarse, Placement{}, "keep every step"},
	} {
		if _, err := h.Network("net", c.rec, c.p); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want a sentence with %q", err, c.want)
		}
	}
	single, err := h.Network("net", rec, Placement{Single: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(single.Trials) != len(h.Test.Trials) || single.Trials[0] == single.Trials[2] {
		t.Error("test trials share a trial of the network, which has enough")
	}
}
