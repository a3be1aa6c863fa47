package prepare

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// Concatenated returns all trials of a series one below the other, (trials · T) ×
// channels: what components of single trials and decoders are fitted to.
func (s *Set) Concatenated(name string) (*mat.Dense, error) {
	if err := s.has(name); err != nil {
		return nil, err
	}
	all := make([]*mat.Dense, len(s.Trials))
	for i, t := range s.Trials {
		all[i] = t.Of(name)
	}
	return Stack(all)
}

// Averages returns the mean over trials of a series, T × channels, of each
// condition that has trials, and the numbers of these conditions, ascending.
func (s *Set) Averages(name string) (averages []*mat.Dense, conditions []int, err error) {
	if err := s.has(name); err != nil {
		return nil, nil, err
	}
	for c := range s.Conditions {
		var sum *mat.Dense
		trials := 0
		for _, t := range s.Trials {
			if t.Condition != c {
				continue
			}
			if trials++; sum == nil {
				sum = mat.DenseCopyOf(t.Of(name))
			} else {
				sum.Add(sum, t.Of(name))
			}
		}
		if trials > 0 {
			sum.Scale(1/float64(trials), sum)
			averages, conditions = append(averages, sum), append(conditions, c)
		}
	}
	return averages, conditions, nil
}

// StackedAverages returns [Set.Averages] one below the other, (conditions · T) ×
// channels.
func (s *Set) StackedAverages(name string) (*mat.Dense, error) {
	averages, _, err := s.Averages(name)
	if err != nil {
		return nil, err
	}
	return Stack(averages)
}

// Stack puts matrices of the same channels one below the other.
func Stack(parts []*mat.Dense) (*mat.Dense, error) {
	if len(parts) == 0 {
		return nil, errors.New("prepare: there is nothing to stack")
	}
	rows, columns := 0, 0
	for i, m := range parts {
		if m == nil || m.IsEmpty() {
			return nil, fmt.Errorf("prepare: matrix %d of %d to stack is empty", i, len(parts))
		}
		r, c := m.Dims()
		if i > 0 && c != columns {
			return nil, fmt.Errorf("prepare: matrix %d to stack has %d channels, those before it have %d", i, c, columns)
		}
		rows, columns = rows+r, c
	}
	all := mat.NewDense(rows, columns, nil)
	at := 0
	for _, m := range parts {
		for t := range m.RawMatrix().Rows {
			all.SetRow(at, m.RawRowView(t))
			at++
		}
	}
	return all, nil
}
