package contents

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/spikewalk/spikewalk/data/hdf5"
	matfile "github.com/spikewalk/spikewalk/data/mat"
)

// Array is an array of a file.
type Array struct {
	Path  string `json:"path"`
	Class string `json:"class"`
	Shape []int  `json:"shape"`
	Unit  string `json:"unit,omitempty"`
	// Sum is that of all its numbers as a text. Integers and booleans are added exactly.
	// Floats are added as float64, one after the other in the order in which the file
	// stores them, without those that are NaN, whose number is NaN:
	// numpy.nancumsum(x.ravel().astype("float64"))[-1]. It is empty of what holds no
	// real numbers.
	Sum string `json:"sum,omitempty"`
	NaN int    `json:"nan,omitempty"`
	// Problem says why the array cannot be read.
	Problem string `json:"problem,omitempty"`
}

// head is what JSON writes before the arrays.
type head struct {
	File  string `json:"file"`
	Kind  string `json:"kind"`
	Bytes int64  `json:"bytes"`
}

// JSON writes every array of the file with its sum. All of the file is read.
func (s *Source) JSON(w io.Writer) error {
	arrays, err := s.arrays(true)
	if err != nil {
		return err
	}
	head, err := json.Marshal(head{s.Name, s.Kind(), s.Size})
	if err != nil {
		return err
	}
	lines := make([]string, len(arrays)) // one for each array
	for i, a := range arrays {
		line, err := json.Marshal(a)
		if err != nil {
			return err
		}
		lines[i] = "\n  " + string(line)
	}
	_, err = fmt.Fprintf(w, "%s, \"arrays\": [%s\n]}\n", strings.TrimSuffix(string(head), "}"), strings.Join(lines, ","))
	return err
}

// arrays lists all arrays, with sums or without.
func (s *Source) arrays(sums bool) (all []Array, err error) {
	all = []Array{}
	if s.h != nil {
		err = s.h.Walk(func(o hdf5.Object) error {
			d, ok := o.(*hdf5.Dataset)
			if !ok {
				return nil
			}
			unit, _ := hdf5.Text(d, "unit")
			all = append(all, datasets(d, unit, sums)...)
			return nil
		})
		return all, err
	}
	for _, name := range s.file.Names() {
		a, err := s.file.Variable(name)
		if err != nil {
			all = append(all, Array{Path: name, Class: "unknown", Shape: []int{}, Problem: err.Error()})
			continue
		}
		all = variables(all, a, s.file.Unit(name), sums)
	}
	return all, nil
}

// adder adds numbers.
type adder struct {
	exact big.Int
	float float64
	nan   int
	kind  byte // 'i', 'f', 0 of nothing added
}

func (a *adder) floats(x []float64) {
	a.kind = 'f'
	for _, v := range x {
		if math.IsNaN(v) {
			a.nan++
		} else {
			a.float += v
		}
	}
}

func (a *adder) ints(x []int64) {
	a.kind = 'i'
	var part int64
	for _, v := range x {
		if sum := part + v; (sum > part) == (v > 0) && v != math.MinInt64 {
			part = sum
			continue
		}
		a.exact.Add(&a.exact, big.NewInt(part))
		part = v
	}
	a.exact.Add(&a.exact, big.NewInt(part))
}

func (a *adder) uints(x []uint64) {
	a.kind = 'i'
	for _, v := range x {
		a.exact.Add(&a.exact, new(big.Int).SetUint64(v))
	}
}

func (a *adder) String() string {
	switch a.kind {
	case 'i':
		return a.exact.String()
	case 'f':
		return strconv.FormatFloat(a.float, 'g', -1, 64)
	}
	return ""
}

// datasets describes a dataset, or each member of a compound.
func datasets(d *hdf5.Dataset, unit string, sums bool) []Array {
	if d.Type().Class != hdf5.Compound {
		return []Array{dataset(d, d.Path(), d.Type(), unit, sums, func(v *hdf5.Values) (*hdf5.Values, error) { return v, nil })}
	}
	var all []Array
	for _, m := range d.Type().Members {
		all = append(all, dataset(d, d.Path()+"."+m.Name, m.Type, unit, sums, func(v *hdf5.Values) (*hdf5.Values, error) { return v.Field(m.Name) }))
	}
	return all
}

