package hdf5

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// values compares all elements of a dataset or an attribute.
func (c *comparison) values(where string, v *Values, want *trueValues) {
	c.Helper()
	if v.IsNull() != (want.Dims == nil) {
		c.Errorf("%s is null: %v", where, v.IsNull())
		return
	}
	if want.Refuses != "" {
		for i, err := range []error{failure(v.Float64s()), failure(v.Bytes())} {
			if i == 1 && want.Type.Class == "time" { // its bytes are nobody's secret
				continue
			}
			if err == nil || !strings.Contains(err.Error(), want.Refuses) || !strings.Contains(err.Error(), where) {
				c.Errorf("%s: error %v, want one with %q", where, err, want.Refuses)
			}
		}
		return
	}
	if want.Value == nil {
		return
	}
	if _, err := v.Float64s(); want.MayRefuse && err != nil {
		if !errors.Is(err, errors.ErrUnsupported) || !strings.Contains(err.Error(), where) {
			c.Errorf("%s: %v", where, err)
		}
		return
	}
	n := 1
	for _, d := range *want.Dims {
		n *= d
	}
	for t := want.Type; t.Class == "array"; t = t.Base {
		for _, d := range t.Dims {
			n *= d
		}
	}
	if v.Len() != n || !slices.Equal(v.Dims()[:len(*want.Dims)], *want.Dims) {
		c.Errorf("%s: %d values, %v; want %d, %v", where, v.Len(), v.Dims(), n, *want.Dims)
	}
	c.same(where, v, want.Type, want.Value)
	if want.Stored != "" {
		stored, err := v.Bytes()
		if sum := sha256.Sum256(stored); err != nil || !strings.HasPrefix(hex.EncodeToString(sum[:]), want.Stored) {
			c.Errorf("%s: other bytes than h5py, %v", where, err)
		}
	}
}

func failure[T any](_ T, err error) error { return err }

// same compares elements with those that h5py read, by their type.
func (c *comparison) same(where string, v *Values, t *trueType, want *trueValue) {
	c.Helper()
	switch t.Class {
	case "integer", "bitfield":
		c.integers(where, v, t, want)
	case "float":
		c.floats(where, v, t, want)
	case "enum":
		c.enums(where, v, t, want)
	case "string":
		var texts []string
		for _, s := range want.S {
			texts = append(texts, latin(s))
		}
		equal(c, where, texts)(v.Strings())
	case "opaque":
		c.elements += v.Len()
		if got, err := v.Bytes(); err != nil || !bytes.Equal(got, want.B) {
			c.Errorf("%s: %x, %v; want %x", where, got, err, want.B)
		}
	case "array":
		c.same(where, v, t.Base, want.A)
	case "compound":
		c.compound(where, v, t, want)
	case "vlen":
		lists, err := v.Lists()
		if err != nil || len(lists) != len(want.L) {
			c.Errorf("%s: %d lists, %v; want %d", where, len(lists), err, len(want.L))
			return
		}
		for i, l := range lists {
			c.same(where+"[…]", l, t.Base, want.L[i])
		}
	case "reference":
		c.references(where, v, want)
	default:
		c.Errorf("%s: class %s", where, t.Class)
	}
}

// equal counts elements and compares them.
func equal[T comparable](c *comparison, where string, want []T) func([]T, error) {
	c.Helper()
	return func(got []T, err error) {
		c.Helper()
		c.elements += len(want)
		if err != nil || len(got) != len(want) {
			c.Errorf("%s: %d elements, %v; want %d", where, len(got), err, len(want))
			return
		}
		for i := range want {
			if got[i] != want[i] {
				c.Errorf("%s: element %d is %#v, want %#v", where, i, got[i], want[i])
				return
			}
		}
	}
}

