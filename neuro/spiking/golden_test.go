package spiking

import (
	"context"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/golden"
)

func TestSameSeedSameBits(t *testing.T) {
	ctx := context.Background()
	cfg := small()
	cfg.Neurons = 203 // no multiple of any vector
	src := fromRecording{wave{steps: 301, vary: true}}
	golden.Check(t, golden.Hash{Bits: "d86cde933cc5c375", Numerics: 3}, func() [][]float64 {
		m, err := Transfer(ctx, cfg, src, nil)
		if err != nil {
			t.Fatal(err)
		}
		rec, err := m.Test(ctx, src, TestConfig{WarmUpTrials: 1, Trials: 3, Recorded: 3, Seed: 8}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return [][]float64{
			m.Decoder().RawMatrix().Data, m.Readout().RawMatrix().Data, m.Bias(),
			rec.Spikes.Times, rec.Factors.RawMatrix().Data, rec.Outputs.RawMatrix().Data,
		}
	})
}