// dataset describes one, or one member.
func dataset(d *hdf5.Dataset, path string, t *hdf5.Type, unit string, sums bool, of func(*hdf5.Values) (*hdf5.Values, error)) Array {
	a := Array{Path: path, Class: t.String(), Shape: d.Dims(), Unit: unit}
	if a.Shape == nil {
		a.Shape = []int{}
	}
	if !sums {
		return a
	}
	var sum adder
	err := parts(d, func(v *hdf5.Values) error {
		v, err := of(v)
		if err != nil {
			return err
		}
		return sum.values(v)
	})
	if err != nil {
		a.Problem = err.Error()
		return a
	}
	a.Sum, a.NaN = sum.String(), sum.nan
	return a
}

// atOnce is how many values are read at a time.
const atOnce = 1 << 20

// parts calls visit with stretches of rows, so that memory stays small.
func parts(d *hdf5.Dataset, visit func(*hdf5.Values) error) error {
	dims := d.Dims()
	if len(dims) == 0 || d.Values().Len() <= atOnce {
		return visit(d.Values())
	}
	rows := max(1, atOnce/max(1, d.Values().Len()/max(1, dims[0])))
	if chunks := d.Chunks(); len(chunks) > 0 { // whole chunks: none is unpacked twice
		rows = max(1, (rows+chunks[0]-1)/chunks[0]) * chunks[0]
	}
	for from := 0; from < dims[0]; from += rows {
		v, err := d.Rows(from, min(from+rows, dims[0]))
		if err != nil {
			return err
		}
		if err := visit(v); err != nil {
			return err
		}
	}
	return nil
}

// values adds what is a number.
func (a *adder) values(v *hdf5.Values) error {
	switch t := v.Type(); {
	case t.IsBool():
		truths, err := v.Bools()
		for _, yes := range truths {
			if yes {
				a.exact.Add(&a.exact, big.NewInt(1))
			}
		}
		a.kind = 'i'
		return err
	case t.Class == hdf5.Float:
		x, err := v.Float64s()
		a.floats(x)
		return err
	case (t.Class == hdf5.Integer && !t.Signed || t.Class == hdf5.Bitfield) && t.Size == 8:
		x, err := v.Uint64s()
		a.uints(x)
		return err
	case t.Class == hdf5.Integer, t.Class == hdf5.Bitfield, t.Class == hdf5.Enum:
		x, err := v.Int64s()
		a.ints(x)
		return err
	case t.Class == hdf5.List:
		lists, err := v.Lists()
		for _, l := range lists {
			if err == nil {
				err = a.values(l)
			}
		}
		return err
	}
	return nil
}

// variables describes an array and those in it.
func variables(all []Array, a *matfile.Array, unit string, sums bool) []Array {
	const most = 100_000
	if len(all) >= most {
		return all
	}
	problem := func(path string, err error) {
		all = append(all, Array{Path: path, Class: "unknown", Shape: []int{}, Problem: err.Error()})
	}
	switch a.Class() {
	case matfile.Struct:
		for i := range a.Len() {
			for _, name := range a.Fields() {
				field, err := a.Field(name, i)
				if err != nil {
					problem(fmt.Sprintf("%s(%d).%s", a.Name(), i, name), err)
					continue
				}
				all = variables(all, field, "", sums)
			}
		}
		return all
	case matfile.Cell:
		if _, err := a.Texts(); err == nil && a.Len() > 0 {
			return append(all, Array{Path: a.Name(), Class: "texts", Shape: a.Dims()})
		}
		for i := range a.Len() {
			cell, err := a.Cell(i)
			if err != nil {
				problem(fmt.Sprintf("%s{%d}", a.Name(), i), err)
				continue
			}
			all = variables(all, cell, "", sums)
		}
		return all
	}
	out := Array{Path: a.Name(), Class: string(a.Class()), Shape: a.Dims(), Unit: unit}
	if sums && a.Class().IsNumeric() && !a.IsComplex() {
		if err := out.add(a); err != nil {
			out.Problem = err.Error()
		}
	}
	return append(all, out)
}

// add sums a variable up, the first dimension fastest.
func (out *Array) add(a *matfile.Array) error {
	var sum adder
	if c := a.Class(); c != matfile.Double && c != matfile.Single {
		x, err := a.Int64s()
		if err != nil {
			return err
		}
		sum.ints(x)
	} else {
		x, err := a.Float64s()
		if err != nil {
			return err
		}
		sum.floats(x)
	}
	out.Sum, out.NaN = sum.String(), sum.nan
	return nil
}
