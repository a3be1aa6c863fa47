package rate

import (
	"context"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/golden"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

func TestSameSeedSameBits(t *testing.T) {
	ctx, k := context.Background(), task.SweptOscillation()
	golden.Check(t, golden.Hash{Bits: "126873159170f2e1", Numerics: 4}, func() (results [][]float64) {
		for _, form := range []Form{Current, Rate} {
			cfg := small()
			cfg.Units, cfg.TrainingTrials, cfg.TestTrials, cfg.Form = 61, 2, 1, form // 61: no multiple of any vector
			full, err := Train(ctx, FullForce{}, cfg, k)
			if err != nil {
				t.Fatal(err)
			}
			readoutOnly, err := Train(ctx, Force{}, cfg, k)
			if err != nil {
				t.Fatal(err)
			}
			cfg.RLS.Precision = rls.Float32
			half, err := Train(ctx, FullForce{}, cfg, k)
			if err != nil {
				t.Fatal(err)
			}
			for _, fit := range []*Fit{full, readoutOnly, half} {
				results = append(results, fit.Network.Recurrent.RawMatrix().Data,
					fit.Network.Readout.RawMatrix().Data, fit.Activity.Values.RawMatrix().Data)
			}
		}
		return results
	})
}
