package spiking_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// same asks whether two pulses of ±1 in one channel were the same.
type same struct{}

func (same) Shape() task.Shape {
	return task.Shape{Name: "same or different", Dt: 0.001, Inputs: 1, Outputs: 1}
}

func (same) Trial(rng *rand.Rand) (task.Trial, error) {
	const pulse, next, respond, length = 50, 70, 120, 220
	pause := 80 + rng.IntN(40)
	in, out := mat.NewDense(pause+length, 1, nil), mat.NewDense(pause+length, 1, nil)
	a, b := float64(2*rng.IntN(2)-1), float64(2*rng.IntN(2)-1)
	for t := range pulse {
		in.Set(pause+t, 0, a)
		in.Set(pause+next+t, 0, b)
	}
	w := task.Window{From: pause + respond, To: pause + length}
	for t := w.From; t < w.To; t++ {
		out.Set(t, 0, a*b)
	}
	return task.Trial{Inputs: in, Targets: out, Score: w, Correct: func(z *mat.Dense) bool {
		return a*b*mat.Sum(z.Slice(w.From, w.To, 0, 1)) > 0
	}}, nil
}

// What a rate network has learned with biases, its spiking twin answers: the
// biases go along as a constant current.
func TestTrainedBiasesReachTheSpikes(t *testing.T) {
	ctx, units := context.Background(), rate.DePasquale2018()
	units.Units, units.Tau, units.Gain, units.BiasScale = 100, 0.02, 1.2, 0.5
	units.TrainingTrials, units.TestTrials, units.RecordedTrials = 60, 20, 20
	fit := must[*rate.Fit](t)(rate.Train(ctx, rate.FullForce{}, units, same{}))
	basis := must[*factor.Basis](t)(factor.PCA(fit.Activity, factor.Components(12)))
	src := must[task.Source](t)(rate.NewSource(fit.Network, basis, same{}))
	model, warned := trained(t, short(200, 12, 80), src)
	rec := must[*recording.Recording](t)(model.Test(ctx, src, spiking.TestConfig{WarmUpTrials: 5, Trials: 50, Seed: 1001}))
	if right := rec.Accuracy(); right < 0.96 || warned != nil || rec.Warnings != nil {
		t.Errorf("%g right, warnings %v while training and %v in the test", right, warned, rec.Warnings)
	}
}
