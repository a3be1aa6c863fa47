package sweep

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/spikewalk/spikewalk/internal/nearest"
)

// fieldOf is the type of the field with the given path, "RLS.Alpha".
func fieldOf(t reflect.Type, path string) (reflect.Type, error) {
	at := t
	for name := range strings.SplitSeq(path, ".") {
		if at.Kind() == reflect.Pointer {
			at = at.Elem()
		}
		if at.Kind() != reflect.Struct {
			return nil, fmt.Errorf("%s has no field %q: %s is a %s", t, path, name, at)
		}
		f, ok := at.FieldByName(name)
		if !ok || !f.IsExported() {
			return nil, fmt.Errorf("%s has no field %q; %s", t, path, nearest.Missing(path, fieldNames(t)))
		}
		at = f.Type
	}
	return at, nil
}

// fieldNames are the paths of all fields that can be set.
func fieldNames(t reflect.Type) []string {
	var names []string
	walkFields(t, "", func(path string, _ reflect.Type) { names = append(names, path) })
	return names
}

// walkFields visits the fields of a struct, and of structs in it or that it points
// to; fields of embedded ones by their own names.
func walkFields(t reflect.Type, prefix string, visit func(path string, t reflect.Type)) {
	const deepest = 8 // a type may point to itself
	for i := range t.NumField() {
		f := t.Field(i)
		within := f.Type
		if within.Kind() == reflect.Pointer && strings.Count(prefix, ".") < deepest {
			within = within.Elem()
		}
		switch {
		case !f.IsExported() && !f.Anonymous:
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			walkFields(f.Type, prefix, visit)
		case within.Kind() == reflect.Struct && hasFields(within):
			walkFields(within, prefix+f.Name+".", visit)
		default:
			visit(prefix+f.Name, f.Type)
		}
	}
}

// hasFields tells whether a struct has any that can be set.
func hasFields(t reflect.Type) bool {
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() {
			return true
		}
	}
	return false
}

// set gives a field of the struct v points to a value.
func set(v reflect.Value, path string, value any) error {
	at := v.Elem()
	for name := range strings.SplitSeq(path, ".") {
		if at.Kind() == reflect.Pointer {
			// What the base config points to is shared by all rows.
			own := reflect.New(at.Type().Elem())
			if !at.IsNil() {
				own.Elem().Set(at.Elem())
			}
			at.Set(own)
			at = own.Elem()
		}
		at = at.FieldByName(name)
	}
	converted, err := convert(value, at.Type())
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	at.Set(converted)
	return nil
}

// get is the value of a field; the invalid Value where a nil pointer is on the way.
func get(v reflect.Value, path string) reflect.Value {
	for name := range strings.SplitSeq(path, ".") {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return reflect.Value{}
			}
			v = v.Elem()
		}
		v = v.FieldByName(name)
	}
	return v
}

func isNumber(t reflect.Type) bool {
	return t.Kind() >= reflect.Int && t.Kind() <= reflect.Float64 && t.Kind() != reflect.Uintptr
}

// convert makes a value one of a field's type, where nothing is lost by it.
func convert(value any, t reflect.Type) (reflect.Value, error) {
	if s, ok := value.(text); ok {
		return parse(string(s), t)
	}
	v := reflect.ValueOf(value)
	switch {
	case !v.IsValid():
		return v, fmt.Errorf("nil is no value of a %s", t)
	case v.Type().AssignableTo(t):
		return v, nil
	case isNumber(v.Type()) && isNumber(t):
		return number(v, t)
	case v.Kind() == t.Kind() && (t.Kind() == reflect.String || t.Kind() == reflect.Bool):
		return v.Convert(t), nil
	}
	return v, fmt.Errorf("%v is a %s, and the field is a %s", value, v.Type(), t)
}

// number converts between kinds of numbers; out and back must be the same.
func number(v reflect.Value, t reflect.Type) (reflect.Value, error) {
	if v.CanFloat() && !(math.Abs(v.Float()) < 1<<63) && t.Kind() < reflect.Float32 {
		return v, fmt.Errorf("%v is no %s", v, t)
	}
	out := v.Convert(t)
	back := out.Convert(v.Type())
	signs := !(v.CanInt() && v.Int() < 0 && out.CanUint()) && !(v.CanUint() && out.CanInt() && out.Int() < 0) && !(v.CanFloat() && v.Float() < 0 && out.CanUint())
	if t.Kind() == reflect.Float32 { // what a short float rounds is not lost
		return out, nil
	}
	if !signs || !back.Equal(v) {
		return v, fmt.Errorf("%v is no %s", v, t)
	}
	return out, nil
}

// parse reads what somebody typed as a value of type t.
func parse(s string, t reflect.Type) (reflect.Value, error) {
	v := reflect.New(t).Elem()
	var err error
	switch {
	case t.Kind() == reflect.String:
		v.SetString(s)
	case t.Kind() == reflect.Bool:
		var b bool
		b, err = strconv.ParseBool(s)
		v.SetBool(b)
	case v.CanInt():
		var n int64
		n, err = strconv.ParseInt(s, 10, t.Bits())
		v.SetInt(n)
	case v.CanUint():
		var n uint64
		n, err = strconv.ParseUint(s, 10, t.Bits())
		v.SetUint(n)
	case v.CanFloat():
		var x float64
		x, err = strconv.ParseFloat(s, t.Bits())
		v.SetFloat(x)
	default:
		err = json.Unmarshal([]byte(s), v.Addr().Interface())
	}
	if err != nil {
		return v, fmt.Errorf("%q is no %s", s, t)
	}
	return v, nil
}
