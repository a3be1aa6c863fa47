package nb

import (
	"bytes"
	"encoding"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
)

// keptResult is what a memo file's payload holds.
type keptResult struct {
	// Lines are the last states of the progress bars of the build.
	Lines []keptLine
	// Value is the encoded result.
	Value []byte
}

func pack(k keptResult) []byte {
	var b bytes.Buffer
	// A struct of strings and bytes into memory: nothing here can fail.
	_ = gob.NewEncoder(&b).Encode(k)
	return b.Bytes()
}

func unpack(payload []byte) (keptResult, error) {
	var k keptResult
	err := gob.NewDecoder(bytes.NewReader(payload)).Decode(&k)
	return k, err
}

// box lets gob keep values it refuses at the top: nil pointers.
type box[T any] struct{ Value T }

func encode[T any](v T) (data []byte, err error) {
	var b bytes.Buffer
	if streams[T]() {
		if isNil(v) {
			return nil, errors.New("it is nil")
		}
		_, err := any(v).(io.WriterTo).WriteTo(&b)
		return b.Bytes(), err
	}
	err = gob.NewEncoder(&b).Encode(&box[T]{v})
	return b.Bytes(), err
}

func decode[T any](data []byte) (T, error) {
	if streams[T]() {
		return decodeStream[T](data)
	}
	var b box[T]
	err := gob.NewDecoder(bytes.NewReader(data)).Decode(&b)
	return b.Value, err
}

func decodeStream[T any](data []byte) (T, error) {
	var v T
	target := any(&v)
	if t := reflect.TypeFor[T](); t.Kind() == reflect.Pointer {
		reflect.ValueOf(&v).Elem().Set(reflect.New(t.Elem()))
		target = any(v)
	}
	_, err := target.(io.ReaderFrom).ReadFrom(bytes.NewReader(data))
	return v, err
}

// streams tells whether T writes and reads itself.
func streams[T any]() bool {
	t := reflect.TypeFor[T]()
	if t.Kind() == reflect.Interface || !t.Implements(reflect.TypeFor[io.WriterTo]()) {
		return false
	}
	reader := reflect.TypeFor[io.ReaderFrom]()
	return t.Implements(reader) || reflect.PointerTo(t).Implements(reader)
}

func isNil(v any) bool {
	r := reflect.ValueOf(v)
	return !r.IsValid() || r.Kind() == reflect.Pointer && r.IsNil()
}

// checkResultType refuses types of which gob would silently lose a part.
func checkResultType[T any]() error {
	if streams[T]() {
		return nil
	}
	t := reflect.TypeFor[T]()
	return keepable(t, t.String(), map[reflect.Type]bool{})
}

func keepable(t reflect.Type, path string, seen map[reflect.Type]bool) error {
	if seen[t] || marshals(t) {
		return nil
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Func, reflect.Chan, reflect.UnsafePointer, reflect.Interface:
		return fmt.Errorf("%s is a %s, which cannot be kept; return a struct of numbers, texts and matrices", path, t.Kind())
	case reflect.Pointer:
		if e := t.Elem(); e.Kind() != reflect.Struct && !marshals(e) {
			return fmt.Errorf("%s is a %s, of which gob cannot tell nil from a pointer to zero; use the value itself", path, t)
		}
		return keepable(t.Elem(), path, seen)
	case reflect.Slice, reflect.Array:
		return keepable(t.Elem(), path+"[]", seen)
	case reflect.Map:
		if err := keepable(t.Key(), path+" (its keys)", seen); err != nil {
			return err
		}
		return keepable(t.Elem(), path+"[]", seen)
	case reflect.Struct:
		return keepableFields(t, path, seen)
	}
	return nil
}

func keepableFields(t reflect.Type, path string, seen map[reflect.Type]bool) error {
	if t.NumField() == 0 {
		return fmt.Errorf("%s has no fields, so there is nothing to keep", path)
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Name == "_" {
			continue
		}
		if !f.IsExported() {
			return fmt.Errorf("%s.%s is unexported and would be lost; export it, give %s MarshalBinary and UnmarshalBinary (or WriteTo and ReadFrom), or return a struct of what matters", path, f.Name, t)
		}
		if err := keepable(f.Type, path+"."+f.Name, seen); err != nil {
			return err
		}
	}
	return nil
}

// marshals tells whether gob leaves the encoding of t to t itself.
func marshals(t reflect.Type) bool {
	p := t
	if t.Kind() != reflect.Pointer {
		p = reflect.PointerTo(t)
	}
	return p.Implements(reflect.TypeFor[gob.GobEncoder]()) && p.Implements(reflect.TypeFor[gob.GobDecoder]()) ||
		p.Implements(reflect.TypeFor[encoding.BinaryMarshaler]()) && p.Implements(reflect.TypeFor[encoding.BinaryUnmarshaler]())
}

// structure describes a type down to its last field, so that a result kept
// before a field was added or changed is not taken for one of the new type.
func structure(t reflect.Type) string {
	var b strings.Builder
	describe(&b, t, map[reflect.Type]bool{})
	return b.String()
}

func describe(b *strings.Builder, t reflect.Type, seen map[reflect.Type]bool) {
	if t.Name() != "" {
		fmt.Fprintf(b, "%s.%s ", t.PkgPath(), t.Name())
		if seen[t] {
			return
		}
		seen[t] = true
	}
	switch t.Kind() {
	case reflect.Struct:
		b.WriteString("struct{")
		for i := range t.NumField() {
			f := t.Field(i)
			fmt.Fprintf(b, "%s ", f.Name)
			describe(b, f.Type, seen)
			b.WriteString("; ")
		}
		b.WriteString("}")
	case reflect.Map:
		b.WriteString("map[")
		describe(b, t.Key(), seen)
		b.WriteString("]")
		describe(b, t.Elem(), seen)
	case reflect.Array:
		fmt.Fprintf(b, "[%d]", t.Len())
		describe(b, t.Elem(), seen)
	case reflect.Slice:
		b.WriteString("[]")
		describe(b, t.Elem(), seen)
	case reflect.Pointer:
		b.WriteString("*")
		describe(b, t.Elem(), seen)
	default:
		b.WriteString(t.String())
	}
}
