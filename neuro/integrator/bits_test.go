package integrator

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"math"
	"runtime"
	"sync"
	"testing"
)

// lives are short runs of learning in each form, and their hashes: of
// everything that comes out of 2 s, weights, decoders and traces, to the bit.
// They guard against changes of the numerics that nobody meant; one that is
// meant bumps neuro.NumericsVersion and replaces the hashes.
var lives = map[string]struct {
	form   attractor.Form
	change func(*LifeConfig)
	golden string
}{
	"decoders": {attractor.Decoders, func(*LifeConfig) {}, "64db19741c871815"},
	"weights":  {attractor.Weights, func(*LifeConfig) {}, "cdd03c2bb4200a25"},
	"noise":    {attractor.Weights, func(c *LifeConfig) { c.Noise = attractor.WeightNoise{Eta: 0.3, Over: 60} }, "de86ae0247815c93"},
	"dark":     {attractor.Decoders, func(c *LifeConfig) { c.Oculomotor.Light = false }, "7db64d86051dfd49"},
	"surround": {attractor.Decoders, func(c *LifeConfig) { c.Oculomotor.SurroundGain, c.Oculomotor.Pulse = 0.2, FixedPulse }, "140d7479039be681"},
}

// begin is the integrator of a life, and the life.
func begin(t *testing.T, name string) (*attractor.Attractor, LifeConfig) {
	t.Helper()
	g := must[*attractor.Attractor](t)(paper(t, 1, func(c *attractor.Config) { c.Form = lives[name].form }).PerturbDecoders(0.15, 1))
	cfg := Light(2)
	lives[name].change(&cfg)
	return g, cfg
}

// live lets it happen and returns the hash, or the error.
func live(g *attractor.Attractor, cfg LifeConfig) string {
	run, err := Live(context.Background(), g, cfg)
	if err != nil {
		return err.Error()
	}
	h := sha256.New()
	for _, v := range [][]float64{
		g.Decoders().RawMatrix().Data, g.Weights().RawMatrix().Data, run.Time, run.Eye, run.Target, run.X, run.V,
	} {
		for _, x := range v {
			h.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(x)))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// The same seed gives the same bits however many processors there are and
// whatever else they do.
func TestBitsDoNotDependOnProcessors(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	for name := range lives {
		runtime.GOMAXPROCS(1)
		want := live(begin(t, name))
		runtime.GOMAXPROCS(2)
		var wait sync.WaitGroup
		for range 2 {
			g, cfg := begin(t, name)
			wait.Go(func() {
				if got := live(g, cfg); got != want {
					t.Errorf("%s: hash %s side by side on two processors, %s alone on one", name, got, want)
				}
			})
		}
		wait.Wait()
	}
}
