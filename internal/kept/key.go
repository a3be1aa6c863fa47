package kept

import (
	"bytes"
	"crypto/sha256"
	"encoding"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Key is the SHA-256, in hexadecimal, of the content of the values: unexported
// fields count, what pointers lead to, types behind interfaces, and matrices by their
// numbers. An error names what has no
// content that can be told, such as a function, as a part of name.
func Key(name string, values ...any) (string, error) {
	h := sha256.New()
	c := content{to: h}
	for _, v := range values {
		if err := c.value(reflect.ValueOf(&v).Elem(), name, 0); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// content writes down a value so that no two with another content are written
// alike. Package encoding/json would not do: it leaves out unexported fields and
// the types behind interfaces; nor would fmt, which writes addresses.
type content struct{ to io.Writer }

// A hash never fails to take what it is given.
func (c content) number(n uint64) { _, _ = c.to.Write(binary.LittleEndian.AppendUint64(nil, n)) }

func (c content) text(s string) {
	c.number(uint64(len(s)))
	_, _ = io.WriteString(c.to, s)
}

// deepest bounds how far values refer to values: a ring of pointers has no end.
const deepest = 100

func (c content) value(v reflect.Value, path string, depth int) error {
	if depth > deepest {
		return fmt.Errorf("%s refers to itself", path)
	}
	if m, ok := marshaler(v); ok {
		b, err := m.MarshalBinary()
		if err != nil {
			return fmt.Errorf("%s cannot be told: %w", path, err)
		}
		c.text(string(b))
		return nil
	}
	switch v.Kind() {
	case reflect.Bool:
		n := uint64(0)
		if v.Bool() {
			n = 1
		}
		c.number(n)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		c.number(uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		c.number(v.Uint())
	case reflect.Float32, reflect.Float64:
		c.number(math.Float64bits(v.Float()))
	case reflect.Complex64, reflect.Complex128:
		c.number(math.Float64bits(real(v.Complex())))
		c.number(math.Float64bits(imag(v.Complex())))
	case reflect.String:
		c.text(v.String())
	case reflect.Interface, reflect.Pointer:
		return c.pointed(v, path, depth)
	case reflect.Slice, reflect.Array:
		return c.elements(v, path, depth)
	case reflect.Map:
		return c.entries(v, path, depth)
	case reflect.Struct:
		return c.fields(v, path, depth)
	default:
		if !v.IsNil() {
			return fmt.Errorf("%s is a %s, whose content cannot be told: name in its place what it depends on", path, v.Type())
		}
	}
	return nil
}

// marshaler finds what says all of itself: a network, whose fields hold functions
// of no content of their own.
func marshaler(v reflect.Value) (encoding.BinaryMarshaler, bool) {
	if !v.CanInterface() || v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer && v.IsNil() {
		return nil, false
	}
	m, ok := v.Interface().(encoding.BinaryMarshaler)
	return m, ok
}

// pointed writes what an interface or a pointer holds. Tasks of the same numbers
// differ by the type behind the interface.
func (c content) pointed(v reflect.Value, path string, depth int) error {
	if v.IsNil() {
		c.number(0)
		return nil
	}
	c.number(1)
	if v.Kind() == reflect.Interface {
		c.text(Structure(v.Elem().Type()))
	}
	return c.value(v.Elem(), path, depth+1)
}

func (c content) elements(v reflect.Value, path string, depth int) error {
	c.number(uint64(v.Len()))
	kind := v.Type().Elem().Kind()
	plain := kind <= reflect.Complex128 || kind == reflect.String // these cannot fail, and are many
	for i := range v.Len() {
		at := path
		if !plain {
			at = fmt.Sprintf("%s[%d]", path, i)
		}
		if err := c.value(v.Index(i), at, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// entries writes a map, which has no order, by the order of its entries' hashes.
func (c content) entries(v reflect.Value, path string, depth int) error {
	var sums [][]byte
	for _, k := range v.MapKeys() {
		h := sha256.New()
		one, at := content{to: h}, fmt.Sprintf("%s[%v]", path, k)
		if err := errors.Join(one.value(k, at, depth+1), one.value(v.MapIndex(k), at, depth+1)); err != nil {
			return err
		}
		sums = append(sums, h.Sum(nil))
	}
	slices.SortFunc(sums, bytes.Compare)
	c.number(uint64(len(sums)))
	for _, sum := range sums {
		_, _ = c.to.Write(sum)
	}
	return nil
}

func (c content) fields(v reflect.Value, path string, depth int) error {
	if v.Type() == reflect.TypeFor[mat.Dense]() {
		c.matrix(v)
		return nil
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		c.text(f.Name)
		if err := c.value(v.Field(i), path+"."+f.Name, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// matrix writes a mat.Dense by its numbers: a part of a larger matrix, which has
// a longer stride and more room, counts as its copy. The matrix may be that of an
// unexported field, of which no method can be called.
func (c content) matrix(v reflect.Value) {
	raw := v.FieldByName("mat")
	rows, columns, stride := int(raw.FieldByName("Rows").Int()), int(raw.FieldByName("Cols").Int()), int(raw.FieldByName("Stride").Int())
	c.number(uint64(rows))
	c.number(uint64(columns))
	data, row := raw.FieldByName("Data"), make([]byte, 8*columns)
	for i := range rows {
		for j := range columns {
			binary.LittleEndian.PutUint64(row[8*j:], math.Float64bits(data.Index(i*stride+j).Float()))
		}
		_, _ = c.to.Write(row)
	}
}
