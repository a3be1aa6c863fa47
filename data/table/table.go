package table

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/nearest"
)

// Table is a table of text that was read: columns of equal length.
type Table struct {
	// Rows is the number of rows, the header not counted.
	Rows int
	// Columns in the order of the file, or of [Options.Columns].
	Columns []Column
	// Named tells whether the file has a header that names the columns.
	Named bool
	// Header holds what the header of an OpenSim file says, by key (nRows,
	// inDegrees); nil of other files.
	Header map[string]string
}

// Column is a column of numbers or of texts.
type Column struct {
	// Name is that of the header without the unit, or column1 and so on.
	Name string
	// Unit is what the header has in brackets after the name: mV. It is empty where
	// there is none.
	Unit string
	// Numbers has a number for each row, nil in a column of texts.
	Numbers []float64
	// Texts has a text for each row, nil in a column of numbers.
	Texts []string
	// Missing counts the cells that are empty or say that they hold no number;
	// they are NaN among Numbers and as they stand among Texts.
	Missing int
}

// title is the column as a header writes it.
func (c Column) title() string {
	if c.Unit == "" {
		return c.Name
	}
	return c.Name + " (" + c.Unit + ")"
}

// Names returns the names of the columns in order.
func (t *Table) Names() []string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return names
}

// Missing counts the cells without a number in columns of numbers.
func (t *Table) Missing() (n int) {
	for _, c := range t.Columns {
		if c.Numbers != nil {
			n += c.Missing
		}
	}
	return n
}

// Column returns the column of a name, with or without its unit. It is an error if
// there is none, with the names that are most like it, or if there are two.
func (t *Table) Column(name string) (Column, error) {
	i, err := find(name, t.Columns)
	if err != nil {
		return Column{}, err
	}
	return t.Columns[i], nil
}

// find is the place of the column of a name.
func find(name string, columns []Column) (int, error) {
	found := -1
	for i, c := range columns {
		if c.Name != name && c.title() != name {
			continue
		}
		if found >= 0 {
			return 0, fmt.Errorf("columns %d and %d are both called %q: which is meant cannot be told; give one of them another name", found+1, i+1, name)
		}
		found = i
	}
	if found < 0 {
		names := make([]string, len(columns))
		for i, c := range columns {
			names[i] = c.Name
		}
		return 0, fmt.Errorf("no column is called %q: %s", name, nearest.Missing(name, names))
	}
	return found, nil
}

// Numbers returns the numbers of a column. They are the table's own, not a copy. A
// column of texts is an error.
func (t *Table) Numbers(name string) ([]float64, error) {
	c, err := t.Column(name)
	if err == nil && c.Numbers == nil {
		err = fmt.Errorf("column %q holds texts, such as %q, and not numbers", name, c.example())
	}
	return c.Numbers, err
}

// example is the first text that holds anything.
func (c Column) example() string {
	for _, text := range c.Texts {
		if text != "" {
			return shortened(text)
		}
	}
	return ""
}

// Dense returns the columns of the given names as a matrix, rows × columns; without
// names it returns all columns. It is an error if one of them holds texts, and if the
// table has no rows.
func (t *Table) Dense(names ...string) (*mat.Dense, error) {
	if len(names) == 0 {
		for _, c := range t.Columns {
			if c.Numbers == nil {
				return nil, fmt.Errorf("column %q holds texts, such as %q, and not numbers: name the columns that are wanted", c.Name, c.example())
			}
		}
	}
	columns := t.Columns
	if len(names) > 0 {
		columns = nil
		for _, name := range names {
			if _, err := t.Numbers(name); err != nil {
				return nil, err
			}
			c, _ := t.Column(name)
			columns = append(columns, c)
		}
	}
	if t.Rows < 1 || t.Rows > math.MaxInt32 || len(columns) == 0 {
		return nil, fmt.Errorf("a table of %d rows and %d columns is no matrix", t.Rows, len(columns))
	}
	for _, c := range columns {
		if len(c.Numbers) != t.Rows {
			return nil, fmt.Errorf("column %q has %d numbers, and the table %d rows", c.Name, len(c.Numbers), t.Rows)
		}
	}
	values := make([]float64, t.Rows*len(columns))
	for j, c := range columns {
		for i, x := range c.Numbers {
			values[i*len(columns)+j] = x
		}
	}
	return mat.NewDense(t.Rows, len(columns), values), nil
}

// String lists the columns, a line each.
func (t *Table) String() string {
	var b strings.Builder
	for _, c := range t.Columns {
		what := "numbers"
		if c.Texts != nil {
			what = "texts"
		}
		fmt.Fprintf(&b, "%s: %d %s", c.title(), t.Rows, what)
		if c.Missing > 0 {
			fmt.Fprintf(&b, ", %d of them missing", c.Missing)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// shortened is a text for a sentence.
func shortened(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
