package integrator

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
)

// Learn applies one step of the learning rule with the error (or correction)
// vector e of length D, general form of equation 17 of MacNeil & Eliasmith
// (2011),
//
//	Δω_ji = κ dt a_i α_j ⟨e_j, E⟩,
//
// with the rate κ per second and the step dt. The rule is
// local to each synapse: a_i is the filtered activity, in Hz, of the neuron
// before it, the rest is known to the neuron behind it. In decoder form this
// is Δd_i = κ dt a_i E, and the readout follows it in both forms.
//
// In weight form the change is the same for all synapses of neuron i up to
// the factor α_j e_j. It is therefore summed per neuron and written into the
// N weights ω_ji when i next spikes, the first time they are used; what the
// change does at once, to the current that flows already,
//
//	Σ_i Δω_ji a_i = κ dt |a|² α_j ⟨e_j, E⟩,
//
// is added at once. Nothing is approximated, and a step costs O(N D), not N².
func (s *Simulation) Learn(kappa float64, e []float64) error {
	if err := s.check("error vector", e); err != nil {
		return err
	}
	if math.IsNaN(kappa) || math.IsInf(kappa, 0) {
		return fmt.Errorf("integrator: the learning rate kappa is %g: must be finite", kappa)
	}
	kappa *= s.integ.Config.Step
	if kappa*floats.Norm(e, 1) == 0 {
		return nil // spares the power below, half of the time and without learning
	}
	a := s.synapse.Activity
	power := floats.Dot(a, a)
	for k := range e {
		rate := kappa * e[k]
		floats.AddScaled(s.integ.readout[k], rate, a)
		s.x[k] += rate * power
		if s.recurrent != nil {
			floats.AddScaled(s.pending[k], rate, a)
			floats.AddScaled(s.recurrent, rate*power, s.integ.encode[k])
		}
	}
	return nil
}

// Settle brings the integrator's weights up to date with what was learned
// and, with noise, with its random walk. Call it before looking at the weights
// of an integrator that learns.
func (s *Simulation) Settle() {
	if s.recurrent == nil {
		return
	}
	for i := range s.integ.outgoing {
		s.settle(i)
	}
}

// settle brings the weights of neuron i's synapses up to date.
func (s *Simulation) settle(i int) {
	weights := s.integ.outgoing[i]
	s.write(weights, i)
	for _, p := range s.pending {
		p[i] = 0
	}
	if s.walk != nil {
		s.walk.visit(i, weights, s.integ.readout)
	}
}

// write adds what neuron i's synapses learned since they last were settled.
func (s *Simulation) write(weights []float64, i int) {
	for k, p := range s.pending {
		if p[i] != 0 {
			floats.AddScaled(weights, p[i], s.integ.encode[k])
		}
	}
}

// snapshot is the integrator as it is by now, apart from the noise since each
// neuron's last spike. Other than [Simulation.Settle] it leaves no trace: not
// even in the rounding, or in the order in which noise is drawn.
func (s *Simulation) snapshot() *Integrator {
	c := s.integ.Clone()
	for i, weights := range c.outgoing {
		s.write(weights, i)
	}
	return c
}
