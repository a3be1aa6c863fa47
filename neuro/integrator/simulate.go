package integrator

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
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
	walk    *walk     // of the weights; nil without noise
	current []float64 // into each neuron, scratch
	unswept int       // steps since the recurrent current was swept
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
// An error is returned for a v of another dimension or one that is not
// finite, nothing else.
func (s *Simulation) Step(v []float64) error {
	if err := s.check("velocity command", v); err != nil {
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
	if err := s.check("position to hold", x); err != nil {
		return err
	}
	if !positive(seconds) {
		return fmt.Errorf("integrator: cannot hold a position for %g s: must be positive", seconds)
	}
	if dt := s.integ.Config.Step; seconds < dt/2 {
		return fmt.Errorf("integrator: cannot hold a position for %g s: a step is %g s", seconds, dt)
	}
	if err := bound.Steps("integrator: a hold", seconds, s.integ.Config.Step); err != nil {
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
	if s.walk != nil {
		s.walk.now++
	}
	if s.recurrent != nil {
		floats.Scale(s.synapse.Decay(), s.recurrent)
		for _, k := range spikes {
			s.settle(k.Neuron)
			floats.AddScaled(s.recurrent, s.synapse.Impulse(k), s.integ.outgoing[k.Neuron])
		}
		s.sweep()
	}
	for k, d := range s.integ.readout {
		s.x[k] = floats.Dot(d, s.synapse.Activity)
	}
}

// sweep sets a recurrent current to 0 that a silent population has left to
// decay into the subnormal numbers, with which many processors are slow. It
// looks every 1000 steps, as looking costs as much as the decay itself.
func (s *Simulation) sweep() {
	if s.unswept++; s.unswept < 1000 {
		return
	}
	s.unswept = 0
	for j, current := range s.recurrent {
		if math.Abs(current) < 1e-300 {
			s.recurrent[j] = 0
		}
	}
}

// check says whether v is a vector of D finite numbers.
func (s *Simulation) check(what string, v []float64) error {
	if len(v) != len(s.x) {
		return fmt.Errorf("integrator: the %s has %d dimensions, the integrator represents %d", what, len(v), len(s.x))
	}
	if k := firstNotFinite(v); k >= 0 {
		return fmt.Errorf("integrator: the %s is %g in dimension %d: must be finite", what, v[k], k)
	}
	return nil
}

// steps is the number of steps of dt in a time, both in s, at most 2^53.
func steps(seconds, dt float64) int { return int(min(math.Round(seconds/dt), 1<<53)) }
