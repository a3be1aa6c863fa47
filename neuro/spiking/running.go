package spiking

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/run"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// running is a model that goes through the trials of a source.
type running struct {
	m      *Model
	src    task.Source
	y, z   []float64 // factors and a 1 after them; outputs
	fed    []float64 // the factors that acted in the last step
	inputs []float64 // the inputs that acted in it
	learns bool      // in trials that are not driven
}

func newRunning(m *Model, src task.Source) running {
	p := m.shape.Factors
	r := running{m: m, src: src, y: make([]float64, p+1), z: make([]float64, m.shape.Outputs), fed: make([]float64, p)}
	r.y[p] = 1
	return r
}

// cause is what is behind divergence, advice what helps.
const (
	cause  = "the closed loop amplifies its own errors"
	advice = "try more neurons, a larger Alpha or another Gain"
)

// next draws a trial of a stage; the source's own network continues from the
// trial before.
func (r *running) next(stage string, i int) (*run.Trial, error) {
	m := r.m
	trial, next, err := r.src.Trial(neuro.Stream(m.cfg.Seed, trialsOf[stage], i), m.sourceState)
	if err == nil {
		err = trial.Validate(m.shape)
	}
	if err != nil {
		return nil, fmt.Errorf("spiking %s, trial %d: %w", stage, i, err)
	}
	m.sourceState = next
	return &run.Trial{Trial: trial, Where: "spiking " + stage, Number: i, Dt: m.shape.Dt, Cause: cause, Advice: advice}, nil
}

// drive runs a trial with the target factors fed in and nothing learned.
func (r *running) drive(ctx context.Context, stage string, i int, observers ...run.Observer) error {
	trial, err := r.next(stage, i)
	if err != nil {
		return err
	}
	trial.Driven = true
	return run.Through(ctx, r, trial, observers...)
}

// Begin computes anew what is carried from step to step.
func (r *running) Begin(ctx context.Context, trial *run.Trial) {
	r.m.begin(ctx, r.learns && !trial.Driven)
	if !trial.Driven {
		r.m.decoder.Output(r.factors())
	}
}

// End does nothing.
func (r *running) End() {}

func (r *running) factors() []float64 { return r.y[:len(r.fed)] }

// Step advances the network under its own factors, or in a driven trial under the
// target's; its own are not read out then.
func (r *running) Step(trial *run.Trial, t int) (run.Step, error) {
	fed := r.factors()
	if trial.Driven {
		fed = trial.FactorsBefore(t)
	}
	copy(r.fed, fed)
	r.inputs = trial.InputsAt(t)
	spikes := r.m.net.fire(r.fed, r.inputs)
	r.m.decoder.Step(spikes)
	r.m.net.receive(spikes) // meanwhile, where a companion steps the decoder
	s := run.Step{Spikes: spikes}
	if !trial.Driven {
		r.m.decoder.Output(r.factors())
		carry.Output(r.z, r.m.readout, r.y)
		s.Factors, s.Outputs = r.factors(), r.z
	}
	return s, carry.Finite(r.m.net.neurons, r.m.cfg.Neuron, trial, t)
}

// tested is a model under test.
type tested struct{ running }

// Next draws a trial. Only those of the test itself are not driven.
func (r *tested) Next(stage string, i int) (*run.Trial, error) {
	trial, err := r.next(stage, i)
	if err == nil {
		trial.Driven = stage != run.Testing
	}
	return trial, err
}

func (r *tested) State() recording.State                 { return r.m.State() }
func (r *tested) CheckState(state recording.State) error { return r.m.check(state) }
func (r *tested) SetState(state recording.State) error   { return r.m.set(state) }
func (r *tested) Perturb(sd float64, rng *rand.Rand)     { r.m.net.neurons.Perturb(sd, rng) }
