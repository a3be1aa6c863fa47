package notebook

import (
	"encoding/json"
	"fmt"
	"go/constant"
	"go/types"
	"math"
	"strconv"
	"strings"
)

// kind is what sort of value a constant has.
type kind string

const (
	whole   kind = "whole number"
	number  kind = "number"
	str     kind = "text"
	boolean kind = "true or false"
)

// kindOf is the kind of a type, "" for a type of which no literal is.
func kindOf(basic *types.Basic) kind {
	switch info := basic.Info(); {
	case info&types.IsInteger != 0:
		return whole
	case info&types.IsFloat != 0:
		return number
	case info&types.IsString != 0:
		return str
	case info&types.IsBoolean != 0:
		return boolean
	}
	return ""
}

// write writes a value so that Go reads it as this kind, "" if it is none.
// A number keeps a point, since 3 divided by 2 is 1 of whole numbers.
func (k kind) write(v constant.Value) string {
	switch k {
	case whole:
		if (v.Kind() != constant.Int && v.Kind() != constant.Float) || constant.ToInt(v).Kind() != constant.Int {
			return ""
		}
		return constant.ToInt(v).ExactString()
	case number:
		f, ok := float(v)
		if !ok {
			return ""
		}
		text := strconv.FormatFloat(f, 'g', -1, 64)
		if !strings.ContainsAny(text, ".e") {
			text += ".0"
		}
		return text
	case str:
		if v.Kind() == constant.String {
			return strconv.Quote(constant.StringVal(v))
		}
	case boolean:
		if v.Kind() == constant.Bool {
			return strconv.FormatBool(constant.BoolVal(v))
		}
	}
	return ""
}

// float is a number as a float64 holds it, if it can.
func float(v constant.Value) (f float64, ok bool) {
	if v == nil || (v.Kind() != constant.Int && v.Kind() != constant.Float) {
		return 0, false
	}
	f, _ = constant.Float64Val(constant.ToFloat(v))
	return f, !math.IsInf(f, 0) && !math.IsNaN(f)
}

// Range is where a parameter must be, both ends included. In a notebook's
// metadata it is a list of two: each a number, the name of another parameter, or
// null for none.
type Range struct{ low, high end }

// end is a number, or that of the parameter that is named; not known, it is
// none.
type end struct {
	number float64
	name   string
	known  bool
}

// UnmarshalJSON reads [1, null] and [1, "Units"].
func (r *Range) UnmarshalJSON(text []byte) error {
	var ends []any
	if err := json.Unmarshal(text, &ends); err != nil || len(ends) != 2 {
		return fmt.Errorf("the range of a parameter is %s, want a list of two", text)
	}
	for i, to := range []*end{&r.low, &r.high} {
		switch x := ends[i].(type) {
		case nil:
		case float64:
			*to = end{number: x, known: true}
		case string:
			*to = end{name: x, known: true}
		default:
			return fmt.Errorf("the range of a parameter is %s, want numbers, names of parameters, or null", text)
		}
	}
	return nil
}

// holds tells whether a value is in the range, given all parameters.
func (r Range) holds(v constant.Value, all map[string]parameter) bool {
	f, ok := float(v)
	low, high := r.low.of(all, math.Inf(-1)), r.high.of(all, math.Inf(1))
	return ok && low <= f && f <= high
}

// of is where the end is, or else where there is none.
func (e end) of(all map[string]parameter, none float64) float64 {
	if !e.known {
		return none
	}
	if e.name == "" {
		return e.number
	}
	f, ok := float(all[e.name].value)
	if !ok {
		return none
	}
	return f
}

// text says where a parameter is to be, such as "from 1 to Units (300)".
func (r Range) text(all map[string]parameter) string {
	low, high := r.low.text(all), r.high.text(all)
	switch {
	case !r.high.known:
		return "at least " + low
	case !r.low.known:
		return "at most " + high
	}
	return "from " + low + " to " + high
}

func (e end) text(all map[string]parameter) string {
	if e.name == "" {
		return fmt.Sprintf("%g", e.number)
	}
	return fmt.Sprintf("%s (%g)", e.name, e.of(all, math.NaN()))
}
