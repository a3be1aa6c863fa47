package integrator

import (
	"context"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/attractor"
)

// Learning that is saved, loaded and continued gives the bits it would have
// given without the interruption; so does looking at what came out.
func TestSaveLoadContinue(t *testing.T) {
	ctx := context.Background()
	noise := noisy(4e-7)
	noise.Seconds = 2
	quiet := Light(2)
	short := DefaultDrift()
	short.Positions, short.Free = 3, 0.5
	for name, c := range map[string]struct {
		form attractor.Form
		life LifeConfig
	}{"decoders": {attractor.Decoders, quiet}, "weights": {attractor.Weights, quiet}, "noise": {attractor.Weights, noise}} {
		g := must[*attractor.Attractor](t)(paper(t, 3, func(cfg *attractor.Config) { cfg.Form = c.form }).PerturbDecoders(0.15, 1))
		must[Run](t)(Live(ctx, g, c.life))
		path := filepath.Join(t.TempDir(), "integrator.npz")
		if err := g.Save(path); err != nil {
			t.Fatal(err)
		}
		loaded := must[*attractor.Attractor](t)(attractor.Load(path))
		if !reflect.DeepEqual(loaded, g) {
			t.Fatalf("%s: what was loaded is not what was saved", name)
		}
		c.life.Seed++
		a, b := must[Run](t)(Live(ctx, g, c.life)), must[Run](t)(Live(ctx, loaded, c.life))
		if !reflect.DeepEqual(a, b) || !reflect.DeepEqual(loaded, g) {
			t.Errorf("%s: learning went on differently after loading", name)
		}
		da, db := must[Drift](t)(MeasureDrift(ctx, g, short)), must[Drift](t)(MeasureDrift(ctx, loaded, short))
		if !reflect.DeepEqual(da, db) {
			t.Errorf("%s: drift differs after loading", name)
		}
	}
}

func reloaded(t *testing.T, g *attractor.Attractor) *attractor.Attractor {
	t.Helper()
	loaded := new(attractor.Attractor)
	if err := loaded.UnmarshalBinary(must[[]byte](t)(g.MarshalBinary())); err != nil {
		t.Fatal(err)
	}
	return loaded
}

// Files that were written when integrators had a format of their own load, in
// both forms, and what was saved then lives to the same bits.
func TestFormerFiles(t *testing.T) {
	for form, want := range map[attractor.Form][3]float64{
		attractor.Weights:  {0x1.79c6435606badp+04, 0x1.e1cbc5886ad2cp+02, -0x1.438818ff8f5d1p-02},
		attractor.Decoders: {0x1.c2688a6c5124fp+04, 0x1.d759896c8a71ap+02, -0x1.44a8091ae92b9p-02},
	} {
		g := must[*attractor.Attractor](t)(attractor.Load("../attractor/testdata/integrator-" + string(form) + ".npz"))
		life := Light(2)
		if form == attractor.Weights {
			life.Noise = attractor.WeightNoise{Eta: 0.3, Over: 1200}
		}
		run := must[Run](t)(Live(t.Context(), g, life))
		d := drift(t, g)
		if got := [3]float64{run.X[len(run.X)-1], d.MeanSpeed, d.Slope}; got != want {
			t.Errorf("%s: %x, want %x", form, got, want)
		}
	}
}
