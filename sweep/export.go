package sweep

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// WriteCSV writes the table as comma-separated values with a line of names: numbers
// so that they are read back to the bit, nothing where a row that failed has no
// result. The file is there whole or not at all.
func (t *Table) WriteCSV(path string) error {
	return scratch.Write(path, scratch.Public, func(to io.Writer) error {
		w := csv.NewWriter(to)
		if err := w.Write(t.Names()); err != nil {
			return err
		}
		line := make([]string, len(t.columns))
		for i := range t.Len() {
			for k := range t.columns {
				line[k] = inWords(t.values[k][i])
			}
			if err := w.Write(line); err != nil {
				return err
			}
		}
		w.Flush()
		return w.Error()
	})
}

// inWords is a value as CSV and texts have it.
func inWords(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return fmt.Sprint(v)
}

// WriteParquet writes the table as Apache Parquet (zstd), which pandas, R, DuckDB and
// the like read with its types. Columns are in the order of their names, as the library
// has them; results are null in rows that failed. The file is there whole or
// not at all.
func (t *Table) WriteParquet(path string) error {
	group := parquet.Group{}
	for _, c := range t.columns {
		group[c.Name] = parquet.Compressed(parquet.Optional(c.Kind.node()), &parquet.Zstd)
	}
	schema := parquet.NewSchema("sweep", group)
	order := make([]int, len(t.columns)) // the table's column of each of the schema's
	for k, path := range schema.Columns() {
		order[k] = slices.IndexFunc(t.columns, func(c column) bool { return c.Name == strings.Join(path, ".") })
	}
	return scratch.Write(path, scratch.Public, func(to io.Writer) error {
		w := parquet.NewWriter(to, schema)
		row := make(parquet.Row, len(order))
		for i := range t.Len() {
			for k, from := range order {
				v := t.values[from][i]
				if v == nil {
					row[k] = parquet.NullValue().Level(0, 0, k)
					continue
				}
				row[k] = parquet.ValueOf(v).Level(0, 1, k)
			}
			if _, err := w.WriteRows([]parquet.Row{row}); err != nil {
				return err
			}
		}
		return w.Close()
	})
}

func (k kind) node() parquet.Node {
	switch k {
	case isFloat:
		return parquet.Leaf(parquet.DoubleType)
	case isInt:
		return parquet.Int(64)
	case isUint:
		return parquet.Uint(64)
	case isBool:
		return parquet.Leaf(parquet.BooleanType)
	}
	return parquet.String()
}
