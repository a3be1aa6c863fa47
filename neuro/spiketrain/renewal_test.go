package spiketrain

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
)

// renewal returns the spikes of a renewal process from 0 to stop, run in from long
// before.
func renewal(rng *rand.Rand, stop float64, interval func(*rand.Rand) float64) (times []float64) {
	for t := -2.0; ; {
		if t += interval(rng); t > stop {
			return times
		}
		if t > 0 {
			times = append(times, t)
		}
	}
}

// Measures of renewal processes are those that theory gives, within four standard
// errors over neurons and an allowance for what ends with a trial: CV is that of the
// intervals' distribution, and the Fano factor tends to CV² in windows much longer
// than the intervals, but for a constant over the mean count (Cox 1962, Renewal Theory).
func TestMeasuresOfRenewalProcesses(t *testing.T) {
	const hz, stop, trials, neurons, window = 40.0, 20.0, 12, 60, 2.0
	dead := 0.010
	deviation := 0.7 // of the logarithm of the intervals
	for _, c := range []struct {
		name     string
		interval func(*rand.Rand) float64
		cv       float64
	}{
		{"Poisson", func(rng *rand.Rand) float64 { return rng.ExpFloat64() / hz }, 1},
		// Of an interval 1/hz, dead is certain and the rest exponential.
		{"Poisson after a dead time", func(rng *rand.Rand) float64 { return dead + rng.ExpFloat64()*(1/hz-dead) }, 1 - hz*dead},
		{"log-normal", func(rng *rand.Rand) float64 {
			return math.Exp(deviation*rng.NormFloat64()-deviation*deviation/2) / hz
		}, math.Sqrt(math.Expm1(deviation * deviation))},
		{"gamma 3", func(rng *rand.Rand) float64 {
			return (rng.ExpFloat64() + rng.ExpFloat64() + rng.ExpFloat64()) / (3 * hz)
		}, 1 / math.Sqrt(3)},
		// One in ten is ten times as long as the others: CV² = 2 E[s²]/E[s]² - 1.
		{"bursts", func(rng *rand.Rand) float64 {
			s := 1 / 1.9
			if rng.IntN(10) == 0 {
				s = 10 / 1.9
			}
			return s * rng.ExpFloat64() / hz
		}, math.Sqrt(2*(0.9+0.1*100)/(1.9*1.9) - 1)},
	} {
		trains := population(t, trials, neurons, stop, func(rng *rand.Rand) []float64 { return renewal(rng, stop, c.interval) })
		fano, err := trains.Fano(window)
		if err != nil {
			t.Fatal(err)
		}
		within(t, c.name+": rate", trains.Rates().Values, hz, 0.002*hz)
		within(t, c.name+": CV", trains.CV().Values, c.cv, 0.01*c.cv)
		square := c.cv * c.cv
		within(t, c.name+": Fano factor", fano.Values, square*(trials-1)/trials, 0.03*square+0.5/(hz*window))
	}
}

// within compares a mean over neurons with a value, within four of its standard
// errors and an allowance.
func within(t *testing.T, what string, values []float64, want, allowance float64) {
	t.Helper()
	mean, square := 0.0, 0.0
	n := float64(len(values))
	for _, v := range values {
		mean += v / n
	}
	for _, v := range values {
		square += (v - mean) * (v - mean) / (n - 1)
	}
	if by := 4*math.Sqrt(square/n) + allowance; !(math.Abs(mean-want) <= by) || by > 0.2*want {
		t.Errorf("%s: %g, want %g within %g", what, mean, want, by)
	}
}

// Neither a neuron's number, nor when the clock was started, nor its unit are of any
// importance: to the bit where times stay exact.
func TestMeasuresKnowNeitherNumbersNorClocks(t *testing.T) {
	rng := neuro.Stream(6, "clocks")
	for range 10 {
		trials, neurons := 2+rng.IntN(6), 1+rng.IntN(9)
		const stop = 4.0
		var all []Trial
		for range trials {
			trial := Trial{Stop: stop}
			for range neurons {
				var times []float64 // multiples of 2^-12 s, which stay exact
				for _, s := range gamma(rng, 1, 3+40*rng.Float64(), stop) {
					times = append(times, math.Ceil(s*4096)/4096)
				}
				trial.Times = append(trial.Times, times)
			}
			all = append(all, trial)
		}
		number := rng.Perm(neurons)
		want := measured(t, all, 0.5)
		for _, c := range []struct {
			name         string
			shift, scale float64
			number       []int
		}{{"renamed", 0, 1, number}, {"an hour later", 3600, 1, nil}, {"in half seconds", 0, 2, nil}, {"all of it", -64, 4, number}} {
			got := measured(t, altered(all, c.shift, c.scale, c.number), 0.5*c.scale)
			for name, values := range want {
				for i, v := range values {
					to, unit := i, 1.0
					if c.number != nil {
						to = c.number[i]
					}
					if name == "rate" {
						unit = c.scale
					}
					if other := got[name][to] * unit; other != v && !(math.IsNaN(v) && math.IsNaN(other)) {
						t.Errorf("%s: %s of neuron %d is %g, was %g", c.name, name, i, other, v)
					}
				}
			}
		}
	}
}

func altered(all []Trial, shift, scale float64, number []int) (out []Trial) {
	for _, trial := range all {
		other := Trial{Start: shift, Stop: shift + scale*trial.Stop, Times: make([][]float64, len(trial.Times))}
		for i, times := range trial.Times {
			to := i
			if number != nil {
				to = number[i]
			}
			for _, s := range times {
				other.Times[to] = append(other.Times[to], shift+scale*s)
			}
		}
		out = append(out, other)
	}
	return out
}

func measured(t *testing.T, all []Trial, window float64) map[string][]float64 {
	t.Helper()
	trains, err := New(all)
	if err != nil {
		t.Fatal(err)
	}
	fano, err := trains.Fano(window)
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]float64{
		"rate": trains.Rates().Values, "CV": trains.CV().Values, "CV2": trains.CV2().Values, "LV": trains.LV().Values, "Fano factor": fano.Values,
	}
}
