package hdf5

import (
	"fmt"
	"slices"
)

// Dataset is an array of elements of one type. Opening it reads its header;
// values are read when they are asked for.
type Dataset struct {
	object
	typ     *Type
	space   dataspace
	layout  *layout
	filters []Filter
	from    storage
}

// newDataset reads what a header says of a dataset.
func newDataset(o object) (*Dataset, error) {
	d := &Dataset{object: o}
	f, h := o.file, o.head
	var err error
	if d.typ, err = f.typeOf(h); err != nil {
		return nil, err
	}
	m, err := f.resolve(*h.find(msgDataspace))
	if err != nil {
		return nil, err
	}
	if d.space, err = f.readDataspace(f.over(m.data, m.at, "dataspace")); err != nil {
		return nil, err
	}
	if m := h.find(msgFilters); m != nil {
		r, err := f.resolve(*m)
		if err != nil {
			return nil, err
		}
		if d.filters, err = f.readFilters(f.over(r.data, r.at, "filters")); err != nil {
			return nil, err
		}
	}
	l := h.find(msgLayout)
	if l == nil {
		return nil, fmt.Errorf("object header at address %#x: it does not say where the values are", h.address)
	}
	if d.layout, err = f.readLayout(f.over(l.data, l.at, "layout")); err != nil {
		return nil, err
	}
	fill, err := f.readFill(h)
	if err != nil {
		return nil, err
	}
	d.from, err = d.storage(fill, h.find(msgExternal) != nil)
	return d, err
}

// storage returns what reads the values.
func (d *Dataset) storage(fill []byte, external bool) (storage, error) {
	l, size := d.layout, d.typ.Size
	if len(fill) != 0 && len(fill) != size {
		return nil, fmt.Errorf("its fill value has %d bytes, its elements have %d", len(fill), size)
	}
	blank := blank{d.space.dims, fill}
	if external {
		return missing{unsupported("its values are in other files (external), which are not read: write them into one with h5repack")}, nil
	}
	switch l.class {
	case layoutCompact:
		if len(l.data)/size < d.space.n {
			return nil, fmt.Errorf("its %d elements of %d bytes are in the header, which has %d bytes of them", d.space.n, size, len(l.data))
		}
		return inMemory{d.space.dims, l.data}, nil
	case layoutContiguous:
		if l.address == undefined {
			return blank, nil
		}
		at, err := d.file.offset(l.address, "contiguous values")
		if err != nil {
			return nil, err
		}
		return &contiguous{d.file.src, at, d.space.dims}, nil
	case layoutChunked:
		return newChunked(d, blank)
	}
	return missing{unsupported("it is virtual, a view of other datasets, which is not read: read those, or write it as one with h5repack -l CONTI")}, nil
}

// Type returns the type of the elements.
func (d *Dataset) Type() *Type { return d.typ }

// Dims returns the dimensions; none for a scalar.
func (d *Dataset) Dims() []int { return slices.Clone(d.space.dims) }

// Chunks returns the dimensions of a chunk, nil if the dataset is not chunked.
func (d *Dataset) Chunks() []int {
	if d.layout == nil {
		return nil
	}
	return slices.Clone(d.layout.chunk)
}

// Layout says how the values are stored: "contiguous", "compact", "virtual",
// "chunked, fixed array", and others.
func (d *Dataset) Layout() string {
	if d.layout == nil {
		return "none"
	}
	return d.layout.String()
}

// Filters returns the filters of the chunks, in the order of writing.
func (d *Dataset) Filters() []Filter { return slices.Clone(d.filters) }

// Values returns all values. Nothing is read yet.
func (d *Dataset) Values() *Values {
	if d.from == nil {
		return &Values{}
	}
	return newValues(d.file, d.path, d.typ, d.space, d.from)
}

// Rows returns the rows from … to-1 of the first dimension, with all that the
// other dimensions hold. Nothing is read yet, and only what holds these rows
// will be.
func (d *Dataset) Rows(from, to int) (*Values, error) {
	if d == nil || d.from == nil {
		return nil, errNoDataset
	}
	if len(d.space.dims) == 0 {
		return nil, fmt.Errorf("%s has no rows: it is a scalar or empty", d.path)
	}
	start, count := make([]int, len(d.space.dims)), slices.Clone(d.space.dims)
	start[0], count[0] = from, to-from
	if from < 0 || to < from || to > d.space.dims[0] {
		return nil, fmt.Errorf("%s: rows %d to %d of %d", d.path, from, to, d.space.dims[0])
	}
	return d.Slab(start, count)
}

// Slab returns count[i] elements from start[i] on along each dimension. Nothing
// is read yet, and only the chunks, or the bytes, that hold them will be.
func (d *Dataset) Slab(start, count []int) (*Values, error) {
	if d == nil || d.from == nil {
		return nil, errNoDataset
	}
	dims := d.space.dims
	if len(start) != len(dims) || len(count) != len(dims) {
		return nil, fmt.Errorf("%s: a slab from %v of %v, where the dimensions are %v", d.path, start, count, dims)
	}
	space := dataspace{n: 1, null: d.space.null}
	for i, n := range count {
		if start[i] < 0 || n < 0 || start[i] > dims[i] || n > dims[i]-start[i] {
			return nil, fmt.Errorf("%s: a slab from %v of %v leaves the dimensions %v", d.path, start, count, dims)
		}
		space.n *= n
	}
	if space.null {
		space.n = 0
	}
	space.dims = slices.Clone(count)
	v := newValues(d.file, d.path, d.typ, space, d.from)
	copy(v.at.start, start)
	return v, nil
}
