package prepare

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spikewalk/spikewalk/internal/nearest"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// column returns a column of a table; the error names what was meant.
func column(table *recording.Table, which, name string, rows int) (recording.Column, error) {
	for _, c := range columns(table) {
		if c.Name != name {
			continue
		}
		if c.Len() != rows {
			return c, fmt.Errorf("prepare: column %q has %d rows for %d %s", name, c.Len(), rows, which)
		}
		return c, nil
	}
	return recording.Column{}, fmt.Errorf("prepare: the table of %s has no column %q: %s", which, name, nearest.Missing(name, table.Names()))
}

func columns(table *recording.Table) []recording.Column {
	if table == nil {
		return nil
	}
	return table.Columns
}

// text is an entry as it is compared and named: "R", "true", "45", "0.1, 0.2";
// empty where there is none.
func text(c recording.Column, row int) string {
	switch {
	case len(c.Texts) > row:
		return c.Texts[row]
	case len(c.Flags) > row:
		return strconv.FormatBool(c.Flags[row])
	case len(c.Numbers) > row:
		return number(c.Numbers[row])
	case c.Rows != nil:
		return numbers(c.Rows.RawRowView(row))
	case len(c.Lists) > row:
		return numbers(c.Lists[row])
	case len(c.TextLists) > row:
		return strings.Join(c.TextLists[row], ", ")
	}
	return ""
}

func numbers(x []float64) string {
	parts := make([]string, len(x))
	for i, v := range x {
		if parts[i] = number(v); parts[i] == "" {
			return ""
		}
	}
	return strings.Join(parts, ", ")
}

func number(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// accepted tells of each row whether its entry is among those that are asked for.
// It is an error if none of these occurs anywhere: it lists what does.
func accepted(table *recording.Table, which, name string, values []string, rows int) ([]bool, error) {
	c, err := column(table, which, name, rows)
	if err != nil {
		return nil, err
	}
	yes, any := make([]bool, rows), false
	seen := map[string]bool{}
	var there []string
	for i := range yes {
		v := text(c, i)
		yes[i] = slices.Contains(values, v)
		any = any || yes[i]
		if !seen[v] {
			seen[v], there = true, append(there, strconv.Quote(v))
		}
	}
	if !any && rows > 0 {
		more := ""
		if len(there) > 8 {
			there, more = there[:8], " …"
		}
		return nil, fmt.Errorf("prepare: column %q of the table of %s never is %s: it holds %s%s", name, which, strings.Join(values, " or "), strings.Join(there, ", "), more)
	}
	return yes, nil
}

// numeric returns a column of numbers, one a row; booleans are 0 and 1.
func numeric(table *recording.Table, which, name string, rows int) ([]float64, error) {
	c, err := column(table, which, name, rows)
	if err != nil {
		return nil, err
	}
	switch {
	case len(c.Numbers) == rows:
		return c.Numbers, nil
	case len(c.Flags) == rows:
		x := make([]float64, rows)
		for i, yes := range c.Flags {
			if yes {
				x[i] = 1
			}
		}
		return x, nil
	}
	return nil, fmt.Errorf("prepare: column %q of the table of %s holds no numbers: its first entry is %q", name, which, text(c, 0))
}
