package nonsense

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"
	"time"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// value is an argument, made anew for each call since a call may change it.
type value struct {
	label string
	// rough arguments hold NaN or an infinity: what they give need not be
	// finite.
	rough bool
	make  func() reflect.Value
}

func constant(t reflect.Type, label string, rough bool, x any) value {
	v := reflect.ValueOf(x)
	return value{label, rough, func() reflect.Value {
		if x == nil {
			return reflect.Zero(t)
		}
		return v.Convert(t)
	}}
}

const deep = 4 // levels of fields and elements that are looked at

// sense are values of a type that are meant to be valid. The first is the
// plainest.
func sense(t reflect.Type, depth int) []value {
	if b := builders[t]; len(b) > 0 {
		return b
	}
	if made := constructed(t, depth); len(made) > 0 {
		return made
	}
	if t.Kind() == reflect.Pointer {
		return pointersTo(t, sense(t.Elem(), depth))
	}
	if b := builders[reflect.PointerTo(t)]; len(b) > 0 {
		return dereferenced(b)
	}
	if c := constantsOf(t); len(c) > 0 {
		return c
	}
	switch t.Kind() {
	case reflect.Bool:
		return []value{constant(t, "false", false, false), constant(t, "true", false, true)}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return []value{constant(t, "1", false, 1), constant(t, "2", false, 2), constant(t, "0", false, 0)}
	case reflect.Float32, reflect.Float64:
		return []value{constant(t, "1", false, 1.0), constant(t, "0.01", false, 0.01)}
	case reflect.String:
		return []value{constant(t, `"a"`, false, "a")}
	case reflect.Slice:
		return slicesOf(t, depth)
	case reflect.Map:
		return []value{{"empty map", false, func() reflect.Value { return reflect.MakeMap(t) }}}
	case reflect.Struct:
		return structsOf(t, depth)
	case reflect.Func:
		return []value{{"func", false, func() reflect.Value { return answering(t) }}}
	}
	return []value{constant(t, "nil", false, nil)}
}

// constructed are the values of a type with unexported fields that the
// package's functions make of valid arguments.
func constructed(t reflect.Type, depth int) (all []value) {
	s := t
	if s.Kind() == reflect.Pointer {
		s = s.Elem()
	}
	if depth <= 0 || s.Kind() != reflect.Struct || !opaque(s) || !strings.HasPrefix(s.PkgPath(), module) {
		return nil
	}
	for _, f := range functions {
		ft := f.call.Type()
		if f.method || ft.NumOut() == 0 || ft.NumOut() > 2 || ft.Out(0) != t || f.pkg != strings.TrimPrefix(s.PkgPath(), module+"/") {
			continue
		}
		c := trial{function: f}
		for i := range ft.NumIn() {
			c.args = append(c.args, sense(ft.In(i), depth-2)[0])
		}
		if made, ok := c.first(); ok && !made.IsZero() {
			all = append(all, value{f.name + "(ok)", false, func() reflect.Value { made, _ := c.first(); return made }})
		}
	}
	return all
}

func pointersTo(t reflect.Type, elements []value) (all []value) {
	for _, e := range elements {
		all = append(all, value{"&" + e.label, e.rough, func() reflect.Value {
			p := reflect.New(t.Elem())
			p.Elem().Set(e.make())
			return p
		}})
	}
	return all
}

func dereferenced(pointers []value) (all []value) {
	for _, p := range pointers {
		all = append(all, value{p.label, p.rough, func() reflect.Value { return p.make().Elem() }})
	}
	return all
}

func constantsOf(t reflect.Type) (all []value) {
	for _, c := range constants {
		if reflect.TypeOf(c) == t && t.PkgPath() != "" {
			all = append(all, constant(t, fmt.Sprintf("%q", fmt.Sprint(c)), false, c))
		}
	}
	return all
}

