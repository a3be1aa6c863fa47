package macneil2011

import (
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// A quick life looks as often as a whole one, and the times of whole ones stay
// what they are.
func TestQuickLives(t *testing.T) {
	before := slices.Clone(lifeTimes)
	r := experiment.Run{Seed: 101, Quick: true}
	c := inLight()
	c.Quick()
	if err := c.life(r, 1200, lifeTimes...).Validate(); err != nil {
		t.Error(err)
	}
	if !slices.Equal(lifeTimes, before) {
		t.Errorf("lifeTimes became %v", lifeTimes)
	}
	o, err := c.optimum(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	untouched := o.Decoders()
	for name, live := range map[string]func() (*attractor.Attractor, life, error){
		"live":   func() (*attractor.Attractor, life, error) { return c.live(t.Context(), r, o, "", o.Attractor, nil) },
		"anneal": func() (*attractor.Attractor, life, error) { return c.anneal(t.Context(), r, o, "", o.Attractor) },
	} {
		learned, h, err := live()
		if err != nil {
			t.Fatal(err)
		}
		if len(h.Drifts) != len(lifeTimes) {
			t.Errorf("%s: %d looks, want %d", name, len(h.Drifts), len(lifeTimes))
		}
		if floats.Equal(learned.Decoders().RawMatrix().Data, untouched.RawMatrix().Data) {
			t.Errorf("%s: nothing was learned", name)
		}
		if !floats.Equal(o.Decoders().RawMatrix().Data, untouched.RawMatrix().Data) {
			t.Errorf("%s: the shared optimum has changed", name)
		}
	}
}

// During a saccade activity moves with x, not far ahead of it where tuning
// curves are straight and behind it where they have kinks. Ahead, because the
// rate of a LIF neuron changes by a/(J - 1) at once when the current does,
// and by da/dJ = a² τ_RC/(J (J - 1)), which is less, in the end.
func TestHowActivityFollowsASaccade(t *testing.T) {
	const rate = 90.0
	// behind is the part of the way that activity has not gone, at the end of
	// a saccade of 5 degrees in 15 ms: the current runs ahead of x by 0.67.
	behind := func(intercepts nef.Range) float64 {
		cfg := nef.MacNeil2011()
		cfg.Neurons, cfg.Intercepts, cfg.MaxRate = 200, intercepts, nef.Range{Low: rate, High: rate}
		pop, err := nef.NewPopulation(cfg)
		if err != nil {
			t.Fatal(err)
		}
		icfg := integrator.MacNeil2011()
		icfg.Form = attractor.Decoders
		g, err := integrator.New(pop, icfg)
		if err != nil {
			t.Fatal(err)
		}
		s, err := scanTargets(g, slices.Repeat([]float64{5, 0}, 20), 1)
		if err != nil {
			t.Fatal(err)
		}
		taught, err := transferOf(g, s.taught)
		if err != nil {
			t.Fatal(err)
		}
		still, err := transferOf(g, s.still)
		if err != nil {
			t.Fatal(err)
		}
		return taught.Lambda / still.Lambda
	}
	lif := nef.MacNeil2011().LIF()
	j := (1 + lif.Current(rate)) / 2 // at x = 0 with the intercept at -1
	a := lif.Rate(j)
	most := j/(a*lif.Tau) - 1
	if straight := behind(nef.Range{Low: -1, High: -1}); !(straight < 0 && straight > -most) {
		t.Errorf("with straight tuning curves activity is %.3f behind, want it ahead by less than %.3f", straight, most)
	}
	if kinked := behind(nef.Range{Low: -0.5, High: 0.5}); !(kinked > 0.05 && kinked < 0.5) {
		t.Errorf("with kinks activity is %.3f behind, want a part of 1 well above 0", kinked)
	}
}
