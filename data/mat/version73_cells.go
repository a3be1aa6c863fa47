package mat

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/data/hdf5"
)

// references reads what the references in a dataset point to.
func (d *decoder73) references(s *hdf5.Dataset, depth int) ([]*Array, error) {
	v := s.Values()
	if v.Type().Class != hdf5.Pointer {
		return nil, fmt.Errorf("damaged: %s holds %s where references belong", s.Path(), v.Type())
	}
	if err := d.take(16 * int64(v.Len())); err != nil {
		return nil, err
	}
	refs, err := v.References()
	if err != nil {
		return nil, err
	}
	items := make([]*Array, len(refs))
	for i, ref := range refs {
		if items[i], err = d.deref(ref, depth); err != nil {
			return nil, err
		}
	}
	return items, nil
}

func (d *decoder73) deref(ref hdf5.Reference, depth int) (*Array, error) {
	if ref.IsNull() || d.empties[ref] {
		return emptyArray, nil
	}
	if d.within[ref] {
		return nil, errors.New("damaged: a cell or struct that contains itself")
	}
	d.within[ref] = true
	defer delete(d.within, ref)
	o, err := d.file.Deref(ref)
	if err != nil {
		return nil, err
	}
	a, err := d.array(o, "", depth+1)
	if err == nil && a.class == Double && slices.Equal(a.dims, emptyArray.dims) {
		d.empties[ref] = true
		return emptyArray, nil
	}
	return a, err
}

// structs reads a struct, whose fields are objects of their own, or a struct array,
// whose fields are datasets of references without a class.
func (d *decoder73) structs(a *Array, g *hdf5.Group, depth int) error {
	names, err := structFields(g)
	if err != nil {
		return err
	}
	a.fields, a.dims = newFields(names), []int{1, 1}
	columns := make([][]*Array, len(names))
	elements := 1
	for i, name := range names {
		column, dims, err := d.field(g, name, depth)
		switch {
		case err != nil:
			return err
		case i > 0 && !slices.Equal(dims, a.dims):
			return fmt.Errorf("damaged: field %s of %s is %s, field %s is %s", names[0], g.Path(), dimsString(a.dims), name, dimsString(dims))
		}
		columns[i], a.dims, elements = column, dims, len(column)
	}
	a.items = make([]*Array, 0, elements*len(names))
	for e := range elements {
		for _, column := range columns {
			a.items = append(a.items, column[e])
		}
	}
	return nil
}

// field reads one field of all elements, and their dimensions.
func (d *decoder73) field(g *hdf5.Group, name string, depth int) ([]*Array, []int, error) {
	o, err := g.Open(name)
	if err != nil {
		return nil, nil, err
	}
	if s, ok := o.(*hdf5.Dataset); ok && s.Type().Class == hdf5.Pointer {
		class, err := hdf5.Text(s, "MATLAB_class")
		if err != nil {
			return nil, nil, err
		}
		if class == "" {
			dims, err := reversed(s.Dims())
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %w", s.Path(), err)
			}
			column, err := d.references(s, depth)
			return column, dims, err
		}
	}
	one, err := d.array(o, "", depth+1)
	return []*Array{one}, []int{1, 1}, err
}

// structFields are the names of a struct's fields, in the order that MATLAB_fields
// says, or else in the group's. One that is not in that list is not left out.
func structFields(g *hdf5.Group) ([]string, error) {
	there, err := g.Names()
	if err != nil {
		return nil, err
	}
	names, err := fieldNames(g)
	if err != nil {
		return nil, err
	}
	listed := make(map[string]bool, len(names))
	for _, name := range names {
		listed[name] = true
	}
	for _, name := range there {
		if !listed[name] {
			names = append(names, name)
		}
	}
	return names, nil
}

// fieldNames reads the attribute MATLAB_fields: a list of characters for each name.
func fieldNames(o hdf5.Object) ([]string, error) {
	attribute, err := o.Attribute("MATLAB_fields")
	if err != nil || attribute == nil {
		return nil, err
	}
	v := attribute.Values()
	if v.Type().Class == hdf5.String {
		return v.Strings()
	}
	lists, err := v.Lists()
	if err != nil {
		return nil, err
	}
	names := make([]string, len(lists))
	for i, list := range lists {
		letters, err := list.Strings()
		if err != nil {
			return nil, err
		}
		names[i] = strings.Join(letters, "")
	}
	return names, nil
}
