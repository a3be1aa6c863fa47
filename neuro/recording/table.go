package recording

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/nearest"
)

// Table holds columns of one length: what a laboratory wrote down of each unit,
// trial or electrode. The zero Table has no rows.
type Table struct {
	// Columns in the laboratory's order.
	Columns []Column
}

// Column is a named column of a [Table]. Exactly one of its lists is filled:
// for each row a number, a text, true or false, a row of fixed length, or a list
// of any length. A column of no rows may have none.
type Column struct {
	// Name tells columns of a table apart. Description and Unit are the
	// laboratory's words, empty where it has none.
	Name, Description, Unit string

	Numbers []float64
	Texts   []string
	Flags   []bool
	// Rows is rows × entries.
	Rows *mat.Dense
	// Lists and TextLists have a list for each row, which may be empty.
	Lists     [][]float64
	TextLists [][]string
}

// Interval is a span of time, in seconds.
type Interval struct{ From, To float64 }

// Len returns the number of rows.
func (t *Table) Len() int {
	if t == nil || len(t.Columns) == 0 {
		return 0
	}
	return t.Columns[0].Len()
}

// Names returns the names of the columns, in order.
func (t *Table) Names() []string {
	if t == nil {
		return nil
	}
	var names []string
	for _, c := range t.Columns {
		names = append(names, c.Name)
	}
	return names
}

// Column returns the column of a name. An error says which names come close.
func (t *Table) Column(name string) (Column, error) {
	if t == nil || len(t.Columns) == 0 {
		return Column{}, fmt.Errorf("recording: no column is named %q: the table has none", name)
	}
	for _, c := range t.Columns {
		if c.Name == name {
			return c, nil
		}
	}
	return Column{}, fmt.Errorf("recording: no column is named %q: %s", name, nearest.Missing(name, t.Names()))
}

// Len returns the number of rows.
func (c Column) Len() int {
	n := max(len(c.Numbers), len(c.Texts), len(c.Flags), len(c.Lists), len(c.TextLists))
	if c.Rows != nil {
		n = max(n, c.Rows.RawMatrix().Rows)
	}
	return n
}

// filled counts the lists of a column that hold anything.
func (c Column) filled() int {
	n := 0
	for _, there := range []bool{
		len(c.Numbers) > 0, len(c.Texts) > 0, len(c.Flags) > 0,
		c.Rows != nil && !c.Rows.IsEmpty(), len(c.Lists) > 0, len(c.TextLists) > 0,
	} {
		if there {
			n++
		}
	}
	return n
}

// check says what of a table cannot be: columns of several lengths, without a
// name or of the same, or of two kinds.
func (t *Table) check() error {
	if t == nil {
		return nil
	}
	seen := make(map[string]bool)
	for i, c := range t.Columns {
		switch {
		case c.Name == "":
			return fmt.Errorf("column %d has no name", i)
		case seen[c.Name]:
			return fmt.Errorf("two columns are named %q", c.Name)
		case c.filled() > 1:
			return fmt.Errorf("column %q holds more than one kind of entries: fill one of its lists", c.Name)
		case c.Len() != t.Len():
			return fmt.Errorf("column %q has %d rows and %q has %d", c.Name, c.Len(), t.Columns[0].Name, t.Len())
		}
		seen[c.Name] = true
	}
	return nil
}

// rows returns the table with those of its rows only, in this order.
func (t *Table) rows(wanted []int) *Table {
	if t == nil {
		return nil
	}
	some := &Table{}
	for _, c := range t.Columns {
		some.Columns = append(some.Columns, c.rows(wanted))
	}
	return some
}

func (c Column) rows(wanted []int) Column {
	all := c.Rows
	c.Numbers, c.Texts, c.Flags = chosen(c.Numbers, wanted), chosen(c.Texts, wanted), chosen(c.Flags, wanted)
	c.Lists, c.TextLists = chosen(c.Lists, wanted), chosen(c.TextLists, wanted)
	if c.Rows = nil; all != nil {
		var numbers []float64
		rows, columns := all.Dims()
		for _, i := range wanted {
			if i < rows {
				numbers = append(numbers, all.RawRowView(i)...)
			}
		}
		c.Rows = denseRows(numbers, columns)
	}
	return c
}

// chosen returns entries of x, nil of nil. Those that x has not are left out.
func chosen[T any](x []T, wanted []int) []T {
	if x == nil {
		return nil
	}
	some := make([]T, 0, len(wanted))
	for _, i := range wanted {
		if i < len(x) {
			some = append(some, x[i])
		}
	}
	return some
}

