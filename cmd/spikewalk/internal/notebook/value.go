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
		i, exact := constant.Int64Val(constant.ToInt(v))
		if (v.Kind() != constant.Int && v.Kind() != constant.Float) || constant.ToInt(v).Kind() != constant.Int || !exact {
			return ""
		}
		return strconv.FormatInt(i, 10)
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
	if v.Kind() != constant.Int && v.Kind() != constant.Float {
		return 0, false
	}
	f, _ = constant.Float64Val(constant.ToFloat(v))
	return f, !math.IsInf(f, 0) && !math.IsNaN(f)
}

// Range is where a parameter must be, both ends included. In a notebook's
// metadata it is a list of two numbers, of which null stands for none.
type Range struct{ Low, High float64 }

// UnmarshalJSON reads [1, null].
func (r *Range) UnmarshalJSON(text []byte) error {
	var ends []*float64
	if err := json.Unmarshal(text, &ends); err != nil || len(ends) != 2 {
		return fmt.Errorf("the range of a parameter is %s, want a list of two numbers", text)
	}
	r.Low, r.High = math.Inf(-1), math.Inf(1)
	if ends[0] != nil {
		r.Low = *ends[0]
	}
	if ends[1] != nil {
		r.High = *ends[1]
	}
	return nil
}

func (r Range) holds(v constant.Value) bool {
	f, ok := float(v)
	return ok && r.Low <= f && f <= r.High
}

func (r Range) String() string {
	switch {
	case math.IsInf(r.High, 1):
		return fmt.Sprintf("at least %g", r.Low)
	case math.IsInf(r.Low, -1):
		return fmt.Sprintf("at most %g", r.High)
	}
	return fmt.Sprintf("from %g to %g", r.Low, r.High)
}
