package mat

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// A class that cannot be read is an error when asked for, at the top or
// inside, and takes nothing else with it.
func TestUnsupported(t *testing.T) {
	number := value{number: 6, dims: []int{1, 1}, storage: miDouble, re: []float64{7}}
	names := []string{"before", "table", "old", "handle", "holder", "after"}
	values := []value{
		number,
		{number: 17, system: []string{"MCOS", "table"}},
		{number: 3, dims: []int{1, 1}, fields: []string{"expr"}, items: []value{number}},
		{number: 16, dims: []int{1, 1}, items: []value{number}},
		{number: 2, dims: []int{1, 1}, fields: []string{"f", "x"}, items: []value{{number: 16, dims: []int{1, 1}, items: []value{number}}, number}},
		number,
	}
	wants := map[string][]string{
		"table":  {"table is an object of class table, which only MATLAB reads", "table2struct", "writetable"},
		"old":    {"old is an object of class inline", "formula(x)"},
		"handle": {"handle is a function handle, which only MATLAB reads: there, save in its place c = func2str(x)"},
	}
	for form, w := range forms() {
		file, err := decodeFrom(bytes.NewReader(w.file(names, values)))
		if err != nil {
			t.Fatalf("%s: %v", form, err)
		}
		if !slices.Equal(file.Names(), names) {
			t.Errorf("%s: names %v", form, file.Names())
		}
		for name, parts := range wants {
			_, err := file.Variable(name)
			for _, part := range parts {
				if err == nil || !strings.Contains(err.Error(), part) {
					t.Errorf("%s: %s: error %v, want %q in it", form, name, err, part)
				}
			}
		}
		holder, err := file.Variable("holder")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := holder.Field("f"); err == nil || !strings.Contains(err.Error(), "holder.f is a function handle") {
			t.Errorf("%s: holder.f: error %v", form, err)
		}
		if x, err := holder.Field("x"); err != nil || same(x, number) != nil {
			t.Errorf("%s: holder.x: %v, %v", form, x, err)
		}
		if a, err := file.Variable("after"); err != nil || same(a, number) != nil {
			t.Errorf("%s: after: %v, %v", form, a, err)
		}
	}
}
