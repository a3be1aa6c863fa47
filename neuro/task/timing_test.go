package task

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro"
)

// runs returns the stretches in which a channel is not the given value.
func runs(m *mat.Dense, channel int, not float64) (w []Window) {
	rows, _ := m.Dims()
	for t := 0; t < rows; t++ {
		if m.At(t, channel) == not {
			continue
		}
		from := t
		for t < rows && m.At(t, channel) != not {
			t++
		}
		w = append(w, Window{from, t})
	}
	return w
}

func TestReadySetGoTiming(t *testing.T) {
	k := NewReadySetGo()
	k.Hint = true
	for i := range 300 {
		trial := trialOf(k, neuro.Stream(1, "trials", i))
		ready, set, bump := runs(trial.Inputs, 0, 0), runs(trial.Inputs, 1, 0), runs(trial.Targets, 0, -0.5)
		if len(ready) != 1 || len(set) != 1 || len(bump) != 1 {
			t.Fatalf("trial %d: %d ready, %d set, %d responses", i, len(ready), len(set), len(bump))
		}
		delay := set[0].From - ready[0].To
		switch {
		case delay < 100 || delay > 2100:
			t.Errorf("a delay of %d ms", delay)
		case ready[0].To-ready[0].From != 50 || set[0].To-set[0].From != 50:
			t.Error("a pulse does not last 50 ms")
		case bump[0].From-set[0].To != delay:
			t.Errorf("%d ms until set, %d ms until the response", delay, bump[0].From-set[0].To)
		case bump[0].To-bump[0].From != 500:
			t.Errorf("a response of %d ms", bump[0].To-bump[0].From)
		case ready[0].From != trial.Steps()-bump[0].To || 2*ready[0].From < 400:
			t.Errorf("pauses of %d and %d ms", ready[0].From, trial.Steps()-bump[0].To)
		}
		if peak := mat.Max(trial.Targets); math.Abs(peak-1) > 1e-4 {
			t.Errorf("peak %g", peak)
		}
		// The ramp is one unit a second up and down, over all of delay, set and delay.
		ramp := runs(trial.Hints, 0, 0)[0]
		if d := float64(delay) / 1000; math.Abs(mat.Sum(trial.Hints)/1000-(d+0.025)*d) > 1e-6 {
			t.Errorf("area under the ramp %g for a delay of %g s", mat.Sum(trial.Hints)/1000, d)
		}
		if math.Abs(mat.Max(trial.Hints)-float64(delay)/1000) > 0.002 || ramp.From < ready[0].To || ramp.To > bump[0].From {
			t.Errorf("ramp up to %g for a delay of %d ms, over %v", mat.Max(trial.Hints), delay, ramp)
		}
	}
}

// The bump is the density of beta(4, 4), scaled: its mean square is known from
// the beta function, ∫b⁶ = 4⁶ B(7, 7).
func TestBumpIsBeta44(t *testing.T) {
	m := mat.NewDense(1000, 1, nil)
	addBump(m, 0, 0, 1000, 1)
	var sum, square float64
	for i := range 1000 {
		sum += m.At(i, 0) / 1000
		square += m.At(i, 0) * m.At(i, 0) / 1000
	}
	beta := func(a, b float64) float64 { return math.Gamma(a) * math.Gamma(b) / math.Gamma(a+b) }
	if want := 64 * beta(4, 4); math.Abs(sum-want) > 1e-6 {
		t.Errorf("mean %g, want %g", sum, want)
	}
	if want := 4096 * beta(7, 7); math.Abs(square-want) > 1e-6 {
		t.Errorf("mean square %g, want %g", square, want)
	}
}

func TestDelaysAndPausesAreDistributedAsSaid(t *testing.T) {
	k := NewReadySetGo()
	var delays, pauses []float64
	for i := range 2000 {
		trial := trialOf(k, neuro.Stream(5, "trials", i))
		delays = append(delays, float64(runs(trial.Inputs, 1, 0)[0].From-runs(trial.Inputs, 0, 0)[0].To)/1000)
		pauses = append(pauses, 2*float64(runs(trial.Inputs, 0, 0)[0].From)/1000-0.4)
	}
	// Kolmogorov's distance to the wanted distribution; 1.95/√n is exceeded
	// with a probability of 0.001.
	for name, c := range map[string]struct {
		x   []float64
		cdf func(float64) float64
	}{
		"delay, U(0.1, 2.1)": {delays, func(x float64) float64 { return (x - 0.1) / 2 }},
		"pause, Exp(2)":      {pauses, func(x float64) float64 { return 1 - math.Exp(-x/2) }},
	} {
		if d := kolmogorov(c.x, c.cdf); d > 1.95/math.Sqrt(2000) {
			t.Errorf("%s: distance %g", name, d)
		}
	}
	if r := stat.Correlation(delays, pauses, nil); math.Abs(r) > 0.08 {
		t.Errorf("delays and pauses are correlated by %g", r)
	}
}

