package spiking

import (
	"context"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"github.com/spikewalk/spikewalk/neuro/internal/golden"
	"github.com/spikewalk/spikewalk/neuro/rls"
)

func TestSameSeedSameBits(t *testing.T) {
	ctx := context.Background()
	cfg := small()
	cfg.Neurons = 203 // no multiple of any vector
	src := wave.Own(wave.Task{Steps: 301, Vary: true})
	golden.Check(t, golden.Hash{Bits: "ce396b01c4c6e029", Numerics: 4}, func() (results [][]float64) {
		for _, precision := range []rls.Precision{rls.Float64, rls.Float32} {
			cfg.RLS.Precision = precision
			m, err := Transfer(ctx, cfg, src)
			if err != nil {
				t.Fatal(err)
			}
			rec, err := m.Test(ctx, src, TestConfig{WarmUpTrials: 1, Trials: 3, Recorded: 3, Seed: 8})
			if err != nil {
				t.Fatal(err)
			}
			results = append(results, m.Decoder().RawMatrix().Data, m.Readout().RawMatrix().Data, m.Bias(),
				rec.Spikes.Times, rec.Factors.Values.RawMatrix().Data, rec.Outputs.Values.RawMatrix().Data)
		}
		return results
	})
}
