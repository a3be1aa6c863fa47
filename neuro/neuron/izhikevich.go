package neuron

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

// Izhikevich is the simple model of Izhikevich (2003), Simple model of spiking
// neurons, IEEE Trans. Neural Netw. 14:1569, equations 1 to 3, v and u in mV and
// time in ms:
//
//	dv/dt = 0.04 v² + 5 v + 140 - u + I,
//	du/dt = a (b v - u),
//	v = c and u + d when v reaches 30.
//
// It is integrated as in the paper's program: v by forward Euler in equal
// parts of the step of at most 0.5 ms, then u by forward Euler in one, then
// spikes. Unlike there, v is kept between -100 and 30: beyond 30 it would
// carry u along, and far below -100, where strong inhibition takes it, Euler's
// step is unstable and ends in spikes. The scheme is of first order: rates of
// regular spiking neurons are too low by 5 % at 1 ms, the paper's step, and by 1 % at
// 0.1 ms; steps above 1 ms are doubtful.
//
// Currents are in mV/ms. The preset neurons, for which B is 0.2, rest under currents
// of less than 4 and fire under larger ones.
type Izhikevich struct {
	// A is the rate of the recovery u, per ms, B how much it follows v.
	A, B float64
	// C, in mV, is what v is set to after a spike, and D, in mV/ms, what is
	// added to u.
	C, D float64
	// Drive is a constant current into every neuron, in mV/ms.
	Drive float64
}

// Izhikevich2003 returns the paper's regular spiking (RS) neurons, to which
// pyramidal cells belong, with no drive. Others of its figure 2 differ from them
// in a few numbers: intrinsically bursting (IB) C -55, D 4; chattering (CH)
// C -50, D 2; low-threshold spiking (LTS) B 0.25, D 2.
func Izhikevich2003() Izhikevich { return Izhikevich{A: 0.02, B: 0.2, C: -65, D: 8} }

// Izhikevich2003FastSpiking returns the paper's fast spiking (FS) interneurons,
// with no drive.
func Izhikevich2003FastSpiking() Izhikevich { return Izhikevich{A: 0.1, B: 0.2, C: -65, D: 2} }

const (
	peak       = 30.0   // mV
	lowest     = -100.0 // mV
	longestSub = 0.0005 // s
	perMs      = 1e-3
)

// Validate says what is wrong with the parameters, if anything.
func (m Izhikevich) Validate() error {
	err := bound.Check("neuron",
		bound.Positive("Izhikevich.A", m.A), bound.Finite("Izhikevich.B", m.B), bound.Finite("Izhikevich.C", m.C),
		bound.Finite("Izhikevich.D", m.D), bound.Finite("Izhikevich.Drive", m.Drive))
	if err != nil {
		return err
	}
	if m.C < lowest || m.C >= peak {
		return fmt.Errorf("neuron: Izhikevich.C is %g mV: it must be at least %g and below the peak of a spike, %g", m.C, lowest, peak)
	}
	return nil
}

// Traits are v, which starts up to 10 mV above its reset, and u, which
// starts at B C. The membrane's time constant near rest, 5 ms, and 1/A must be
// resolved.
func (m Izhikevich) Traits() Traits {
	taus := []neuro.TimeConstant{{Name: "the membrane near rest", Seconds: 0.005}}
	if m.A > 0 {
		taus = append(taus, neuro.TimeConstant{Name: "1/A", Seconds: perMs / m.A})
	}
	return Traits{
		Variables: []Variable{
			{Name: "v", From: m.C, To: min(m.C+10, peak)},
			{Name: "u", From: m.B * m.C, To: m.B * m.C},
		},
		Drive:         m.Drive,
		TimeConstants: taus,
	}
}

// Stepper takes about 20 ns a neuron at 1 ms.
func (m Izhikevich) Stepper(dt float64) Step {
	parts := int(math.Ceil(dt/longestSub - 1e-9))
	h, whole := dt/perMs/float64(parts), dt/perMs
	return func(state [][]float64, current []float64, _, spikes []int) []int {
		v, u := state[0], state[1]
		for i, now := range v {
			rest := 140 - u[i] + current[i]
			for range parts {
				now = now + float64(h*(float64((float64(0.04*now)+5)*now)+rest))
				now = max(lowest, min(peak, now))
			}
			u[i] += float64(whole * m.A * (float64(m.B*now) - u[i]))
			if now >= peak {
				now = m.C
				u[i] += m.D
				spikes = append(spikes, i)
			}
			v[i] = now
		}
		return spikes
	}
}
