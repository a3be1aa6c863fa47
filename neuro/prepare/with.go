package prepare

import (
	"errors"
	"fmt"
	"maps"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/factor"
)

// With returns the set with a further series, which make computes of another one
// in each trial (T × channels to T × any number), such as factors of rates:
//
//	withFactors, err := set.With("factors", prepare.Rates, basis.Project)
//
// A series of the same name is replaced. The new one has no names of channels. An
// error says in which trial make failed, or returned another number of bins.
func (s *Set) With(name, of string, make func(mat.Matrix) (*mat.Dense, error)) (*Set, error) {
	if err := s.has(of); err != nil {
		return nil, err
	}
	if name == "" || name == Counts || make == nil {
		return nil, errors.New("prepare: a new series needs a name, other than counts, and a function that makes it")
	}
	changed, err := s.with(name, func(t Trial) (*mat.Dense, error) {
		m, err := make(t.Of(of))
		if err != nil {
			return nil, err
		}
		if m == nil || m.IsEmpty() || m.RawMatrix().Rows != s.Bins() {
			return nil, fmt.Errorf("prepare: %s was made of another number of bins than %d", name, s.Bins())
		}
		return m, nil
	})
	if err != nil {
		return nil, err
	}
	changed.Channels = maps.Clone(s.Channels)
	delete(changed.Channels, name)
	return changed, nil
}

// With is [Set.With] of both halves.
func (s Split) With(name, of string, make func(mat.Matrix) (*mat.Dense, error)) (Split, error) {
	train, err := s.Train.With(name, of, make)
	if err != nil {
		return Split{}, err
	}
	test, err := s.Test.With(name, of, make)
	return Split{Train: train, Test: test}, err
}

// WithFactors returns the split with a further series in both halves: what n factors
// hold of another one, such as of [Rates]. They are its principal components
// (factor.CentredPCA) in the averages of the training trials by condition, so that the
// test trials have no part in them. It is an error if n is more than there are channels.
func (s Split) WithFactors(name, of string, n int) (Split, error) {
	averages, err := s.Train.StackedAverages(of)
	if err != nil {
		return Split{}, err
	}
	basis, err := factor.CentredPCA(averages, factor.Components(n))
	if err != nil {
		return Split{}, err
	}
	return s.With(name, of, basis.Project)
}

// Columns picks columns of a matrix, such as some of the units, for [Set.With].
func Columns(chosen ...int) func(mat.Matrix) (*mat.Dense, error) {
	return func(m mat.Matrix) (*mat.Dense, error) {
		rows, columns := m.Dims()
		if len(chosen) == 0 || rows == 0 {
			return nil, fmt.Errorf("prepare: no column of %d x %d is picked", rows, columns)
		}
		some := mat.NewDense(rows, len(chosen), nil)
		for k, j := range chosen {
			if j < 0 || j >= columns {
				return nil, fmt.Errorf("prepare: there is no column %d to pick: they are 0 to %d", j, columns-1)
			}
			some.SetCol(k, mat.Col(nil, j, m))
		}
		return some, nil
	}
}
