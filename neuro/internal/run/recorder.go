package run

import (
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/verdict"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Quantities are what every unit of a network has after a step, by name:
// voltages, trains, and the currents that acted in the step.
type Quantities interface {
	// Quantity returns a quantity of all units, in scratch or where it is kept.
	Quantity(name string, scratch []float64) []float64
}

// Recorder is an observer that makes a recording. It keeps the first trials in
// full, and the scores of all.
type Recorder struct {
	Outcome // of the trial just done
	// Verdict is on all trials.
	Verdict verdict.Verdict

	rec  recording.Recording  // of the whole
	part *recording.Recording // of the trial that is running, nil if it is not kept
	add  func(part *recording.Recording) error

	net    Quantities
	keep   recording.Keep
	trials int    // to be kept in full
	kept   int    // steps of them, so far
	spikes []bool // of the units: kept?
	every  int
	means  *means
	steps  int       // of all trials
	counts []float64 // of spikes
	units  []float64 // scratch
	few    []float64 // scratch
}

// NewRecorder returns a recorder of a network, whose time step, number of units
// and provenance are in about; net is nil if its units do not spike. The recorder
// keeps the first trials in full: it hands each to add as it comes, or keeps them
// in memory where add is nil.
func NewRecorder(net Quantities, about recording.Recording, trials int, keep recording.Keep, add func(part *recording.Recording) error) *Recorder {
	r := &Recorder{
		rec: about, add: add, net: net, keep: keep, trials: trials, every: max(1, keep.Every),
		spikes: make([]bool, about.Units), counts: make([]float64, about.Units), units: make([]float64, about.Units),
	}
	for j := range r.spikes {
		r.spikes[j] = keep.Spikes == nil || slices.Contains(keep.Spikes, j)
	}
	columns := about.Units
	if keep.Units != nil {
		columns = len(keep.Units)
	}
	r.few = make([]float64, columns)
	if len(keep.Mean) > 0 {
		r.means = &means{every: r.every}
	}
	return r
}

// See takes what is to be kept of a step.
func (r *Recorder) See(trial *Trial, s Step) error {
	if err := r.Outcome.See(trial, s); err != nil {
		return err
	}
	r.steps++
	for _, j := range s.Spikes {
		r.counts[j]++
	}
	if r.means != nil && s.T%r.every == 0 {
		r.means.see(trial, s, r)
	}
	if s.T == 0 {
		r.begin(trial, s)
	}
	if r.part != nil {
		r.inFull(s)
	}
	return nil
}

// begin prepares for a trial that is kept in full, and for no other.
func (r *Recorder) begin(trial *Trial, s Step) {
	if r.part = nil; len(r.rec.Trials) >= r.trials {
		return
	}
	r.part = &recording.Recording{Dt: r.rec.Dt, Units: r.rec.Units, Provenance: r.rec.Provenance}
	if s.Activity != nil {
		r.part.Activity = recording.Series{Dt: r.rec.Dt, Values: newRows(trial, s.Activity)}
	}
	first := (r.kept + r.every - 1) / r.every // rows so far
	last := (r.kept + trial.Steps() + r.every - 1) / r.every
	if len(r.keep.Quantities) == 0 {
		return
	}
	r.part.Series = make(map[string]recording.Series)
	for _, name := range r.keep.Quantities {
		q := recording.Series{Dt: float64(r.every) * r.rec.Dt, Units: r.keep.Units}
		if last > first {
			q.Values = mat.NewDense(last-first, len(r.few), nil)
		}
		r.part.Series[name] = q
	}
}

// inFull keeps a step.
func (r *Recorder) inFull(s Step) {
	step := r.kept + s.T
	if step%r.every == 0 {
		for name, q := range r.part.Series {
			copy(q.Values.RawRowView(step/r.every-(r.kept+r.every-1)/r.every), r.ofUnits(name))
		}
	}
	keepRow(r.part.Activity.Values, s.T, s.Activity)
	at := float64(step+1) * r.rec.Dt // the end of the step
	for _, j := range s.Spikes {
		if r.spikes[j] {
			r.part.Spikes.Times, r.part.Spikes.Units = append(r.part.Spikes.Times, at), append(r.part.Spikes.Units, j)
		}
	}
}

// ofUnits is a quantity of the units that are kept. The next call overwrites it.
func (r *Recorder) ofUnits(name string) []float64 {
	all := r.net.Quantity(name, r.units)
	if r.keep.Units == nil {
		return all
	}
	for k, i := range r.keep.Units {
		r.few[k] = all[i]
	}
	return r.few
}

// Done scores the trial, and files it.
func (r *Recorder) Done(trial *Trial) error {
	if err := r.Outcome.Done(trial); err != nil {
		return err
	}
	r.Verdict.Add(trial.Trial, r.Outputs, r.Factors)
	var factorErrors []float64
	if r.Factors != nil {
		factorErrors = []float64{r.FactorError}
	}
	line := recording.Trial{Condition: trial.Condition, Part: trial.Part}
	if trial.Correct != nil {
		line.Question, line.Correct = true, trial.Correct(r.Outputs)
	}
	if r.part != nil {
		line.From, line.To = r.kept, r.kept+trial.Steps()
		r.kept = line.To
		if r.add != nil {
			// The part can be read if nothing more comes.
			r.part.Trials, r.part.FactorErrors, r.part.OutputErrors = []recording.Trial{line}, factorErrors, []float64{r.OutputError}
		}
		if err := r.file(trial); err != nil {
			return err
		}
	}
	r.rec.Trials = append(r.rec.Trials, line)
	r.rec.FactorErrors = append(r.rec.FactorErrors, factorErrors...)
	r.rec.OutputErrors = append(r.rec.OutputErrors, r.OutputError)
	return nil
}

// file adds a complete trial to those before.
func (r *Recorder) file(trial *Trial) error {
	if r.Factors != nil {
		r.part.Factors = recording.Series{Dt: r.rec.Dt, Values: r.Factors, Targets: trial.Factors}
	}
	r.part.Outputs = recording.Series{Dt: r.rec.Dt, Values: r.Outputs, Targets: trial.Targets}
	if r.add != nil {
		return r.add(r.part)
	}
	return r.rec.Append(r.part)
}

// Recording returns what there is so far.
func (r *Recorder) Recording() *recording.Recording {
	rec := r.rec
	rec.Rates = nil
	if r.steps > 0 && r.net != nil {
		rec.Rates = make([]float64, len(r.counts))
		for j, c := range r.counts {
			rec.Rates[j] = c / (float64(r.steps) * r.rec.Dt)
		}
	}
	if r.means != nil {
		rec.Means = r.means.recording(&r.rec, r.keep.Units)
	}
	return &rec
}
