package nwb

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/data/hdf5"
)

// table is a DynamicTable: a group whose datasets are columns.
type table struct {
	file    *File
	path    string
	columns []*hdf5.Dataset          // in the order of colnames, without id and indexes
	index   map[string]*hdf5.Dataset // of a column, or of an index, by its name
	id      *hdf5.Dataset            // nil: the table has none
	rows    int
	missing []string // names in colnames that are not there
}

// tableIf returns the table at a path, nil if there is nothing.
func (f *File) tableIf(path string) (*table, error) {
	g, err := f.groupIf(path)
	if g == nil || err != nil {
		return nil, err
	}
	return f.table(g)
}

// table reads which columns a group has.
func (f *File) table(g *hdf5.Group) (*table, error) {
	t := &table{file: f, path: g.Path(), index: make(map[string]*hdf5.Dataset)}
	order, err := texts(g, "colnames")
	if err != nil {
		return nil, err
	}
	names, err := g.Names()
	if err != nil {
		return nil, err
	}
	all, beside := make(map[string]*hdf5.Dataset), make(map[string]bool)
	for _, name := range names {
		o, err := g.Open(name)
		if err != nil {
			return nil, err
		}
		d, ok := o.(*hdf5.Dataset)
		if !ok {
			continue
		}
		all[name] = d
		elements, err := f.attributeTarget(d, "elements")
		if err != nil {
			return nil, err
		}
		if _, of := split(elements); of != "" {
			beside[of] = true
		}
	}
	if err := t.indexes(all, names, order); err != nil {
		return nil, err
	}
	for _, name := range order {
		if d := all[name]; d != nil && name != "id" {
			t.columns = append(t.columns, d)
			delete(all, name)
		} else if d == nil {
			t.missing = append(t.missing, name)
		}
	}
	t.id = all["id"]
	for _, name := range names {
		if d := all[name]; d != nil && name != "id" && !beside[name] {
			t.columns = append(t.columns, d)
		}
	}
	return t, t.count()
}

// indexes takes from all datasets those that are indexes of others: they have a
// target or, in older files, a name that ends in _index.
func (t *table) indexes(all map[string]*hdf5.Dataset, names, order []string) error {
	for _, name := range names {
		d := all[name]
		if d == nil {
			continue
		}
		target, err := t.file.attributeTarget(d, "target")
		if err != nil {
			return err
		}
		of, named := strings.CutSuffix(name, "_index")
		if folder, base := split(target); target != "" && folder == t.path {
			of = base
		} else if target == "" && (!named || slices.Contains(order, name) || d.Type().Class != hdf5.Integer) {
			continue
		}
		if all[of] == nil && t.index[of] == nil && !slices.Contains(names, of) {
			return fmt.Errorf("%s is an index of %q, which is not there", d.Path(), of)
		}
		t.index[of] = d
	}
	for _, d := range t.index {
		delete(all, nameOf(d))
	}
	return nil
}

// count finds the number of rows, on which all columns must agree.
func (t *table) count() error {
	t.rows = -1
	if t.id != nil {
		t.rows = length(t.id)
	}
	for _, c := range t.columns {
		outer, err := t.outermost(c)
		if err != nil {
			return err
		}
		if t.rows < 0 {
			t.rows = length(outer)
		}
		if n := length(outer); n != t.rows {
			return fmt.Errorf("%s has %d rows and the table %s has %d", outer.Path(), n, t.path, t.rows)
		}
	}
	t.rows = max(0, t.rows)
	return nil
}

// outermost returns the index of the index of a column, or the column.
func (t *table) outermost(c *hdf5.Dataset) (*hdf5.Dataset, error) {
	for range 4 {
		next := t.index[nameOf(c)]
		if next == nil {
			return c, nil
		}
		c = next
	}
	return nil, fmt.Errorf("%s: indexes of indexes of indexes, or in a circle", c.Path())
}

// column returns the dataset of a name, nil if there is none.
func (t *table) column(name string) *hdf5.Dataset {
	if t == nil {
		return nil
	}
	for _, c := range t.columns {
		if nameOf(c) == name {
			return c
		}
	}
	return nil
}

// ends reads where the rows of a list of n entries end.
func ends(index *hdf5.Dataset, n int) ([]int, error) {
	if index.Type().Class != hdf5.Integer || len(index.Dims()) != 1 {
		return nil, fmt.Errorf("%s holds %s of dimensions %v: an index is a list of integers", index.Path(), index.Type(), index.Dims())
	}
	ends, err := index.Values().Int64s()
	if err != nil {
		return nil, err
	}
	all := make([]int, len(ends))
	last := int64(0)
	for i, e := range ends {
		switch {
		case e < last:
			return nil, fmt.Errorf("%s: entry %d is %d, after %d: it says where each row ends, so it never decreases", index.Path(), i, e, last)
		case e > int64(n):
			return nil, fmt.Errorf("%s: entry %d is %d, and what it counts has %d entries", index.Path(), i, e, n)
		}
		all[i], last = int(e), e
	}
	return all, nil
}

func nameOf(o hdf5.Object) string {
	_, name := split(o.Path())
	return name
}

// length is the first of the dimensions, 0 of a scalar.
func length(d *hdf5.Dataset) int {
	if dims := d.Dims(); len(dims) > 0 {
		return dims[0]
	}
	return 0
}

// texts returns an attribute that holds texts, nil if there is none.
func texts(o hdf5.Object, name string) ([]string, error) {
	a, err := o.Attribute(name)
	if a == nil || err != nil || a.Values().Type().Class != hdf5.String {
		return nil, err
	}
	return a.Values().Strings()
}

// word returns an attribute that is a text, or several texts joined by commas; "" if
// there is none, or if it is no text.
func word(o hdf5.Object, name string) (string, error) {
	all, err := texts(o, name)
	return strings.Join(all, ", "), err
}
