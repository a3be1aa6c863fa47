package data

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/data/table"
)

// What a table's content leaves open, options say: two lines of a logger before it,
// and names that are numbers.
func TestOpenTable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.txt")
	if err := os.WriteFile(path, []byte("Logger 3.1\nrun 7\n1;2 (mV)\n0;5\n0.5;7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := OpenTable(path, table.Options{Skip: 2, Separator: ';', Header: table.FirstRow})
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Names(); !slices.Equal(got, []string{"1", "2"}) || f.Unit("2") != "mV" {
		t.Errorf("columns %q, the second in %q", got, f.Unit("2"))
	}
	a, err := f.Variable("2")
	if err != nil {
		t.Fatal(err)
	}
	if v, err := a.Float64s(); err != nil || !slices.Equal(v, []float64{5, 7}) {
		t.Errorf("%v, %v", v, err)
	}
	for o, want := range map[*table.Options]string{
		{Skip: -1}: "lines to skip",
		{Skip: 2, Separator: ';', Header: table.FirstRow, Columns: []string{"3"}}: `"3"`,
	} {
		if _, err := OpenTable(path, *o); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%+v: %v", *o, err)
		}
	}
	if _, err := OpenTable(filepath.Dir(path), table.Options{}); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Error(err)
	}
}