func kolmogorov(x []float64, cdf func(float64) float64) (d float64) {
	x = slices.Sorted(slices.Values(x))
	for i, v := range x {
		below, above := float64(i)/float64(len(x)), float64(i+1)/float64(len(x))
		d = max(d, cdf(v)-below, above-cdf(v))
	}
	return d
}

func TestProducedIntervalIsMeasured(t *testing.T) {
	k := NewReadySetGo()
	for i := range 100 {
		trial := trialOf(k, neuro.Stream(3, "trials", i))
		delay := float64(runs(trial.Inputs, 1, 0)[0].From-runs(trial.Inputs, 0, 0)[0].To) / 1000
		wanted, produced, ok := k.Produced(trial, trial.Targets)
		if !ok || math.Abs(wanted-delay) > 1e-9 || math.Abs(produced-delay) > 0.001 {
			t.Fatalf("delay %g: wanted %g, produced %g, %t", delay, wanted, produced, ok)
		}
		// Late by 70 ms.
		late := mat.DenseCopyOf(trial.Targets)
		for s := trial.Steps() - 1; s >= 70; s-- {
			late.Set(s, 0, trial.Targets.At(s-70, 0))
		}
		if _, produced, ok = k.Produced(trial, late); !ok || math.Abs(produced-delay-0.07) > 0.001 {
			t.Fatalf("a response 70 ms late is measured to be %g s late", produced-delay)
		}
		var silent mat.Dense
		silent.Scale(0.2, trial.Targets)
		if _, _, ok = k.Produced(trial, &silent); ok {
			t.Fatal("an output that hardly moves produced an interval")
		}
	}
	if _, _, ok := k.Produced(Trial{}, nil); ok {
		t.Error("an empty trial produced an interval")
	}
}

func TestTemporalXORTiming(t *testing.T) {
	k := NewTemporalXOR()
	k.Hint = true
	lengths := map[bool]int{false: 100, true: 300}
	var seen [4]int
	for i := range 400 {
		trial := trialOf(k, neuro.Stream(1, "trials", i))
		pulses, response := runs(trial.Inputs, 0, 0), runs(trial.Targets, 0, 0)[0]
		first, second := trial.Condition/2 == 1, trial.Condition%2 == 1
		seen[trial.Condition]++
		switch {
		case len(pulses) != 2:
			t.Fatalf("%d pulses", len(pulses))
		case pulses[0].To-pulses[0].From != lengths[first] || pulses[1].To-pulses[1].From != lengths[second]:
			t.Errorf("condition %d has pulses %v", trial.Condition, pulses)
		case pulses[1].From-pulses[0].To != 300 || response.From-pulses[1].To != 300:
			t.Errorf("pulses %v, response %v", pulses, response)
		case response != trial.Score || response.To-response.From != 500:
			t.Errorf("response %v, scored %v", response, trial.Score)
		}
		middle := (response.From + response.To) / 2
		answer := -1.0
		if first != second {
			answer = 1
		}
		if math.Abs(trial.Targets.At(middle, 0)-answer) > 1e-4 {
			t.Errorf("condition %d is answered by %g", trial.Condition, trial.Targets.At(middle, 0))
		}
		memory, kept := runs(trial.Hints, 0, 0)[0], runs(trial.Hints, 1, 0)[0]
		if memory != (Window{pulses[0].To, pulses[1].To}) || kept != (Window{pulses[1].To, response.To}) ||
			trial.Hints.At(memory.From, 0) > 0 != first || trial.Hints.At(kept.From, 1) != answer {
			t.Errorf("condition %d has hints %v and %v", trial.Condition, memory, kept)
		}
	}
	// Binomial(400, 1/4): 100 ± 9; four standard deviations.
	for c, n := range seen {
		if n < 65 || n > 135 {
			t.Errorf("condition %d comes %d times of 400", c, n)
		}
	}
}

func TestSawtooth(t *testing.T) {
	for _, fall := range []float64{0, 0.1, 0.5} {
		k := NewSawtooth()
		k.Fall, k.Amplitude = fall, 2
		y := trialOf(k, nil).Targets
		// A triangle's mean square is a third of its amplitude's; its mean
		// is zero. Slopes are 2A/(rise) up and 2A/fall down.
		var sum, square, steepest float64
		for i := range 1000 {
			sum += y.At(i, 0) / 1000
			square += y.At(i, 0) * y.At(i, 0) / 1000
			steepest = max(steepest, y.At((i+1)%1000, 0)-y.At(i, 0))
		}
		if math.Abs(sum) > 0.003 || math.Abs(square-4.0/3) > 0.006 {
			t.Errorf("fall %g: mean %g, mean square %g", fall, sum, square)
		}
		if want := 4 / (1000 * (1 - fall)); math.Abs(steepest-want) > 1e-9 {
			t.Errorf("fall %g: rises by %g a step, want %g", fall, steepest, want)
		}
	}
}
