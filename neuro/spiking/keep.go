package spiking

import "github.com/spikewalk/spikewalk/neuro/task"

// due tells what is to be taken at step t of trial i: quantities in full, and
// for the mean.
func (r *recorder) due(i, t int) (inFull, toMean bool) {
	return i < r.cfg.Recorded && r.steps%r.Every == 0, len(r.cfg.Record.Mean) > 0 && t%r.Every == 0
}

// before takes the currents that act during a step.
func (r *recorder) before(i, t int, factors, inputs []float64) {
	inFull, toMean := r.due(i, t)
	if inFull {
		r.inFull.take(r.m, true, factors, inputs)
	}
	if toMean {
		r.toMean.take(r.m, true, factors, inputs)
	}
}

// after takes and keeps what a step has led to.
func (r *recorder) after(i, t int, trial task.Trial, fired []int, factors, outputs []float64) error {
	inFull, toMean := r.due(i, t)
	if toMean {
		r.toMean.take(r.m, false, nil, nil)
		r.addToMean(trial, t/r.Every, factors, trial.Factors.RawRowView(t))
	}
	if i >= r.cfg.Recorded {
		return nil
	}
	if inFull {
		r.inFull.take(r.m, false, nil, nil)
		for q, row := range r.inFull.rows {
			if err := r.kept.add(string(q), row); err != nil {
				return err
			}
		}
	}
	r.steps++
	return r.keep(fired, []row{
		{factorsArray, factors}, {factorTargetsArray, trial.Factors.RawRowView(t)},
		{outputsArray, outputs}, {outputTargetsArray, trial.Targets.RawRowView(t)},
	})
}

type row struct {
	array string
	x     []float64
}

func (r *recorder) keep(fired []int, rows []row) error {
	for _, row := range rows {
		if err := r.kept.add(row.array, row.x); err != nil {
			return err
		}
	}
	for _, j := range fired {
		if !r.spikes[j] {
			continue
		}
		r.one[0] = float64(r.steps) * r.Dt
		if err := r.kept.add(spikeTimesArray, r.one[:]); err != nil {
			return err
		}
		r.one[0] = float64(j)
		if err := r.kept.add(spikeNeuronsArray, r.one[:]); err != nil {
			return err
		}
	}
	if len(r.cfg.Voltages) == 0 {
		return nil
	}
	r.voltages = r.voltages[:0]
	for _, j := range r.cfg.Voltages {
		r.voltages = append(r.voltages, r.m.net.neurons.Voltages()[j])
	}
	return r.kept.add(voltagesArray, r.voltages)
}

func (r *recorder) addToMean(trial task.Trial, row int, factors, targets []float64) {
	r.sums.add(placeOf(trial), row, factorsArray, factors)
	r.sums.add(placeOf(trial), row, factorTargetsArray, targets)
	for q, x := range r.toMean.rows {
		r.sums.add(placeOf(trial), row, string(q), x)
	}
	r.sums.count(placeOf(trial), row)
}
