package integrator

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
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
	form   Form
	change func(*LearnConfig)
	golden string
}{
	"decoders": {Decoders, func(*LearnConfig) {}, "64db19741c871815"},
	"weights":  {Weights, func(*LearnConfig) {}, "cdd03c2bb4200a25"},
	"noise":    {Weights, func(c *LearnConfig) { c.Noise = WeightNoise{Eta: 0.3, Over: 60} }, "de86ae0247815c93"},
	"dark":     {Decoders, func(c *LearnConfig) { c.Oculomotor.Light = false }, "7db64d86051dfd49"},
	"surround": {Decoders, func(c *LearnConfig) { c.Oculomotor.SurroundGain, c.Oculomotor.Pulse = 0.2, FixedPulse }, "140d7479039be681"},
}

// begin is the integrator of a life, and the life.
func begin(t *testing.T, name string) (*Integrator, LearnConfig) {
	t.Helper()
	g := must[*Integrator](t)(paper(t, 1, func(c *Config) { c.Form = lives[name].form }).PerturbDecoders(0.15, 1))
	cfg := Light(2)
	lives[name].change(&cfg)
	return g, cfg
}

// live lets it happen and returns the hash, or the error.
func live(g *Integrator, cfg LearnConfig) string {
	run, err := g.Learn(context.Background(), cfg)
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
