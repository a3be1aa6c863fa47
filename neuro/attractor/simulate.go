package attractor

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// Simulation is the moving state of an attractor: voltages, filtered
// activities, and what it represents. [Simulation.Step] and [Simulation.Learn]
// allocate nothing.
type Simulation struct {
	attractor *Attractor
	neurons   *nef.Spiking
	synapse   *nef.Synapse

	// x is the readout Σ_i d_i a_i, of length D, at the end of the last step.
	x []float64
	// recurrent is the current Σ_i ω_ji a_i into each neuron; weight form only.
	recurrent []float64
	walk      *walk     // of the weights; nil without noise
	command   []float64 // what the neurons are told besides x, of length D + C
	current   []float64 // into each neuron, scratch
	unswept   int       // steps since the recurrent current was swept
}

// Simulate starts a simulation with voltages drawn uniformly from 0 to the
// threshold and silent synapses. [Simulation.Hold] brings it to a state.
func (a *Attractor) Simulate(seed uint64) (*Simulation, error) {
	n, p := a.Population.Encoders.Dims()
	neurons, err := nef.NewSpiking(n, a.Population.Config.LIF(), a.Config.Step, a.Config.Timing)
	if err != nil {
		return nil, err
	}
	synapse, err := nef.NewSynapse(n, a.Config.TauSyn, a.Config.Step)
	if err != nil {
		return nil, err
	}
	start := neuro.Stream(seed, purposeVoltages)
	for i := range neurons.Voltage {
		neurons.Voltage[i] = start.Float64()
	}
	s := &Simulation{
		attractor: a, neurons: neurons, synapse: synapse,
		x: make([]float64, a.State), command: make([]float64, p), current: make([]float64, n),
	}
	if a.outgoing != nil {
		s.recurrent = make([]float64, n)
	}
	return s, nil
}

// X is the state, of length D: the decoded activity Σ_i d_i a_i, valid until
// the next step.
func (s *Simulation) X() []float64 { return s.x }

// Activity is the synaptically filtered activity in Hz, of length N, valid
// until the next step.
func (s *Simulation) Activity() []float64 { return s.synapse.Activity }

// Step advances by one step under the velocity command v, of length D and in
// units of x per second, which is added to the dynamics, and the controls u,
// of length C (nil for C = 0):
//
//	dx/dt = f(x + τ_syn v, u) + v.
//
// The population represents y = x + τ_syn v, which is x for the small v of a
// correction, and x = h * g(y, u). Neither input passes a synapse. Step returns
// an error for an input of another dimension or one that is not finite, nothing
// else.
func (s *Simulation) Step(v, u []float64) error {
	if err := checkVector("velocity command", v, s.attractor.State); err != nil {
		return err
	}
	if err := checkVector("control input", u, s.attractor.Controls); err != nil {
		return err
	}
	s.step(v, u)
	return nil
}

// step is Step without looking at the input.
func (s *Simulation) step(v, u []float64) {
	tau := s.attractor.Config.TauSyn
	for k := range v {
		s.command[k] = tau * v[k]
	}
	for k, c := range u {
		// As if it were a command: rounding that all results have had.
		s.command[len(v)+k] = tau * (c / tau)
	}
	if s.recurrent != nil {
		floats.AddTo(s.current, s.attractor.Population.Bias, s.recurrent)
		s.encode(s.current)
	} else {
		for k, x := range s.x {
			s.command[k] += x
		}
		s.encode(s.attractor.Population.Bias)
	}
	s.fire()
}

// encode adds the current that makes the population represent the command to
// what flows already.
func (s *Simulation) encode(flows []float64) {
	for k, e := range s.attractor.encode {
		floats.AddScaledTo(s.current, flows, s.command[k], e)
		flows = s.current
	}
}

// Hold clamps the population to represent the state x and the controls u (nil
// for C = 0) for a time in s, whatever the recurrence says. Then the recurrence
// takes over with the next Step, from what the held population makes of x: X is
// x + τ_syn f(x, u) by then.
func (s *Simulation) Hold(x, u []float64, seconds float64) error {
	if err := checkVector("state to hold", x, s.attractor.State); err != nil {
		return err
	}
	if err := checkVector("control input", u, s.attractor.Controls); err != nil {
		return err
	}
	dt := s.attractor.Config.Step
	if !(seconds >= dt/2) || math.IsInf(seconds, 1) {
		return fmt.Errorf("attractor: cannot hold a state for %g s: it must be finite and at least a step, %g s", seconds, dt)
	}
	if err := bound.Steps("attractor: a hold", seconds, dt); err != nil {
		return err
	}
	copy(s.command, x)
	copy(s.command[len(x):], u)
	for range steps(seconds, dt) {
		s.encode(s.attractor.Population.Bias)
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
			floats.AddScaled(s.recurrent, s.synapse.Impulse(k), s.attractor.outgoing[k.Neuron])
		}
		s.sweep()
	}
	for k, d := range s.attractor.readout {
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
