package mat

import (
	"errors"
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/data/hdf5"
	"github.com/spikewalk/spikewalk/data/internal/order"
)

// sparse reads column starts jc, and, where there is an entry, row indices ir and
// values data. The attribute MATLAB_sparse has the number of rows.
func (d *decoder73) sparse(a *Array, g *hdf5.Group, rows float64) error {
	if !a.class.IsNumeric() || rows < 0 || rows > math.MaxInt32 || rows != math.Trunc(rows) {
		return fmt.Errorf("damaged: %s is a sparse matrix of class %s with %g rows", g.Path(), a.class, rows)
	}
	s := &sparse{row: part{kind: miUint64}}
	a.sparse, a.re = s, part{kind: miDouble}
	for _, one := range []struct {
		name string
		to   *part
		must bool
	}{{"jc", &s.start, true}, {"ir", &s.row, false}} {
		if err := d.places(g, one.name, one.to, one.must); err != nil {
			return err
		}
	}
	if s.start.len() == 0 {
		return fmt.Errorf("damaged: jc of %s is empty", g.Path())
	}
	a.dims = []int{int(rows), s.start.len() - 1}
	if _, ok := order.Elements(a.dims); !ok {
		return fmt.Errorf("damaged: dimensions %s are more than any file holds", dimsString(a.dims))
	}
	if err := s.check(a.dims[0], a.dims[1]); err != nil {
		return fmt.Errorf("%s: %w", g.Path(), err)
	}
	has, err := g.Has("data")
	if err != nil {
		return err
	}
	if has {
		values, err := g.Dataset("data")
		if err != nil {
			return err
		}
		if err := d.numbers(a, values.Values()); err != nil {
			return err
		}
		s.complex = a.im != nil
	}
	if a.re.len() < s.entries || a.im != nil && a.im.len() < s.entries {
		return fmt.Errorf("damaged: %s has %d values for %d entries", g.Path(), a.re.len(), s.entries)
	}
	return nil
}

// places reads the indices of a sparse matrix.
func (d *decoder73) places(g *hdf5.Group, name string, to *part, must bool) error {
	has, err := g.Has(name)
	if err != nil || !has && !must {
		return err
	}
	s, err := g.Dataset(name)
	if err != nil {
		return err
	}
	if *to, err = d.part(s.Values()); err == nil && !to.integers() {
		err = errors.New("damaged: indices that are no integers")
	}
	return err
}
