package rate

import (
	"context"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/task"
)

// BenchmarkFullForceTrial is one training trial of the preset at full size.
func BenchmarkFullForceTrial(b *testing.B) {
	cfg := DePasquale2018()
	cfg.WarmUpTrials, cfg.TrainingTrials, cfg.TestTrials = 0, b.N, 0
	if _, err := Train(context.Background(), FullForce{}, cfg, task.SweptOscillation()); err != nil {
		b.Fatal(err)
	}
}
