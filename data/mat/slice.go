package mat

import (
	"fmt"
	"slices"

	"github.com/spikewalk/spikewalk/data/internal/order"
)

// Slice fixes the index in one dimension of a full numeric or logical array and
// drops that dimension. Of an 8x81x2 array, Slice(0, 3) is the 81x2 matrix of
// condition 3. A matrix becomes a column.
func (a *Array) Slice(dimension, index int) (*Array, error) {
	switch {
	case !a.class.IsNumeric():
		return nil, a.wrongClass("numbers")
	case a.sparse != nil:
		return nil, fmt.Errorf("%s is sparse, wanted a full array: use Dense or Triplets", a.name)
	case dimension < 0 || dimension >= len(a.dims):
		return nil, fmt.Errorf("%s is %s: it has no dimension %d (they count from 0)", a.name, dimsString(a.dims), dimension)
	case index < 0 || index >= a.dims[dimension]:
		return nil, fmt.Errorf("%s is %s: index %d of dimension %d is outside it (they count from 0)", a.name, dimsString(a.dims), index, dimension)
	}
	s := &Array{name: a.sliceName(dimension, index), class: a.class}
	s.dims = slices.Delete(a.Dims(), dimension, dimension+1)
	if len(s.dims) == 1 {
		s.dims = append(s.dims, 1)
	}
	s.re = a.slicePart(a.re, dimension, index)
	if a.IsComplex() {
		im := a.slicePart(*a.im, dimension, index)
		s.im = &im
	}
	return s, nil
}

// slicePart copies the numbers of one slice: runs of the dimensions before
// the fixed one, once for each index of those after it.
func (a *Array) slicePart(p part, dimension, index int) part {
	if a.Len() == 0 {
		return part{kind: p.kind, order: p.order}
	}
	before, _ := order.Elements(a.dims[:dimension])
	run := before * p.kind.size()
	stride := run * a.dims[dimension]
	raw := make([]byte, 0, len(p.raw)/a.dims[dimension])
	for at := index * run; at < len(p.raw); at += stride {
		raw = append(raw, p.raw[at:at+run]...)
	}
	return part{kind: p.kind, order: p.order, raw: raw}
}

// sliceName writes emg(3,:,:).
func (a *Array) sliceName(dimension, index int) string {
	name := a.name + "("
	for d := range a.dims {
		if d > 0 {
			name += ","
		}
		if d == dimension {
			name += fmt.Sprint(index)
		} else {
			name += ":"
		}
	}
	return name + ")"
}

// Squeeze returns the array without the dimensions of length 1 beyond two, as
// MATLAB's squeeze does for arrays of more than two dimensions: 3x1x4 becomes 3x4.
// The numbers are shared, not copied.
func (a *Array) Squeeze() *Array {
	s := *a
	s.dims = a.Dims()
	for d := 0; d < len(s.dims) && len(s.dims) > 2; {
		if s.dims[d] == 1 {
			s.dims = slices.Delete(s.dims, d, d+1)
		} else {
			d++
		}
	}
	return &s
}
