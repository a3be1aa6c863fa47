package nef

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

// Synapse filters the spikes of N neurons with the exponential
//
//	h(t) = exp(-t/τ)/τ,  t >= 0,
//
// of unit area, so that the activity of a neuron that fires steadily
// averages to its rate.
type Synapse struct {
	// Activity is the filtered spike train of each neuron in Hz, length N.
	Activity []float64
	tau      float64
	decay    float64
	unswept  int // steps since the activity was swept
}

// negligible is a size below which state is set to 0. Left alone, it decays to
// the subnormal numbers (after 71 s with 100 ms) and stays there, since rounding
// undoes the decay; on many processors every step is then ten times slower.
const negligible = 1e-300

// sweepEvery is how many steps pass between searches for negligible activity,
// which cost as much as the decay itself.
const sweepEvery = 1000

// NewSynapse returns a filter of n neurons with time constant tau and step dt in
// s, silent at first. dt may not exceed tau ([neuro.CheckStep]).
func NewSynapse(n int, tau, dt float64) (*Synapse, error) {
	if n < 1 || !positive(tau) || !positive(dt) {
		return nil, fmt.Errorf("nef: a synapse of %d neurons with time constant %g s and step %g s: all must be positive", n, tau, dt)
	}
	if err := bound.Array("nef: the activity of a synapse", n); err != nil {
		return nil, err
	}
	if _, err := neuro.CheckStep("nef", dt, neuro.TimeConstant{Name: "the synapse's time constant", Seconds: tau}); err != nil {
		return nil, err
	}
	return &Synapse{Activity: make([]float64, n), tau: tau, decay: math.Exp(-dt / tau)}, nil
}

// Decay returns the factor by which activity shrinks in a step.
func (s *Synapse) Decay() float64 { return s.decay }

// Impulse returns what a spike adds to its neuron's activity by the end of the
// step in which it fell, in Hz.
func (s *Synapse) Impulse(k Spike) float64 { return math.Exp(-k.Age/s.tau) / s.tau }

// Step advances the activity by a step in which the spikes fell. It allocates
// nothing. It panics at a spike of a neuron that does not exist.
func (s *Synapse) Step(spikes []Spike) {
	floats.Scale(s.decay, s.Activity)
	for _, k := range spikes {
		if uint(k.Neuron) >= uint(len(s.Activity)) {
			panic(fmt.Sprintf("nef: a spike of neuron %d: the synapse filters those of neurons 0 to %d", k.Neuron, len(s.Activity)-1))
		}
		s.Activity[k.Neuron] += s.Impulse(k)
	}
	if s.unswept++; s.unswept == sweepEvery {
		s.unswept = 0
		for i, a := range s.Activity {
			if math.Abs(a) < negligible {
				s.Activity[i] = 0
			}
		}
	}
}
