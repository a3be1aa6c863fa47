package spiking

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/checkpoint"
	"github.com/spikewalk/spikewalk/neuro/internal/wave"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// cycling is the preset at its full size on data of the recording's shape.
func cycling(b *testing.B, precision rls.Precision) (*Model, task.Source) {
	rec := data.SyntheticCycling(1)
	k, err := task.NewCycling(rec.Factors, rec.EMG, rec.Dt)
	if err != nil {
		b.Fatal(err)
	}
	cfg := DePasquale2023()
	cfg.RLS.Precision = precision
	cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 2, 5, 5
	src := wave.Own(k)
	m, err := Transfer(context.Background(), cfg, src)
	if err != nil {
		b.Fatal(err)
	}
	return m, src
}

func BenchmarkTrainingTrial(b *testing.B) {
	for _, precision := range []rls.Precision{rls.Float64, rls.Float32} {
		b.Run(string(precision), func(b *testing.B) {
			m, src := cycling(b, precision)
			for b.Loop() {
				if err := m.Train(context.Background(), src, 1); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFreeTrial(b *testing.B) {
	m, src := cycling(b, rls.Float64)
	b.ResetTimer()
	rec, err := m.Test(context.Background(), src, TestConfig{Trials: b.N, Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	var events float64
	for _, hz := range rec.Rates {
		events += hz * 2 * float64(b.N) * 2 * float64(m.cfg.Neurons)
	}
	b.ReportMetric(events/b.Elapsed().Seconds(), "events/s")
}

// The full target set of 300 units, at 448 neurons.
func BenchmarkTrainingTrialFullTargets(b *testing.B) {
	src := wave.Own(many{units: 300})
	cfg := DePasquale2016()
	cfg.Neurons, cfg.Gain = 448, 12
	cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 1, 2, 2
	m, err := Transfer(context.Background(), cfg, src)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := m.Train(context.Background(), src, 1); err != nil {
			b.Fatal(err)
		}
	}
}

// many is a task of many sinusoidal factors.
type many struct{ units int }

func (k many) Shape() task.Shape {
	return task.Shape{Name: "many", Dt: 0.001, Outputs: 1, Factors: k.units}
}

func (k many) Trial(*rand.Rand) (task.Trial, error) {
	const steps = 1000
	factors, out := mat.NewDense(steps, k.units, nil), mat.NewDense(steps, 1, nil)
	for t := range steps {
		phase := 2 * math.Pi * float64(t) / steps
		for i := range k.units {
			factors.Set(t, i, math.Sin(phase*float64(1+i%5)+float64(i)))
		}
		out.Set(t, 0, math.Sin(phase))
	}
	return task.Trial{Factors: factors, Targets: out}, nil
}

// BenchmarkCheckpoint is what it takes to leave a state, and to go on from it.
func BenchmarkCheckpoint(b *testing.B) {
	for _, neurons := range []int{448, 800, 3000} {
		cfg := DePasquale2023()
		cfg.Neurons, cfg.RLS.Precision = neurons, rls.Float64
		m, err := New(cfg, wave.Source(100))
		if err != nil {
			b.Fatal(err)
		}
		c := neuro.Checkpoints{Folder: b.TempDir(), Trials: 1}
		ctx := neuro.WithCheckpoints(b.Context(), c)
		b.Run(fmt.Sprint(neurons), func(b *testing.B) {
			keep, err := checkpoint.Open(ctx, "benchmark", neurons)
			if err != nil {
				b.Fatal(err)
			}
			trial := keep.At()
			for b.Loop() {
				trial++
				if keep.After(trial, false, m.state); keep.At() != trial {
					b.Fatal("not left")
				}
			}
			b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N), "ms/state")
			files, err := os.ReadDir(c.Folder)
			if err != nil {
				b.Fatal(err)
			}
			info, err := files[0].Info()
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(info.Size())/1e6, "MB")
			begun := time.Now()
			if keep, err = checkpoint.Open(ctx, "benchmark", neurons); err == nil {
				err = keep.Restore(m.state)
			}
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(time.Since(begun).Milliseconds()), "ms/restored")
		})
		if err := c.Remove(); err != nil {
			b.Fatal(err)
		}
	}
}
