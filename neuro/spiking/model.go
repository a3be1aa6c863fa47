package spiking

import (
	"cmp"
	"context"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
	"github.com/spikewalk/spikewalk/neuro/internal/persist"
	"github.com/spikewalk/spikewalk/neuro/internal/run"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Model is a spiking network with its learned factors and output: built by
// [New], trained by [Transfer] or step by step, saved and loaded.
type Model struct {
	cfg   Config
	shape task.Shape

	net     *network
	decoder *rls.Filtered // y = w [s; f]
	readout *mat.Dense    // W, m × (P+1)
	readP   *rls.RLS      // of [y; 1]

	// sourceState is what the source's own network was in after the last
	// trial of the current stage.
	sourceState task.State
	trained     int // training trials behind it
	training    Training
}

// Training is how training went.
type Training struct {
	// FactorErrors and OutputErrors are the nMSE of factors and of the
	// output in each training trial, while learning.
	FactorErrors, OutputErrors []float64
	// Warnings say what is doubtful ([neuro.Warning]): a coarse step and, after
	// [Transfer], a P that is ill-conditioned, an error of 1 or more in two thirds of
	// the ten trials it ends with, or one of them that has run away.
	Warnings []neuro.Warning `json:",omitempty"`
}

// Transfer builds a spiking network for a source of factors, measures its
// bias and trains it: [New], [Model.Demean] and [Model.Train] with the
// numbers of trials that cfg states. Whoever watches ctx ([neuro.WithWatch]) sees
// each trial.
//
// Cost: at 800 neurons, 12 factors and trials of 2000 steps about 0.08 s per
// training trial and 0.015 s per demeaning trial on one core, growing as N².
// An error names what is wrong with cfg or the source; divergence gives a
// *[neuro.DivergenceError] and the model as it was after the last good trial.
//
// While a network learns its errors are small, as its weights are corrected
// all the time. So Transfer ends with a few trials without learning, and says in
// the Warnings of its [Training] if the network is no better than a silent one.
//
// Under [neuro.WithCheckpoints] it goes on where it was when the program was killed.
func Transfer(ctx context.Context, cfg Config, src task.Source) (*Model, error) {
	if err := bound.Context("spiking", ctx); err != nil {
		return nil, err
	}
	m, err := New(cfg, src)
	if err != nil {
		return nil, err
	}
	total := 2*cfg.WarmUpTrials + cfg.DemeaningTrials + cfg.TrainingTrials
	all := run.Watched(ctx, total)
	keep, err := open(ctx, "spiking transfer", src, cfg)
	if err != nil {
		return nil, err
	}
	all.Keep(keep, total)
	all.Doubts = func() ([]neuro.Warning, error) {
		err := m.tryAlone(ctx, src)
		return m.training.Warnings, err
	}
	if err := m.demean(ctx, src, all); err != nil {
		return m, err
	}
	if err := m.train(ctx, src, cfg.TrainingTrials, all); err != nil || all.Complete() {
		return m, err
	}
	return m, m.tryAlone(ctx, src) // its watcher has stopped the training
}

// New draws the fixed random weights of an untrained network.
func New(cfg Config, src task.Source) (*Model, error) {
	if err := carry.Given("spiking", src); err != nil {
		return nil, err
	}
	shape := src.Shape()
	if err := cmp.Or(cfg.Validate(), shape.Validate()); err != nil {
		return nil, err
	}
	if _, err := cfg.checkStep(shape.Dt); err != nil {
		return nil, err
	}
	net, err := build(cfg, src)
	if err != nil {
		return nil, err
	}
	m := &Model{cfg: cfg, shape: shape, net: net, readout: mat.NewDense(shape.Outputs, shape.Factors+1, nil)}
	return m, m.equip()
}

// equip gives the model what it learns with.
func (m *Model) equip() (err error) {
	if m.decoder, err = rls.NewFiltered(m.cfg.Neurons, m.shape.Factors, m.net.decaySlow, m.net.decayFast); err != nil {
		return err
	}
	if err = m.decoder.Learn(m.cfg.RLS); err != nil {
		return err
	}
	m.readP, err = rls.New(m.shape.Factors+1, rls.Config{Alpha: m.cfg.RLS.Alpha, Pending: 1})
	return err
}

// Config returns the configuration the model was built with.
func (m *Model) Config() Config { return m.cfg }

// Training returns the errors of all training trials so far.
func (m *Model) Training() Training { return m.training }

// Decoder returns a copy of w, P × 2N: slow synapses first.
func (m *Model) Decoder() *mat.Dense { return m.decoder.State().Weights }

// Condition returns the condition number of the P that w is learned with, 0 if it is
// not known ([rls.RLS.Condition]). [Transfer] warns where it is too large. Cost: as
// much as some training trials, and two copies of P while it takes.
func (m *Model) Condition() float64 { return m.decoder.Condition() }

// Readout returns a copy of W, m × (P+1): the last column is the offset.
func (m *Model) Readout() *mat.Dense { return mat.DenseCopyOf(m.readout) }

// Encoder returns a copy of u, N × P: how factors drive neurons.
func (m *Model) Encoder() *mat.Dense { return carry.Transposed(m.net.factors) }

// Bias returns a copy of b, length N.
func (m *Model) Bias() []float64 { return append([]float64(nil), m.net.bias...) }

// InputWeights returns a copy of u_in, N × inputs; nil without inputs.
func (m *Model) InputWeights() *mat.Dense { return carry.Transposed(m.net.inputs) }

// FixedRecurrent returns copies of the fixed random weights, N × N each: J0s,
// through slow synapses, and J0f + J_μ, through fast ones, with the uniform
// inhibition. Column j holds the weights from neuron j.
func (m *Model) FixedRecurrent() (slow, fast *mat.Dense) {
	n := m.net.n
	return carry.Transposed(mat.NewDense(n, n, m.net.slow)), carry.Transposed(mat.NewDense(n, n, m.net.fast))
}

// LearnedRecurrent returns u w, N × 2N and of rank P: the recurrent weights
// that training has added through slow (first N columns) and fast synapses.
func (m *Model) LearnedRecurrent() *mat.Dense {
	var j mat.Dense
	j.Mul(m.net.factors.T(), m.decoder.State().Weights)
	return &j
}

// Demean measures the bias b, each neuron's mean current u ỹ + J0s s + J0f f,
// over DemeaningTrials trials after WarmUpTrials with the target factors fed
// in. The mean is over all steps of all trials, whatever their lengths.
//
// Uniform inhibition J_μ f is not taken off, as in the authors' program: it is
// what holds the rate of the population (22 Hz for cycling at the preset, 37 Hz
// if its mean went too). Nor are inputs and constant drives.
func (m *Model) Demean(ctx context.Context, src task.Source) error {
	if err := bound.Context("spiking", ctx); err != nil {
		return err
	}
	if err := carry.Fits("spiking", m.shape, src); err != nil {
		return err
	}
	all := run.Watched(ctx, m.cfg.WarmUpTrials+m.cfg.DemeaningTrials)
	return m.demean(ctx, src, all)
}

func (m *Model) demean(ctx context.Context, src task.Source, all *run.Progress) error {
	r, mean := newRunning(m, src), newMeanCurrent(m)
	clear(m.net.bias)
	m.sourceState = task.State{}
	all.In(func(c *persist.State) { m.state(c); mean.state(c) })
	err := all.Stage("demean", m.cfg.WarmUpTrials+m.cfg.DemeaningTrials, func(i int) (run.Report, error) {
		if i < m.cfg.WarmUpTrials {
			return run.Silent, r.drive(ctx, demeaning, i)
		}
		return run.Silent, r.drive(ctx, demeaning, i, run.Each(mean.see))
	})
	if err == nil {
		mean.take(m.net.bias)
	}
	return err
}

// meanCurrent is the mean over steps of u ỹ + J0s s + J0f f, whose currents are
// those that a step leaves behind.
type meanCurrent struct {
	m                 *Model
	current, factors  []float64 // sums
	steps, inhibition float64
}

func newMeanCurrent(m *Model) *meanCurrent {
	return &meanCurrent{m: m, current: make([]float64, m.cfg.Neurons), factors: make([]float64, m.shape.Factors)}
}

func (c *meanCurrent) see(trial *run.Trial, s run.Step) error {
	net := c.m.net
	kernel.Add(c.current, net.slowCurrent)
	kernel.Add(c.current, net.fastCurrent)
	kernel.Add(c.factors, trial.FactorsBefore(s.T))
	c.inhibition += float64(net.cfg.inhibition() * net.fastTotal)
	c.steps++
	return nil
}

func (c *meanCurrent) state(to *persist.State) {
	to.Floats(c.current, c.factors)
	to.Float(&c.steps, &c.inhibition)
}

// take writes the mean, which is none where there were no steps.
func (c *meanCurrent) take(bias []float64) {
	carry.AddRows(c.current, c.m.net.factors, c.factors)
	for i, sum := range c.current {
		if c.steps > 0 {
			bias[i] = (sum - c.inhibition) / c.steps
		}
	}
}

// begin starts a trial with all carried quantities computed anew.
func (m *Model) begin(ctx context.Context, learn bool) {
	m.decoder.Begin(ctx, learn)
	slow, fast := make([]float64, m.net.n), make([]float64, m.net.n)
	m.decoder.Bank(slow, 0)
	m.decoder.Bank(fast, 1)
	m.net.resync(slow, fast)
}
