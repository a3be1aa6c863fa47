package attractor

import (
	"fmt"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/integrator"
)

// Simulation is the moving state of an attractor of spiking neurons.
// [Simulation.Step] and [Simulation.Learn] allocate nothing.
type Simulation struct {
	attractor *Attractor
	engine    *integrator.Simulation
	command   []float64 // of the engine, of length D + C
	errors    []float64 // likewise
}

// Simulate starts a simulation with voltages drawn uniformly from 0 to the
// threshold and silent synapses. [Simulation.Hold] brings it to a state.
func (a *Attractor) Simulate(seed uint64) (*Simulation, error) {
	engine, err := a.engine.Simulate(seed)
	if err != nil {
		return nil, fmt.Errorf("attractor: %w", err)
	}
	p := a.State + a.Controls
	return &Simulation{attractor: a, engine: engine, command: make([]float64, p), errors: make([]float64, p)}, nil
}

// X is the state, of length D: the decoded activity Σ_i d_i a_i, valid until
// the next step.
func (s *Simulation) X() []float64 { return s.engine.X()[:s.attractor.State] }

// Activity is the synaptically filtered activity in Hz, of length N, valid
// until the next step.
func (s *Simulation) Activity() []float64 { return s.engine.Activity() }

// Step advances by one step under the velocity command v, of length D and in
// units of x per second, which is added to the dynamics, and the controls u,
// of length C (nil for C = 0):
//
//	dx/dt = f(x + τ_syn v, u) + v.
//
// The population represents x + τ_syn v, which is x for the small v of a
// correction. Neither input passes a synapse.
func (s *Simulation) Step(v, u []float64) error {
	if err := s.attractor.both("velocity command", v, u); err != nil {
		return err
	}
	copy(s.command, v)
	for k, c := range u {
		// The engine multiplies its commands by τ_syn.
		s.command[len(v)+k] = c / s.attractor.Config.TauSyn
	}
	return s.engine.Step(s.command)
}

// Hold clamps the population to represent the state x and the controls u
// (nil for C = 0) for a time in s, whatever the recurrence says. Then the
// recurrence takes over with the next Step, from what the held population
// makes of x: X is x + τ_syn f(x, u) by then.
func (s *Simulation) Hold(x, u []float64, seconds float64) error {
	if err := s.attractor.both("state to hold", x, u); err != nil {
		return err
	}
	copy(s.command, x)
	copy(s.command[len(x):], u)
	return s.engine.Hold(s.command, seconds)
}

// Learn applies one step of the general learning rule with the error (or
// correction) E, of length D,
//
//	Δω_ji = κ dt a_i α_j ⟨e_j, E⟩,
//
// local to each synapse, with the rate κ per second and the step dt; in decoder
// form it is Δd_i = κ dt a_i E. See [integrator.Simulation.Learn].
func (s *Simulation) Learn(kappa float64, e []float64) error {
	if err := check("error vector", e, s.attractor.State); err != nil {
		return err
	}
	copy(s.errors, e)
	return s.engine.Learn(kappa, s.errors)
}

// Settle writes what was learned into the weights. Call it before looking at
// an attractor in weight form that learns.
func (s *Simulation) Settle() { s.engine.Settle() }

// check says whether v is a vector of the wanted number of finite numbers.
func check(what string, v []float64, want int) error {
	if len(v) != want {
		return fmt.Errorf("attractor: the %s has %d dimensions, want %d", what, len(v), want)
	}
	if k := neuro.NotFinite(v); k >= 0 {
		return fmt.Errorf("attractor: the %s is %g in dimension %d: must be finite", what, v[k], k)
	}
	return nil
}

// both checks a vector of the state's dimensions and the controls.
func (a *Attractor) both(what string, v, u []float64) error {
	if err := check(what, v, a.State); err != nil {
		return err
	}
	return check("control input", u, a.Controls)
}
