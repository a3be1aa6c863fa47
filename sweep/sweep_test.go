package sweep

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/plotting"
)

type inner struct{ Alpha float64 }

type config struct {
	Gain    float64
	Neurons int
	Form    string
	RLS     inner
	Sizes   []int
	Seed    uint64
}

func (c config) Validate() error {
	if c.Neurons < 1 {
		return errors.New("Neurons must be at least 1")
	}
	return nil
}

type result struct {
	Error2 float64
	Spikes int
	Right  bool
	Note   string
}

func compute(_ context.Context, c config) (result, error) {
	if c.Gain == 3 {
		return result{}, errors.New("it diverged")
	}
	if c.Gain == 5 {
		panic("out of range")
	}
	return result{c.Gain / float64(c.Neurons) * float64(c.Seed), c.Neurons, c.Gain > 1, c.Form}, nil
}

func example() Sweep[config, result] {
	return Sweep[config, result]{
		Name: "example", Base: config{Gain: 1, Neurons: 10, Form: "rate", Sizes: []int{1, 2}},
		Plan: Grid(Values("Gain", 1.0, 2, 3), Values("Neurons", 10, 20)).Seeds(2), Run: compute,
	}
}

func TestGridWithPairedSeeds(t *testing.T) {
	table, err := Run(context.Background(), example(), Local{Folder: t.TempDir(), Jobs: 3})
	if err != nil {
		t.Fatal(err)
	}
	if table.Len() != 12 || table.Total() != 12 || table.Failed().Len() != 4 {
		t.Fatalf("%d of %d rows, %d failed; want 12, 12, 4", table.Len(), table.Total(), table.Failed().Len())
	}
	seeds, _ := table.Floats("Seed")
	gains, _ := table.Floats("Gain")
	neurons, _ := table.Floats("Neurons")
	got, _ := table.Floats("Error2")
	notes, _ := table.Texts("Error")
	for i := range 12 {
		gain, n, seed := []float64{1, 2, 3}[i/4], []float64{10, 20}[i/2%2], float64(1+i%2)
		if gains[i] != gain || neurons[i] != n || seeds[i] != seed {
			t.Errorf("row %d is of gain %g, %g neurons, seed %g", i, gains[i], neurons[i], seeds[i])
		}
		if want := gain / n * seed; gain != 3 && got[i] != want || gain == 3 && (!math.IsNaN(got[i]) || notes[i] != "it diverged") {
			t.Errorf("row %d is %g %q, want %g", i, got[i], notes[i], want)
		}
	}
	sizes, _ := table.Texts("Sizes")
	alphas, _ := table.Floats("RLS.Alpha")
	if sizes[0] != "[1,2]" || alphas[0] != 0 {
		t.Errorf("the config's other columns are %q and %g", sizes[0], alphas[0])
	}
}

