package npz

import "strings"

// Names lists the archive's arrays.
func (r *Reader) Names() []string {
	names := r.r.Keys()
	for i, name := range names {
		names[i] = strings.TrimSuffix(name, ".npy")
	}
	return names
}

// Array reads an array of one or two dimensions into what to points to, a
// slice of a type that npyio knows, row by row. It returns the number of
// columns, 0 for one dimension. Unlike with the other methods, numbers may be
// NaN or infinite.
func (r *Reader) Array(name string, to any) (columns int) {
	h := r.r.Header(name + ".npy")
	if h != nil && len(h.Descr.Shape) == 1 {
		r.read(name, to)
		return 0
	}
	if r.shaped(name, []int{-1, -1}) {
		r.read(name, to)
		return h.Descr.Shape[1]
	}
	return 0
}
