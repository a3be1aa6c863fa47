package spiking

import (
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Mean is the average over all test trials of one condition, aligned at their
// starts. Row r is of step r Every of a trial.
type Mean struct {
	Condition int
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
type sums map[int]*sum

type sum struct {
	trials  []int
	arrays  map[string][]float64
	columns map[string]int
}

// add adds a row of an array at its place in the mean.
func (s sums) add(condition, row int, name string, x []float64) {
	one := s[condition]
	if one == nil {
		one = &sum{arrays: make(map[string][]float64), columns: make(map[string]int)}
		s[condition] = one
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
func (s sums) count(condition, row int) {
	one := s[condition]
	for len(one.trials) <= row {
		one.trials = append(one.trials, 0)
	}
	one.trials[row]++
}

// means divides by the numbers of trials.
func (s sums) means() []Mean {
	var conditions []int
	for c := range s {
		conditions = append(conditions, c)
	}
	slices.Sort(conditions)
	var means []Mean
	for _, c := range conditions {
		one := s[c]
		m := Mean{Condition: c, Trials: slices.Clone(one.trials), Quantities: make(map[Quantity]*mat.Dense)}
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
	return means
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
