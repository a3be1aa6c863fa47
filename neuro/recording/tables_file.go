package recording

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/spikewalk/spikewalk/internal/npz"
)

// Tables stand in a file as arrays table_units_K, table_trials_K and
// table_electrodes_K for column K; config.json tells the columns' names. Lists
// stand end to end, with the lengths of each beside them; texts are lists of
// bytes.

const tablePrefix = "table_"

// kinds of columns in a file.
const (
	kindNumbers   = "numbers"
	kindTexts     = "texts"
	kindFlags     = "flags"
	kindRows      = "rows"
	kindLists     = "lists"
	kindTextLists = "text lists"
)

// tables is what a recording's tables are besides arrays.
type tables struct {
	UnitTable  *[]column `json:",omitempty"`
	TrialTable *[]column `json:",omitempty"`
	Electrodes *[]column `json:",omitempty"`
	// Observed tells that there are such intervals, Conditions their names.
	Observed   bool     `json:",omitempty"`
	Conditions []string `json:",omitempty"`
}

// column is what a column is besides arrays.
type column struct {
	Name        string
	Description string `json:",omitempty"`
	Unit        string `json:",omitempty"`
	// Kind is empty where the column has no rows.
	Kind string `json:",omitempty"`
}

func (c Column) kind() string {
	switch {
	case len(c.Numbers) > 0:
		return kindNumbers
	case len(c.Texts) > 0:
		return kindTexts
	case len(c.Flags) > 0:
		return kindFlags
	case c.Rows != nil && !c.Rows.IsEmpty():
		return kindRows
	case len(c.Lists) > 0:
		return kindLists
	case len(c.TextLists) > 0:
		return kindTextLists
	}
	return ""
}

// describeTables says what a recording's tables are besides arrays.
func (r *Recording) describeTables() tables {
	about := func(t *Table) *[]column {
		if t == nil {
			return nil
		}
		columns := make([]column, 0, len(t.Columns))
		for _, c := range t.Columns {
			columns = append(columns, column{Name: c.Name, Description: c.Description, Unit: c.Unit, Kind: c.kind()})
		}
		return &columns
	}
	return tables{
		UnitTable: about(r.UnitTable), TrialTable: about(r.TrialTable), Electrodes: about(r.Electrodes),
		Observed: r.Observed != nil, Conditions: r.Conditions,
	}
}

// writeTables writes the tables and the intervals that units were observed in.
func (r *Recording) writeTables(w *npz.Writer, prefix string) {
	r.UnitTable.write(w, prefix+"table_units_")
	r.TrialTable.write(w, prefix+"table_trials_")
	r.Electrodes.write(w, prefix+"table_electrodes_")
	if r.Observed != nil {
		counts, bounds := make([]int, len(r.Observed)), []float64{}
		for i, spans := range r.Observed {
			counts[i] = len(spans)
			for _, s := range spans {
				bounds = append(bounds, s.From, s.To)
			}
		}
		lengths(w, prefix+observed+lengthsEnding, counts)
		w.Stream(prefix+observed, "<f8", []int{len(bounds) / 2, 2}, npz.Floats(bounds))
	}
}

const lengthsEnding = "_lengths"

// lengths writes integers, of which there may be none.
func lengths(w *npz.Writer, name string, x []int) {
	if integers(w, name, x, 0); len(x) == 0 {
		w.Stream(name, "<i8", []int{0}, bytes.NewReader(nil))
	}
}

func (t *Table) write(w *npz.Writer, prefix string) {
	if t == nil {
		return
	}
	for i, c := range t.Columns {
		c.write(w, fmt.Sprint(prefix, i))
	}
}