// What a folder holds is not computed again, but for what is damaged or missing.
func TestResume(t *testing.T) {
	folder := t.TempDir()
	var runs atomic.Int32
	s := example()
	s.Run = func(ctx context.Context, c config) (result, error) { runs.Add(1); return compute(ctx, c) }
	first, err := Run(context.Background(), s, Local{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	runs.Store(0)
	if _, err := Run(context.Background(), s, Local{Folder: folder}); err != nil || runs.Load() != 0 {
		t.Errorf("run again: %d rows, %v", runs.Load(), err)
	}
	damage := map[int]func([]byte) []byte{
		1: func(b []byte) []byte { return b[:len(b)/2] }, 5: func([]byte) []byte { return nil },
		7: func(b []byte) []byte { b[len(b)/2] ^= 1; return b }, 8: func([]byte) []byte { return []byte("hello") },
	}
	for i, harm := range damage {
		text, err := os.ReadFile(rowPath(folder, i))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(rowPath(folder, i), harm(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if part, err := Collect(folder); err != nil || part.Len() != 8 {
		t.Errorf("collected with damage: %v", err)
	}
	second, err := Run(context.Background(), s, Local{Folder: folder})
	if err != nil || runs.Load() != 4 {
		t.Errorf("mended with %d rows, %v; want 4", runs.Load(), err)
	}
	for _, name := range []string{"Error2", "Gain", "Seed", "Spikes"} {
		a, _ := first.Floats(name)
		b, _ := second.Floats(name)
		if !slices.EqualFunc(a, b, func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }) {
			t.Errorf("%s: %v and %v", name, a, b)
		}
	}
}

// A row that panics is one that failed, and says where.
func TestPanicIsARowsError(t *testing.T) {
	s := example()
	s.Plan = Grid(Values("Gain", 1.0, 5))
	table, err := Run(context.Background(), s, Local{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	said, _ := table.Failed().Texts("Error")
	if len(said) != 1 || !strings.HasPrefix(said[0], "panic: out of range at sweep_test.go:") {
		t.Errorf("failed rows say %q", said)
	}
}

// When ctx ends finished rows stay, and the next call does the others.
func TestCancelledAndContinued(t *testing.T) {
	folder := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	s := example()
	s.Run = func(ctx context.Context, c config) (result, error) {
		if c.Gain == 2 && c.Seed == 1 {
			cancel()
			<-ctx.Done()
			return result{}, ctx.Err()
		}
		return compute(ctx, c)
	}
	table, err := Run(ctx, s, Local{Folder: folder, Jobs: 1})
	if !errors.Is(err, context.Canceled) || table == nil || table.Len() != 4 {
		t.Fatalf("cancelled: %v with %v", err, table)
	}
	s.Run = compute
	if table, err = Run(context.Background(), s, Local{Folder: folder}); err != nil || table.Len() != 12 {
		t.Errorf("continued: %v", err)
	}
}

// Each of n strata of each axis is met once.
func TestLatin(t *testing.T) {
	const n = 50
	p := Latin(n, 7, Range("Gain", -2, 3), LogRange("RLS.Alpha", 1e-6, 1), Values("Neurons", 10, 20, 30, 40, 50))
	if err := p.check(reflect.TypeFor[config]()); err != nil {
		t.Fatal(err)
	}
	at := p.points()
	gain, alpha, neurons := map[int]bool{}, map[int]bool{}, map[any]int{}
	for i := range n {
		s := at(i)
		gain[int((s[0].Value.(float64)+2)/5*n)] = true
		alpha[int((math.Log(s[1].Value.(float64))/math.Log(1e6)+1)*n)] = true
		neurons[s[2].Value]++
	}
	if len(gain) != n || len(alpha) != n {
		t.Errorf("%d and %d of %d strata are met", len(gain), len(alpha), n)
	}
	for v, times := range neurons {
		if times != n/5 {
			t.Errorf("%v is met %d times, want %d", v, times, n/5)
		}
	}
	again := Latin(n, 7, Range("Gain", -2, 3), LogRange("RLS.Alpha", 1e-6, 1), Values("Neurons", 10, 20, 30, 40, 50)).points()
	if !reflect.DeepEqual(at(13), again(13)) {
		t.Error("the same seed draws something else")
	}
}

func TestRandomStaysInRange(t *testing.T) {
	at := Random(1000, 3, LogRange("Gain", 0.1, 10)).points()
	below := 0
	for i := range 1000 {
		x := at(i)[0].Value.(float64)
		if x < 0.1 || x > 10 {
			t.Fatalf("%g is drawn", x)
		}
		if x < 1 {
			below++
		}
	}
	if below < 440 || below > 560 { // binomial, 3.8 s.d.
		t.Errorf("%d of 1000 lie in the lower decade", below)
	}
}

func TestRowsOfOneSweepShareNothing(t *testing.T) {
	type deep struct{ Inner *inner }
	base := deep{&inner{1}}
	s := Sweep[deep, float64]{Name: "deep", Base: base, Plan: Grid(Values("Inner.Alpha", 2.0, 3)),
		Run: func(_ context.Context, c deep) (float64, error) { return c.Inner.Alpha, nil }}
	table, err := Run(context.Background(), s, Local{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := table.Floats("Result"); !slices.Equal(got, []float64{2, 3}) || base.Inner.Alpha != 1 {
		t.Errorf("results %v, base %g", got, base.Inner.Alpha)
	}
}

func TestBadInput(t *testing.T) {
	says := func(name, want string, change func(*Sweep[config, result])) {
		t.Helper()
		s := example()
		s.Run = func(context.Context, config) (result, error) {
			t.Errorf("%s: a row was run", name)
			return result{}, nil
		}
		change(&s)
		if _, err := Run(context.Background(), s, Local{Folder: t.TempDir()}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one that says %q", name, err, want)
		}
	}
	plan := func(p Plan) func(*Sweep[config, result]) {
		return func(s *Sweep[config, result]) { s.Plan = p }
	}
	says("no such field", `"Gian"`, plan(Grid(Values("Gian", 1.0))))
	says("nearest", "Gain", plan(Grid(Values("Gian", 1.0))))
	says("no such field within", `"RLS.Alfa"`, plan(Grid(Values("RLS.Alfa", 1.0))))
	says("a half neuron", "30.5 is no int", plan(Grid(Values("Neurons", 30.5))))
	says("a text for a number", "the field is a float64", plan(Grid(Values("Gain", "high"))))
	says("typed", `"many" is no int`, plan(Grid(Texts("Neurons", "many"))))
	says("empty", "has no values", plan(Grid(Values[int]("Neurons"))))
	says("a value twice", "the value 1 twice", plan(Grid(Texts("Gain", "1.0", "2", "1"))))
	says("twice", "two axes", plan(Grid(Values("Gain", 1.0), Values("Gain", 2.0))))
	says("range in a grid", "Random or Latin", plan(Grid(Range("Gain", 0, 1))))
	says("range backwards", "the smaller first", plan(Latin(3, 1, Range("Gain", 1, 0))))
	says("logarithm of zero", "must be positive", plan(Latin(3, 1, LogRange("Gain", 0, 1))))
	says("range of texts", "the field is a string", plan(Latin(3, 1, Range("Form", 0, 1))))
	says("none drawn", "at least one", plan(Latin(0, 1, Range("Gain", 0, 1))))
	says("nothing to draw", "no axes", plan(Random(3, 1)))
	says("seeds as an axis", "Plan.Seeds", plan(Grid(Values("Seed", 1, 2))))
	says("negative seeds", "-1 seeds", plan(Grid().Seeds(-1)))
	says("too many", "more than", plan(Random(math.MaxInt32, 1, Range("Gain", 0, 1)).Seeds(2)))
	says("an invalid config", "row 2 (Neurons = 0, Seed = 1): Neurons must be", plan(Grid(Values("Neurons", 1, 0)).Seeds(2)))
	says("no name", "cannot name", func(s *Sweep[config, result]) { s.Name = "../x" })
	says("no function", "Run is nil", func(s *Sweep[config, result]) { s.Run = nil })
	if _, err := Run(context.Background(), example(), nil); err == nil || !strings.Contains(err.Error(), "no engine") {
		t.Errorf("no engine: %v", err)
	}
	if _, err := Run(context.Background(), example(), Local{Folder: t.TempDir(), Jobs: -1}); err == nil {
		t.Error("-1 jobs are accepted")
	}
	list := Sweep[config, []float64]{Name: "list", Run: func(context.Context, config) ([]float64, error) { return nil, nil }}
	if _, err := Run(context.Background(), list, Local{Folder: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "Columns does not name") {
		t.Errorf("a list as result: %v", err)
	}
	same := Sweep[config, struct{ Gain float64 }]{Name: "same", Run: func(context.Context, config) (r struct{ Gain float64 }, err error) { return }}
	if _, err := Run(context.Background(), same, Local{Folder: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "would be called Gain") {
		t.Errorf("two columns of a name: %v", err)
	}
	huge := example()
	huge.Needs = func(c config) Needs { return Needs{Memory: 1e18} }
	if _, err := Run(context.Background(), huge, Local{Folder: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "GB of memory") {
		t.Errorf("too much memory: %v", err)
	}
}

// A folder of something else is refused, and stays as it is.
func TestFoldersOfOthers(t *testing.T) {
	folder := t.TempDir()
	if _, err := Run(context.Background(), example(), Local{Folder: folder}); err != nil {
		t.Fatal(err)
	}
	refused := func(name, want string, s Sweep[config, result]) {
		t.Helper()
		if _, err := Run(context.Background(), s, Local{Folder: folder}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one that says %q", name, err, want)
		}
	}
	other := example()
	other.Name = "another"
	refused("another name", "the sweep example", other)
	other = example()
	other.Base.Form = "current"
	refused("another base", "other configs", other)
	other = example()
	other.Plan = other.Plan.Seeds(3)
	refused("more seeds", "other configs (12 rows, here 18)", other)
	other = example()
	other.Version = "2"
	refused("another version", `and this is "2"`, other)
	if table, err := Collect(folder); err != nil || table.Len() != 12 {
		t.Errorf("afterwards: %v", err)
	}
	if _, err := Collect(t.TempDir()); err == nil || !strings.Contains(err.Error(), "no folder of a sweep") {
		t.Errorf("an empty folder is collected: %v", err)
	}
	stranger := t.TempDir()
	if err := os.WriteFile(filepath.Join(stranger, "thesis.tex"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(context.Background(), example(), Local{Folder: stranger}); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("a stranger's folder: %v", err)
	}
}

func TestOneAtATime(t *testing.T) {
	folder := t.TempDir()
	release, err := occupy(folder)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Run(context.Background(), example(), Local{Folder: folder}); err == nil || !strings.Contains(err.Error(), "another program") {
		t.Errorf("two at a time: %v", err)
	}
	release()
	if _, err := Run(context.Background(), example(), Local{Folder: folder}); err != nil {
		t.Error(err)
	}
}

func TestTheWatchSeesRows(t *testing.T) {
	var last neuro.Progress
	ctx := neuro.WithWatch(context.Background(), func(p neuro.Progress) error { last = p; return nil })
	if _, err := Run(ctx, example(), Local{Folder: t.TempDir()}); err != nil || last.Done != 12 || last.Total != 12 {
		t.Errorf("the watch saw %+v at last, %v", last, err)
	}
}

// CSV and Parquet hold what the table holds, to the bit.
func TestExport(t *testing.T) {
	folder := t.TempDir()
	table, err := Run(context.Background(), example(), Local{Folder: filepath.Join(folder, "s")})
	if err != nil {
		t.Fatal(err)
	}
	for name, write := range map[string]func(string) error{"t.csv": table.WriteCSV, "t.parquet": table.WriteParquet} {
		if err := write(filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	text, _ := os.ReadFile(filepath.Join(folder, "t.csv"))
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(lines) != 13 || !slices.Equal(lines[0], table.Names()) {
		t.Fatalf("CSV: %d lines, %v", len(lines), err)
	}
	type line struct {
		Row    int64
		Gain   float64
		Error  string
		Error2 *float64
		Seed   uint64
		Alpha  float64 `parquet:"RLS.Alpha"`
		Right  *bool
	}
	rows, err := parquet.ReadFile[line](filepath.Join(folder, "t.parquet"))
	if err != nil || len(rows) != 12 {
		t.Fatalf("Parquet: %d rows, %v", len(rows), err)
	}
	got, _ := table.Floats("Error2")
	for i, r := range rows {
		failed := r.Error != ""
		if r.Row != int64(i) || failed != (r.Error2 == nil) || !failed && *r.Error2 != got[i] || failed != (r.Gain == 3) {
			t.Errorf("row %d: %+v", i, r)
		}
	}
}

func TestCurveAndSummary(t *testing.T) {
	table, err := Run(context.Background(), example(), Local{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	curves, err := table.Curve("Gain", "Error2", "Neurons")
	if err != nil || len(curves) != 2 || curves[0].Name != "Neurons = 10" || !slices.Equal(curves[1].X, []float64{1, 2}) ||
		!slices.Equal(curves[1].Values[1], []float64{0.1, 0.2}) {
		t.Errorf("curves %+v, %v", curves, err)
	}
	all, err := table.Summarise("Error2", "Gain")
	if err != nil || len(all) != 3 || all[0].N != 4 || all[2].Failed != 2*2 || math.Abs(all[0].Median-0.1) > 1e-15 {
		t.Errorf("summaries %+v, %v", all, err)
	}
	if _, err := table.Curve("Gian", "Error2"); err == nil || !strings.Contains(err.Error(), "Gain") {
		t.Errorf("no such column: %v", err)
	}
	if _, err := table.Floats("Form"); err == nil || !strings.Contains(err.Error(), "texts") {
		t.Errorf("a text as numbers: %v", err)
	}
	ten, err := table.Where("Neurons", 10)
	if err != nil || ten.Len() != 6 {
		t.Errorf("ten neurons: %v", err)
	}
}

// A map has the median over seeds in each cell, and no value where all rows failed.
func TestHeat(t *testing.T) {
	table, err := Run(context.Background(), example(), Local{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	panel, err := table.Heat("Gain", "Neurons", "Error2")
	if err != nil {
		t.Fatal(err)
	}
	content, err := panel.Content()
	if err != nil {
		t.Fatal(err)
	}
	// Gain / Neurons times the seeds 1 and 2; rows of gain 3 failed.
	if got, want := content.Frames[0].Marks[0].Data.Z, []float64{0.15, 0.3, 0.075, 0.15}; !slices.EqualFunc(got, want, func(a, b float64) bool { return math.Abs(a-b) < 1e-15 }) {
		t.Errorf("the cells are %v, want %v", got, want)
	}
	if f := content.Frames[0]; f.X.Label != "Gain" || f.Y.Label != "Neurons" {
		t.Errorf("the axes are %q and %q", f.X.Label, f.Y.Label)
	}
	hole, err := table.filter(func(i int) bool { return i != 0 && i != 1 }).Heat("Gain", "Neurons", "Error2")
	if err != nil {
		t.Fatal(err)
	}
	if content, err = hole.Content(); err != nil || !math.IsNaN(content.Frames[0].Marks[0].Data.Z[0]) {
		t.Errorf("a cell without rows: %v", err)
	}
	for says, table := range map[string]*Table{"no column": table, "none of the 4 rows": table.Failed()} {
		if _, err := table.Heat("Gain", "Neurons", map[bool]string{true: "Errer2", false: "Error2"}[says == "no column"]); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
}

// Values of one index are of one seed, and a seed that failed in one condition is in none.
func TestPaired(t *testing.T) {
	s := example()
	s.Run = func(ctx context.Context, c config) (result, error) {
		if c.Gain == 2 && c.Seed == 2 {
			return result{}, errors.New("it diverged")
		}
		c.Gain = min(c.Gain, 2)
		return compute(ctx, c)
	}
	s.Plan = Grid(Values("Gain", 2.0, 1)).Seeds(3)
	table, err := Run(context.Background(), s, Local{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	groups, err := table.Paired("Error2", "Gain")
	if err != nil {
		t.Fatal(err)
	}
	one, two := 1.0/10, 2.0/10
	want := []plotting.Group{{Name: "Gain = 2", Values: []float64{two, two * 3}}, {Name: "Gain = 1", Values: []float64{one, one * 3}}}
	if !reflect.DeepEqual(groups, want) {
		t.Errorf("%v, want %v", groups, want)
	}
	for says, by := range map[string][]string{"several rows of seed 1": nil, "no column": {"Gian"}} {
		if _, err := table.Paired("Error2", by...); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
	if _, err := table.Failed().Paired("Error2", "Gain"); err == nil || !strings.Contains(err.Error(), "no seed has a result") {
		t.Errorf("pairs of what failed: %v", err)
	}
	if _, err := new(Table).Paired("Error2"); err == nil {
		t.Error("pairs of nothing")
	}
}

// However many cores: rows are the same to the bit.
func TestJobsChangeNothing(t *testing.T) {
	var tables []*Table
	for _, jobs := range []int{1, 2, runtime.NumCPU() + 5} {
		table, err := Run(context.Background(), example(), Local{Folder: t.TempDir(), Jobs: jobs})
		if err != nil {
			t.Fatal(err)
		}
		tables = append(tables, table)
	}
	for _, name := range []string{"Row", "Error2", "Spikes", "Right"} {
		want, _ := tables[0].Floats(name)
		for _, table := range tables[1:] {
			if got, _ := table.Floats(name); !slices.EqualFunc(got, want, func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }) {
				t.Errorf("%s: %v and %v", name, got, want)
			}
		}
	}
}
