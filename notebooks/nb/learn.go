package nb

import (
	"context"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/integrator"
)

// Learn lets a copy of an integrator live and learn as [integrator.Live] does, and
// returns the copy, as it has become, and what happened. Both are kept by [Memo] for
// a label, the integrator's state and the configuration; the integrator itself
// stays as it is. While it lives, [Live] shows how far its decoders are off:
// Σ (x̂ - x)²/Σ x². What goes wrong ends the cell as [Check] does.
func Learn(label string, eye *attractor.Attractor, cfg integrator.LifeConfig) (*attractor.Attractor, integrator.Run) {
	Check(eye.Validate())
	type lived struct {
		Eye *attractor.Attractor
		Run integrator.Run
	}
	l := Memo(label, []any{eye, cfg}, func(ctx context.Context) (l lived, err error) {
		l.Eye = eye.Clone()
		l.Run, err = integrator.Live(withDecodersError(ctx, l.Eye), l.Eye, cfg)
		return l, err
	})
	return l.Eye, l.Run
}

// decodersEvery is how many seconds of life pass from one look at the decoders to
// the next: looking takes about as long as one of them.
const decodersEvery = 5

// withDecodersError is ctx, whose watch is told of the decoders' error.
func withDecodersError(ctx context.Context, eye *attractor.Attractor) context.Context {
	watch := neuro.WatchOf(ctx)
	if watch == nil {
		return ctx
	}
	return neuro.WithWatch(ctx, func(p neuro.Progress) error {
		if p.Done%decodersEvery == 0 {
			if t, err := integrator.MeasureTransfer(eye); err == nil {
				wanted := integrator.Degrees * eye.Population.Config.Radius / math.Sqrt(3) // root mean square of x
				p.Error = math.Pow(t.RMSE/wanted, 2)
			}
		}
		return watch(p)
	})
}
