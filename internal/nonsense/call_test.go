package nonsense

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"path"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spikewalk/spikewalk/plotting"
	"gonum.org/v1/gonum/mat"
)

// trial is one call: a function and its arguments.
type trial struct {
	function
	args []value
}

func (c trial) String() string {
	var labels []string
	for _, a := range c.args {
		labels = append(labels, a.label)
	}
	return fmt.Sprintf("%s(%s)", c.function, strings.Join(labels, ", "))
}

// trials of a function: all arguments valid, then one after the other nonsense
// beside valid ones, then any among any. At most most of them, chosen by the
// function's name; 0 is no bound.
func trials(f function, most int) (all []trial) {
	rng := rand.New(rand.NewPCG(18, hash(f.String())))
	t := f.call.Type()
	valid, bad := make([][]value, t.NumIn()), make([][]value, t.NumIn())
	base := make([]value, t.NumIn())
	for i := range base {
		valid[i], bad[i] = sense(t.In(i), deep), nonsense(t.In(i), deep)
		if f.method && i == 0 {
			bad[i] = receivers(t.In(i), bad[i])
		}
		base[i] = valid[i][0]
	}
	if example, ok := examples[f.String()]; ok {
		base = example(t)
	}
	with := func(i int, v value) trial {
		args := append([]value(nil), base...)
		args[i] = v
		return trial{f, args}
	}
	all = append(all, trial{f, base})
	for i := range base {
		for _, v := range append(valid[i][1:len(valid[i]):len(valid[i])], bad[i]...) {
			all = append(all, with(i, v))
		}
	}
	if t.NumIn() > 1 {
		for range len(all) / 2 {
			args := make([]value, t.NumIn())
			for i := range args {
				pool := append(valid[i][:len(valid[i]):len(valid[i])], bad[i]...)
				args[i] = pool[rng.IntN(len(pool))]
			}
			all = append(all, trial{f, args})
		}
	}
	if most > 0 && len(all) > most {
		rng.Shuffle(len(all)-1, func(i, j int) { all[i+1], all[j+1] = all[j+1], all[i+1] })
		all = all[:most]
	}
	return all
}

// receivers are what a method is tried on: no nil, and of a type without
// exported fields nothing but what its constructor makes.
func receivers(t reflect.Type, all []value) (kept []value) {
	s := t
	if s.Kind() == reflect.Pointer {
		s = s.Elem()
	}
	if s.Kind() == reflect.Struct && opaque(s) {
		return nil
	}
	for _, v := range all {
		if t.Kind() != reflect.Pointer || v.label != "nil" {
			kept = append(kept, v)
		}
	}
	return kept
}

// opaque types are made by their constructors, not field by field.
func opaque(t reflect.Type) bool {
	for i := range t.NumField() {
		if !t.Field(i).IsExported() {
			return true
		}
	}
	return false
}

func hash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

// run makes the call and says what is wrong with its outcome, or "", and how it
// was refused, if it was.
func (c trial) run() (wrong, refused string) {
	args := c.arguments()
	defer func() {
		if r := recover(); r != nil {
			wrong, refused = c.panicked(r, debug.Stack()), fmt.Sprint(r)
		}
	}()
	results := c.with(args)
	if n := len(results); n > 0 {
		if err, ok := results[n-1].Interface().(error); ok {
			refused = err.Error()
		}
	}
	draw(results)
	return c.returned(results), refused
}

// draw draws what a call returned: panels and figures keep what they are told,
// and only then look at it.
func draw(results []reflect.Value) {
	for _, r := range results {
		figure, ok := r.Interface().(*plotting.Drawing)
		if panel, is := r.Interface().(plotting.Panel); is {
			figure, ok = plotting.Figure(panel), true
		}
		if ok && figure != nil {
			_ = figure.Save("drawn.svg")
		}
	}
}

func (c trial) arguments() []reflect.Value {
	args := make([]reflect.Value, len(c.args))
	for i, a := range c.args {
		args[i] = reflect.New(c.call.Type().In(i)).Elem()
		if v := a.make(); v.IsValid() {
			args[i].Set(v)
		}
	}
	return args
}