func words(b []byte) []uint64 {
	out := make([]uint64, len(b)/8)
	for i := range out {
		out[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	return out
}

// integers are compared exactly; those that do not fit a type must be errors in
// it, and as floats they are rounded once.
func (c *comparison) integers(where string, v *Values, t *trueType, want *trueValue) {
	c.Helper()
	signed := t.Class == "integer" && t.Signed
	all := words(want.U)
	if signed {
		all = words(want.I)
	}
	floats, asInt := make([]float64, len(all)), make([]int64, len(all))
	beyond := false // the other type's range
	for i, u := range all {
		asInt[i] = int64(u)
		beyond = beyond || asInt[i] < 0
		if floats[i] = float64(u); signed {
			floats[i] = float64(asInt[i])
		}
	}
	equal(c, where, floats)(v.Float64s())
	switch {
	case signed:
		equal(c, where, asInt)(v.Int64s())
		if _, err := v.Uint64s(); beyond && err == nil {
			c.Errorf("%s: negative numbers became unsigned", where)
		}
	default:
		equal(c, where, all)(v.Uint64s())
		if _, err := v.Int64s(); beyond && err == nil {
			c.Errorf("%s: numbers beyond int64 became signed", where)
		}
	}
	c.elements -= len(all)
}

// floats are compared by their bits; NaNs of other widths by being NaN.
func (c *comparison) floats(where string, v *Values, t *trueType, want *trueValue) {
	c.Helper()
	bits := func(x float64) uint64 {
		if t.Size != 8 && math.IsNaN(x) {
			x = math.NaN()
		}
		return math.Float64bits(x)
	}
	all := words(want.F)
	for i := range all {
		all[i] = bits(math.Float64frombits(all[i]))
	}
	got, err := v.Float64s()
	found := make([]uint64, len(got))
	for i := range got {
		found[i] = bits(got[i])
	}
	equal(c, where, all)(found, err)
}

func (c *comparison) enums(where string, v *Values, t *trueType, want *trueValue) {
	c.Helper()
	c.integers(where, v, t.Base, want)
	all, texts, known := words(append(want.I, want.U...)), []string(nil), true
	for _, u := range all {
		i := slices.IndexFunc(v.Type().Enum, func(e EnumValue) bool { return uint64(e.Value) == u })
		if known = known && i >= 0; known {
			texts = append(texts, v.Type().Enum[i].Name)
		}
	}
	if known {
		equal(c, where, texts)(v.Strings())
		c.elements -= len(all)
	}
	if v.Type().IsBool() && known {
		truths := make([]bool, len(all))
		for i, u := range all {
			truths[i] = u == 1
		}
		equal(c, where, truths)(v.Bools())
		c.elements -= len(all)
	}
}

func (c *comparison) compound(where string, v *Values, t *trueType, want *trueValue) {
	c.Helper()
	for i, m := range t.Members {
		f, err := v.Field(latin(m.Name))
		if err != nil {
			c.Errorf("%s: %v", where, err)
			continue
		}
		c.same(where+"."+m.Name, f, m.Type, want.M[i])
	}
	if names := [...]string{"r", "i", "real", "imag"}; len(t.Members) == 2 && t.Members[0].Type.Class == "float" &&
		(t.Members[0].Name == names[0] && t.Members[1].Name == names[1] || t.Members[0].Name == names[2] && t.Members[1].Name == names[3]) {
		re, im := words(want.M[0].F), words(want.M[1].F)
		z, err := v.Complex128s()
		if err != nil || len(z) != len(re) {
			c.Errorf("%s: %d complex numbers, %v; want %d", where, len(z), err, len(re))
			return
		}
		for i := range z {
			if math.Float64bits(real(z[i])) != re[i] || math.Float64bits(imag(z[i])) != im[i] {
				c.Errorf("%s: element %d is %v", where, i, z[i])
			}
		}
	}
	if _, err := v.Field("no such member"); err == nil {
		c.Errorf("%s has a member that it has not", where)
	}
}

func (c *comparison) references(where string, v *Values, want *trueValue) {
	c.Helper()
	refs, err := v.References()
	if want.Region > 0 {
		if err == nil || !strings.Contains(err.Error(), "region") || !errors.Is(err, errors.ErrUnsupported) {
			c.Errorf("%s: references to regions: %v", where, err)
		}
		return
	}
	if err != nil || len(refs) != len(want.R) {
		c.Errorf("%s: %d references, %v; want %d", where, len(refs), err, len(want.R))
		return
	}
	c.elements += len(refs)
	for i, ref := range refs {
		if ref.IsNull() != (want.R[i] == nil) {
			c.Errorf("%s: reference %d is null: %v", where, i, ref.IsNull())
			continue
		}
		o, err := c.file.Deref(ref)
		switch {
		case ref.IsNull():
			if err == nil {
				c.Errorf("%s: the null reference %d leads to %s", where, i, o.Path())
			}
		case err != nil:
			c.Errorf("%s: reference %d: %v", where, i, err)
		default:
			c.object(*want.R[i], o, false)
			if strings.HasPrefix(o.Path(), "/") && c.addressOf(o.Path()) != *want.R[i] {
				c.Errorf("%s: reference %d leads to %s", where, i, o.Path())
			}
		}
	}
}

// addressOf follows a path in the truth.
func (c *comparison) addressOf(path string) string {
	at := c.truth.Root
	for _, name := range strings.Split(path, "/") {
		if name == "" {
			continue
		}
		links := c.truth.Objects[at].Links
		i := slices.IndexFunc(links, func(l trueLink) bool { return latin(l.Name) == name })
		if i < 0 || links[i].To == nil {
			return "nowhere"
		}
		at = *links[i].To
	}
	return at
}

// parts compares some slabs of a dataset with the same parts of the whole.
func (c *comparison) parts(d *Dataset) {
	c.Helper()
	dims := d.Dims()
	whole, err := d.Values().Bytes()
	if err != nil {
		c.Errorf("%s: %v", d.Path(), err)
		return
	}
	if len(dims) == 0 || slices.Contains(dims, 0) {
		return
	}
	size := d.Type().Size
	rng := rand.New(rand.NewPCG(1, uint64(len(whole))))
	for k := range 5 {
		start, number := make([]int, len(dims)), make([]int, len(dims))
		for i, n := range dims {
			start[i] = rng.IntN(n)
			number[i] = rng.IntN(n - start[i] + 1)
			if k == 0 || number[i] > 100 && k > 2 {
				number[i] = 1
			}
		}
		want := gather(whole, size, dims, start, number)
		v, err := d.Slab(start, number)
		if err == nil {
			var got []byte
			if got, err = v.Bytes(); err == nil && !bytes.Equal(got, want) {
				c.Errorf("%s: %v elements from %v on differ", d.Path(), number, start)
			}
		}
		if err != nil {
			c.Errorf("%s: %v elements from %v on: %v", d.Path(), number, start, err)
		}
	}
	row := len(whole) / dims[0]
	from := rng.IntN(dims[0])
	to := from + rng.IntN(dims[0]-from+1)
	if v, err := d.Rows(from, to); err != nil {
		c.Errorf("%s: %v", d.Path(), err)
	} else if got, err := v.Bytes(); err != nil || !bytes.Equal(got, whole[from*row:to*row]) {
		c.Errorf("%s: rows %d to %d differ, %v", d.Path(), from, to, err)
	}
	for _, wrong := range [][2]int{{-1, 0}, {0, dims[0] + 1}, {1, 0}} {
		if v, err := d.Rows(wrong[0], wrong[1]); err == nil {
			c.Errorf("%s: rows %v are %v", d.Path(), wrong, v.Dims())
		}
	}
}

// gather copies a slab out of a whole array.
func gather(whole []byte, size int, dims, start, number []int) (out []byte) {
	if len(dims) == 0 {
		return whole
	}
	step := len(whole) / dims[0]
	for i := range number[0] {
		out = append(out, gather(whole[(start[0]+i)*step:(start[0]+i+1)*step], size, dims[1:], start[1:], number[1:])...)
	}
	return out
}
