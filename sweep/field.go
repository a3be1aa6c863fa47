package sweep

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/spikewalk/spikewalk/internal/nearest"
)

// tag is the key of what a config's fields say to sweeps; see the package's text.
const tag, inline = "sweep", "inline"

// member is a field by its name, as Go finds it, or that of a struct that is
// inlined.
func member(t reflect.Type, name string) (reflect.StructField, bool) {
	if f, ok := t.FieldByName(name); ok {
		return f, f.IsExported() && (f.Tag.Get(tag) != inline || f.Type.Kind() != reflect.Struct)
	}
	for i := range t.NumField() {
		within := t.Field(i)
		if within.Tag.Get(tag) != inline || within.Type.Kind() != reflect.Struct {
			continue
		}
		if f, ok := member(within.Type, name); ok {
			f.Index = append([]int{i}, f.Index...)
			return f, true
		}
	}
	return reflect.StructField{}, false
}

// hidden are the paths of the fields that a field's tag, "-Seed -RLS.Alpha", takes out
// of sweeps, where prefix is the path to the fields of that field.
func hidden(f reflect.StructField, prefix string) (paths []string) {
	for word := range strings.FieldsSeq(f.Tag.Get(tag)) {
		if name, ok := strings.CutPrefix(word, "-"); ok {
			paths = append(paths, prefix+name)
		}
	}
	return paths
}

// fieldOf is the type of the field with the given path, "RLS.Alpha".
func fieldOf(t reflect.Type, path string) (reflect.Type, error) {
	at, names := t, fieldNames(t)
	for name := range strings.SplitSeq(path, ".") {
		if at.Kind() == reflect.Pointer {
			at = at.Elem()
		}
		if at.Kind() != reflect.Struct {
			return nil, fmt.Errorf("the config has no field %q: %s would be one of a %s", path, name, at)
		}
		f, ok := member(at, name)
		if !ok {
			return nil, fmt.Errorf("the config has no field %q; %s", path, nearest.Missing(path, names))
		}
		at = f.Type
	}
	if !slices.ContainsFunc(names, func(name string) bool { return name == path || strings.HasPrefix(name, path+".") }) {
		return nil, fmt.Errorf("the config's field %s is not to be set: it follows from others, or no result depends on it; %s", path, nearest.Missing(path, names))
	}
	return at, nil
}

// fieldNames are the paths of all fields that can be set.
func fieldNames(t reflect.Type) []string {
	var names []string
	eachField(t, func(path string, _ reflect.Type) { names = append(names, path) })
	return names
}

// Field is one that an axis can change.
type Field struct {
	// Name is what the axis calls it, "RLS.Alpha".
	Name string
	// Type is that of Go, and Value what the config holds, in words.
	Type, Value string
}

// Fields are those that axes can change in a config, a struct. Of anything else there
// are none.
func Fields(config any) (fields []Field) {
	v := reflect.ValueOf(config)
	if !v.IsValid() || v.Kind() != reflect.Struct {
		return nil
	}
	columns := configColumns(v.Type())
	for i, c := range cellsOf(v, columns) {
		f, err := fieldOf(v.Type(), columns[i].Name)
		if err == nil { // it was found there
			fields = append(fields, Field{columns[i].Name, f.String(), inWords(c.value)})
		}
	}
	return fields
}

// eachField visits the fields of a struct, and of structs in it or that it points
// to; fields of embedded and of inlined ones by their own names.
func eachField(t reflect.Type, visit func(path string, t reflect.Type)) {
	walkFields(t, "", nil, visit)
}

func walkFields(t reflect.Type, prefix string, without []string, visit func(path string, t reflect.Type)) {
	const deepest = 8 // a type may point to itself
	for i := range t.NumField() {
		f := t.Field(i)
		within := f.Type
		if within.Kind() == reflect.Pointer && strings.Count(prefix, ".") < deepest {
			within = within.Elem()
		}
		switch {
		case !f.IsExported() && !f.Anonymous || slices.Contains(without, prefix+f.Name):
		case f.Type.Kind() == reflect.Struct && (f.Anonymous || f.Tag.Get(tag) == inline):
			walkFields(f.Type, prefix, append(hidden(f, prefix), without...), visit)
		case within.Kind() == reflect.Struct && hasFields(within):
			walkFields(within, prefix+f.Name+".", append(hidden(f, prefix+f.Name+"."), without...), visit)
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
		f, ok := member(at.Type(), name)
		if !ok {
			return fmt.Errorf("the config has no field %q", path)
		}
		at = at.FieldByIndex(f.Index)
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
		f, ok := member(v.Type(), name)
		if !ok {
			return reflect.Value{}
		}
		v = v.FieldByIndex(f.Index)
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
