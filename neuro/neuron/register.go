package neuron

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// models are the types that files may name.
var models = struct {
	sync.Mutex
	types map[string]reflect.Type
}{types: make(map[string]reflect.Type)}

func init() {
	for _, m := range []Model{LIF{}, AdaptiveLIF{}, Theta{}, Izhikevich{}} {
		Register(m)
	}
}

// Register makes a model's type known by its [Name], so that files and JSON
// that name it can be read. Call it before that, in an init function for
// example; the models of this package are known. It panics if the name is
// already that of another type, or if there is no name.
func Register(m Model) {
	name := Name(m)
	if name == "" {
		panic("neuron: Register needs a model of a named type")
	}
	models.Lock()
	defer models.Unlock()
	if known, ok := models.types[name]; ok && known != reflect.TypeOf(m) {
		panic(fmt.Sprintf("neuron: Register: %q is the name of both %v and %T", name, known, m))
	}
	models.types[name] = reflect.TypeOf(m)
}

// Name is the name of a model's type without its package: "LIF". It is what
// files name it by, and empty for nil.
func Name(m Model) string {
	t := reflect.TypeOf(m)
	if t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil {
		return ""
	}
	return t.Name()
}

// named returns an empty model of a name.
func named(name string) (reflect.Value, error) {
	models.Lock()
	defer models.Unlock()
	if t, ok := models.types[name]; ok {
		return reflect.New(t), nil
	}
	var known []string
	for name := range models.types {
		known = append(known, name)
	}
	slices.Sort(known)
	return reflect.Value{}, fmt.Errorf("neuron: there is no model %q, there are %s: if it is your own, call neuron.Register(%s{}) first", name, strings.Join(known, ", "), name)
}

// JSON is a model as a field of a configuration in JSON: an object of one entry,
// from the model's [Name] to its parameters, {"LIF": {"Tau": 0.01, …}}.
type JSON struct{ Model }

// MarshalJSON writes null for no model.
func (j JSON) MarshalJSON() ([]byte, error) {
	if j.Model == nil {
		return []byte("null"), nil
	}
	name := Name(j.Model)
	if name == "" {
		return nil, fmt.Errorf("neuron: a model of type %T has no name to write: give the type one", j.Model)
	}
	data, err := json.Marshal(map[string]Model{name: j.Model})
	if err != nil {
		return nil, err
	}
	return data, complete(name, j.Model)
}

// complete is an error if JSON leaves out some of a model's parameters.
func complete(name string, m Model) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	again := reflect.New(reflect.TypeOf(m))
	if err := json.Unmarshal(data, again.Interface()); err != nil {
		return fmt.Errorf("neuron: the parameters of %s: %w", name, err)
	}
	if !reflect.DeepEqual(again.Elem().Interface(), m) {
		return fmt.Errorf("neuron: JSON does not hold all parameters of %s, %+v: export all fields of the type", name, m)
	}
	return nil
}

// UnmarshalJSON reads a model of a type that is known ([Register]). What is not
// mentioned stays as it is in a model of the same type, and is zero otherwise.
func (j *JSON) UnmarshalJSON(data []byte) error {
	if bytes.Equal(bytes.TrimSpace(data), []byte("null")) {
		return nil
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(data, &object); err != nil || len(object) != 1 {
		return fmt.Errorf(`neuron: a model is written as {"LIF": {"Tau": 0.01, …}}, not as %.60s`, data)
	}
	for name, parameters := range object {
		p, err := named(name)
		if err != nil {
			return err
		}
		if reflect.TypeOf(j.Model) == p.Type().Elem() {
			p.Elem().Set(reflect.ValueOf(j.Model))
		}
		if err := json.Unmarshal(parameters, p.Interface()); err != nil {
			return fmt.Errorf("neuron: the parameters of %s: %w", name, err)
		}
		j.Model = p.Elem().Interface().(Model)
	}
	return nil
}
