package nb

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// An eye that has learned is kept with what happened; the one given stays as it was.
func TestLearnKeepsTheEyeAndItsLife(t *testing.T) {
	ownMemo(t)
	cfg := nef.MacNeil2011()
	cfg.Neurons = 20
	eye := Get(integrator.New(Get(nef.NewPopulation(cfg)), integrator.MacNeil2011()))
	before := eye.Decoders()
	life := integrator.Light(1)
	life.Curve, life.Drift.Positions, life.Drift.Free = []float64{0, 1}, 3, 0.1
	want := eye.Clone()
	run := Get(integrator.Live(context.Background(), want, life))
	for range 2 { // computed, then read
		learned, lived := Learn("life", eye, life)
		if !mat.Equal(learned.Decoders(), want.Decoders()) || !mat.Equal(eye.Decoders(), before) {
			t.Error("another eye has learned, or the one given did")
		}
		if !mat.Equal(lived.Gaze(), run.Gaze()) || !mat.Equal(lived.Curve[1].Traces, run.Curve[1].Traces) || lived.Curve[1].Slope != run.Curve[1].Slope {
			t.Error("another life was kept")
		}
	}
	life.Kappa *= 2
	if _, again := Learn("life", eye, life); len(memoFiles(t)) != 2 || len(again.Time) != 100 {
		t.Errorf("%d lives are kept, want one at each learning rate", len(memoFiles(t)))
	}
}

// The decoders' error is that of the readout: 1 where it says nothing.
func TestDecodersErrorIsReported(t *testing.T) {
	cfg := nef.MacNeil2011()
	optimal := Get(integrator.New(Get(nef.NewPopulation(cfg)), integrator.MacNeil2011()))
	silent := Get(optimal.WithDecoders(mat.NewDense(cfg.Neurons, 1, nil)))
	var got []float64
	ctx := neuro.WithWatch(context.Background(), func(p neuro.Progress) error {
		got = append(got, p.Error)
		return nil
	})
	watch := neuro.WatchOf(withDecodersError(ctx, silent))
	for _, second := range []int{1, 5} {
		Check(watch(neuro.Progress{Done: second, Total: 10, Error: math.NaN()}))
	}
	if !math.IsNaN(got[0]) || math.Abs(got[1]-1) > 2e-3 {
		t.Errorf("errors are %v, want none after 1 s and 1 after 5 s", got)
	}
}
