package table

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

func decode(text string, o Options) (*Table, error) {
	return Decode(strings.NewReader(text), int64(len(text)), o)
}

// shown writes a table in one line.
func shown(t *Table) string {
	var columns []string
	for _, c := range t.Columns {
		if c.Texts != nil {
			columns = append(columns, fmt.Sprintf("%s %q", c.title(), c.Texts))
		} else {
			columns = append(columns, fmt.Sprintf("%s %v", c.title(), c.Numbers))
		}
	}
	return strings.Join(columns, "; ")
}

// What stands in a file comes out of it, whatever program wrote it.
func TestTables(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		o    Options
		want string
	}{
		"commas":          {"time,emg\n0,1.5\n0.001,-2e-3\n", Options{}, "time [0 0.001]; emg [1.5 -0.002]"},
		"no end of line":  {"time,emg\n0,1.5", Options{}, "time [0]; emg [1.5]"},
		"units":           {"time [s], emg (mV),x(2)\n0,1,2\n", Options{}, "time (s) [0]; emg (mV) [1]; x (2) [2]"},
		"brackets apart":  {"x (left),x (right)\n1,2\n", Options{}, "x (left) (left) [1]; x (right) (right) [2]"},
		"no header":       {"0 1\n 2   3 \n\n4\t5\n", Options{}, "column1 [0 2 4]; column2 [1 3 5]"},
		"mark, CRLF":      {"\xef\xbb\xbfa;b\r\n1;2\r\n3;4\r\n", Options{}, "a [1 3]; b [2 4]"},
		"tabs, empty":     {"a\tb\tc\n1\t\t3\n\t\t\n", Options{}, "a [1 NaN]; b [NaN NaN]; c [3 NaN]"},
		"NaN spellings":   {"a,b\nNaN,nan\nNA,\n#N/A,n/a\n1,-NaN\n", Options{Comment: "%"}, "a [NaN NaN NaN 1]; b [NaN NaN NaN NaN]"},
		"infinite":        {"a\n1\nInf\n-inf\n", Options{}, "a [1 +Inf -Inf]"},
		"comments":        {"# made by us\na,b\n  # more\n1,2\n", Options{}, "a [1]; b [2]"},
		"percent":         {"% made by us\na,b\n1,2\n", Options{Comment: "%"}, "a [1]; b [2]"},
		"skipped":         {"Session 12\nanimal,N\na,b\n1,2\n", Options{Skip: 2}, "a [1]; b [2]"},
		"quotes":          {"\"the \"\"time\"\"\", \"x, y\"\n\"1\" ,\"2\"\n", Options{}, "the \"time\" [1]; x, y [2]"},
		"quoted line":     {"note,n\n\"one\ntwo\",3\nb,4\n", Options{}, `note ["one\ntwo" "b"]; n [3 4]`},
		"quoted blanks":   {"\"unit name\" t\n\"a b\" 0.5\nc 1\n", Options{}, `unit name ["a b" "c"]; t [0.5 1]`},
		"texts":           {"unit\tt\nA\t0.1\n7\t0.2\nB\t0.3\n", Options{}, `unit ["A" "7" "B"]; t [0.1 0.2 0.3]`},
		"late text":       {"result,t\n,1\nNA,2\nR,3\n", Options{}, `result ["" "NA" "R"]; t [1 2 3]`},
		"late number":     {"a,t\n,1\nNA,2\n3,3\n", Options{}, `a [NaN NaN 3]; t [1 2 3]`},
		"none is a text":  {"split,t\nnone,1\ntrain,3\n", Options{}, `split ["none" "train"]; t [1 3]`},
		"forced texts":    {"id,t\n07,1\n,3\n", Options{Texts: []string{"id"}}, `id ["07" ""]; t [1 3]`},
		"header numbers":  {"1,2\n3,4\n", Options{Header: FirstRow}, "1 [3]; 2 [4]"},
		"text, no header": {"a,b\nc,d\n", Options{Header: NoHeader}, `column1 ["a" "c"]; column2 ["b" "d"]`},
		"a row of texts":  {"A,0.1\nB,0.2\n", Options{}, `column1 ["A" "B"]; column2 [0.1 0.2]`},
		"index of pandas": {",emg\n0,5\n1,6\n", Options{}, "column1 [0 1]; emg [5 6]"},
		"some columns":    {"a,b,c\n1,2,x\n3,4,y\n", Options{Columns: []string{"c", "a"}}, `c ["x" "y"]; a [1 3]`},
		"a bar":           {"a|b\n1|2\n", Options{Separator: '|'}, "a [1]; b [2]"},
		"one column":      {"1.5\n2.5\n", Options{}, "column1 [1.5 2.5]"},
		"sto":             {"run\nversion=1\nnRows=2\nnColumns=2\ninDegrees=yes\nendheader\ntime\tknee\n0\t1\n0.01\t2\t\n", Options{}, "time (s) [0 0.01]; knee [1 2]"},
		"sto, version 3":  {"DataType=double\nversion=3\nOpenSimVersion=4.4\nendheader\r\ntime\tf\r\n0\t#N/A\r\n", Options{}, "time (s) [0]; f [NaN]"},
		"mot of SIMM":     {"name w.mot\ndatacolumns 2\ndatarows 1\nrange 0.0 1.0\nendheader\n  time    knee\n   0.0   1.5 \n", Options{}, "time (s) [0]; knee [1.5]"},
	} {
		table, err := decode(c.text, c.o)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := shown(table); got != c.want {
			t.Errorf("%s:\n%s, want\n%s", name, got, c.want)
		}
	}
}

