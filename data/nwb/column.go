package nwb

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data/hdf5"
	"github.com/spikewalk/spikewalk/internal/unpack"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// largestColumn is the largest column of a table that is read, in bytes.
const largestColumn = 64 << 20

// cells are the entries of a column, of one kind.
type cells struct {
	numbers []float64
	texts   []string
	flags   []bool
}

// read reads a table without the columns of some names. It returns what of it was
// left in the file, in sentences.
func (t *table) read(without ...string) (*recording.Table, []string, error) {
	to := &recording.Table{}
	if t.id != nil {
		ids, err := t.file.cells(t.id.Values(), "")
		if err != nil {
			return nil, nil, err
		}
		to.Columns = append(to.Columns, recording.Column{Name: "id", Numbers: ids.numbers, Texts: ids.texts})
	}
	var left []string
	held := int64(0)
	for _, d := range t.columns {
		name := nameOf(d)
		if slices.Contains(without, name) {
			continue
		}
		held += 8 * int64(min(d.Values().Len(), largestColumn/8))
		if err := unpack.Check(held, t.file.size); err != nil {
			return nil, nil, fmt.Errorf("%s: with this column %w", d.Path(), err)
		}
		columns, kept, err := t.columnsOf(d)
		if err != nil {
			return nil, nil, err
		}
		if !kept {
			left = append(left, fmt.Sprintf("%s, %s of dimensions %v, is left in the file", d.Path(), d.Type(), d.Dims()))
		}
		to.Columns = append(to.Columns, columns...)
	}
	for _, name := range t.missing {
		left = append(left, fmt.Sprintf("%s lists a column %q that it does not have", t.path, name))
	}
	return to, left, nil
}

// columnsOf reads a column, as one for each member if it is a compound. kept is
// false where the column only tells what was left in the file.
func (t *table) columnsOf(d *hdf5.Dataset) (columns []recording.Column, kept bool, err error) {
	name := nameOf(d)
	c := recording.Column{Name: name}
	if c.Description, err = word(d, "description"); err != nil {
		return nil, false, err
	}
	if c.Unit, err = word(d, "unit"); err != nil {
		return nil, false, err
	}
	inner := t.index[name]
	if v := d.Values(); inner != nil && t.index[nameOf(inner)] != nil || !readable(d.Type()) || v.Len() > largestColumn/8 {
		c, err = t.left(d, c)
		return []recording.Column{c}, false, err
	}
	members := []string{""}
	if d.Type().Class == hdf5.Compound {
		members = members[:0]
		for _, m := range d.Type().Members {
			members = append(members, m.Name)
		}
	}
	elements, err := t.file.attributeTarget(d, "elements")
	if err != nil {
		return nil, false, err
	}
	for _, member := range members {
		v, one := d.Values(), c
		if member != "" {
			if v, err = v.Field(member); err != nil {
				return nil, false, err
			}
			one.Name += "." + member
		}
		what, err := t.file.cells(v, elements)
		if err != nil {
			return nil, false, err
		}
		if err := t.shape(&one, d, v.Dims(), what); err != nil {
			return nil, false, err
		}
		columns = append(columns, one)
	}
	return columns, true, nil
}

// readable tells whether cells can be made of a type.
func readable(t *hdf5.Type) bool {
	switch t.Class {
	case hdf5.Integer, hdf5.Float, hdf5.Enum, hdf5.String, hdf5.Pointer:
		return true
	case hdf5.Array:
		return readable(t.Base)
	case hdf5.Compound:
		for _, m := range t.Members {
			if !readable(m.Type) || m.Type.Class == hdf5.Compound {
				return false
			}
		}
		return len(t.Members) > 0
	}
	return false
}

// left says of each row of a column how much of it is left in the file.
func (t *table) left(d *hdf5.Dataset, c recording.Column) (recording.Column, error) {
	c.Texts = slices.Repeat([]string{"left in the file: " + d.Path()}, t.rows)
	below := d
	index := t.index[nameOf(d)]
	for index != nil && t.index[nameOf(index)] != nil {
		below, index = index, t.index[nameOf(index)]
	}
	if index == nil {
		return c, nil
	}
	rows, err := ends(index, length(below))
	if err != nil {
		return c, err
	}
	from := 0
	for i, to := range rows {
		c.Texts[i] = fmt.Sprintf("left in the file: %d of %s", to-from, d.Path())
		from = to
	}
	return c, nil
}

