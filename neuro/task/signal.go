package task

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// Pause is the time between the events of one trial and those of the next: Least
// seconds and an exponentially distributed time of mean Extra, so that a network
// cannot foresee the next trial. Half of it passes before a trial's events and
// half after them. The authors' programs have 0.4 s + Exp(2 s).
type Pause struct{ Least, Extra float64 }

// half draws half a pause, in steps.
func (p Pause) half(dt float64, rng *rand.Rand) int {
	return steps((p.Least+p.Extra*rng.ExpFloat64())/2, dt)
}

func (p Pause) check(f *fields) {
	f.pause("Pause.Least", p.Least)
	f.pause("Pause.Extra", p.Extra)
	f.sum += 19 * p.Extra // hardly a pause in 10⁸ is longer than 20 times the mean
}

// steps is a duration in time steps, to the nearest.
func steps(seconds, dt float64) int { return int(math.Round(seconds / dt)) }

// uniform draws from U(low, high).
func uniform(rng *rand.Rand, low, high float64) float64 {
	return low + (high-low)*rng.Float64()
}

// fill sets a channel to v in the steps from <= t < to.
func fill(m *mat.Dense, channel, from, to int, v float64) {
	for t := from; t < to; t++ {
		m.Set(t, channel, v)
	}
}

// noisy fills a channel in the steps from <= t < to with a mean plus normal
// noise, of which each value lasts hold steps.
func noisy(m *mat.Dense, channel, from, to int, mean, sd float64, hold int, rng *rand.Rand) {
	for t := from; t < to; t += hold {
		fill(m, channel, t, min(to, t+hold), mean+sd*rng.NormFloat64())
	}
}

// addBump adds height · b(x), the smooth pulse b(x) = (4x(1-x))³, to a channel
// in the steps from <= t < to, over which x runs from 0 to 1: the density of
// the beta(4, 4) distribution with its peak at 1.
func addBump(m *mat.Dense, channel, from, to int, height float64) {
	for t := from; t < to; t++ {
		x := (float64(t-from) + 0.5) / float64(to-from)
		b := 4 * x * (1 - x)
		m.Set(t, channel, m.At(t, channel)+height*b*b*b)
	}
}

// pulse is an input of one channel that starts at the given height and falls
// to zero after the given time.
func pulse(length int, seconds, dt, height float64) *mat.Dense {
	in := mat.NewDense(length, 1, nil)
	fill(in, 0, 0, min(length, steps(seconds, dt)), height)
	return in
}

// sameSign tells whether the mean of a channel in a window has the sign of want:
// so a decision is read from an output.
func sameSign(outputs *mat.Dense, channel int, w Window, want float64) bool {
	var sum float64
	for t := w.From; t < w.To; t++ {
		sum += outputs.At(t, channel)
	}
	return sum*want > 0
}

// clamp limits v to [-1, 1].
func clamp(v float64) float64 { return max(-1, min(1, v)) }
