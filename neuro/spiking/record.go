package spiking

import (
	"context"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/verdict"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// recorder makes a Recording.
type recorder struct {
	Recording
	verdict verdict.Verdict
	m       *Model
	cfg     TestConfig

	kept   store
	spikes []bool // of the neurons: kept?
	inFull *probe
	toMean *probe
	sums   sums

	start State      // of the first trial, where others start from it too
	first task.Trial // where others repeat it

	steps  int // recorded so far
	all    int // of all test trials
	counts []float64

	voltages []float64  // scratch
	one      [1]float64 // scratch
}

func newRecorder(m *Model, cfg TestConfig) (*recorder, error) {
	n := m.cfg.Neurons
	everyone := make([]int, n)
	for i := range everyone {
		everyone[i] = i
	}
	or := func(list []int) []int {
		if list == nil {
			return everyone
		}
		return list
	}
	r := &recorder{
		Recording: Recording{
			Dt: m.shape.Dt, Neurons: n,
			Every: max(1, cfg.Record.Every), Selected: append([]int(nil), or(cfg.Record.Neurons)...),
		},
		m: m, cfg: cfg,
		kept: memory{}, sums: sums{},
		spikes: make([]bool, n), counts: make([]float64, n),
	}
	for _, j := range or(cfg.Record.Spikes) {
		r.spikes[j] = true
	}
	r.inFull = newProbe(n, r.Selected, cfg.Record.Quantities...)
	r.toMean = newProbe(n, r.Selected, cfg.Record.Mean...)
	if cfg.Record.File == "" {
		return r, nil
	}
	var err error
	r.kept, err = newDisk(cfg.Record.File)
	return r, err
}

// next brings the network into the state in which trial i starts, and
// returns the trial.
func (r *recorder) next(src Source, i int) (task.Trial, error) {
	m := r.m
	start := r.cfg.Initial
	if i > 0 {
		start = nil
		if r.cfg.Restart {
			start = &r.start
		}
	}
	if start != nil {
		if err := m.set(start); err != nil {
			return task.Trial{}, err
		}
	}
	if i == 0 && r.cfg.Restart {
		r.start = m.State()
	}
	if r.cfg.Perturbation > 0 {
		m.net.neurons.Perturb(r.cfg.Perturbation, neuro.Stream(m.cfg.Seed, "perturbation", i))
	}
	if i > 0 && r.cfg.Repeat {
		return r.first, nil
	}
	var err error
	r.first, err = m.nextTrial(src, "test", i)
	return r.first, err
}

// trial runs one trial in closed loop.
func (r *recorder) trial(ctx context.Context, src Source, i int) error {
	m := r.m
	trial, err := r.next(src, i)
	if err != nil {
		return err
	}
	m.begin(ctx, false)
	p := m.shape.Factors
	y, z := make([]float64, p+1), make([]float64, m.shape.Outputs)
	y[p] = 1
	factors, outputs := mat.NewDense(trial.Steps(), p, nil), mat.NewDense(trial.Steps(), m.shape.Outputs, nil)
	m.decoder.Output(y[:p])
	from := r.steps
	for t := range trial.Steps() {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.before(i, t, y[:p], inputsAt(trial, t))
		fired := m.net.step(y[:p], inputsAt(trial, t))
		m.decoder.Step(fired)
		m.decoder.Output(y[:p])
		carry.Output(z, m.readout, y)
		if err := carry.Finite("spiking test", i, t, y, z); err != nil {
			return err
		}
		factors.SetRow(t, y[:p])
		outputs.SetRow(t, z)
		for _, j := range fired {
			r.counts[j]++
		}
		r.all++
		if err := r.after(i, t, trial, fired, y[:p], z); err != nil {
			return err
		}
	}
	if i < r.cfg.Recorded {
		r.Trials = append(r.Trials, task.Stretch{From: from, To: r.steps, Condition: trial.Condition, Part: trial.Part})
	}
	r.score(trial, factors, outputs)
	return nil
}

func (r *recorder) score(trial task.Trial, factors, outputs *mat.Dense) {
	r.verdict.Add(trial, outputs, factors)
	w := trial.Scored()
	r.FactorErrors = append(r.FactorErrors, task.NMSE(factors, trial.Factors, w))
	r.OutputErrors = append(r.OutputErrors, task.NMSE(outputs, trial.Targets, w))
	r.Conditions, r.Parts = append(r.Conditions, trial.Condition), append(r.Parts, trial.Part)
	if trial.Correct != nil {
		r.Correct = append(r.Correct, trial.Correct(outputs))
	}
}

// done makes the recording of what there is in memory.
func (r *recorder) done() *Recording {
	rec := r.Recording
	rec.Means = r.sums.means()
	rec.Final = r.m.State()
	rec.Rates = nil
	if r.all > 0 {
		rec.Rates = make([]float64, r.Neurons)
		for j, c := range r.counts {
			rec.Rates[j] = c / (float64(r.all) * r.Dt)
		}
	}
	if kept, ok := r.kept.(memory); ok {
		if len(r.cfg.Record.Quantities) > 0 {
			rec.Quantities = make(map[Quantity]*mat.Dense)
		}
		for _, b := range rec.bindings() {
			if a := kept[b.name]; a != nil {
				b.set(a.data, a.columns)
			}
		}
	}
	return &rec
}

// finish is done, and the file complete.
func (r *recorder) finish() (*Recording, error) {
	rec := r.done()
	if d, ok := r.kept.(*disk); ok {
		return rec, rec.save(r.cfg.Record.File, d)
	}
	return rec, nil
}

func (r *recorder) close() {
	if d, ok := r.kept.(*disk); ok {
		d.remove()
	}
}
