package neuron

import (
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
)

// AdaptiveLIF is a [LIF] neuron that tires: every spike adds to an adaptation
// w, which pulls the voltage down and decays,
//
//	τ_V dv/dt = V_rest - v - w + I_drive + I,
//	τ_w dw/dt = -w,      w + b at each spike
//
// (Gerstner, Kistler, Naud & Paninski 2014, Neuronal Dynamics, equations 6.1
// and 6.2 with one w and no subthreshold adaptation). Both are integrated
// exactly for a current that is constant within the step:
//
//	v(t + dt) = I + (v - I) e^(-dt/τ_V) - w (e^(-dt/τ_w) - e^(-dt/τ_V)) τ_w/(τ_w - τ_V),
//
// I including rest and drive. While a neuron is refractory w decays.
type AdaptiveLIF struct {
	// LIF are the neurons without their adaptation.
	LIF LIF
	// TauAdaptation is τ_w, in seconds.
	TauAdaptation float64
	// Increment is b, in units of voltage: what a spike adds to w. Negative b
	// makes neurons bursting.
	Increment float64
}

// Adaptive returns the neurons of [DePasquale2023] with an adaptation of our own
// choice: 100 ms, and a tenth of the distance from reset to threshold for each
// spike.
func Adaptive() AdaptiveLIF {
	return AdaptiveLIF{LIF: DePasquale2023(), TauAdaptation: 0.100, Increment: 1}
}

// Validate says what is wrong with the parameters, if anything.
func (m AdaptiveLIF) Validate() error {
	if err := m.LIF.validate("AdaptiveLIF.LIF"); err != nil {
		return err
	}
	return bound.Check("neuron",
		bound.Positive("AdaptiveLIF.TauAdaptation", m.TauAdaptation), bound.Finite("AdaptiveLIF.Increment", m.Increment))
}

// Traits returns LIF's with a second variable, w, that starts at 0.
func (m AdaptiveLIF) Traits() Traits {
	traits := m.LIF.Traits()
	traits.Variables = append(traits.Variables, Variable{Name: "w"})
	traits.TimeConstants = append(traits.TimeConstants, neuro.TimeConstant{Name: "TauAdaptation", Seconds: m.TauAdaptation})
	return traits
}

// Stepper takes about twice as long as that of LIF.
func (m AdaptiveLIF) Stepper(dt float64) Step {
	voltage, decay := m.LIF.Stepper(dt), math.Exp(-dt/m.TauAdaptation)
	// A w of 1 acts as a constant current of -share would.
	share := m.pull(dt) / -math.Expm1(-dt/m.LIF.Tau)
	return func(state [][]float64, current []float64, held, spikes []int) []int {
		w := state[1]
		kernel.Axpy(current, -share, w)
		kernel.Scale(w, decay)
		spikes = voltage(state, current, held, spikes)
		for _, i := range spikes {
			w[i] += m.Increment
		}
		return spikes
	}
}

// pull is how far a w that began as 1 has pulled down the voltage after a time
// in seconds: (e^(-t/τ_w) - e^(-t/τ_V)) τ_w/(τ_w - τ_V), also where the two time
// constants are alike.
func (m AdaptiveLIF) pull(t float64) float64 {
	ratio := 1.0
	if d := t/m.LIF.Tau - t/m.TauAdaptation; d != 0 {
		ratio = math.Expm1(d) / d
	}
	return math.Exp(-t/m.LIF.Tau) * t / m.LIF.Tau * ratio
}