func slicesOf(t reflect.Type, depth int) []value {
	one := sense(t.Elem(), depth-1)
	var all []value
	for _, n := range []int{3, 1} {
		all = append(all, value{fmt.Sprintf("%d×", n), false, func() reflect.Value {
			s := reflect.MakeSlice(t, n, n)
			for i := range n {
				s.Index(i).Set(one[i%len(one)].make())
			}
			return s
		}})
	}
	return all
}

// structsOf are what functions without arguments return (presets), or the
// struct with a valid value in each field.
func structsOf(t reflect.Type, depth int) (all []value) {
	for _, f := range functions {
		if ft := f.call.Type(); !f.method && ft.NumIn() == 0 && ft.NumOut() == 1 && ft.Out(0) == t {
			all = append(all, value{f.name + "()", false, func() reflect.Value { return f.call.Call(nil)[0] }})
		}
	}
	if len(all) > 0 || depth <= 0 {
		return append(all, value{"zero", false, func() reflect.Value { return reflect.Zero(t) }})
	}
	return []value{{"filled", false, func() reflect.Value {
		s := reflect.New(t).Elem()
		for i := range t.NumField() {
			if t.Field(i).IsExported() {
				s.Field(i).Set(sense(t.Field(i).Type, depth-1)[0].make())
			}
		}
		return s
	}}}
}

// answering is a function that returns valid values, or its first argument
// where it returns one of the same type.
func answering(t reflect.Type) reflect.Value {
	return reflect.MakeFunc(t, func(args []reflect.Value) (out []reflect.Value) {
		for i := range t.NumOut() {
			if len(args) > 0 && args[0].Type() == t.Out(i) {
				out = append(out, args[0])
			} else {
				out = append(out, sense(t.Out(i), 1)[0].make())
			}
		}
		return out
	})
}

// nonsense are values of a type that a function has to stand.
func nonsense(t reflect.Type, depth int) (all []value) {
	nothing := value{"nil", false, func() reflect.Value { return reflect.Zero(t) }}
	switch {
	case t == reflect.TypeFor[context.Context]():
		return contexts
	case t == reflect.TypeFor[mat.Matrix]() || t == reflect.TypeFor[*mat.Dense]():
		return append(matrices(t), nothing)
	case t == reflect.TypeFor[io.Reader]():
		return []value{nothing, constant(t, "garbage", false, strings.NewReader("garbage")), constant(t, "nothing", false, strings.NewReader(""))}
	}
	switch t.Kind() {
	case reflect.Int, reflect.Int64:
		for _, n := range []int64{0, -1, 7, 1e5, 1e9, math.MaxInt64, math.MinInt64} {
			all = append(all, constant(t, fmt.Sprint(n), false, n))
		}
	case reflect.Uint8, reflect.Uint64, reflect.Uint:
		all = append(all, constant(t, "max", false, uint64(math.MaxUint64)))
	case reflect.Float64, reflect.Float32:
		for _, x := range []float64{0, -1, 1e-300, 1e9, 1e300, math.NaN(), math.Inf(1), math.Inf(-1)} {
			all = append(all, constant(t, fmt.Sprint(x), math.IsNaN(x) || math.IsInf(x, 0), x))
		}
	case reflect.String:
		for _, s := range []string{"", "nonsense", "../a/b", "\x00"} {
			all = append(all, constant(t, fmt.Sprintf("%q", s), false, s))
		}
	case reflect.Slice:
		all = append(all, nothing, value{"empty", false, func() reflect.Value { return reflect.MakeSlice(t, 0, 0) }})
		for _, e := range fewer(nonsense(t.Elem(), depth-1), depth) {
			all = append(all, spoiltSlice(t, e, depth))
		}
	case reflect.Pointer:
		all = append(append(all, nothing), pointersTo(t, nonsense(t.Elem(), depth))...)
	case reflect.Map, reflect.Chan, reflect.Interface:
		all = append(all, nothing)
	case reflect.Func:
		all = append(all, nothing, silly(t, depth))
	case reflect.Struct:
		if opaque(t) && !strings.HasPrefix(t.PkgPath(), module) {
			break // somebody else's, such as an empty rand.Rand
		}
		all = append(all, value{"zero", false, func() reflect.Value { return reflect.Zero(t) }})
		if depth > 0 {
			all = append(all, spoiltStructs(t, depth)...)
		}
	}
	return append(all, spoilt[t]...)
}

