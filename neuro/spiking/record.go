package spiking

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// TestConfig says how a trained model is tested. Start from [DefaultTest].
type TestConfig struct {
	// WarmUpTrials are run first with the target factors fed in; then Trials
	// with the network on its own.
	WarmUpTrials, Trials int
	// Recorded is the number of test trials that are kept in full; the
	// errors of all are.
	Recorded int
	// Voltages lists the neurons whose voltage is kept.
	Voltages []int
	// Seed of the test trials.
	Seed uint64
}

// DefaultTest returns 50 trials of warm-up and 100 test trials, 3 of them
// recorded, from another seed than any training preset's.
func DefaultTest() TestConfig {
	return TestConfig{WarmUpTrials: 50, Trials: 100, Recorded: 3, Seed: 1001}
}

// Recording is what a spiking network did on its own. Recorded trials stand
// one after the other in time.
type Recording struct {
	// Dt is the time step in seconds, Neurons is N.
	Dt      float64
	Neurons int
	// Spikes of the recorded trials.
	Spikes Spikes
	// Factors and FactorTargets are T × P, Outputs and OutputTargets T × m.
	Factors, FactorTargets *mat.Dense
	Outputs, OutputTargets *mat.Dense
	// Voltages is T × the neurons asked for, nil if none was. A neuron is
	// seen after its reset, so spikes do not show.
	Voltages *mat.Dense
	// FactorErrors and OutputErrors hold the nMSE of every test trial,
	// pooled over factors and over outputs.
	FactorErrors, OutputErrors []float64
	// Rates is each neuron's mean firing rate over all test trials, in Hz.
	Rates []float64
}

// MedianErrors returns the medians over test trials of the nMSE of factors and
// of outputs, the numbers that the papers report.
func (r *Recording) MedianErrors() (factors, outputs float64) {
	return task.Median(r.FactorErrors), task.Median(r.OutputErrors)
}

// Test runs the model on its own: factors are what it reads from its own
// spikes. The model itself is not changed.
func (m *Model) Test(ctx context.Context, src Source, cfg TestConfig, watch neuro.Watch) (*Recording, error) {
	if err := m.fits(src); err != nil {
		return nil, err
	}
	if cfg.WarmUpTrials < 0 || cfg.Trials < 1 || cfg.Recorded < 0 {
		return nil, fmt.Errorf("spiking: %d warm-up, %d test and %d recorded trials: at least 1 test trial and no negative number", cfg.WarmUpTrials, cfg.Trials, cfg.Recorded)
	}
	for _, i := range cfg.Voltages {
		if i < 0 || i >= m.cfg.Neurons {
			return nil, fmt.Errorf("spiking: voltage of neuron %d asked for, neurons are 0 to %d", i, m.cfg.Neurons-1)
		}
	}
	run, err := m.forTesting(cfg.Seed)
	if err != nil {
		return nil, err
	}
	total := cfg.WarmUpTrials + cfg.Trials
	for i := range cfg.WarmUpTrials {
		if err := run.driven(ctx, src, "test warm-up", i, func() {}); err != nil {
			return nil, err
		}
		stop, err := watch.Report(neuro.Progress{Stage: "warm-up", Done: i + 1, Total: total, Error: math.NaN()})
		if err != nil {
			return nil, err
		}
		if stop {
			break
		}
	}
	rec := newRecorder(run, cfg)
	for i := range cfg.Trials {
		if err := rec.trial(ctx, src, i); err != nil {
			return rec.done(), err
		}
		stop, err := watch.Report(neuro.Progress{Stage: "test", Done: cfg.WarmUpTrials + i + 1, Total: total, Error: rec.FactorErrors[i]})
		if err != nil {
			return rec.done(), err
		}
		if stop {
			break
		}
	}
	return rec.done(), nil
}

