package kept

import (
	"encoding"
	"encoding/gob"
	"fmt"
	"reflect"
	"strings"
)

// Check refuses types of which gob would silently lose a part: unexported fields
// without a marshaler of their own, functions, interfaces.
func Check[T any]() error {
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

// Structure describes a type down to its last field, so that a result kept
// before a field was added or changed is not taken for one of the new type.
func Structure(t reflect.Type) string {
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
