package sweep

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
)

// kind is what a column holds. What a config has beside numbers, truths and texts
// (lists, structs behind interfaces) is text: its JSON.
type kind string

const (
	isFloat kind = "float64"
	isInt   kind = "int64"
	isUint  kind = "uint64"
	isBool  kind = "bool"
	isText  kind = "text"
)

// column is a column of the table, and where in a struct its values come from.
type column struct {
	Name string
	Kind kind
}

func kindOf(t reflect.Type) kind {
	switch v := reflect.Zero(t); {
	case t.Kind() == reflect.Bool:
		return isBool
	case v.CanInt():
		return isInt
	case v.CanUint() && t.Kind() != reflect.Uintptr:
		return isUint
	case v.CanFloat():
		return isFloat
	}
	return isText
}

// configColumns are the columns of a config: all of it.
func configColumns(t reflect.Type) (columns []column) {
	eachField(t, func(path string, f reflect.Type) { columns = append(columns, column{path, kindOf(f)}) })
	return columns
}

// resultColumns are the columns of what a run returns: a number, a text, a truth, or
// a struct of these; or numbers that have names.
func resultColumns(t reflect.Type, names []string) (columns []column, err error) {
	if t == reflect.TypeFor[[]float64]() {
		for _, name := range names {
			columns = append(columns, column{name, isFloat})
		}
		if len(names) == 0 || slices.Contains(names, "") {
			err = errors.New("Run returns a []float64, and Columns does not name its numbers")
		}
		return columns, err
	}
	if len(names) > 0 {
		return nil, fmt.Errorf("numbers are named in Columns, and Run returns a %s: it must return a []float64", t)
	}
	if t.Kind() != reflect.Struct {
		if !isCell(t) {
			return nil, fmt.Errorf("Run returns a %s: a row has room for numbers, truths and texts, or a struct of these", t)
		}
		return []column{{"Result", kindOf(t)}}, nil
	}
	eachField(t, func(path string, f reflect.Type) {
		if !isCell(f) {
			err = errors.Join(err, fmt.Errorf("the result's field %s is a %s: a row has room for numbers, truths and texts", path, f))
		}
		columns = append(columns, column{path, kindOf(f)})
	})
	if len(columns) == 0 {
		err = fmt.Errorf("Run returns a %s, of which no field is exported: a row would have no result", t)
	}
	return columns, err
}

func isCell(t reflect.Type) bool {
	return isNumber(t) || t.Kind() == reflect.Bool || t.Kind() == reflect.String
}

// own are the columns that every table has.
var own = []column{{"Row", isInt}, {"Error", isText}, {"Seconds", isFloat}, {"Started", isText}, {"Host", isText}, {"Program", isText}, {"Numerics", isInt}}

// distinct refuses two columns of one name.
func distinct(config, result []column) error {
	seen := map[string]bool{}
	for _, c := range slices.Concat(own, config, result) {
		if seen[c.Name] {
			return fmt.Errorf("two columns would be called %s: give the field of the config or of the result another name", c.Name)
		}
		seen[c.Name] = true
	}
	return nil
}

// cell is a value in a row file: exact, and readable without the program. JSON has
// no NaN and no infinity, so that these are texts.
type cell struct{ value any }

func (c cell) MarshalJSON() ([]byte, error) {
	if x, ok := c.value.(float64); ok && (math.IsNaN(x) || math.IsInf(x, 0)) {
		return json.Marshal(strconv.FormatFloat(x, 'g', -1, 64))
	}
	return json.Marshal(c.value)
}

// cellsOf are the values of a struct's columns, those of a slice, or of what is
// neither.
func cellsOf(v reflect.Value, columns []column) []cell {
	switch v.Kind() {
	case reflect.Slice:
		out := make([]cell, v.Len())
		for i := range out {
			out[i].value = plain(v.Index(i))
		}
		return out
	case reflect.Struct:
	default:
		return []cell{{plain(v)}}
	}
	out := make([]cell, len(columns))
	for i, c := range columns {
		f := get(v, c.Name)
		switch {
		case !f.IsValid():
			out[i].value = zero(c.Kind)
		case c.Kind == isText && f.Kind() != reflect.String:
			text, err := json.Marshal(f.Interface())
			if err != nil {
				text = fmt.Append(nil, f.Interface()) // a NaN in a list
			}
			out[i].value = string(text)
		default:
			out[i].value = plain(f)
		}
	}
	return out
}

// plain is a value as one of the five kinds.
func plain(v reflect.Value) any {
	switch {
	case v.CanInt():
		return v.Int()
	case v.CanUint():
		return v.Uint()
	case v.CanFloat():
		return v.Float()
	case v.Kind() == reflect.Bool:
		return v.Bool()
	}
	return v.String()
}

func zero(k kind) any {
	switch k {
	case isFloat:
		return math.NaN()
	case isInt:
		return int64(0)
	case isUint:
		return uint64(0)
	case isBool:
		return false
	}
	return ""
}

// read is the value of a kind that JSON says.
func (k kind) read(raw json.RawMessage) (any, error) {
	var err error
	switch k {
	case isFloat:
		var x float64
		if len(raw) > 0 && raw[0] == '"' {
			var s string
			if err = json.Unmarshal(raw, &s); err == nil {
				x, err = strconv.ParseFloat(s, 64)
			}
			return x, err
		}
		x, err = strconv.ParseFloat(string(raw), 64)
		return x, err
	case isInt:
		return strconv.ParseInt(string(raw), 10, 64)
	case isUint:
		return strconv.ParseUint(string(raw), 10, 64)
	case isBool:
		return strconv.ParseBool(string(raw))
	}
	var s string
	err = json.Unmarshal(raw, &s)
	return s, err
}
