package spiking

import (
	"context"
	"testing"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// cycling is the preset at its full size on data of the recording's shape.
func cycling(b *testing.B) (*Model, Source) {
	rec := data.SyntheticCycling(1)
	k, err := task.NewCycling(rec.Factors, rec.EMG, rec.Dt)
	if err != nil {
		b.Fatal(err)
	}
	cfg := Preset2023()
	cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 2, 5, 5
	src := fromRecording{k}
	m, err := Transfer(context.Background(), cfg, src, nil)
	if err != nil {
		b.Fatal(err)
	}
	return m, src
}

func BenchmarkTrainingTrial(b *testing.B) {
	m, src := cycling(b)
	for b.Loop() {
		if err := m.Train(context.Background(), src, 1, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFreeTrial(b *testing.B) {
	m, src := cycling(b)
	b.ResetTimer()
	rec, err := m.Test(context.Background(), src, TestConfig{Trials: b.N, Seed: 1}, nil)
	if err != nil {
		b.Fatal(err)
	}
	var events float64
	for _, hz := range rec.Rates {
		events += hz * 2 * float64(b.N) * 2 * float64(m.cfg.Neurons)
	}
	b.ReportMetric(events/b.Elapsed().Seconds(), "events/s")
}
