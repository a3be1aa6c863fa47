package bench

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// weightNoise is the relative weight noise after 20 minutes, η of the paper's
// experiment: life sets it, and the peer receives it.
const weightNoise = 0.3

// life is the 20 minutes of the paper's integrator.
func life(seconds float64) integrator.LifeConfig {
	cfg := integrator.Light(seconds)
	cfg.Noise = attractor.WeightNoise{Eta: weightNoise, Over: 1200}
	return cfg
}

// integrating measures the integrator in weight form, learning in light,
// against NumPy.
func integrating(set setting) measurement {
	return one(Row{
		Name: "integrator", Unit: fmt.Sprintf("%g simulated s", set.IntegratorSeconds), Cores: 1,
		Thresholds: []threshold{atMost("seconds", 30), atLeast("ratio", 50)},
		Work:       fmt.Sprintf("integrator, 40 neurons, full weights, %g simulated s at 0.1 ms, learning in light, weight noise %g", set.IntegratorSeconds, weightNoise),
	}, func(ctx context.Context, s *session, row *Row) error { return s.integrate(ctx, row) })
}

func (s *session) integrate(ctx context.Context, row *Row) error {
	set := s.setting
	cfg := integrator.MacNeil2011()
	pop, err := nef.NewPopulation(nef.MacNeil2011())
	if err != nil {
		return err
	}
	integ, err := integrator.New(pop, cfg)
	if err != nil {
		return err
	}
	params := integratorParams(integ, life(set.IntegratorSeconds))
	params["seconds"] = set.IntegratorPeerSeconds
	// One second more than is timed: the first is warm-up.
	block := int(set.IntegratorSeconds) / set.Repetitions
	next, stop := stepwise(
		func(watch neuro.Watch) error {
			_, err := integrator.Live(neuro.WithWatch(ctx, watch), integ, life(float64(1+block*set.Repetitions)))
			return err
		},
		func(neuro.Progress) bool { return true },
	)
	defer stop()
	if err := next(1); err != nil {
		return err
	}
	p := s.startPeer(ctx, "integrator", params, "numpy")
	defer p.close()
	p.scale = set.IntegratorSeconds
	err = s.compare(ctx, row, "", timed(float64(block)/set.IntegratorSeconds, func() error { return next(block) }), p)
	row.remark("The peer runs %g simulated s a repetition, scaled to the whole", set.IntegratorPeerSeconds)
	return err
}

// integratorParams are the parameters of an integrator and its life for the peer.
func integratorParams(g *attractor.Attractor, l integrator.LifeConfig) map[string]any {
	encode := mat.Col(nil, 0, g.Population.Encoders)
	for i, gain := range g.Population.Gain {
		encode[i] *= gain
	}
	lif := g.Population.Config.LIF()
	return map[string]any{
		"encode": encode, "bias": g.Population.Bias, "decoders": mat.Col(nil, 0, g.Decoders()),
		"dt": g.Config.Step, "tau_syn": g.Config.TauSyn, "tau_rc": lif.Tau, "tau_ref": lif.Refractory, "degrees": float64(integrator.Degrees),
		"kappa": l.Kappa * g.Config.Step, "window": l.Window, "oculomotor": l.Oculomotor, "noise": weightNoise,
	}
}
