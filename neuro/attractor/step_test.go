package attractor_test

import (
	"context"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// nothing is a world in which nothing happens.
type nothing struct{}

func (nothing) Start() []float64                   { return []float64{0} }
func (nothing) Step([]float64, *attractor.Command) {}

// Attractors are refused steps that do not resolve the membrane
// or the synapse, and warn of coarse ones in what their lives give and in the
// last report.
func TestStepMustResolveMembraneAndSynapse(t *testing.T) {
	population := func(tau float64) *nef.Population {
		cfg := nef.MacNeil2011()
		cfg.TauRC = tau
		pop, err := nef.NewPopulation(cfg)
		if err != nil {
			t.Fatal(err)
		}
		return pop
	}
	cfg := attractor.DefaultConfig()
	points := must[nef.Points](t)(nef.Line(1, 0.01))
	build := func(tau float64) (*attractor.Attractor, error) {
		return attractor.New(population(tau), attractor.Definition{Points: points, Config: cfg})
	}
	for _, c := range []struct {
		step, tau float64
		says      string
	}{
		{1, 0.1, "attractor: a step of 1 s does not resolve TauSyn, 0.1 s: 1 looks like milliseconds, write 0.001"},
		{1e-3, 0.0005, "a step of 0.001 s does not resolve the population's TauRC, 0.0005 s"},
	} {
		cfg.Step = c.step
		if _, err := build(c.tau); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one that says %q", err, c.says)
		}
	}
	world := func(dt float64) (attractor.World, error) { return attractor.NewGaze(attractor.DefaultGaze(), 1, dt, 1) }
	if _, err := world(1); err == nil || !strings.Contains(err.Error(), "a step of 1 s does not resolve Slow, 0.1 s: 1 looks like milliseconds") {
		t.Errorf("a gaze in steps of 1 s: %v", err)
	}
	ring := attractor.Ring()
	ring.Wander.Persistence = 1e-4
	if _, err := attractor.NewWander(ring, 1); err == nil || !strings.Contains(err.Error(), "does not resolve Persistence") {
		t.Errorf("wandering that changes faster than steps: %v", err)
	}
	for tau, want := range map[float64]int{0.1: 0, 0.004: 1} {
		cfg.Step = 1e-3
		var last neuro.Progress
		watched := neuro.WithWatch(context.Background(), func(p neuro.Progress) error { last = p; return nil })
		still := must[*attractor.Attractor](t)(build(tau))
		other, err := world(1e-4)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := still.Live(context.Background(), other, attractor.LifeConfig{Seconds: 1, Sample: 0.1, Seed: 1}); err == nil || !strings.Contains(err.Error(), "steps of 0.0001 s, the attractor of 0.001 s") {
			t.Errorf("a world of another step: %v", err)
		}
		its, err := still.Live(watched, nothing{}, attractor.LifeConfig{Seconds: 1, Sample: 0.1, Seed: 1})
		if err != nil || len(its.Warnings) != want || len(last.Warnings) != want || want > 0 && its.Warnings[0].Kind != neuro.CoarseStep {
			t.Errorf("attractor, TauRC %g s: %v, warnings %v, in the last report %v", tau, err, its.Warnings, last.Warnings)
		}
	}
}
