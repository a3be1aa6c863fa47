package sweep

import (
	"errors"
	"fmt"
	"math"
	"reflect"
)

// Axis is a field of the config and what it is to be: one of several values, or
// any number in a range.
type Axis struct {
	field    string
	values   []any
	from, to float64
	kind     axisKind
}

type axisKind int

const (
	listed axisKind = iota
	linear
	logarithmic
)

// Values lets a field take each of the values in turn. The field is named as in
// the struct, "Gain"; one of a struct within it as "RLS.Alpha". Numbers are
// converted where nothing is lost: 30.0 to an int, not 30.5.
func Values[T any](field string, values ...T) Axis {
	a := Axis{field: field}
	for _, v := range values {
		a.values = append(a.values, v)
	}
	return a
}

// text is a value that somebody typed: what it means, the field's type decides.
type text string

// Texts is [Values] as somebody types them: "12" is a number for a field that
// holds numbers. For slices and structs a text is JSON.
func Texts(field string, values ...string) Axis {
	a := Axis{field: field}
	for _, v := range values {
		a.values = append(a.values, text(v))
	}
	return a
}

// Range lets a field be any number between two, each as likely: for [Random] and
// [Latin]. A field of whole numbers gets the nearest one.
func Range(field string, from, to float64) Axis {
	return Axis{field: field, from: from, to: to, kind: linear}
}

// LogRange is [Range] on a logarithmic scale, for rates of learning and the like.
func LogRange(field string, from, to float64) Axis {
	return Axis{field: field, from: from, to: to, kind: logarithmic}
}

// at is the value at u in [0, 1).
func (a Axis) at(u float64) any {
	switch a.kind {
	case linear:
		return a.from + u*(a.to-a.from)
	case logarithmic:
		return math.Exp(math.Log(a.from) + u*(math.Log(a.to)-math.Log(a.from)))
	}
	return a.values[min(int(u*float64(len(a.values))), len(a.values)-1)]
}

// check finds what is wrong with the axis, for a config of type t.
func (a Axis) check(t reflect.Type) error {
	if a.field == "" {
		return errors.New("an axis names no field of the config")
	}
	if a.field == seedField {
		return fmt.Errorf("seeds are no axis: Plan.Seeds gives every condition the same ones")
	}
	f, err := fieldOf(t, a.field)
	if err != nil {
		return err
	}
	if a.kind != listed {
		return a.checkRange(f)
	}
	if len(a.values) == 0 {
		return fmt.Errorf("the axis %s has no values", a.field)
	}
	seen := map[any]bool{}
	for i, v := range a.values {
		c, err := convert(v, f)
		if err != nil {
			return fmt.Errorf("value %d of the axis %s: %w", i+1, a.field, err)
		}
		if !isCell(f) {
			continue
		}
		if seen[c.Interface()] {
			return fmt.Errorf("the axis %s has the value %v twice: its rows would be counted twice", a.field, v)
		}
		seen[c.Interface()] = true
	}
	return nil
}

func (a Axis) checkRange(f reflect.Type) error {
	finite := !math.IsNaN(a.from+a.to) && !math.IsInf(a.from, 0) && !math.IsInf(a.to, 0)
	switch {
	case !isNumber(f):
		return fmt.Errorf("the axis %s is a range, and the field is a %s: give it Values", a.field, f)
	case !finite || a.from >= a.to:
		return fmt.Errorf("the axis %s ranges from %g to %g: two finite numbers are needed, the smaller first", a.field, a.from, a.to)
	case a.kind == logarithmic && a.from <= 0:
		return fmt.Errorf("the axis %s is logarithmic and begins at %g: it must be positive", a.field, a.from)
	}
	return nil
}
