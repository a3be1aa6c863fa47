package contents

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/data/hdf5"
	matfile "github.com/spikewalk/spikewalk/data/mat"
)

// first73 says what is in the fields of the first element of an array of structs in a
// MAT-file of version 7.3, as described does of other versions; empty where it is no such
// array. It reads one reference a field, and headers.
func (s *Source) first73(v matfile.Info) string {
	if v.Err != nil || v.Class != matfile.Struct || len(v.Fields) == 0 {
		return ""
	}
	var fields []string
	for _, name := range v.Fields {
		what, err := s.firstOf("/" + v.Name + "/" + name)
		if err != nil {
			return ""
		}
		fields = append(fields, name+" "+what)
	}
	return fmt.Sprintf("%s: %s struct: %s", v.Name, times(v.Dims), strings.Join(fields, ", "))
}

// firstOf is the shape and class of what the first reference of a dataset points to.
func (s *Source) firstOf(path string) (string, error) {
	d, err := s.h.Dataset(path)
	if err != nil {
		return "", err
	}
	none, one := make([]int, len(d.Dims())), make([]int, len(d.Dims()))
	for i := range one {
		one[i] = 1
	}
	v, err := d.Slab(none, one)
	if err != nil {
		return "", err
	}
	refs, err := v.References()
	if err != nil || len(refs) != 1 {
		return "", fmt.Errorf("%s holds no references: %w", path, err)
	}
	o, err := s.h.Deref(refs[0])
	if err != nil {
		return "", err
	}
	class, err := hdf5.Text(o, "MATLAB_class")
	if err != nil || class == "" {
		return "", fmt.Errorf("%s has no class: %w", path, err)
	}
	in, ok := o.(*hdf5.Dataset)
	if !ok {
		return class, nil
	}
	dims := slices.Clone(in.Dims())
	if _, empty, err := hdf5.Number(in, "MATLAB_empty"); err != nil || empty {
		return "empty " + class, err
	}
	slices.Reverse(dims) // MATLAB's order
	return times(dims) + " " + class, nil
}