// join adds the rows of a part below those of t. Their columns must be of the
// same names and kinds.
func (t *Table) join(part *Table) (*Table, error) {
	if part.Len() == 0 && t != nil {
		return t, nil
	}
	if t.Len() == 0 {
		return part, nil
	}
	if !slices.Equal(t.Names(), part.Names()) {
		return nil, fmt.Errorf("columns %s follow %s", strings.Join(part.Names(), ", "), strings.Join(t.Names(), ", "))
	}
	all := &Table{}
	for i, c := range t.Columns {
		p := part.Columns[i]
		long := Column{
			Name: c.Name, Description: c.Description, Unit: c.Unit,
			Numbers: slices.Concat(c.Numbers, p.Numbers), Texts: slices.Concat(c.Texts, p.Texts), Flags: slices.Concat(c.Flags, p.Flags),
			Lists: slices.Concat(c.Lists, p.Lists), TextLists: slices.Concat(c.TextLists, p.TextLists),
		}
		if long.Rows = c.Rows; p.Rows != nil {
			if c.Rows != nil && c.Rows.RawMatrix().Cols != p.Rows.RawMatrix().Cols {
				return nil, fmt.Errorf("column %q has rows of other lengths than before", c.Name)
			}
			long.Rows = stacked(stacked(nil, c.Rows), p.Rows)
		}
		if long.Len() != c.Len()+p.Len() || long.filled() > 1 {
			return nil, fmt.Errorf("column %q holds other entries than before", c.Name)
		}
		all.Columns = append(all.Columns, long)
	}
	return all, nil
}

// hasTables tells whether a recording has more than simulations have.
func (r *Recording) hasTables() bool {
	return r.UnitTable != nil || r.TrialTable != nil || r.Electrodes != nil || r.Observed != nil || r.Conditions != nil
}

// checkTables says which of a recording's tables do not fit its units and trials.
func (r *Recording) checkTables() error {
	for _, c := range []struct {
		name  string
		table *Table
		of    string
		n     int
	}{{"UnitTable", r.UnitTable, "units", r.Units}, {"TrialTable", r.TrialTable, "trials", len(r.Trials)}, {"Electrodes", r.Electrodes, "", 0}} {
		if err := c.table.check(); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		if c.of != "" && c.table != nil && len(c.table.Columns) > 0 && c.table.Len() != c.n {
			return fmt.Errorf("%s has %d rows: there are %d %s", c.name, c.table.Len(), c.n, c.of)
		}
	}
	if r.Observed != nil && len(r.Observed) != r.Units {
		return fmt.Errorf("intervals in which %d units were observed: there are %d", len(r.Observed), r.Units)
	}
	return nil
}

// appendTables is what Append does with tables, intervals and names of conditions.
func (r *Recording) appendTables(part *Recording) error {
	trials, err := r.TrialTable.join(part.TrialTable)
	if err != nil {
		return fmt.Errorf("table of trials does not fit: %w", err)
	}
	if alone := r.TrialTable != nil && len(part.Trials) > part.TrialTable.Len() || part.TrialTable != nil && len(r.Trials) > r.TrialTable.Len(); alone {
		return errors.New("trials have a table and those before have none, or the other way round")
	}
	if r.Conditions != nil && part.Conditions != nil && !slices.Equal(r.Conditions, part.Conditions) {
		return fmt.Errorf("conditions are %q, not %q", part.Conditions, r.Conditions)
	}
	if r.Observed != nil && part.Observed != nil && len(r.Observed) != len(part.Observed) {
		return fmt.Errorf("intervals are of %d units, not %d", len(part.Observed), len(r.Observed))
	}
	r.TrialTable = trials
	if part.Conditions != nil {
		r.Conditions = part.Conditions
	}
	if part.UnitTable != nil {
		r.UnitTable = part.UnitTable
	}
	if part.Electrodes != nil {
		r.Electrodes = part.Electrodes
	}
	r.Observed = joined(r.Observed, part.Observed)
	return nil
}

// joined adds the intervals of each unit to those before.
func joined(all, more [][]Interval) [][]Interval {
	if all == nil {
		return more
	}
	both := slices.Clone(all)
	for i, spans := range more {
		both[i] = slices.Concat(both[i], spans)
	}
	return both
}
