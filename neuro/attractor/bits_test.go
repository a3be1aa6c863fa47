//go:build amd64 && !amd64.v3 && !noasm

package attractor_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// hash is that of numbers, to the bit.
func hash(all ...[]float64) string {
	h := sha256.New()
	for _, v := range all {
		for _, x := range v {
			h.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(x)))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Two seconds of each world, with learning, and the drift afterwards give the
// same bits as when the hashes were taken, in builds for amd64 as they come; see
// TestGolden of package integrator.
func TestGolden(t *testing.T) {
	onRing := func(cfg attractor.RingConfig, neurons, points int) (*attractor.Attractor, attractor.World) {
		cfg.Population.Neurons, cfg.Points = neurons, points
		a := must[*attractor.Attractor](t)(attractor.NewRing(cfg))
		return must[*attractor.Attractor](t)(a.PerturbDecoders(0.15, 2)), must[attractor.World](t)(attractor.NewWander(cfg, 5))
	}
	inPlane := func(form attractor.Form) (*attractor.Attractor, attractor.World) {
		cfg := attractor.DefaultConfig()
		cfg.Form = form
		points := must[nef.Points](t)(nef.Ball(1, 2, 500, 1))
		a := must[*attractor.Attractor](t)(attractor.New(paper(t, 60, 2, 1), attractor.Definition{Points: points, Config: cfg}))
		spoil := a.PerturbDecoders
		if form == attractor.Weights {
			spoil = a.Perturb
		}
		return must[*attractor.Attractor](t)(spoil(0.15, 2)), must[attractor.World](t)(attractor.NewGaze(attractor.DefaultGaze(), 2, cfg.Step, 5))
	}
	for name, c := range map[string]struct {
		make        func() (*attractor.Attractor, attractor.World)
		held        *mat.Dense
		life, drift string
	}{
		"plane, decoders": {
			func() (*attractor.Attractor, attractor.World) { return inPlane(attractor.Decoders) },
			mat.NewDense(2, 2, []float64{0.5, 0, -0.3, 0.4}), "8499578fd1c520cf", "1b08921efbab8933",
		},
		"plane, weights": {
			func() (*attractor.Attractor, attractor.World) { return inPlane(attractor.Weights) },
			mat.NewDense(2, 2, []float64{0.5, 0, -0.3, 0.4}), "b01e8c1c71a389d9", "7edb12574968fad6",
		},
		"ring": {
			func() (*attractor.Attractor, attractor.World) { return onRing(attractor.Ring(), 80, 500) },
			mat.NewDense(2, 2, []float64{1, 0, 0, 1}), "cf878012298c3856", "beb0baa00ec4f3eb",
		},
		"path": {
			func() (*attractor.Attractor, attractor.World) { return onRing(attractor.Path(), 120, 800) },
			mat.NewDense(2, 4, []float64{1, 0, 0, 1, 0, 1, 1, 0}), "29785dfb58386a4d", "90bfea7c63383b73",
		},
	} {
		a, w := c.make()
		run := must[attractor.Run](t)(a.Live(ctx, w, attractor.LifeConfig{Seconds: 2, Kappa: 1e-6, Sample: 0.01, Seed: 3}))
		if got := hash(a.Decoders().RawMatrix().Data, a.Weights().RawMatrix().Data, run.Time, run.X.RawMatrix().Data,
			run.Truth.RawMatrix().Data, run.Correction.RawMatrix().Data, run.Activity); got != c.life {
			t.Errorf("%s: a life has the hash %s, want %s: the numerics changed", name, got, c.life)
		}
		cfg := attractor.DefaultDrift()
		cfg.Free = 0.2
		d := must[attractor.Drift](t)(a.MeasureDrift(ctx, c.held, cfg))
		if got := hash(d.Velocities.RawMatrix().Data, d.Time, d.Traces[1].RawMatrix().Data); got != c.drift {
			t.Errorf("%s: its drift has the hash %s, want %s: the numerics changed", name, got, c.drift)
		}
	}
}