// cells reads values as numbers, texts or booleans. elements, unless empty, is the
// path of the texts that the values count.
func (f *File) cells(v *hdf5.Values, elements string) (c cells, err error) {
	t := v.Type()
	switch {
	case t.Class == hdf5.Enum && t.IsBool():
		c.flags, err = v.Bools()
	case t.Class == hdf5.Enum:
		c.texts, err = enumNames(v)
	case t.Class == hdf5.String:
		c.texts, err = v.Strings()
	case t.Class == hdf5.Pointer:
		var refs []hdf5.Reference
		if refs, err = v.References(); err != nil {
			return c, err
		}
		c.texts = make([]string, len(refs))
		for i, r := range refs {
			if c.texts[i], err = f.pathOf(r); err != nil {
				return c, err
			}
		}
	case t.Class == hdf5.Integer && t.Size == 8:
		c, err = integers(v)
	default:
		c.numbers, err = v.Float64s()
	}
	if err == nil && elements != "" && c.numbers != nil {
		return f.elements(c.numbers, elements)
	}
	return c, err
}

// integers reads 64-bit integers: as numbers, or as texts where numbers would not
// be exact.
func integers(v *hdf5.Values) (c cells, err error) {
	const exact = 1 << 53
	large := false
	var write func(i int) string
	if v.Type().Signed {
		whole, err := v.Int64s()
		if err != nil {
			return c, err
		}
		c.numbers = make([]float64, len(whole))
		for i, x := range whole {
			c.numbers[i], large = float64(x), large || x > exact || x < -exact
		}
		write = func(i int) string { return strconv.FormatInt(whole[i], 10) }
	} else {
		whole, err := v.Uint64s()
		if err != nil {
			return c, err
		}
		c.numbers = make([]float64, len(whole))
		for i, x := range whole {
			c.numbers[i], large = float64(x), large || x > exact
		}
		write = func(i int) string { return strconv.FormatUint(whole[i], 10) }
	}
	if large {
		c.texts = make([]string, len(c.numbers))
		for i := range c.texts {
			c.texts[i] = write(i)
		}
		c.numbers = nil
	}
	return c, nil
}

func enumNames(v *hdf5.Values) ([]string, error) {
	values, err := v.Int64s()
	if err != nil {
		return nil, err
	}
	names := make(map[int64]string)
	for _, e := range v.Type().Enum {
		names[e.Value] = e.Name
	}
	all := make([]string, len(values))
	for i, x := range values {
		name, ok := names[x]
		if !ok {
			name = strconv.FormatInt(x, 10)
		}
		all[i] = name
	}
	return all, nil
}

// elements returns the texts that numbers count.
func (f *File) elements(numbers []float64, path string) (c cells, err error) {
	d, err := f.h.Dataset(path)
	if err != nil {
		return c, err
	}
	names, err := d.Values().Strings()
	if err != nil {
		return c, err
	}
	c.texts = make([]string, len(numbers))
	for i, x := range numbers {
		if x < 0 || x >= float64(len(names)) || x != math.Trunc(x) {
			return cells{}, fmt.Errorf("entry %d is %g, and %s has %d elements", i, x, path, len(names))
		}
		c.texts[i] = names[int(x)]
	}
	return c, nil
}

// shape gives a column its rows: of one entry, of a fixed number, or of as many as
// its index says.
func (t *table) shape(c *recording.Column, d *hdf5.Dataset, dims []int, what cells) error {
	width := 1
	for _, n := range dims[min(1, len(dims)):] {
		width *= n
	}
	if len(dims) > 2 {
		c.Description = fmt.Sprintf("%s (%v a row)", c.Description, dims[1:])
	}
	index := t.index[nameOf(d)]
	switch {
	case index == nil && len(dims) < 2:
		c.Numbers, c.Texts, c.Flags = what.numbers, what.texts, what.flags
		return nil
	case index == nil && what.texts == nil && width > 0 && t.rows > 0:
		c.Rows = mat.NewDense(t.rows, width, truths(what))
		return nil
	}
	var rows []int
	if index == nil {
		for i := range t.rows {
			rows = append(rows, i+1)
		}
	} else {
		var err error
		if rows, err = ends(index, length(d)); err != nil {
			return err
		}
	}
	if what.texts != nil {
		c.TextLists = cut(what.texts, rows, width)
	} else {
		c.Lists = cut(truths(what), rows, width)
	}
	return nil
}

// truths returns numbers: booleans become 0 and 1.
func truths(c cells) []float64 {
	if c.flags == nil {
		return c.numbers
	}
	numbers := make([]float64, len(c.flags))
	for i, f := range c.flags {
		if f {
			numbers[i] = 1
		}
	}
	return numbers
}

// cut cuts a list where rows of entries end.
func cut[T any](all []T, ends []int, width int) [][]T {
	rows, from := make([][]T, len(ends)), 0
	for i, to := range ends {
		rows[i], from = all[from*width:to*width:to*width], to
	}
	return rows
}