func (c trial) with(args []reflect.Value) []reflect.Value {
	if c.call.Type().IsVariadic() {
		return c.call.CallSlice(args)
	}
	return c.call.Call(args)
}

// first is the first result of a constructor, if it had no objection.
func (c trial) first() (made reflect.Value, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	results := c.with(c.arguments())
	last := results[len(results)-1]
	return results[0], len(results) == 1 || last.IsNil()
}

// panicked judges a panic.
func (c trial) panicked(r any, stack []byte) string {
	text := fmt.Sprint(r)
	var failure runtime.Error
	if err, ok := r.(error); ok && errors.As(err, &failure) {
		return "panics: " + text + at(stack)
	}
	named := strings.HasPrefix(text, c.pkg+": ") || strings.HasPrefix(text, path.Base(c.pkg)+": ")
	switch {
	case !named || strings.Contains(text, "\n"):
		return fmt.Sprintf("panics with %q, which is no sentence that begins with %q%s", text, path.Base(c.pkg)+": ", at(stack))
	case !strings.Contains(c.doc, "panic"):
		return fmt.Sprintf("panics with %q, and its documentation does not say so", text)
	}
	return ""
}

// at is where in our code a panic came from.
func at(stack []byte) string {
	lines := strings.Split(string(stack), "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, module) && !strings.Contains(l, "internal/nonsense") && i+1 < len(lines) {
			where, _, _ := strings.Cut(strings.TrimSpace(lines[i+1]), " ")
			return " at " + path.Base(path.Dir(where)) + "/" + path.Base(where)
		}
	}
	return ""
}

// returned judges results.
func (c trial) returned(results []reflect.Value) string {
	for _, r := range results {
		if err, ok := r.Interface().(error); ok && r.Type() == reflect.TypeFor[error]() {
			if text := err.Error(); text == "" || strings.Contains(text, "\n") {
				return fmt.Sprintf("returns the error %q, which is no sentence", text)
			}
			return ""
		}
	}
	for _, a := range c.args {
		if a.rough {
			return ""
		}
	}
	if mayBeNotFinite(c.doc) {
		return ""
	}
	for i, r := range results {
		if where := notFinite(r, 6); where != "" {
			return fmt.Sprintf("returns without an error result %d with %s", i, where)
		}
	}
	return ""
}

// notFinite finds a NaN or an infinity in a result, "" if there is none. What
// the documentation of a type says may be NaN or infinite is not looked at.
func notFinite(v reflect.Value, depth int) string {
	if !v.IsValid() || depth == 0 {
		return ""
	}
	t := v.Type()
	if doc := typeDocs[strings.TrimPrefix(t.PkgPath(), module+"/")+"."+t.Name()]; mayBeNotFinite(doc) {
		return ""
	}
	switch v.Kind() {
	case reflect.Float64, reflect.Float32:
		if x := v.Float(); math.IsNaN(x) || math.IsInf(x, 0) {
			return fmt.Sprint(x)
		}
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return ""
		}
		if v.CanInterface() {
			if m, ok := v.Interface().(*mat.Dense); ok {
				return notFinite(reflect.ValueOf(m.RawMatrix().Data), depth-1)
			}
		}
		return notFinite(v.Elem(), depth-1)
	case reflect.Slice, reflect.Array:
		for i := range min(v.Len(), 10000) {
			if where := notFinite(v.Index(i), depth-1); where != "" {
				return where + fmt.Sprintf(" at %d", i)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if t.Field(i).IsExported() {
				if where := notFinite(v.Field(i), depth-1); where != "" {
					return where + " in " + t.Field(i).Name
				}
			}
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			if where := notFinite(v.MapIndex(k), depth-1); where != "" {
				return where + fmt.Sprintf(" of %v", k)
			}
		}
	}
	return ""
}

func mayBeNotFinite(doc string) bool {
	for _, word := range []string{"NaN", "Inf", "infinit", "finite numbers", "not a number"} {
		if strings.Contains(doc, word) {
			return true
		}
	}
	return false
}
