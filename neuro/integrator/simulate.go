package integrator

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// Simulation is the moving state of an integrator: voltages, filtered
// activities, and what it represents. [Simulation.Step] allocates nothing.
type Simulation struct {
	integ   *Integrator
	neurons *nef.Spiking
	synapse *nef.Synapse

	// x is the readout Σ_i d_i a_i, of length D, at the end of the last step.
	x []float64
	// recurrent is the current Σ_i ω_ji a_i into each neuron; weight form only.
	recurrent []float64
	// pending is D x N: learning not yet written into the weights; see Learn.
	pending [][]float64
	current []float64 // into each neuron, scratch
}

// Simulate starts a simulation with voltages drawn uniformly from 0 to the
// threshold and silent synapses. [Simulation.Hold] brings it to a position.
func (g *Integrator) Simulate(seed uint64) (*Simulation, error) {
	n, d := g.Population.Encoders.Dims()
	neurons, err := nef.NewSpiking(n, g.Population.Config.LIF(), g.Config.Step, g.Config.Timing)
	if err != nil {
		return nil, err
	}
	synapse, err := nef.NewSynapse(n, g.Config.TauSyn, g.Config.Step)
	if err != nil {
		return nil, err
	}
	start := neuro.Stream(seed, "integrator voltages")
	for i := range neurons.Voltage {
		neurons.Voltage[i] = start.Float64()
	}
	s := &Simulation{integ: g, neurons: neurons, synapse: synapse, x: make([]float64, d), current: make([]float64, n)}
	if g.outgoing != nil {
		s.recurrent = make([]float64, n)
		s.pending = zeros(d, n)
	}
	return s, nil
}

// X is the represented value, of length D, valid until the next step.
func (s *Simulation) X() []float64 { return s.x }

// Activity is the synaptically filtered activity in Hz, of length N, valid
// until the next step.
func (s *Simulation) Activity() []float64 { return s.synapse.Activity }

// Step advances by one step under the velocity command v, of length D, in
// units of x per second. With A' = 1 and B' = τ_syn the population represents
//
//	y = x + τ_syn v,  x = Σ_i d_i a_i,  a = h * spikes,
//
// and since x = h * y, dx/dt = v. The command itself passes no synapse.
// An error is returned for a v of another dimension, nothing else.
func (s *Simulation) Step(v []float64) error {
	if err := s.dimension("velocity command", v); err != nil {
		return err
	}
	g := s.integ
	copy(s.current, g.Population.Bias)
	if s.recurrent != nil {
		floats.Add(s.current, s.recurrent)
		for k, e := range g.encode {
			floats.AddScaled(s.current, g.Config.TauSyn*v[k], e)
		}
	} else {
		for k, e := range g.encode {
			floats.AddScaled(s.current, s.x[k]+g.Config.TauSyn*v[k], e)
		}
	}
	s.fire()
	return nil
}

// Hold clamps the population to represent x, of length D, for a time in s
// whatever the recurrence says. The recurrence takes over with the next Step.
func (s *Simulation) Hold(x []float64, seconds float64) error {
	if err := s.dimension("position to hold", x); err != nil {
		return err
	}
	for range steps(seconds, s.integ.Config.Step) {
		copy(s.current, s.integ.Population.Bias)
		for k, e := range s.integ.encode {
			floats.AddScaled(s.current, x[k], e)
		}
		s.fire()
	}
	return nil
}

// fire lets the neurons spike under the current and passes the spikes on.
func (s *Simulation) fire() {
	spikes := s.neurons.Step(s.current)
	s.synapse.Step(spikes)
	if s.recurrent != nil {
		floats.Scale(s.synapse.Decay(), s.recurrent)
		for _, k := range spikes {
			s.settle(k.Neuron)
			floats.AddScaled(s.recurrent, s.synapse.Impulse(k), s.integ.outgoing[k.Neuron])
		}
	}
	for k, d := range s.integ.readout {
		s.x[k] = floats.Dot(d, s.synapse.Activity)
	}
}

// Learn applies one step of the learning rule with the error (or correction)
// vector e of length D, general form of equation 17 of MacNeil & Eliasmith
// (2011),
//
//	Δω_ji = κ a_i α_j ⟨e_j, E⟩,
//
// local to each synapse: a_i is the filtered activity, in Hz, of the neuron
// before it, the rest is known to the neuron behind it. In decoder form this
// is Δd_i = κ a_i E, and the readout follows it in both forms.
//
// In weight form the change is the same for all synapses of neuron i up to
// the factor α_j e_j. It is therefore summed per neuron and written into the
// N weights ω_ji when i next spikes, the first time they are used; what the
// change does at once, to the current that flows already,
//
//	Σ_i Δω_ji a_i = κ |a|² α_j ⟨e_j, E⟩,
//
// is added at once. Nothing is approximated, and a step costs O(N D), not N².
func (s *Simulation) Learn(kappa float64, e []float64) error {
	if err := s.dimension("error vector", e); err != nil {
		return err
	}
	a := s.synapse.Activity
	power := floats.Dot(a, a)
	for k := range e {
		rate := kappa * e[k]
		if rate == 0 {
			continue
		}
		floats.AddScaled(s.integ.readout[k], rate, a)
		s.x[k] += rate * power
		if s.recurrent != nil {
			floats.AddScaled(s.pending[k], rate, a)
			floats.AddScaled(s.recurrent, rate*power, s.integ.encode[k])
		}
	}
	return nil
}

// Settle writes what was learned into the integrator's weights, as far as it
// is not there yet. Call it before looking at the weights of an integrator
// that learns.
func (s *Simulation) Settle() {
	if s.recurrent == nil {
		return
	}
	for i := range s.integ.outgoing {
		s.settle(i)
	}
}

func (s *Simulation) settle(i int) {
	for k, p := range s.pending {
		if p[i] != 0 {
			floats.AddScaled(s.integ.outgoing[i], p[i], s.integ.encode[k])
			p[i] = 0
		}
	}
}

func (s *Simulation) dimension(what string, v []float64) error {
	if len(v) != len(s.x) {
		return fmt.Errorf("integrator: the %s has %d dimensions, the integrator represents %d", what, len(v), len(s.x))
	}
	return nil
}

// steps is the number of steps of dt in a time, both in s.
func steps(seconds, dt float64) int { return int(math.Round(seconds / dt)) }
