package mat

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/data/internal/order"
	"github.com/spikewalk/spikewalk/internal/nearest"
)

// Array is an array of any MATLAB class: a variable, a cell or a field. NumPy's
// arrays are read as those that MATLAB would have for them.
//
// Values stay as the file stores them. Each accessor converts them and returns a
// copy that the caller may change; several goroutines may call at once. Indices
// count from 0. A single index for all dimensions counts in MATLAB's order, the
// first dimension fastest.
type Array struct {
	name  string
	class Class
	dims  []int

	re     part    // numeric, logical and char
	im     *part   // nil unless complex
	sparse *sparse // nil unless sparse

	fields *fields  // nil unless a struct
	items  []*Array // cells, or fields of element 0, fields of element 1, …

	refused *unsupportedClassError // of a class that is not read
}

// Name returns the variable's name; for a cell or a field its path, such as
// trial(2).emg or cells{1}, counted from 0.
func (a *Array) Name() string { return a.name }

// Class returns the array's MATLAB class.
func (a *Array) Class() Class { return a.class }

// Dims returns the lengths of the dimensions, always two or more.
func (a *Array) Dims() []int { return slices.Clone(a.dims) }

// Len returns the number of elements, the product of Dims, zeros of a sparse array
// included.
func (a *Array) Len() int {
	n, _ := order.Elements(a.dims)
	return n
}

// IsComplex tells whether the array has an imaginary part.
func (a *Array) IsComplex() bool { return a.im != nil || a.sparse != nil && a.sparse.complex }

// IsSparse tells whether the array is stored as a sparse matrix.
func (a *Array) IsSparse() bool { return a.sparse != nil }

// String describes the array in a few words, such as "emg: 8x81x2 double".
// [Array.Text] is the text of a char array.
func (a *Array) String() string {
	words := []string{dimsString(a.dims)}
	if a.IsSparse() {
		words = append(words, "sparse")
	}
	if a.IsComplex() {
		words = append(words, "complex")
	}
	words = append(words, string(a.class))
	switch {
	case a.class == Struct && a.fields.len() == 0:
		words = append(words, "without fields")
	case a.class == Struct:
		words = append(words, "with fields", nearest.Some(a.fields.names))
	}
	return a.name + ": " + strings.Join(words, " ")
}

// wrongClass says what the array is and what was wanted.
func (a *Array) wrongClass(want string) error {
	return &classError{Name: a.name, Dims: a.Dims(), Class: a.class, Want: want}
}

// readable returns the array, or the error of a class that is not read.
func (a *Array) readable() (*Array, error) {
	if a.refused != nil {
		return nil, &unsupportedClassError{Name: a.name, Class: a.class, Type: a.refused.Type}
	}
	return a, nil
}

// offset turns an index for each dimension into a single one, which it leaves as it
// is.
func (a *Array) offset(index []int) (int, error) {
	if len(index) == 1 {
		if n := a.Len(); index[0] < 0 || index[0] >= n {
			return 0, fmt.Errorf("%s: index %d is outside its %d elements", a.name, index[0], n)
		}
		return index[0], nil
	}
	if len(index) != len(a.dims) {
		return 0, fmt.Errorf("%s is %s: it takes 1 or %d indices, not %d", a.name, dimsString(a.dims), len(a.dims), len(index))
	}
	at, stride := 0, 1
	for d, i := range index {
		if i < 0 || i >= a.dims[d] {
			return 0, fmt.Errorf("%s is %s: index %d of dimension %d is outside it (they count from 0)", a.name, dimsString(a.dims), i, d)
		}
		at += i * stride
		stride *= a.dims[d]
	}
	return at, nil
}

func dimsString(dims []int) string {
	if len(dims) == 0 {
		return "0x0"
	}
	var b strings.Builder
	for i, d := range dims {
		if i > 0 {
			b.WriteByte('x')
		}
		fmt.Fprint(&b, d)
	}
	return b.String()
}

// Size returns how many bytes of memory the array takes, with all that it holds,
// but for the entries of sparse arrays.
func (a *Array) Size() int64 {
	n := int64(arrayBytes + len(a.re.raw))
	if a.im != nil {
		n += int64(len(a.im.raw))
	}
	for _, item := range a.items {
		n += item.Size()
	}
	return n
}
