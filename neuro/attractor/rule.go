package attractor

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
)

// Learn applies one step of the learning rule with the error (or correction) E,
// of length D, the general form of equation 17 of MacNeil & Eliasmith (2011):
//
//	Δω_ji = κ dt a_i α_j ⟨e_j, E⟩
//
// with the rate κ per second and the step dt. The rule is local to each
// synapse: a_i is the filtered activity, in Hz, of the neuron before it, the
// rest is known to the neuron behind it. In decoder form it is Δd_i = κ dt a_i E,
// and the readout follows it in both forms.
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
	if err := checkVector("error vector", e, s.attractor.State); err != nil {
		return err
	}
	if math.IsNaN(kappa) || math.IsInf(kappa, 0) {
		return fmt.Errorf("attractor: the learning rate kappa is %g: it must be finite", kappa)
	}
	s.learn(kappa, e)
	return nil
}

// learn is Learn without looking at the input.
func (s *Simulation) learn(kappa float64, e []float64) {
	kappa *= s.attractor.Config.Step
	size := 0.0
	for _, x := range e {
		size += math.Abs(x)
	}
	if kappa*size == 0 {
		return // spares the power below, half of the time and without learning
	}
	a := s.synapse.Activity
	power := floats.Dot(a, a)
	for k := range e {
		rate := kappa * e[k]
		floats.AddScaled(s.attractor.readout[k], rate, a)
		s.x[k] += rate * power
		if s.recurrent != nil {
			floats.AddScaled(s.attractor.pending[k], rate, a)
			floats.AddScaled(s.recurrent, rate*power, s.attractor.encode[k])
		}
	}
}

// settleAll brings the attractor's weights up to date with what was learned
// and, with noise, with its random walk.
func (s *Simulation) settleAll() {
	for i := range s.attractor.outgoing {
		s.settle(i)
	}
}

// settle brings the weights of neuron i's synapses up to date.
func (s *Simulation) settle(i int) {
	a := s.attractor
	a.write(a.outgoing[i], i)
	for _, p := range a.pending {
		p[i] = 0
	}
	if s.walk != nil {
		s.walk.visit(i, a.outgoing[i], a.readout)
	}
}

// write adds what neuron i's synapses learned since they last were settled.
func (a *Attractor) write(weights []float64, i int) {
	for k, p := range a.pending {
		if p[i] != 0 {
			floats.AddScaled(weights, p[i], a.encode[k])
		}
	}
}
