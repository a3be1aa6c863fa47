package attractor_test

import (
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// Degrees and milliseconds in worlds of radians and seconds are named.
func TestSlipsInWorlds(t *testing.T) {
	ring, turning, walking := attractor.Ring(), attractor.Turning(), attractor.Turning()
	ring.Speed, turning.Speed, walking.Deviation = 300, 300, 80
	still := attractor.Turning()
	still.Persistence = 500
	blind, fixed, jump, wide := attractor.DefaultGaze(), attractor.DefaultGaze(), attractor.DefaultGaze(), attractor.DefaultGaze()
	blind.Blind, fixed.Fixation, jump.Speed, wide.Range = 60, nef.Range{Low: 500, High: 1500}, 500, 45
	_, fast := attractor.NewGaze(jump, 2, 1e-3, 1)
	cfg := attractor.Planar()
	cfg.Population.Neurons, cfg.Points = 40, 200
	a := must[*attractor.Attractor](t)(attractor.NewPlanar(cfg))
	world := must[*attractor.Gaze](t)(attractor.NewGaze(wide, 2, a.Config.Step, 1))
	_, far := a.Live(ctx, world, attractor.LifeConfig{Seconds: 1, Sample: 0.1})
	for says, err := range map[string]error{
		"a ring's Speed is 300 rad/s":                       ring.Validate(),
		"wandering's Speed is 300 rad/s":                    turning.Validate(),
		"wandering's Deviation is 80 rad/s":                 walking.Validate(),
		"a Persistence of 500 s":                            still.Validate(),
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

// A synapse of 100 ms given as 100 makes a field that hardly moves, and is warned
// of; a state far from what is represented is refused.
func TestFieldIsDoubted(t *testing.T) {
	cfg, states := attractor.Planar(), mat.NewDense(1, 2, []float64{0.5, 0})
	cfg.Population.Neurons, cfg.Points = 40, 200
	for tau, unlikely := range map[float64]bool{0.1: false, 100: true} {
		cfg.Config.TauSyn = tau
		a := must[*attractor.Attractor](t)(attractor.NewPlanar(cfg))
		field := must[attractor.Field](t)(a.MeasureField(ctx, states, attractor.DefaultField()))
		if got := len(field.Warnings) == 1 && field.Warnings[0].Kind == neuro.UnlikelyUnit; got != unlikely {
			t.Errorf("a synapse of %g s: %v", tau, field.Warnings)
		}
		if _, err := a.MeasureField(ctx, mat.NewDense(1, 2, []float64{50, 0}), attractor.DefaultField()); err == nil || !strings.Contains(err.Error(), "state 0 has |x| 50") {
			t.Errorf("a state of 50: %v", err)
		}
	}
}
