package nef

import "math"

// LIF is the leaky integrate-and-fire neuron in normalised units,
//
//	τ_RC dV/dt = -V + J,
//
// which fires when V reaches the threshold 1 and is then held at 0 for the
// refractory time.
type LIF struct {
	// TauRC is the membrane's time constant in s, TauRef the refractory time
	// in s.
	TauRC, TauRef float64
}

// Rate returns the steady firing rate, in Hz, for the constant current J:
//
//	a(J) = 1 / (τ_ref - τ_RC ln(1 - 1/J)) for J > 1, else 0.
//
// It is infinite without time constants, which slow the neuron down.
func (l LIF) Rate(current float64) float64 {
	if current <= 1 {
		return 0
	}
	return 1 / (l.TauRef - l.TauRC*math.Log1p(-1/current))
}

// Current is the inverse of [LIF.Rate]: the constant current at which the neuron
// fires at the rate, in Hz. It is the threshold, 1, for rate 0, and NaN for rates
// of 1/τ_ref and above, which no current reaches.
func (l LIF) Current(rate float64) float64 {
	if rate < 0 || rate*l.TauRef >= 1 {
		return math.NaN()
	}
	return -1 / math.Expm1((l.TauRef-1/rate)/l.TauRC)
}
