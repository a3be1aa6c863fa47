package neuron

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
)

// LIF is the leaky integrate-and-fire neuron,
//
//	τ_V dv/dt = V_rest - v + I_drive + I,
//
// which spikes when v reaches its threshold; v is then reset and stays there
// for the refractory period (Gerstner, Kistler, Naud & Paninski 2014, Neuronal
// Dynamics, equation 1.5 with R = 1, currents being in units of voltage). Exponential
// Euler solves it exactly for a current that is constant within the step; a
// spike belongs to the step at whose end the threshold is found passed.
type LIF struct {
	// Tau is τ_V, in seconds.
	Tau float64
	// Threshold is the voltage at which a neuron spikes, Reset the voltage
	// it is then set to.
	Threshold, Reset float64
	// Rest is the voltage that a neuron without input decays to, and Drive a
	// constant current into every neuron, in units of voltage.
	Rest, Drive float64
	// Refractory is how long, in seconds, a neuron is held at Reset after the
	// step in which it spiked, deaf to all input: round(Refractory/dt) steps,
	// which must not come to none unless it is 0.
	Refractory float64
}

// DePasquale2023 are the neurons of the authors' program for cycling
// (DePasquale et al. 2023): 10 ms, from a reset of -10 to a threshold of 0,
// which is where they rest.
func DePasquale2023() LIF {
	return LIF{Tau: 0.010, Threshold: 0, Reset: -10}
}

// DePasquale2016 are the neurons of DePasquale, Churchland & Abbott (2016), in
// mV: they rest at -65, spike at -55, are reset to -65 and stay there for 2 ms;
// τ_V is 20 ms, and a constant current of 10 takes each to its threshold.
func DePasquale2016() LIF {
	return LIF{Tau: 0.020, Threshold: -55, Reset: -65, Rest: -65, Drive: 10, Refractory: 0.002}
}

// Validate says what is wrong with the parameters, if anything.
func (m LIF) Validate() error { return m.validate("LIF") }

func (m LIF) validate(name string) error {
	err := bound.Check("neuron",
		bound.Positive(name+".Tau", m.Tau), bound.Finite(name+".Threshold", m.Threshold), bound.Finite(name+".Reset", m.Reset),
		bound.Finite(name+".Rest", m.Rest), bound.Finite(name+".Drive", m.Drive))
	if err != nil {
		return err
	}
	if m.Reset >= m.Threshold {
		return fmt.Errorf("neuron: %s.Reset is %g: it must be below Threshold, %g, or a neuron would spike for ever", name, m.Reset, m.Threshold)
	}
	return checkRefractory(name, m.Refractory)
}

// Traits are one variable, v, that starts between reset and threshold.
func (m LIF) Traits() Traits {
	return Traits{
		Variables:     []Variable{{Name: "v", From: m.Reset, To: m.Threshold}},
		Drive:         m.Rest + m.Drive,
		Refractory:    m.Refractory,
		TimeConstants: []neuro.TimeConstant{{Name: "Tau", Seconds: m.Tau}},
	}
}

// Stepper takes less than 1 ns a neuron where the machine has vector
// instructions.
func (m LIF) Stepper(dt float64) Step {
	decay := math.Exp(-dt / m.Tau)
	return func(state [][]float64, current []float64, held, spikes []int) []int {
		pin(current, held, m.Reset)
		return kernel.LIF(state[0], current, decay, m.Threshold, m.Reset, spikes)
	}
}

// pin makes a step of the neurons that are held lead to where they are, at
// reset: exponential Euler from reset to reset is exact, and reset lies below
// the threshold.
func pin(toward []float64, held []int, reset float64) {
	for _, i := range held {
		toward[i] = reset
	}
}

// Rate returns the steady firing rate, in Hz, under a constant current I on
// top of the drive:
//
//	1 / (τ_ref + τ_V ln((I - V_reset)/(I - V_threshold))),   I including rest and drive,
//
// and 0 if I does not exceed the threshold. It is infinite where there are no
// time constants to slow the neuron down.
func (m LIF) Rate(current float64) float64 {
	level := m.Rest + m.Drive + current
	if level <= m.Threshold {
		return 0
	}
	return 1 / (m.Refractory - m.Tau*math.Log1p(-(m.Threshold-m.Reset)/(level-m.Reset)))
}

// Current is the inverse of [LIF.Rate]: the constant current on top of the
// drive at which the neuron fires at the rate, in Hz. For rate 0 it is the one
// that leads just to the threshold, and for a rate of 1/τ_ref and above, which
// no current reaches, it is not a number.
func (m LIF) Current(rate float64) float64 {
	if rate < 0 || rate*m.Refractory >= 1 {
		return math.NaN()
	}
	return m.Reset - (m.Threshold-m.Reset)/math.Expm1((m.Refractory-1/rate)/m.Tau) - (m.Rest + m.Drive)
}
