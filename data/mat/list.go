package mat

import (
	"io"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/data/hdf5"
	"github.com/spikewalk/spikewalk/internal/nearest"
)

// Info says what a variable is.
type Info struct {
	Name  string
	Class Class
	// Dims are the lengths of the dimensions, none of an object.
	Dims            []int
	Complex, Sparse bool
	// Fields are a struct's, of version 7.3 alone.
	Fields []string
	// Err says why the variable cannot be read, where that is known.
	Err error
}

// String describes the variable as [Array.String] does.
func (i Info) String() string {
	words := []string{}
	if len(i.Dims) > 0 {
		words = append(words, dimsString(i.Dims))
	}
	if i.Sparse {
		words = append(words, "sparse")
	}
	if i.Complex {
		words = append(words, "complex")
	}
	words = append(words, string(i.Class))
	if len(i.Fields) > 0 {
		words = append(words, "with fields", nearest.Some(i.Fields))
	}
	return i.Name + ": " + strings.Join(words, " ")
}

// List says what the MAT-file in the size bytes of r holds, without reading any
// values. Its errors are those of [Decode]; variables before a damage are returned
// beside the error.
func List(r io.ReaderAt, size int64) ([]Info, error) {
	f, err := decode(r, size, []string{listOnly})
	if f == nil {
		return nil, err
	}
	all := make([]Info, len(f.names))
	for i, name := range f.names {
		v := f.variables[name]
		all[i] = v.info
		all[i].Name = name
		if v.err != nil {
			all[i].Err = v.err
		}
	}
	return all, err
}

// listOnly is no variable's name: asked for it alone, a reader passes over all.
const listOnly = "\x00"

// info is what the header of a variable of version 5 says.
func (h header) info() Info {
	i := Info{Class: h.class, Dims: h.dims, Complex: h.complex, Sparse: h.number == sparseNumber}
	if h.class == Opaque || h.class == Object || h.class == FunctionHandle {
		i.Err = &unsupportedClassError{Name: h.name, Class: h.class}
	}
	return i
}

// info is what stands before the values of a variable of version 4; of a sparse
// matrix the size of the list that it is stored as stands there, and not its own.
func (h head4) info() Info {
	i := Info{Class: Double, Dims: []int{h.rows, h.columns}, Complex: h.complex}
	switch h.kind {
	case text4:
		i.Class = Char
	case sparse4:
		i.Sparse, i.Complex, i.Dims = true, h.columns == 4, nil
	}
	return i
}

func (a *Array) info() Info {
	i := Info{Class: a.class, Dims: a.dims, Complex: a.IsComplex(), Sparse: a.IsSparse()}
	if a.refused != nil {
		i.Err, i.Dims = a.refused, nil
	}
	return i
}

// info says what an object of version 7.3 is.
func (d *decoder73) info(name string) (Info, error) {
	o, err := d.file.Root().Open(name)
	if err != nil {
		return Info{}, err
	}
	class, err := hdf5.Text(o, "MATLAB_class")
	if err != nil {
		return Info{}, err
	}
	refused, err := refusedClass(o, class)
	if err != nil {
		return Info{}, err
	}
	if refused != nil {
		refused.Name = name
		return Info{Class: refused.Class, Err: refused}, nil
	}
	if g, ok := o.(*hdf5.Group); ok {
		return d.groupInfo(g, Class(class))
	}
	a := &Array{class: Class(class)}
	if s, ok := o.(*hdf5.Dataset); ok {
		empty, _, err := hdf5.Number(s, "MATLAB_empty")
		if err == nil && empty != 0 {
			err = d.empty(a, s)
		} else if err == nil {
			a.dims, err = reversed(s.Dims())
		}
		if err != nil {
			return Info{}, err
		}
		return Info{Class: a.class, Dims: a.dims, Complex: s.Type().Class == hdf5.Compound}, nil
	}
	return a.info(), nil
}

// groupInfo says what a group of version 7.3 is.
func (d *decoder73) groupInfo(g *hdf5.Group, class Class) (Info, error) {
	i := Info{Class: class, Dims: []int{1, 1}}
	rows, isSparse, err := hdf5.Number(g, "MATLAB_sparse")
	switch {
	case err != nil:
		return i, err
	case isSparse:
		starts, err := g.Dataset("jc")
		if err != nil {
			return i, err
		}
		i.Sparse, i.Dims = true, []int{int(rows), max(starts.Values().Len()-1, 0)}
		if has, err := g.Has("data"); err != nil || !has {
			return i, err
		}
		values, err := g.Dataset("data")
		if err != nil {
			return i, err
		}
		i.Complex = values.Type().Class == hdf5.Compound
		return i, nil
	}
	names, err := structFields(g)
	if i.Fields = names; err != nil || len(names) == 0 {
		return i, err
	}
	o, err := g.Open(names[0])
	if err != nil {
		return i, err
	}
	if s, ok := o.(*hdf5.Dataset); ok && s.Type().Class == hdf5.Pointer {
		if class, err := hdf5.Text(s, "MATLAB_class"); err != nil || class != "" {
			return i, err
		}
		i.Dims, err = reversed(slices.Clone(s.Dims()))
	}
	return i, err
}