// forTesting returns a model that shares the weights but has a state and
// random trials of its own.
func (m *Model) forTesting(seed uint64) (*Model, error) {
	run, net := *m, *m.net
	run.net = &net
	net.v = append([]float64(nil), net.v...)
	net.slowCurrent, net.fastCurrent = make([]float64, net.n), make([]float64, net.n)
	net.toward, net.spikesBuffer = make([]float64, net.n), make([]int, 0, net.n)
	var err error
	run.decoder, err = rls.NewFiltered(net.n, m.shape.Factors, net.decaySlow, net.decayFast)
	if err != nil {
		return nil, err
	}
	run.cfg.Seed = seed
	run.sourceState = nil
	return &run, run.decoder.Restore(m.decoder.State())
}

// recorder collects a Recording.
type recorder struct {
	Recording
	m                                *Model
	cfg                              TestConfig
	steps                            int // recorded so far
	all                              int // of all test trials
	counts                           []float64
	factors, wanted, outputs, target []*mat.Dense
	voltages                         []float64
}

func newRecorder(m *Model, cfg TestConfig) *recorder {
	return &recorder{
		Recording: Recording{Dt: m.shape.Dt, Neurons: m.cfg.Neurons},
		m:         m, cfg: cfg,
		counts: make([]float64, m.cfg.Neurons),
	}
}

// trial runs one trial in closed loop.
func (r *recorder) trial(ctx context.Context, src Source, i int) error {
	m := r.m
	trial, err := m.nextTrial(src, "test", i)
	if err != nil {
		return err
	}
	m.resync()
	p := m.shape.Factors
	y, z := make([]float64, p+1), make([]float64, m.shape.Outputs)
	y[p] = 1
	factors, outputs := mat.NewDense(trial.Steps(), p, nil), mat.NewDense(trial.Steps(), m.shape.Outputs, nil)
	m.decoder.Output(y[:p])
	for t := range trial.Steps() {
		if err := ctx.Err(); err != nil {
			return err
		}
		fired := m.net.step(y[:p], inputsAt(trial, t))
		m.decoder.Step(fired)
		m.decoder.Output(y[:p])
		output(z, m.readout, y)
		if err := finite("spiking test", i, t, y, z); err != nil {
			return err
		}
		factors.SetRow(t, y[:p])
		outputs.SetRow(t, z)
		for _, j := range fired {
			r.counts[j]++
		}
		r.all++
		if i < r.cfg.Recorded {
			r.keep(fired)
		}
	}
	if i < r.cfg.Recorded {
		r.factors, r.wanted = append(r.factors, factors), append(r.wanted, trial.Factors)
		r.outputs, r.target = append(r.outputs, outputs), append(r.target, trial.Targets)
	}
	w := trial.Scored()
	r.FactorErrors = append(r.FactorErrors, task.NMSE(factors, trial.Factors, w))
	r.OutputErrors = append(r.OutputErrors, task.NMSE(outputs, trial.Targets, w))
	return nil
}

func (r *recorder) keep(fired []int) {
	r.steps++
	for _, j := range fired {
		r.Spikes.Times = append(r.Spikes.Times, float64(r.steps)*r.Dt)
		r.Spikes.Neurons = append(r.Spikes.Neurons, j)
	}
	for _, j := range r.cfg.Voltages {
		r.voltages = append(r.voltages, r.m.net.v[j])
	}
}

func (r *recorder) done() *Recording {
	rec := r.Recording
	rec.Factors, rec.FactorTargets = stack(r.factors), stack(r.wanted)
	rec.Outputs, rec.OutputTargets = stack(r.outputs), stack(r.target)
	if len(r.voltages) > 0 {
		rec.Voltages = mat.NewDense(r.steps, len(r.cfg.Voltages), r.voltages)
	}
	if r.all > 0 {
		rec.Rates = make([]float64, r.Neurons)
		for j, c := range r.counts {
			rec.Rates[j] = c / (float64(r.all) * r.Dt)
		}
	}
	return &rec
}

// stack puts trials one after the other.
func stack(trials []*mat.Dense) *mat.Dense {
	var out *mat.Dense
	for _, x := range trials {
		if out == nil {
			out = mat.DenseCopyOf(x)
			continue
		}
		both := new(mat.Dense)
		both.Stack(out, x)
		out = both
	}
	return out
}
