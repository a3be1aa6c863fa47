package bench

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// events in the unit of the free-running rows.
const events = 1e9

// freeRunning measures the simulation of a trained network on its own, of the
// i-th size, against Brian2. An event is a spike that reaches one neuron
// through one of its two currents: 2 N of them per spike, on both sides.
func freeRunning(set setting, i int) measurement {
	return one(Row{
		Name: fmt.Sprintf("free-%d", full().FreeNeurons[i]), Unit: "10⁹ synaptic events", Cores: 1, Thresholds: []threshold{atLeast("ratio", 2)},
		Work: fmt.Sprintf("trained spiking network on its own, N = %d, dense, two synaptic currents, 1 ms steps", set.FreeNeurons[i]),
	}, func(ctx context.Context, s *session, row *Row) error { return s.freeRun(ctx, row, i) })
}

func (s *session) freeRun(ctx context.Context, row *Row, i int) error {
	n, trials := s.setting.FreeNeurons[i], s.setting.FreeTrials[i]
	k, _, err := cycling()
	if err != nil {
		return err
	}
	// Without the pulse at the start of a trial both sides simulate the same
	// network from the same state on.
	k.Height = 0
	src, err := task.NewSource(k)
	if err != nil {
		return err
	}
	m, err := prepared(ctx, n, 1, seed, rls.Float64, src)
	if err != nil {
		return err
	}
	path := filepath.Join(s.folder, fmt.Sprintf("free-%d.npz", n))
	if err := m.Save(path); err != nil {
		return err
	}
	simulated := float64(trials) * steps(k) * k.Dt
	p := s.brian(ctx, path, fmt.Sprintf("brian-%d", n), simulated)
	defer p.close()
	p.scale = events
	var rate float64
	ours := func() (float64, float64, error) {
		runtime.GC()
		start := time.Now()
		rec, err := m.Test(ctx, src, spiking.TestConfig{Trials: trials, Seed: seed})
		if err != nil {
			return 0, 0, err
		}
		seconds := time.Since(start).Seconds()
		spikes := spikeCount(rec, float64(trials)*steps(k))
		rate = spikes / float64(n) / simulated
		return seconds, 2 * float64(n) * spikes / events, nil
	}
	profile := ""
	if i == 0 {
		profile = "free"
	}
	if err := s.compare(ctx, row, profile, ours, p); err != nil {
		return err
	}
	row.remark("We: %.2g events/s at %.1f Hz", events / *row.Seconds, rate)
	if p.problem == "" {
		theirs := p.last.Units / (2 * float64(n)) / float64(n) / simulated
		row.remark("The peer: %.2g events/s at %.1f Hz, its %.0f s of building not counted", events / *row.PeerSeconds, theirs, p.info["build_seconds"])
	}
	row.limit(s.limits.time(8*events, s.limits.Stream, 0), "8 bytes of weight per event at stream speed; weights that the cache holds can be faster")
	return nil
}

// brian starts Brian2 in C++ standalone mode, which needs a compiler.
func (s *session) brian(ctx context.Context, model, folder string, seconds float64) *peer {
	if !onPath("g++") {
		return absent("not installed: no g++ on the PATH, which Brian2's C++ standalone mode compiles with")
	}
	return s.startPeer(ctx, "freerun", map[string]any{
		"model": model, "folder": filepath.Join(s.folder, folder), "seconds": seconds,
	}, "numpy", "brian2")
}
