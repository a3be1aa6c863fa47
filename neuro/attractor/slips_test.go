package attractor_test

import (
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// plane is a small integrator in the plane.
func plane(t *testing.T, cfg attractor.Config) *attractor.Attractor {
	t.Helper()
	points := must[nef.Points](t)(nef.Ball(1, 2, 200, 1))
	return must[*attractor.Attractor](t)(attractor.New(paper(t, 40, 2, 1), attractor.Definition{Points: points, Config: cfg}))
}

// Degrees and milliseconds in worlds of radians and seconds are named.
func TestSlipsInWorlds(t *testing.T) {
	ring, turning, still := attractor.Ring(), attractor.Ring(), attractor.Ring()
	ring.Speed, turning.Wander.Deviation, still.Wander.Persistence = 300, 80, 500
	blind, fixed, jump, wide := attractor.DefaultGaze(), attractor.DefaultGaze(), attractor.DefaultGaze(), attractor.DefaultGaze()
	blind.Blind, fixed.Fixation, jump.Speed, wide.Range = 60, nef.Range{Low: 500, High: 1500}, 500, 45
	_, fast := attractor.NewGaze(jump, 2, 1e-3, 1)
	a := plane(t, attractor.DefaultConfig())
	world := must[attractor.World](t)(attractor.NewGaze(wide, 2, a.Config.Step, 1))
	_, far := a.Live(ctx, world, attractor.LifeConfig{Seconds: 1, Sample: 0.1})
	for says, err := range map[string]error{
		"a ring's Speed is 300 rad/s":                       ring.Validate(),
		"Deviation of wandering is 80 rad/s":                turning.Validate(),
		"Persistence of wandering is 500 s":                 still.Validate(),
		"Blind for 60 s":                                    blind.Validate(),
		"Fixation from 500 s":                               fixed.Validate(),
		"saccades of 500/s go 0.5 within a step of 0.001 s": fast,
		"targets of the gaze are within 45":                 far,
	} {
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
}

// A synapse of 100 ms given as 100 makes a state that hardly moves, and is warned
// of; a state far from what is represented is refused.
func TestDriftIsDoubted(t *testing.T) {
	cfg, states := attractor.DefaultConfig(), mat.NewDense(1, 2, []float64{0.5, 0})
	for tau, unlikely := range map[float64]bool{0.1: false, 100: true} {
		cfg.TauSyn = tau
		a := plane(t, cfg)
		field := must[attractor.Drift](t)(a.MeasureDrift(ctx, states, attractor.DefaultDrift()))
		if got := len(field.Warnings) > 0 && field.Warnings[0].Kind == neuro.UnlikelyUnit; got != unlikely {
			t.Errorf("a synapse of %g s: %v", tau, field.Warnings)
		}
		if _, err := a.MeasureDrift(ctx, mat.NewDense(1, 2, []float64{50, 0}), attractor.DefaultDrift()); err == nil || !strings.Contains(err.Error(), "state 0 has |x| 50") {
			t.Errorf("a state of 50: %v", err)
		}
	}
}
