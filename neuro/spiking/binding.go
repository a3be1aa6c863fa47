package spiking

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/npz"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// kind is an array's type as NumPy writes it.
type kind string

const (
	floats   kind = "<f8"
	integers kind = "<i8"
	booleans kind = "|b1"
)

// binding ties a field of a Recording to an array of float64 rows, both ways.
type binding struct {
	name   string
	kind   kind
	vector bool // of one dimension in a file
	width  int  // columns of a file's array, 0 for any number
	get    func() (data []float64, columns int)
	set    func(data []float64, columns int)
}

// bindings lists all arrays that a recording may have.
func (r *Recording) bindings() []binding {
	all := []binding{
		number(spikeTimesArray, floats, &r.Spikes.Times),
		number(spikeNeuronsArray, integers, &r.Spikes.Neurons),
		dense(factorsArray, &r.Factors), dense(factorTargetsArray, &r.FactorTargets),
		dense(outputsArray, &r.Outputs), dense(outputTargetsArray, &r.OutputTargets),
		dense(voltagesArray, &r.Voltages),
		number("selected", integers, &r.Selected),
		stretches("trials", &r.Trials),
		number("factor_errors", floats, &r.FactorErrors), number("output_errors", floats, &r.OutputErrors),
		number("conditions", integers, &r.Conditions), number("parts", integers, &r.Parts),
		answers("correct", &r.Correct),
		number("rates", floats, &r.Rates),
		number("final_voltages", floats, &r.Final.Voltages),
		number("final_slow", floats, &r.Final.Slow), number("final_fast", floats, &r.Final.Fast),
		number("final_refractory", integers, &r.Final.Refractory),
		sourceState("final_source", &r.Final.Source),
	}
	for _, q := range quantities {
		all = append(all, entry(string(q), &r.Quantities, q))
	}
	for i := range r.Means {
		m := &r.Means[i]
		prefix := m.prefix()
		all = append(all, number(prefix+"trials", integers, &m.Trials),
			dense(prefix+factorsArray, &m.Factors), dense(prefix+factorTargetsArray, &m.FactorTargets))
		for _, q := range quantities {
			all = append(all, entry(prefix+string(q), &m.Quantities, q))
		}
	}
	return all
}

// prefix begins the names of an average's arrays.
func (m Mean) prefix() string {
	if m.Part > 0 {
		return fmt.Sprintf("mean_%d_%d_", m.Part, m.Condition)
	}
	return fmt.Sprintf("mean_%d_", m.Condition)
}

func dense(name string, m **mat.Dense) binding {
	return binding{
		name: name, kind: floats,
		get: func() ([]float64, int) {
			if *m == nil || (*m).IsEmpty() {
				return nil, 0
			}
			_, columns := (*m).Dims()
			return stack([]*mat.Dense{*m}).RawMatrix().Data, columns
		},
		set: func(data []float64, columns int) {
			if columns > 0 && len(data) > 0 {
				*m = mat.NewDense(len(data)/columns, columns, data)
			}
		},
	}
}

func entry(name string, of *map[Quantity]*mat.Dense, q Quantity) binding {
	get := func() *mat.Dense { return (*of)[q] }
	return binding{
		name: name, kind: floats,
		get: func() ([]float64, int) { m := get(); return dense(name, &m).get() },
		set: func(data []float64, columns int) {
			var m *mat.Dense
			dense(name, &m).set(data, columns)
			if *of == nil {
				*of = make(map[Quantity]*mat.Dense)
			}
			(*of)[q] = m
		},
	}
}

func number[T int | float64](name string, k kind, x *[]T) binding {
	return binding{
		name: name, kind: k, vector: true,
		get: func() (data []float64, columns int) {
			for _, v := range *x {
				data = append(data, float64(v))
			}
			return data, 1
		},
		set: func(data []float64, _ int) {
			*x = make([]T, len(data))
			for i, v := range data {
				(*x)[i] = T(v)
			}
		},
	}
}

func sourceState(name string, x *task.State) binding {
	return binding{
		name: name, kind: floats, vector: true,
		get: func() ([]float64, int) { return x.Numbers(), 1 },
		set: func(data []float64, _ int) { *x = task.NewState(data...) },
	}
}

func answers(name string, x *[]bool) binding {
	return binding{
		name: name, kind: booleans, vector: true,
		get: func() (data []float64, columns int) {
			for _, yes := range *x {
				data = append(data, 0)
				if yes {
					data[len(data)-1] = 1
				}
			}
			return data, 1
		},
		set: func(data []float64, _ int) {
			for _, v := range data {
				*x = append(*x, v != 0)
			}
		},
	}
}

func stretches(name string, x *[]task.Stretch) binding {
	return binding{
		name: name, kind: integers, width: 3,
		get: func() (data []float64, columns int) {
			for _, s := range *x {
				data = append(data, float64(s.From), float64(s.To), float64(s.Condition))
			}
			return data, 3
		},
		set: func(data []float64, _ int) {
			for i := 0; i+3 <= len(data); i += 3 {
				*x = append(*x, task.Stretch{From: int(data[i]), To: int(data[i+1]), Condition: int(data[i+2])})
			}
		},
	}
}

// read reads the binding's array.
func (b binding) read(r *npz.Reader) (data []float64, columns int) {
	shape := []int{npz.Any}
	switch {
	case b.width > 0:
		shape = append(shape, b.width)
	case !b.vector:
		shape = append(shape, npz.Any)
	}
	return r.Numbers(b.name, string(b.kind)[1:], shape...)
}
