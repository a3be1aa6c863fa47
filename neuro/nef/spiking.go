package nef

import (
	"cmp"
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// SpikeTiming says how finely spikes are placed in time.
type SpikeTiming string

const (
	// SubStep solves for the instant within the step at which the threshold
	// is crossed. A constant current gives the closed-form rate exactly.
	SubStep SpikeTiming = "sub-step"
	// OnGrid places spikes at the end of the step in which the threshold was
	// crossed. Intervals come out half a step longer on average, so that rates a
	// are too low by the fraction a dt/2; an integrator with decoders for the
	// closed-form rates then leaks.
	OnGrid SpikeTiming = "on-grid"
)

// Spike is one neuron's spike within a step.
type Spike struct {
	Neuron int
	// Age is the time from the spike to the step's end in s, from 0 to the
	// step; 0 always for [OnGrid].
	Age float64
}

// Spiking is the state of N leaky integrate-and-fire neurons in continuous time.
// The membrane equation is integrated exactly for a current that is constant
// within the step, so that the step limits only how fast currents may change.
// Voltages do not fall below the reset value 0, as is usual in this framework:
// neurons with large gains would otherwise sink far below their range and come
// back late.
//
// It is no [neuron.Population] of the same [neuron.LIF]. There spikes and
// refractory periods are on the grid of steps and voltages have no floor, so that
// decoders for the closed-form rates would be wrong. Voltages are normalised
// because a threshold and a reset of any value would cost 15 % of the speed.
type Spiking struct {
	// Voltage has length N, from 0 up to but not including the threshold 1.
	Voltage []float64
	// refractory is the time each neuron is still held at 0, in s.
	refractory []float64
	spikes     []Spike
	lif        neuron.LIF
	dt, decay  float64
	timing     SpikeTiming
}

// NewSpiking returns n neurons at rest that advance in steps of dt, in s. They are
// normalised ([Config.LIF]): rest and reset are 0, the threshold is 1. A step
// may exceed neither the refractory time, so that no neuron fires twice in it,
// nor the membrane's time constant ([neuro.CheckStep]).
func NewSpiking(n int, lif neuron.LIF, dt float64, timing SpikeTiming) (*Spiking, error) {
	err := cmp.Or(
		bound.Check("nef", bound.AtLeast("the number of neurons", n, 1), bound.Positive("the step", dt), bound.Positive("the refractory time", lif.Refractory)),
		lif.Validate())
	switch {
	case err != nil:
		return nil, err
	case lif != neuron.LIF{Tau: lif.Tau, Threshold: 1, Refractory: lif.Refractory}:
		return nil, fmt.Errorf("nef: the neurons are %+v: Threshold must be 1, Reset, Rest and Drive 0", lif)
	case dt > lif.Refractory:
		return nil, fmt.Errorf("nef: the step is %g s: it must be at most the refractory time, %g s", dt, lif.Refractory)
	case timing != SubStep && timing != OnGrid:
		return nil, fmt.Errorf("nef: the spike timing is %q: it must be %q or %q", timing, SubStep, OnGrid)
	}
	if err := bound.Array("nef: the state of neurons", n); err != nil {
		return nil, err
	}
	if _, err := neuro.CheckStep("nef", dt, lif.Traits().TimeConstants...); err != nil {
		return nil, err
	}
	return &Spiking{
		Voltage:    make([]float64, n),
		refractory: make([]float64, n),
		spikes:     make([]Spike, 0, n),
		lif:        lif,
		dt:         dt,
		decay:      math.Exp(-dt / lif.Tau),
		timing:     timing,
	}, nil
}

// Step advances all neurons by one step under the currents, of length N, and
// returns the spikes in it, in order of neurons. The returned slice is valid
// until the next Step. Step allocates nothing and takes about 2 ns a neuron.
// It panics unless there is one current and one voltage for every neuron.
func (s *Spiking) Step(current []float64) []Spike {
	if n := len(s.refractory); len(current) != n || len(s.Voltage) != n {
		panic(fmt.Sprintf("nef: %d currents and %d voltages for %d neurons: want one of each for every neuron", len(current), len(s.Voltage), n))
	}
	s.spikes = s.spikes[:0]
	voltage, refractory := s.Voltage[:len(current)], s.refractory[:len(current)]
	decay := s.decay
	for i, j := range current {
		from := voltage[i]
		to := j + (from-j)*decay
		elapsed := 0.0
		if refractory[i] > 0 {
			wait := refractory[i]
			if refractory[i] = wait - s.dt; refractory[i] > s.dt*1e-9 {
				continue
			}
			// The neuron wakes within the step, wait after its beginning. The
			// tolerance above keeps rounding from holding it a step longer.
			refractory[i] = 0
			elapsed = min(wait, s.dt)
			to = -j * math.Expm1(-(s.dt-elapsed)/s.lif.Tau)
		}
		if to < 1 {
			if to < negligible {
				to = 0
			}
			voltage[i] = to
			continue
		}
		age := 0.0
		if s.timing == SubStep {
			// V(t) = J + (V₀ - J) exp(-t/τ_RC) reaches 1 after τ_RC ln((J - V₀)/(J - 1)).
			age = max(0, s.dt-elapsed-s.lif.Tau*math.Log1p((1-from)/(j-1)))
		}
		voltage[i] = 0
		refractory[i] = s.lif.Refractory - age
		s.spikes = append(s.spikes, Spike{Neuron: i, Age: age})
	}
	return s.spikes
}
