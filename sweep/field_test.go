package sweep

import (
	"context"
	"slices"
	"strings"
	"testing"
)

type part struct {
	Size, Seed int
	Rule       struct{ Alpha, Beta float64 }
}

type embedded struct{ First, Second part }

type modelled struct {
	embedded `sweep:"-Second.Size"`
	Own      part `sweep:"-Seed -Rule.Beta"`
}

type wrapped struct {
	Model modelled `sweep:"inline"`
	Seed  uint64
}

// Fields of inlined and embedded structs go by their own names, and what a tag takes out
// is neither listed nor set.
func TestTags(t *testing.T) {
	var cfg wrapped
	cfg.Model.Own.Size = 3
	var names []string
	for _, f := range Fields(cfg) {
		names = append(names, f.Name)
		if f.Name == "Own.Size" && (f.Type != "int" || f.Value != "3") {
			t.Errorf("%+v", f)
		}
	}
	want := []string{"First.Size", "First.Seed", "First.Rule.Alpha", "First.Rule.Beta", "Second.Seed", "Second.Rule.Alpha", "Second.Rule.Beta", "Own.Size", "Own.Rule.Alpha", "Seed"}
	if !slices.Equal(names, want) {
		t.Errorf("fields %v, want %v", names, want)
	}
	s := Sweep[wrapped, []float64]{
		Name: "tags", Base: cfg, Columns: []string{"first", "of both"},
		Plan: Grid(Values("First.Rule.Alpha", 0.5), Texts("Own.Size", "3", "7")).Seeds(2),
		Run: func(_ context.Context, w wrapped) ([]float64, error) {
			return []float64{w.Model.First.Rule.Alpha, float64(w.Model.Own.Size) + 0.1*float64(w.Seed)}, nil
		},
	}
	table, err := Run(context.Background(), s, Local{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := table.Floats("of both"); !slices.Equal(got, []float64{3.1, 3.2, 7.1, 7.2}) {
		t.Errorf("found %v", got)
	}
	if got, _ := table.Floats("first"); !slices.Equal(got, []float64{0.5, 0.5, 0.5, 0.5}) {
		t.Errorf("found %v", got)
	}
	for field, says := range map[string]string{
		"Own.Seed": "follows from others", "Second.Size": "follows from others", "Own.Rule.Beta": "follows from others",
		"Model": "has no field", "Model.Own.Size": "has no field", "Own.Siz": "Own.Size", "Own.Size.Half": "Half would be one of a int",
	} {
		s.Plan = Grid(Values(field, 1))
		if _, err := Run(context.Background(), s, Local{Folder: t.TempDir()}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want an error that says %q", field, err, says)
		}
	}
}

// Numbers without names, or of another number, are refused.
func TestNamedNumbers(t *testing.T) {
	for says, columns := range map[string][]string{
		"Columns does not name": nil, "does not name its": {"a", ""}, "would be called Seed": {"a", "Seed"},
	} {
		s := Sweep[wrapped, []float64]{Name: "names", Columns: columns, Run: func(context.Context, wrapped) ([]float64, error) { return []float64{1, 2}, nil }}
		if _, err := Run(context.Background(), s, Local{Folder: t.TempDir()}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want an error that says %q", columns, err, says)
		}
	}
	s := Sweep[wrapped, []float64]{Name: "names", Columns: []string{"a"}, Run: func(context.Context, wrapped) ([]float64, error) { return []float64{1, 2}, nil }}
	table, err := Run(context.Background(), s, Local{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if why, _ := table.Texts("Error"); !strings.Contains(why[0], "returns 2 numbers") {
		t.Errorf("two numbers for one column: %q", why)
	}
	one := Sweep[wrapped, float64]{Name: "one", Columns: []string{"a"}, Run: func(context.Context, wrapped) (float64, error) { return 1, nil }}
	if _, err := Run(context.Background(), one, Local{Folder: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "must return a []float64") {
		t.Errorf("a name for what is no list: %v", err)
	}
}
