package spiking

import (
	"cmp"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/task"
)

// Mean is the average over all test trials of one condition, aligned at their
// starts. Row r is of step r Every of a trial.
type Mean struct {
	Condition, Part int
	// Trials is how many trials each row is the average of: where trials
	// differ in length, those that lasted so long.
	Trials []int
	// Factors and FactorTargets are T × P; Quantities, T × the selected
	// neurons, are those of [RecordConfig].Mean.
	Factors, FactorTargets *mat.Dense
	Quantities             map[Quantity]*mat.Dense
}

// sums accumulates Means. It holds one number for each step, neuron and
// quantity of each condition, whatever the number of trials.
type sums map[place]*sum

// place is what a trial is averaged with.
type place struct{ part, condition int }

func placeOf(t task.Trial) place { return place{t.Part, t.Condition} }

type sum struct {
	trials  []int
	arrays  map[string][]float64
	columns map[string]int
}

// add adds a row of an array at its place in the mean.
func (s sums) add(at place, row int, name string, x []float64) {
	one := s[at]
	if one == nil {
		one = &sum{arrays: make(map[string][]float64), columns: make(map[string]int)}
		s[at] = one
	}
	all := one.arrays[name]
	for len(all) < (row+1)*len(x) {
		all = append(all, make([]float64, len(x))...)
	}
	for i, v := range x {
		all[row*len(x)+i] += v
	}
	one.arrays[name], one.columns[name] = all, len(x)
}

// count counts a trial that has reached a row.
func (s sums) count(at place, row int) {
	one := s[at]
	for len(one.trials) <= row {
		one.trials = append(one.trials, 0)
	}
	one.trials[row]++
}

// means divides by the numbers of trials.
func (s sums) means() []Mean {
	var means []Mean
	for at, one := range s {
		m := Mean{Condition: at.condition, Part: at.part, Trials: slices.Clone(one.trials), Quantities: make(map[Quantity]*mat.Dense)}
		for name := range one.arrays {
			switch name {
			case factorsArray:
				m.Factors = one.mean(name)
			case factorTargetsArray:
				m.FactorTargets = one.mean(name)
			default:
				m.Quantities[Quantity(name)] = one.mean(name)
			}
		}
		means = append(means, m)
	}
	slices.SortFunc(means, Mean.compare)
	return means
}

// compare orders averages by part, then condition.
func (m Mean) compare(other Mean) int {
	return cmp.Or(cmp.Compare(m.Part, other.Part), cmp.Compare(m.Condition, other.Condition))
}

func (s *sum) mean(name string) *mat.Dense {
	columns := s.columns[name]
	m := mat.NewDense(len(s.trials), columns, nil)
	for r, n := range s.trials {
		row := m.RawRowView(r)
		for i, v := range s.arrays[name][r*columns : (r+1)*columns] {
			row[i] = v / float64(n)
		}
	}
	return m
}
