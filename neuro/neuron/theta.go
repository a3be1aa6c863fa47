package neuron

import (
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

// Theta is the theta neuron, the quadratic integrate-and-fire neuron on a
// circle,
//
//	τ dθ/dt = 1 - cos θ + (1 + cos θ) I,     I = (I_drive + input)/Scale,
//	τ dx/dt = x² + I,                        x = tan(θ/2),
//
// which spikes when θ passes π, where x is infinite and comes back at minus
// infinity (Ermentrout & Kopell 1986, SIAM J. Appl. Math. 46:233; x: Latham et
// al. 2000, J. Neurophysiol. 83:808). It is the normal form of all neurons that
// begin to fire at arbitrarily low rates. Under constant I > 0 the period is
// π τ/√I.
//
// The equation is solved exactly for a current that is constant within the step, spikes
// included: x goes by a fractional linear map, through infinity. The only
// error is that spikes are placed at the end of the step in which they occur.
// A neuron spikes at most once a step, as it does under I < (π τ/dt)².
//
// In a network Scale sets the unit: a Scale of 10 stands for the 10 from reset to
// threshold of the LIF presets, so that weights and gains for those do for theta
// neurons. With a Scale of 1 divide weights and gain by 10.
type Theta struct {
	// Tau is τ, in seconds.
	Tau float64
	// Scale is the current, in units of the network's, for which I is 1.
	Scale float64
	// Drive is a constant current into every neuron, in the same units.
	Drive float64
}

// Quadratic returns theta neurons of 10 ms at the edge of firing, our own choice
// for networks in the units of [DePasquale2023].
func Quadratic() Theta { return Theta{Tau: 0.010, Scale: 10} }

// Validate says what is wrong with the parameters, if anything.
func (m Theta) Validate() error {
	return bound.Check("neuron",
		bound.Positive("Theta.Tau", m.Tau), bound.Positive("Theta.Scale", m.Scale), bound.Finite("Theta.Drive", m.Drive))
}

// Traits are one variable, θ in radians, that starts anywhere on the circle.
func (m Theta) Traits() Traits {
	return Traits{
		Variables:     []Variable{{Name: "theta", From: -math.Pi, To: math.Pi}},
		Drive:         m.Drive,
		TimeConstants: []neuro.TimeConstant{{Name: "Tau", Seconds: m.Tau}},
	}
}

// Stepper takes about 80 ns a neuron.
func (m Theta) Stepper(dt float64) Step {
	h := dt / m.Tau
	return func(state [][]float64, current []float64, _, spikes []int) []int {
		for i, theta := range state[0] {
			next, spiked := turn(theta, current[i]/m.Scale, h)
			state[0][i] = next
			if spiked {
				spikes = append(spikes, i)
			}
		}
		return spikes
	}
}

// turn solves dx/dt = x² + I for the time h: x goes to (c x + s I)/(c - s x), s and
// c being the sine and cosine of √I h, the former over √I, or their hyperbolic
// counterparts over the cosine. In a time of less than half a turn, √I h < π, the denominator
// changes its sign just if x passes infinity.
func turn(theta, current, h float64) (next float64, spiked bool) {
	c, s := 1.0, h
	switch root := math.Sqrt(math.Abs(current)); {
	case current > 0:
		s, c = math.Sincos(root * h)
		s /= root
		spiked = root*h >= math.Pi
	case current < 0:
		s = math.Tanh(root*h) / root
	}
	y, x := math.Sincos(theta / 2)
	if x < 0 { // beyond π: only a perturbation leads there
		y, x = -y, -x
	}
	up, down := float64(c*y)+float64(s*current*x), float64(c*x)-float64(s*y)
	if down == 0 {
		return -math.Pi, true
	}
	return 2 * math.Atan(up/down), spiked || down < 0
}
