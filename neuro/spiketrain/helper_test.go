package spiketrain

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// gamma returns the spikes of a gamma process of order k (1: Poisson) at a
// rate of hz from 0 to stop.
func gamma(rng *rand.Rand, k int, hz, stop float64) (times []float64) {
	// Run in from before 0, so that the process is stationary.
	for t := -5 / hz; ; {
		for range k {
			t += rng.ExpFloat64() / (hz * float64(k))
		}
		if t > stop {
			return times
		}
		if t > 0 {
			times = append(times, t)
		}
	}
}

// modulated returns an inhomogeneous Poisson process by thinning one of rate
// highest.
func modulated(rng *rand.Rand, highest, stop float64, rate func(t float64) float64) (times []float64) {
	for _, t := range gamma(rng, 1, highest, stop) {
		if rng.Float64()*highest < rate(t) {
			times = append(times, t)
		}
	}
	return times
}

// population makes trials of one condition from 0 to stop.
func population(t *testing.T, trials, neurons int, stop float64, train func(rng *rand.Rand) []float64) *Trains {
	t.Helper()
	var all []Trial
	for k := range trials {
		trial := Trial{Stop: stop}
		for n := range neurons {
			trial.Times = append(trial.Times, train(neuro.Stream(1, "spiketrain test", k, n)))
		}
		all = append(all, trial)
	}
	out, err := New(all)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func near(t *testing.T, what string, got, want, by float64) {
	t.Helper()
	if !(math.Abs(got-want) <= by) {
		t.Errorf("%s: %g, want %g within %g", what, got, want, by)
	}
}

func says(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v, want one that says %q", err, want)
	}
}

// signal fills a T × N matrix.
func signal(steps, n int, f func(t, j int) float64) *mat.Dense {
	m := mat.NewDense(steps, n, nil)
	m.Apply(func(t, j int, _ float64) float64 { return f(t, j) }, m)
	return m
}