// Each wrong file is refused in one sentence that says where and what to do.
func TestWrongTables(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		o    Options
		want string
	}{
		"empty":             {"", Options{}, "empty file"},
		"comments only":     {"# a\n\n", Options{}, "has no row"},
		"header only":       {"a,b\n", Options{}, "header (a, b) and no row"},
		"short row":         {"a,b\n1,2\n3\n", Options{}, "line 3 has 1 cells, and the header in line 1 has 2"},
		"long row":          {"# x\n1 2\n3 4 5\n", Options{}, "line 3 has 3 cells, and the row in line 2 has 2"},
		"spikes of units":   {"0.1 0.5 0.7\n0.2\n", Options{}, "two columns, time and unit"},
		"word":              {"a,b\n1,2\n3,x4\n", Options{}, `line 3, column 2 (b): "x4" stands among numbers`},
		"semicolons, comma": {"t;x\n0;1\n0,001;2,5\n", Options{}, "line 3, column 1 (t): 0,001 has a decimal comma"},
		"first row":         {"t;x\n0,001;2,5\n", Options{}, "line 2, column 1 (t): 0,001 has a decimal comma"},
		"no header, comma":  {"0,5;1\n", Options{}, "0,5 has a decimal comma"},
		"tabs, comma":       {"\"1,5\"\t2\n3,1\t7,5\n", Options{}, "line 1, column 1 (column1): 1,5 has a decimal comma"},
		"blanks, comma":     {"0,001 1,5\n0,002 2,5\n", Options{}, "line 1: 0,001 has a decimal comma"},
		"late commas":       {"1,2\n1,5 2,5\n", Options{}, "line 2: 1,5 has a decimal comma"},
		"thousands":         {"a;b\n1.000,5;2\n", Options{}, "decimal comma"},
		"units below":       {"time,emg\ns,mV\n0,1\n1,2\n", Options{}, `line 2, column 1 (time): "s" stands among numbers: if it is a unit`},
		"numbers as names":  {"unit,1,2\n0,5,6\n1,7,8\n", Options{}, `line 1, column 1 (column1): "unit" stands among numbers: if it is a name`},
		"no column":         {"time,biceps\n1,2\n", Options{Columns: []string{"bicep"}}, `no column is called "bicep": did you mean biceps?`},
		"column twice":      {"a,b,a\n1,2,3\n", Options{Columns: []string{"a"}}, `columns 1 and 3 are both called "a"`},
		"asked twice":       {"a,b\n1,2\n", Options{Columns: []string{"a", "a"}}, `"a" is asked for twice`},
		"no columns asked":  {"a,b\n1,2\n", Options{Columns: []string{}}, "no columns are asked for"},
		"no text column":    {"a,b\n1,2\n", Options{Texts: []string{"id"}}, `no column is called "id"`},
		"open quote":        {"a,b\n\"1,2\n3,4\n", Options{}, "line 2 opens a quote that is never closed"},
		"behind a quote":    {"a,b\n\"1\"x,2\n", Options{}, `line 2 has text behind the quote that closes a cell: "x,2"`},
		"zero byte":         {"a,b\n1,\x002\n", Options{}, "line 2 has a byte of zeros, its character 3"},
		"old Macintosh":     {"a,b\r1,2\r", Options{}, "line 1 has an end of line of old Macintoshes"},
		"UTF-16":            {"\xff\xfe1\x00", Options{}, "CSV UTF-8"},
		"too large":         {"a\n1e999\n", Options{}, "line 2, column 1 (a): 1e999 is beyond"},
		"skip":              {"a\n", Options{Skip: 5}, "ends within the 5 lines to skip"},
		"skip less":         {"a\n", Options{Skip: -5}, "give 0 or more"},
		"header rule":       {"a\n", Options{Header: 7}, "no header rule 7"},
		"separator":         {"a\n", Options{Separator: '"'}, "cannot separate"},
		"long line":         {strings.Repeat("1,", 3<<20), Options{}, "line 1 is longer than 2 MB"},
		"wide row":          {strings.Repeat("1,", 200_000), Options{}, "line 1 has more than 100000 cells"},
		"sto rows":          {"x\nnRows=3\nendheader\ntime a\n0 1\n", Options{}, "nRows=3, and the file has 1 rows"},
		"sto columns":       {"x\nnColumns=3\nendheader\ntime a\n0 1\n", Options{}, "nColumns=3, and the file has 2 columns"},
		"sto word":          {"x\nnColumns=a\nendheader\ntime a\n0 1\n", Options{}, "nColumns=a, which is no number"},
		"sto twice":         {"nRows=1\nnRows=1\nendheader\ntime a\n0 1\n", Options{}, "line 2: the header says nRows for the second time"},
		"sto vectors":       {"DataType=Vec3\nendheader\ntime a\n0 1,2,3\n", Options{}, "holds Vec3"},
		"sto without rows":  {"nRows=1\nendheader\n", Options{}, "has no row"},
	} {
		if _, err := decode(c.text, c.o); err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: error %v, want %q in it", name, err, c.want)
		}
	}
}

func TestOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte("t,x\n1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{path: path + ": line 2", filepath.Dir(path): "is a folder", path + "x": "a.csvx"} {
		if _, err := Open(name, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q in it", name, err, want)
		}
	}
}

func TestColumns(t *testing.T) {
	table, err := decode("time [s],emg (mV),note,emg2,x,x\n0,1,a,,5,6\n1,,b,2,7,8\n", Options{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := table.Dense("emg (mV)", "time")
	if err != nil || m.At(0, 0) != 1 || !math.IsNaN(m.At(1, 0)) || m.At(1, 1) != 1 {
		t.Error(m, err)
	}
	if table.Missing() != 2 || !table.Named || !slices.Equal(table.Names(), []string{"time", "emg", "note", "emg2", "x", "x"}) {
		t.Error(table, table.Missing(), table.Named)
	}
	for name, want := range map[string]string{"note": `holds texts, such as "a"`, "emgs": "did you mean emg or emg2?", "x": "columns 5 and 6 are both called"} {
		if _, err := table.Dense(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if _, err := table.Dense(); err == nil || !strings.Contains(err.Error(), `"note" holds texts`) {
		t.Error(err)
	}
}

// A sheet of empty cells takes eight times its size.
func TestMemoryIsBounded(t *testing.T) {
	text := strings.Repeat(strings.Repeat(",", 999)+"\n", 20_000)
	if _, err := decode(text, Options{}); err == nil || !strings.Contains(err.Error(), "SPIKEWALK_UNPACK_MB") {
		t.Errorf("%v", err)
	}
}

// No bytes make it panic; columns are of one length; what was read is what was
// written.
func FuzzDecode(f *testing.F) {
	for _, text := range []string{
		"time [s],emg (mV)\n0,1.5\n0.001,\n", "a;b\r\n1;2\r\n", "1 2\n3 4\n", "\xef\xbb\xbf\"a\"\"\",b\n\"1\n2\",NaN\n",
		"x\nnRows=1\nnColumns=2\ninDegrees=no\nendheader\ntime\ta\n0\t1\n", "0,5 1,5\n", "# c\n,,,\n,1,x,\n", "a\tb\n\t\n",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var table *Table
		var err error
		testkit.Bounded(t, "decoding", []byte(text), func([]byte) ([]byte, error) {
			table, err = decode(text, Options{})
			return nil, err
		})
		if err != nil {
			if strings.Contains(err.Error(), "%!(") && !strings.Contains(text, "%!(") {
				t.Error(err)
			}
			return
		}
		var b strings.Builder
		for r := range table.Rows {
			for i, c := range table.Columns {
				if i > 0 {
					b.WriteByte(';')
				}
				if c.Texts != nil {
					fmt.Fprintf(&b, `"%s"`, strings.ReplaceAll(c.Texts[r], `"`, `""`))
				} else {
					fmt.Fprint(&b, c.Numbers[r])
				}
			}
			b.WriteByte('\n')
		}
		var texts []string
		for i, c := range table.Columns {
			if len(c.Texts)+len(c.Numbers) != table.Rows || c.Texts != nil && c.Numbers != nil {
				t.Errorf("%d numbers and %d texts in %d rows", len(c.Numbers), len(c.Texts), table.Rows)
			}
			if c.Texts != nil {
				texts = append(texts, fmt.Sprint("column", i+1))
			}
		}
		if table.Header != nil || strings.ContainsAny(b.String(), "\r#") || len(table.Columns) == 1 {
			return // a comment, or an empty line, when written so
		}
		again, err := decode(b.String(), Options{Header: NoHeader, Separator: ';', Texts: texts})
		if err != nil {
			t.Fatalf("%q written as %q: %v", text, b.String(), err)
		}
		for i, c := range again.Columns {
			was := table.Columns[i]
			if !slices.Equal(c.Texts, was.Texts) || !slices.EqualFunc(c.Numbers, was.Numbers, func(a, b float64) bool { return a == b || a != a && b != b }) {
				t.Errorf("%q: column %d was %v, is %v", text, i+1, was, c)
			}
		}
	})
}
