package dale

import (
	"context"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/verdict"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// freeRun is a network under test and what it has done.
type freeRun struct {
	*live
	cfg spiking.TestConfig

	rec              recording.Recording
	verdict          verdict.Verdict
	counts           []float64
	all, recorded    int       // steps
	factors, wanted  []float64 // of recorded trials, row by row
	outputs, targets []float64
	voltages         []float64
}

func newFreeRun(m *Network, cfg spiking.TestConfig) *freeRun {
	r := &freeRun{
		live: m.live(cfg.Seed, false), cfg: cfg,
		rec:    recording.Recording{Dt: m.shape.Dt, Units: m.net.n},
		counts: make([]float64, m.net.n),
	}
	r.net.Scatter(neuro.Stream(cfg.Seed, forVoltages))
	return r
}

// free runs a trial without a teacher.
func (r *freeRun) free(ctx context.Context, src spiking.Source, i int) error {
	trial, err := r.trial(src, inTest, i)
	if err != nil {
		return err
	}
	p, steps, from := r.shape.Factors, trial.Steps(), r.recorded
	factors, outputs := mat.NewDense(steps, p, nil), mat.NewDense(steps, r.shape.Outputs, nil)
	y := make([]float64, p+1)
	y[p] = 1
	for t := range steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		fired := r.net.step(0, nil, inputsAt(trial, t), nil)
		r.read(r.net, y[:p])
		z := outputs.RawRowView(t)
		carry.Output(z, r.readout, y)
		if err := carry.Finite("test of the network with constraints", i, t, y, z); err != nil {
			return err
		}
		copy(factors.RawRowView(t), y)
		r.count(fired, i < r.cfg.Recorded)
	}
	line := recording.Trial{Condition: trial.Condition, Part: trial.Part}
	if trial.Correct != nil {
		line.Question, line.Correct = true, trial.Correct(outputs)
	}
	if i < r.cfg.Recorded {
		line.From, line.To = from, r.recorded
		r.factors, r.wanted = appendRows(r.factors, factors), appendRows(r.wanted, trial.Factors)
		r.outputs, r.targets = appendRows(r.outputs, outputs), appendRows(r.targets, trial.Targets)
	}
	r.rec.Trials = append(r.rec.Trials, line)
	r.score(trial, factors, outputs)
	return nil
}

func (r *freeRun) score(trial task.Trial, factors, outputs *mat.Dense) {
	r.verdict.Add(trial, outputs, factors)
	w := trial.Scored()
	r.rec.FactorErrors = append(r.rec.FactorErrors, task.NMSE(factors, trial.Factors, w))
	r.rec.OutputErrors = append(r.rec.OutputErrors, task.NMSE(outputs, trial.Targets, w))
}

// count counts the spikes of a step and, if asked to, records it.
func (r *freeRun) count(fired []int, record bool) {
	r.all++
	if record {
		r.recorded++
	}
	for _, j := range fired {
		r.counts[j]++
		if record {
			r.rec.Spikes.Times = append(r.rec.Spikes.Times, float64(r.recorded)*r.rec.Dt)
			r.rec.Spikes.Units = append(r.rec.Spikes.Units, j)
		}
	}
	if record && len(r.cfg.Record.Quantities) > 0 {
		for _, j := range r.cfg.Record.Units {
			r.voltages = append(r.voltages, r.net.Voltages()[j])
		}
	}
}

func appendRows(dst []float64, m *mat.Dense) []float64 {
	rows, _ := m.Dims()
	for t := range rows {
		dst = append(dst, m.RawRowView(t)...)
	}
	return dst
}

// done makes the recording.
func (r *freeRun) done() *recording.Recording {
	rec := r.rec
	dense := func(data []float64, columns int) *mat.Dense {
		if columns == 0 || len(data) == 0 {
			return nil
		}
		return mat.NewDense(len(data)/columns, columns, data)
	}
	p, m := r.shape.Factors, r.shape.Outputs
	rec.Factors = recording.Series{Values: dense(r.factors, p), Targets: dense(r.wanted, p), Dt: rec.Dt}
	rec.Outputs = recording.Series{Values: dense(r.outputs, m), Targets: dense(r.targets, m), Dt: rec.Dt}
	if v := dense(r.voltages, len(r.cfg.Record.Units)); v != nil {
		rec.Series = map[string]recording.Series{spiking.Voltage: {Values: v, Dt: rec.Dt, Units: r.cfg.Record.Units}}
	}
	if r.all > 0 {
		rec.Rates = make([]float64, len(r.counts))
		for j, c := range r.counts {
			rec.Rates[j] = c / (float64(r.all) * r.rec.Dt)
		}
	}
	return &rec
}
