package data

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"

	matfile "github.com/spikewalk/spikewalk/data/mat"
	"github.com/spikewalk/spikewalk/data/table"
	"github.com/spikewalk/spikewalk/internal/regular"
)

// OpenTable reads a table of text as [Open] does, with options for what its content
// leaves open, such as lines to skip or another separator.
func OpenTable(path string, o table.Options) (*File, error) {
	r, size, err := regular.Open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	t, err := table.Decode(r, size, o)
	var f *File
	if err == nil {
		f, err = tableFile(t, size)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	f.path, f.kind, f.size = path, kindTable, size
	return f, nil
}

// decodeTable reads a table of text, of which only the columns of the given names, if
// there are any.
func decodeTable(r io.ReaderAt, size int64, names []string) (*File, error) {
	o := table.Options{}
	if len(names) > 0 && !(len(names) == 1 && names[0] == wholeTable) {
		o.Columns = names
	}
	t, err := table.Decode(r, size, o)
	if err != nil {
		return nil, err
	}
	return tableFile(t, size)
}

// wholeTable is the name of a table of numbers without a header.
const wholeTable = "table"

// tableFile makes arrays of a table: a column for each of its columns, or one matrix if
// nothing names the columns and all are numbers.
func tableFile(t *table.Table, size int64) (*File, error) {
	f := &File{variables: make(map[string]variable), units: make(map[string]string)}
	if !t.Named {
		if m, err := t.Dense(); err == nil && len(t.Columns) > 0 && t.Columns[0].Name == "column1" {
			rows, columns := m.Dims()
			raw := make([]byte, 0, 8*rows*columns)
			for _, c := range t.Columns {
				raw = appendNumbers(raw, c.Numbers)
			}
			a, err := matfile.NewNumbers(wholeTable, matfile.Double, []int{rows, columns}, binary.LittleEndian, raw, nil)
			if err != nil {
				return nil, err
			}
			f.names, f.variables[wholeTable] = []string{wholeTable}, variable{array: a}
			return f, nil
		}
	}
	texts := 0
	for i := range t.Columns {
		c := &t.Columns[i]
		if _, again := f.variables[c.Name]; again {
			f.variables[c.Name] = variable{err: fmt.Errorf("two columns of the table are called %q: which is meant cannot be told", c.Name)}
			continue
		}
		f.names = append(f.names, c.Name)
		f.units[c.Name] = c.Unit
		texts += len(c.Texts)
		a, err := columnArray(c, texts, int(size))
		f.variables[c.Name] = variable{array: a, err: err}
		c.Numbers, c.Texts = nil, nil
	}
	return f, nil
}

// columnArray is a column as an array, n × 1.
func columnArray(c *table.Column, texts, size int) (*matfile.Array, error) {
	if c.Texts == nil {
		return matfile.NewNumbers(c.Name, matfile.Double, []int{len(c.Numbers), 1}, binary.LittleEndian, appendNumbers(make([]byte, 0, 8*len(c.Numbers)), c.Numbers), nil)
	}
	if err := checkTexts(texts, size); err != nil {
		return nil, err
	}
	cells := make([]*matfile.Array, len(c.Texts))
	for i, text := range c.Texts {
		cells[i] = matfile.NewText(fmt.Sprintf("%s{%d}", c.Name, i), text)
	}
	return matfile.NewCells(c.Name, []int{len(cells), 1}, cells)
}

func appendNumbers(raw []byte, numbers []float64) []byte {
	for _, x := range numbers {
		raw = binary.LittleEndian.AppendUint64(raw, math.Float64bits(x))
	}
	return raw
}
