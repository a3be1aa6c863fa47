package nb

import (
	"crypto/sha256"
	"encoding"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"sort"
	"strings"
	"unicode/utf8"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/neuro"
)

// memoKey is the SHA-256, in hexadecimal, of all that decides a result.
func memoKey[T any](name string, config any) (string, error) {
	if name == "" {
		return "", errors.New("the result needs a name")
	}
	if config == nil {
		return "", errors.New("the config is nil: give a struct of all that the result depends on")
	}
	c := configCheck{}
	if err := c.value(reflect.ValueOf(config), "config", 0); err != nil {
		return "", err
	}
	text, err := json.Marshal(config)
	if err != nil {
		return "", fmt.Errorf("the config cannot be written as JSON: %w", err)
	}
	sort.Strings(c.dynamic)
	all, err := json.Marshal(struct {
		Format           string
		Name, ConfigType string
		Config           json.RawMessage
		Dynamic          []string
		Result           string
		Numerics         int
	}{
		memoMagic, name, reflect.TypeOf(config).String(), text, c.dynamic,
		kept.Structure(reflect.TypeFor[T]()), neuro.NumericsVersion,
	})
	if err != nil {
		return "", fmt.Errorf("the config cannot be written as JSON: %w", err)
	}
	sum := sha256.Sum256(all)
	return hex.EncodeToString(sum[:]), nil
}

// configCheck walks through a config and refuses what its JSON would leave
// out or blur.
type configCheck struct {
	// dynamic lists what JSON does not tell: the types found behind interfaces,
	// since two tasks with the same numbers must not share a key, and the numbers of
	// matrices.
	dynamic []string
}

var (
	jsonMarshaler = reflect.TypeFor[json.Marshaler]()
	textMarshaler = reflect.TypeFor[encoding.TextMarshaler]()
)

func (c *configCheck) value(v reflect.Value, path string, depth int) error {
	const deepest = 100
	if depth > deepest {
		return fmt.Errorf("%s refers to itself", path)
	}
	t := v.Type()
	if m, ok := v.Interface().(mat.Dense); ok {
		c.dynamic = append(c.dynamic, path+" "+digest(&m))
		return nil
	}
	if t.Implements(jsonMarshaler) || t.Implements(textMarshaler) {
		return nil
	}
	switch t.Kind() {
	case reflect.Func, reflect.Chan, reflect.UnsafePointer, reflect.Complex64, reflect.Complex128:
		return fmt.Errorf("%s is a %s, which cannot be part of a key; name in its place what it depends on", path, t)
	case reflect.Float32, reflect.Float64:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return fmt.Errorf("%s is %g, which cannot be part of a key", path, f)
		}
	case reflect.String:
		if !utf8.ValidString(v.String()) {
			return fmt.Errorf("%s is not valid UTF-8, which cannot be part of a key", path)
		}
	case reflect.Interface:
		if !v.IsNil() {
			c.dynamic = append(c.dynamic, path+" "+kept.Structure(v.Elem().Type()))
			return c.value(v.Elem(), path, depth+1)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			return c.value(v.Elem(), path, depth+1)
		}
	case reflect.Slice, reflect.Array:
		return c.elements(v, path, depth)
	case reflect.Map:
		for _, k := range v.MapKeys() {
			if err := c.value(v.MapIndex(k), fmt.Sprintf("%s[%v]", path, k), depth+1); err != nil {
				return err
			}
		}
	case reflect.Struct:
		return c.fields(v, path, depth)
	}
	return nil
}

// digest stands for the numbers of a matrix, of which JSON says nothing.
func digest(m *mat.Dense) string {
	h := sha256.New()
	rows, columns := m.Dims()
	for i := range rows {
		// A hash never fails to take what it is given.
		_ = binary.Write(h, binary.LittleEndian, m.RawRowView(i))
	}
	return fmt.Sprintf("matrix %d x %d %x", rows, columns, h.Sum(nil))
}

func (c *configCheck) elements(v reflect.Value, path string, depth int) error {
	for i := range v.Len() {
		if err := c.value(v.Index(i), fmt.Sprintf("%s[%d]", path, i), depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (c *configCheck) fields(v reflect.Value, path string, depth int) error {
	t := v.Type()
	seen := map[string]string{}
	for i := range t.NumField() {
		f := t.Field(i)
		at := path + "." + f.Name
		if f.Name == "_" {
			continue
		}
		if !f.IsExported() {
			return fmt.Errorf("%s is unexported, so that two configs which differ in it would share a result; export it or pass a struct of what matters", at)
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Tag.Get("json") == "-" {
			if !v.Field(i).IsZero() {
				return fmt.Errorf(`%s is set, but its tag json:"-" leaves it out, so that two configs which differ in it would share a result; clear it or drop the tag`, at)
			}
			continue
		}
		if name == "" {
			name = f.Name
		}
		if other, ok := seen[name]; ok {
			return fmt.Errorf("%s and %s.%s have the same name %q in JSON, which leaves both out", at, path, other, name)
		}
		seen[name] = f.Name
		if err := c.value(v.Field(i), at, depth+1); err != nil {
			return err
		}
	}
	return nil
}