func (c Column) write(w *npz.Writer, name string) {
	switch c.kind() {
	case kindNumbers:
		w.Vector(name, c.Numbers)
	case kindTexts:
		writeTexts(w, name, c.Texts)
	case kindFlags:
		truths := make([]byte, len(c.Flags))
		for i, f := range c.Flags {
			if f {
				truths[i] = 1
			}
		}
		w.Stream(name, "|b1", []int{len(truths)}, bytes.NewReader(truths))
	case kindRows:
		w.Matrix(name, c.Rows)
	case kindLists:
		flat, counts := flattened(c.Lists)
		w.Stream(name, "<f8", []int{len(flat)}, npz.Floats(flat))
		lengths(w, name+lengthsEnding, counts)
	case kindTextLists:
		flat, counts := flattened(c.TextLists)
		writeTexts(w, name, flat)
		lengths(w, name+"_counts", counts)
	}
}

func flattened[T any](lists [][]T) (flat []T, counts []int) {
	for _, list := range lists {
		flat, counts = append(flat, list...), append(counts, len(list))
	}
	return flat, counts
}

func writeTexts(w *npz.Writer, name string, texts []string) {
	var raw []byte
	counts := make([]int, len(texts))
	for i, s := range texts {
		raw, counts[i] = append(raw, s...), len(s)
	}
	w.Bytes(name, raw)
	lengths(w, name+lengthsEnding, counts)
}

// tables reads what writeTables has written.
func (in reader) tables(r *Recording, prefix string, d tables) {
	r.UnitTable = in.table(prefix+"table_units_", d.UnitTable)
	r.TrialTable = in.table(prefix+"table_trials_", d.TrialTable)
	r.Electrodes = in.table(prefix+"table_electrodes_", d.Electrodes)
	r.Conditions = d.Conditions
	if !d.Observed {
		return
	}
	counts := in.integers(prefix+observed+lengthsEnding, npz.Any)
	bounds, _ := in.numbers(prefix+observed, "f8", npz.Any, 2)
	spans := make([]Interval, len(bounds)/2)
	for i := range spans {
		spans[i] = Interval{From: bounds[2*i], To: bounds[2*i+1]}
	}
	r.Observed = parted(in, prefix+observed, spans, counts)
}

func (in reader) table(prefix string, columns *[]column) *Table {
	if columns == nil {
		return nil
	}
	t := &Table{}
	for i, about := range *columns {
		c := in.column(fmt.Sprint(prefix, i), about.Kind)
		c.Name, c.Description, c.Unit = about.Name, about.Description, about.Unit
		t.Columns = append(t.Columns, c)
	}
	return t
}

func (in reader) column(name, kind string) (c Column) {
	switch kind {
	case kindNumbers:
		c.Numbers = in.vector(name)
	case kindTexts:
		c.Texts = in.texts(name)
	case kindFlags:
		truths, _ := in.numbers(name, "b1", npz.Any)
		for _, v := range truths {
			c.Flags = append(c.Flags, v != 0)
		}
	case kindRows:
		c.Rows = in.matrix(name)
	case kindLists:
		c.Lists = parted(in, name, in.vector(name), in.integers(name+lengthsEnding, npz.Any))
	case kindTextLists:
		c.TextLists = parted(in, name, in.texts(name), in.integers(name+"_counts", npz.Any))
	}
	return c
}

func (in reader) texts(name string) []string {
	in.known[name] = true
	var raw []byte
	if in.Has(name) {
		raw = in.Bytes(name)
	}
	var all []string
	for _, s := range parted(in, name, raw, in.integers(name+lengthsEnding, npz.Any)) {
		all = append(all, string(s))
	}
	return all
}

// errParted is what is wrong with lists whose lengths do not add up.
var errParted = errors.New("the lengths of its lists do not add up to what there is")

// parted cuts a list into lists of some lengths, which must add up to its own.
func parted[T any](in reader, name string, flat []T, counts []int) [][]T {
	all, rest := make([][]T, len(counts)), flat
	for i, n := range counts {
		if n < 0 || n > len(rest) {
			in.fail(fmt.Errorf("array %q: %w", name, errParted))
			return nil
		}
		all[i], rest = rest[:n:n], rest[n:]
	}
	if len(rest) > 0 {
		in.fail(fmt.Errorf("array %q: %w", name, errParted))
	}
	return all
}

// fail keeps the first error of what arrays hold.
func (in reader) fail(err error) {
	if *in.wrong == nil {
		*in.wrong = err
	}
}
