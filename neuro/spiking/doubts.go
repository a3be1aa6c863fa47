package spiking

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/verdict"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// remedies are what to try where a spiking network is no better than a silent
// one.
const remedies = "train longer (DemeaningTrials, TrainingTrials), take more Neurons, another Gain (4 to 12 are usual) or RLS.Alpha (1 is usual); see that the step, %g s, is that of the recording"

// aloneTrials is the number of trials without learning that [Transfer] ends with,
// aloneWarmUp that of those before them with the target factors fed in.
const aloneTrials, aloneWarmUp = 10, 5

// aloneShare is the share of these trials, few as they are, that must be no
// better than silence.
const aloneShare = 2. / 3

// tryAlone runs the trained network on its own, and warns of a P that is
// ill-conditioned and of what is no better than silence. It changes nothing of the model but the warnings.
func (m *Model) tryAlone(ctx context.Context, src task.Source) error {
	m.training.Warnings = append(m.training.Warnings, m.cfg.RLS.CheckCondition("spiking training, factors", m.Condition())...)
	m.training.Warnings = append(m.training.Warnings, rls.Default().CheckCondition("spiking training, output", m.readP.Condition())...)
	seed := neuro.Stream(m.cfg.Seed, trialsAlone).Uint64()
	rec, err := m.Test(neuro.WithWatch(ctx, nil), src, TestConfig{WarmUpTrials: aloneWarmUp, Trials: aloneTrials, Seed: seed})
	if diverged := (*neuro.DivergenceError)(nil); errors.As(err, &diverged) {
		m.training.Warnings = append(m.training.Warnings, neuro.Warning{
			Kind: neuro.WorseThanSilence, Where: "spiking network on its own", Message: diverged.Error(),
			Try: fmt.Sprintf(remedies, m.shape.Dt),
		})
		return nil
	}
	if err != nil {
		return err
	}
	factors, outputs := rec.Slips(math.Nextafter(verdict.Silence, 0))
	for _, w := range rec.Warnings {
		if w.Kind == neuro.RanAway || max(factors, outputs) >= aloneShare {
			m.training.Warnings = append(m.training.Warnings, w)
		}
	}
	return nil
}
