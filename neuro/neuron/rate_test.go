package neuron_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// uniform draws from an interval, logarithmic from one of positive numbers, each
// factor of which is as likely as any other.
func uniform(rng *rand.Rand, from, to float64) float64 { return from + (to-from)*rng.Float64() }
func logarithmic(rng *rand.Rand, from, to float64) float64 {
	return from * math.Pow(to/from, rng.Float64())
}

// interval is the mean of the later half of the intervals between spikes under a
// constant current, in seconds; 0 if there are fewer than five.
func interval(p *neuron.Population, current, dt float64, steps int) float64 {
	spikes := times(p, current, steps)
	half := len(spikes) / 2
	if len(spikes) < 6 {
		return 0
	}
	return float64(spikes[len(spikes)-1]-spikes[half]) / float64(len(spikes)-1-half) * dt
}

// Neurons of any parameters fire at the rates of their closed forms, whose
// intervals the grid of steps makes longer by less than a step. A refractory
// period is a whole number of steps; theta neurons, which pass through a spike
// instead of being reset, keep their rate.
func TestRatesAreThoseOfTheClosedForms(t *testing.T) {
	rng := neuro.Stream(1, "rates")
	for range 40 {
		lif := neuron.LIF{
			Tau: logarithmic(rng, 0.003, 0.1), Threshold: uniform(rng, -5, 5), Rest: uniform(rng, -20, 20), Drive: uniform(rng, -9, 9),
		}
		lif.Reset = lif.Threshold - logarithmic(rng, 0.1, 30)
		dt := lif.Tau / 400
		lif.Refractory = dt * float64(rng.IntN(300))
		adaptive := neuron.AdaptiveLIF{
			LIF: lif, TauAdaptation: logarithmic(rng, 0.3, 30) * lif.Tau, Increment: (lif.Threshold - lif.Reset) * logarithmic(rng, 0.01, 1),
		}
		theta := neuron.Theta{Tau: lif.Tau, Scale: logarithmic(rng, 0.1, 30), Drive: uniform(rng, -9, 9)}
		strength := logarithmic(rng, 0.05, 5) // of the current, from the threshold on
		above := lif.Threshold - lif.Rest - lif.Drive + strength*(lif.Threshold-lif.Reset)
		for _, c := range []struct {
			model   neuron.Model
			current float64
			state   []float64
			want    float64 // seconds
			early   float64 // in steps: what is carried over from one interval to the next
		}{
			{lif, above, []float64{lif.Reset}, 1 / lif.Rate(above), 0},
			{adaptive, above, []float64{lif.Reset, 0}, steady(adaptive, above), 0},
			{theta, strength*theta.Scale - theta.Drive, []float64{-3}, math.Pi * theta.Tau / math.Sqrt(strength), 1. / 3},
		} {
			steps := int(20*(c.want+adaptive.TauAdaptation)/dt) + 10
			got := interval(one(t, c.model, dt, c.state...), c.current, dt, steps)
			if late := got - c.want; late < -c.early*dt-1e-9 || late > dt+1e-9 {
				t.Errorf("%+v under %g: an interval of %g s, want %g and less than a step of %g s more", c.model, c.current, got, c.want, dt)
			}
		}
	}
}

// steady is the interval T after which an adaptive neuron is back where it was: w is
// then b/(1 - exp(-T/τ_w)) after each spike, decays during the refractory period, and
// v(T) is the threshold.
func steady(m neuron.AdaptiveLIF, current float64) float64 {
	level := m.LIF.Rest + m.LIF.Drive + current
	short := func(period float64) bool {
		free := period - m.LIF.Refractory
		w := m.Increment / -math.Expm1(-period/m.TauAdaptation) * math.Exp(-m.LIF.Refractory/m.TauAdaptation)
		pulled := w * m.TauAdaptation / (m.TauAdaptation - m.LIF.Tau) * (math.Exp(-free/m.TauAdaptation) - math.Exp(-free/m.LIF.Tau))
		return level+(m.LIF.Reset-level)*math.Exp(-free/m.LIF.Tau)-pulled < m.LIF.Threshold
	}
	low, high := m.LIF.Refractory, 1000*m.LIF.Tau+1000*m.TauAdaptation
	for range 200 {
		if mid := (low + high) / 2; short(mid) {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

// Izhikevich's neurons have no closed form of their rates, but of where they begin.
// Where u follows v, u = b v, the rest is a root of 0.04 v² + (5 - b) v + 140 + I. It
// is lost at I = (5 - b)²/0.16 - 140, where there is no root, and becomes unstable
// where the trace of the linearised equations, 0.08 v + 5 - a, is 0.
func TestIzhikevichBeginsWhereTheRestIsLost(t *testing.T) {
	rng := neuro.Stream(1, "onset")
	for range 10 {
		m := neuron.Izhikevich2003()
		m.A, m.B = logarithmic(rng, 0.01, 0.15), uniform(rng, 0.16, 0.24)
		rest := func(current float64) float64 {
			return (-(5 - m.B) - math.Sqrt((5-m.B)*(5-m.B)-0.16*(140+current))) / 0.08
		}
		onset := (5-m.B)*(5-m.B)/0.16 - 140
		if v := (m.A - 5) / 0.08; m.A < m.B { // there the trace is 0, and the determinant a (b - a) positive
			onset = min(onset, -(0.04*v*v + (5-m.B)*v + 140))
		}
		for _, c := range []struct {
			current float64
			fires   bool
		}{{onset - 0.05, false}, {onset + 0.05, true}} {
			v := rest(onset - 0.05)
			p := one(t, m, 2e-5, v+0.01, m.B*v)
			if spikes := times(p, c.current, 200_000); len(spikes) > 0 != c.fires {
				t.Errorf("a %g, b %g, which begin at %g: %d spikes under %g", m.A, m.B, onset, len(spikes), c.current)
			}
		}
	}
}
