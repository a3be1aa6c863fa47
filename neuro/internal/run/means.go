package run

import (
	"cmp"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// means sums what is averaged over the trials of each condition of each part. Its
// size does not depend on the number of trials.
type means struct {
	every int
	of    []*sum // in order
}

type sum struct {
	part, condition int
	trials          []float64 // that have reached each row
	rows            map[string]*mat.Dense
}

// The names of the factors and their targets among the sums; no quantity has them.
const factorsSum, targetsSum = "factors", "factors_targets"

// see adds a step.
func (m *means) see(trial *Trial, s Step, r *Recorder) {
	one, row := m.find(trial), s.T/m.every
	if len(one.trials) == row {
		one.trials = append(one.trials, 0)
	}
	one.trials[row]++
	if s.Factors != nil {
		one.add(factorsSum, row, s.Factors)
		one.add(targetsSum, row, trial.Factors.RawRowView(s.T))
	}
	for _, name := range r.keep.Mean {
		one.add(name, row, r.ofUnits(name))
	}
}

func (m *means) find(trial *Trial) *sum {
	i, there := slices.BinarySearchFunc(m.of, trial, func(s *sum, t *Trial) int {
		return cmp.Or(cmp.Compare(s.part, t.Part), cmp.Compare(s.condition, t.Condition))
	})
	if !there {
		m.of = slices.Insert(m.of, i, &sum{part: trial.Part, condition: trial.Condition, rows: make(map[string]*mat.Dense)})
	}
	return m.of[i]
}

func (s *sum) add(name string, row int, x []float64) {
	all := s.rows[name]
	switch {
	case all == nil:
		all = mat.NewDense(row+1, len(x), nil)
	case row >= all.RawMatrix().Rows:
		all = mat.NewDense(row+1, len(x), append(all.RawMatrix().Data, make([]float64, len(x))...))
	}
	s.rows[name] = all
	sums := all.RawRowView(row)
	for i, v := range x {
		sums[i] += v
	}
}

// mean divides by the numbers of trials.
func (s *sum) mean(name string) *mat.Dense {
	sums := s.rows[name]
	if sums == nil {
		return nil
	}
	m := mat.DenseCopyOf(sums)
	for r, n := range s.trials {
		row := m.RawRowView(r)
		for i := range row {
			row[i] /= n
		}
	}
	return m
}

// recording returns the means as a recording.
func (m *means) recording(of *recording.Recording, units []int) *recording.Recording {
	dt := float64(m.every) * of.Dt
	all := &recording.Recording{Dt: dt, Units: of.Units}
	for _, s := range m.of {
		from := 0
		if n := len(all.Trials); n > 0 {
			from = all.Trials[n-1].To
		}
		one := &recording.Recording{
			Trials:  []recording.Trial{{From: from, To: from + len(s.trials), Part: s.part, Condition: s.condition}},
			Factors: recording.Series{Dt: dt, Values: s.mean(factorsSum), Targets: s.mean(targetsSum)},
			Series:  map[string]recording.Series{recording.Counts: {Dt: dt, Values: mat.NewDense(len(s.trials), 1, slices.Clone(s.trials))}},
		}
		for name := range s.rows {
			if name != factorsSum && name != targetsSum {
				one.Series[name] = recording.Series{Dt: dt, Values: s.mean(name), Units: units}
			}
		}
		_ = all.Append(one) // all are of the same channels
	}
	return all
}
