package bench

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"runtime"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/spiking"
)

// training measures trials of closed-loop training on a number of cores
// against the sequential algorithm in NumPy, which is float64 and uses one.
func training(set setting, name string, onCores int, precision rls.Precision, thresholds ...threshold) measurement {
	return one(Row{
		Name: name, Unit: "training trial", Cores: onCores, Thresholds: thresholds,
		Work: fmt.Sprintf("cycling, N = %d, 12 factors, 3 outputs, 2000 steps, an update at half of them, P in %s", set.Neurons, precision),
	}, func(ctx context.Context, s *session, row *Row) error { return s.train(ctx, precision, row) })
}

// train fills a row on training.
func (s *session) train(ctx context.Context, precision rls.Precision, row *Row) error {
	set := s.setting
	k, src, err := cycling()
	if err != nil {
		return err
	}
	m, err := prepared(ctx, set.Neurons, 2, seed, precision, src)
	if err != nil {
		return err
	}
	spikes, err := spikesPerTrial(ctx, m, src, k)
	if err != nil {
		return err
	}
	p, err := s.cyclingPeer(ctx, m, steps(k))
	if err != nil {
		return err
	}
	defer p.close()
	profile := ""
	if row.Cores == 1 && precision == rls.Float64 {
		profile = "training"
	}
	err = s.compare(ctx, row, profile, timed(float64(set.Trials), func() error { return m.Train(ctx, src, set.Trials) }), p)
	if p.problem == "" {
		row.remark("The peer runs %d steps a repetition on one core in float64, scaled by steps to a trial; without NumPy's temporary matrix an update of P alone would take it %.2f ms",
			set.PeerSteps, 1e3*p.info["update_without_temporary"])
	}
	if precision == rls.Float64 {
		bytes, flops := trainingCost(set.Neurons, spikes, steps(k)/2)
		row.limit(s.limits.time(bytes, s.limits.Stream, flops), "symmetric rank-K updates of P at the multiply-add peak + P's columns of the neurons that spiked at stream speed")
	}
	return err
}

// trainingCost is what a trial of training cannot do without: the columns of
// P that its spikes touch, two of 2N numbers each, and half of a rank-one
// change of P, (2N)² operations, for each update.
func trainingCost(neurons int, spikes, updates float64) (bytes, flops float64) {
	n := 2 * float64(neurons)
	return spikes * 2 * n * 8, updates * n * n
}

// cyclingPeer hands a copy of the network to NumPy.
func (s *session) cyclingPeer(ctx context.Context, m *spiking.Model, steps float64) (*peer, error) {
	path := filepath.Join(s.folder, "training.npz")
	if err := m.Save(path); err != nil {
		return nil, err
	}
	k, _, err := cycling()
	if err != nil {
		return nil, err
	}
	trial, err := firstTrial(k)
	if err != nil {
		return nil, err
	}
	params := trialParams(trial)
	maps.Copy(params, map[string]any{"model": path, "steps": s.setting.PeerSteps})
	p := s.startPeer(ctx, "cycling", params, "numpy")
	p.scale = steps
	return p, nil
}

// demo measures the whole walk of the cycling notebook, from drawing a network
// to testing it.
func demo(set setting) measurement {
	return one(Row{
		Name: "demo", Unit: "demo", Cores: min(2, runtime.NumCPU()), Peer: "none", Thresholds: []threshold{atMost("seconds", 60)},
		Work: fmt.Sprintf("the whole cycling demo: N = %d, %d trials of demeaning, %d of training, %d of test, %d of warm-up before each",
			set.DemoNeurons, set.DemoDemean, set.DemoTraining, set.DemoTest, set.DemoWarmUp),
	}, func(ctx context.Context, s *session, row *Row) error { return s.demo(ctx, row) })
}

func (s *session) demo(ctx context.Context, row *Row) error {
	set := s.setting
	k, src, err := cycling()
	if err != nil {
		return err
	}
	cfg := spiking.DePasquale2023()
	cfg.Neurons, cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = set.DemoNeurons, set.DemoWarmUp, set.DemoDemean, set.DemoTraining
	test := spiking.DefaultTest()
	test.WarmUpTrials, test.Trials = set.DemoWarmUp, set.DemoTest
	var rec *recording.Recording
	measured, err := paired(ctx, 1, timed(1, func() error {
		m, err := spiking.Transfer(ctx, cfg, src)
		if err == nil {
			rec, err = m.Test(ctx, src, test)
		}
		return err
	}), nil)
	if err != nil {
		return err
	}
	row.fill(measured)
	factors, outputs := rec.MedianErrors()
	row.remark("One repetition; median test nMSE on synthetic data %.3f of factors, %.3f of outputs", factors, outputs)
	trials := float64(set.DemoTraining)
	spikes := spikeCount(rec, steps(k))
	bytes, flops := trainingCost(set.DemoNeurons, spikes, steps(k)/2)
	free := float64(3*set.DemoWarmUp+set.DemoDemean+set.DemoTest) * spikes * 2 * float64(set.DemoNeurons) * 8
	row.limit(s.limits.time(trials*bytes+free, s.limits.Stream, trials*flops), "as training, and weights of the neurons that spiked in the other trials; both cores'")
	return nil
}
