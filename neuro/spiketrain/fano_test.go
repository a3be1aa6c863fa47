package spiketrain

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
)

func TestFanoOfKnownProcesses(t *testing.T) {
	const trials = 20
	poisson := population(t, trials, 50, 4, func(rng *rand.Rand) []float64 { return gamma(rng, 1, 20, 4) })
	same := population(t, trials, 3, 4, func(*rand.Rand) []float64 { return []float64{0.5, 1.1, 3.9} })
	// A rate that differs between trials adds the variance of the expected
	// count over its mean: here (rate 10 or 30 Hz, 0.5 s) 25/10.
	double := population(t, trials, 50, 4, func(rng *rand.Rand) []float64 {
		return gamma(rng, 1, []float64{10, 30}[rng.IntN(2)], 4)
	})
	for name, c := range map[string]struct {
		trains   *Trains
		want, by float64
	}{"Poisson": {poisson, 1, 0.03}, "same": {same, 0, 1e-12}, "double": {double, 1 + 2.5, 0.25}} {
		m, err := c.trains.Fano(0.5)
		if err != nil {
			t.Fatal(err)
		}
		// Variances divide by the number of trials.
		near(t, name, m.Mean(), c.want*(trials-1)/trials, c.by)
	}
	if m, _ := same.Fano(0.5); m.Counts[0] != 3 {
		t.Errorf("%d windows with spikes, want 3", m.Counts[0])
	}
}

// Conditions of different rates do not make a neuron variable.
func TestFanoIsWithinConditions(t *testing.T) {
	var trials []Trial
	for c, times := range [][]float64{{0.1}, {0.1, 0.2, 0.3, 0.4}} {
		for range 5 {
			trials = append(trials, Trial{Condition: c, Stop: 0.5, Times: [][]float64{times, {}}})
		}
	}
	trains, err := New(trials)
	if err != nil {
		t.Fatal(err)
	}
	m, err := trains.Fano(0.5)
	if err != nil {
		t.Fatal(err)
	}
	if m.Values[0] != 0 || !math.IsNaN(m.Values[1]) || m.LeftOut() != 1 {
		t.Errorf("Fano factors %v", m.Values)
	}
	_, err = trains.Fano(0.6)
	says(t, err, "0.5 s")
	_, err = trains.Fano(math.NaN())
	says(t, err, "NaN s")
	one, err := New(trials[4:])
	if err != nil {
		t.Fatal(err)
	}
	_, err = one.Fano(0.5)
	says(t, err, "condition 0 has one trial")
}

// A spike for each step of 1 ms, from a list of steps as a simulation has it.
func TestCutAndBinsAgreeWithSteps(t *testing.T) {
	const steps, dt = 3000, 0.001
	var times []float64
	var neurons []int
	for i := range steps {
		times, neurons = append(times, float64(i+1)*dt), append(neurons, 1)
	}
	rng := neuro.Stream(1, "shuffle")
	rng.Shuffle(steps, func(i, j int) { times[i], times[j] = times[j], times[i] })
	var windows []Window
	for k := range 3 {
		windows = append(windows, Window{Zero: float64(k), Stop: 1})
	}
	trains, err := Cut(times, neurons, 2, windows)
	if err != nil {
		t.Fatal(err)
	}
	for k := range 3 {
		if n := len(trains.Trial(k).Times[1]); n != 1000 {
			t.Errorf("trial %d has %d spikes, want 1000", k, n)
		}
	}
	psth, err := trains.PSTH(PSTHConfig{Bin: 0.01})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		if rate := psth.Mean[0].At(i, 1); math.Abs(rate-1000) > 1e-9 {
			t.Fatalf("bin %d: %g Hz, want 1000", i, rate)
		}
	}
}

func TestCutAlignsToAnEvent(t *testing.T) {
	trains, err := Cut([]float64{4.9, 5.1, 5.3, 5.7}, []int{0, 0, 1, 0}, 2, []Window{{Zero: 5.2, Start: -0.2, Stop: 0.5}})
	if err != nil {
		t.Fatal(err)
	}
	trial := trains.Trial(0)
	if len(trial.Times[0]) != 2 || len(trial.Times[1]) != 1 {
		t.Fatalf("spikes %v", trial.Times)
	}
	near(t, "first", trial.Times[0][0], -0.1, 1e-12)
	near(t, "last", trial.Times[0][1], 0.5, 1e-12)
}