// fewer keeps what is nested deep from multiplying.
func fewer(all []value, depth int) []value {
	if depth < deep-1 && len(all) > 8 {
		return all[:8]
	}
	return all
}

func spoiltSlice(t reflect.Type, e value, depth int) value {
	return value{"[ok " + e.label + "]", e.rough, func() reflect.Value {
		s := reflect.MakeSlice(t, 2, 2)
		s.Index(0).Set(sense(t.Elem(), depth-1)[0].make())
		s.Index(1).Set(e.make())
		return s
	}}
}

// spoiltStructs are valid structs but for one field.
func spoiltStructs(t reflect.Type, depth int) (all []value) {
	for _, base := range sense(t, depth) {
		for i := range t.NumField() {
			f := t.Field(i)
			if !f.IsExported() {
				continue
			}
			for _, bad := range fewer(nonsense(f.Type, depth-1), depth) {
				all = append(all, value{base.label + "{" + f.Name + ": " + bad.label + "}", base.rough || bad.rough, func() reflect.Value {
					s := reflect.New(t).Elem()
					s.Set(base.make())
					s.Field(i).Set(bad.make())
					return s
				}})
			}
		}
	}
	return all
}

// silly is a function whose answers make no sense.
func silly(t reflect.Type, depth int) value {
	return value{"silly func", true, func() reflect.Value {
		return reflect.MakeFunc(t, func([]reflect.Value) (out []reflect.Value) {
			for i := range t.NumOut() {
				out = append(out, reflect.Zero(t.Out(i)))
			}
			return out
		})
	}}
}

var contexts = []value{
	{"cancelled", false, func() reflect.Value {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		return reflect.ValueOf(ctx)
	}},
	{"nil context", false, func() reflect.Value { return reflect.Zero(reflect.TypeFor[context.Context]()) }},
}

func matrices(t reflect.Type) (all []value) {
	add := func(label string, rough bool, m func() *mat.Dense) {
		all = append(all, value{label, rough, func() reflect.Value { return reflect.ValueOf(m()).Convert(t) }})
	}
	add("nil *mat.Dense", false, func() *mat.Dense { return nil })
	add("empty matrix", false, func() *mat.Dense { return new(mat.Dense) })
	for _, shape := range [][2]int{{1, 1}, {1, 5}, {7, 3}, {200, 1}} {
		add(fmt.Sprintf("%d × %d", shape[0], shape[1]), false, func() *mat.Dense { return waves(shape[0], shape[1]) })
	}
	add("zeros", false, func() *mat.Dense { return mat.NewDense(40, 2, nil) })
	for _, x := range []float64{math.NaN(), math.Inf(1), 1e300} {
		add(fmt.Sprintf("a %g", x), x != 1e300, func() *mat.Dense {
			m := waves(40, 2)
			m.Set(3, 1, x)
			return m
		})
	}
	return all
}

// waves is an ordinary matrix of full rank: time down, channels across.
func waves(rows, columns int) *mat.Dense {
	m := mat.NewDense(rows, columns, nil)
	for i := range rows {
		for j := range columns {
			m.Set(i, j, math.Sin(0.1*float64((i+1)*(j+1)))+0.2*math.Cos(float64(7*i+3*j)))
		}
	}
	return m
}

// once is a watcher that ends each stage with its first report.
func once(neuro.Progress) error { return neuro.ErrStop }

// soon is a context for what may take long when the arguments are accepted.
func soon() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	time.AfterFunc(10*time.Second, cancel)
	return ctx
}

var errOwn = errors.New("an error of the caller's")
