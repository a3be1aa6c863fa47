package plotting

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/recorder"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiketrain"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// constructors are the package's functions that make something to draw.
var constructors = map[string]any{
	"Comparison": Comparison, "Curve": Curve, "Drift": Drift, "Field": Field, "Figure": Figure, "Heat": Heat, "Learning": Learning, "Multiples": Multiples,
	"Outputs": Outputs, "PSTH": PSTH, "Raster": Raster, "Rotation": Rotation, "Scree": Scree, "Space": Space, "Traces": Traces,
	"Trajectory": Trajectory, "Trials": Trials, "Tuning": Tuning, "Colors": Colors, "SameScales": SameScales,
}

// A function that is new must be among those that are called with nonsense.
// Methods are found by themselves.
func TestEveryConstructorIsTried(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if ok && f.Recv == nil && f.Name.IsExported() && constructors[f.Name.Name] == nil {
				t.Errorf("%s is not called with nonsense", f.Name.Name)
			}
		}
	}
}

// vast is a matrix of many rows that takes no memory, like a diagonal one.
type vast struct{}

func (vast) Dims() (r, c int)        { return math.MaxInt / 2, 3 }
func (vast) At(int, int) float64     { return 1 }
func (vast) T() mat.Matrix           { return vast{} }
func matrix(v ...float64) mat.Matrix { return dense(v...) }
func dense(v ...float64) *mat.Dense  { return mat.NewDense(len(v)/2, 2, v) }

var (
	nan, inf = math.NaN(), math.Inf(1)
	numbersT = []float64{0, 1, -1, nan, inf, -inf, 1e300, -1e300, 5e-324, math.MaxFloat64, 0.5, 1e9}
	slices64 = [][]float64{nil, {}, {1}, {0}, {1, 2}, {2, 1}, {1, 1}, {nan}, {1, inf}, {-math.MaxFloat64, math.MaxFloat64}, {5e-324, 1e-320}, {1e16, 1e16 + 2}, {1, 2, 3}}
)

// nonsense are values of every type that is an argument somewhere.
var nonsense = map[reflect.Type][]any{
	reflect.TypeFor[float64]():     anys(numbersT),
	reflect.TypeFor[int]():         {0, 1, -1, 2, 3, 1000, math.MaxInt, math.MinInt},
	reflect.TypeFor[string]():      {"", "a", "\xff", "\x00", "速", "𝒙\u0302", strings.Repeat("w", 3999), strings.Repeat("a ", 2000), strings.Repeat("x", 1<<20), strings.Repeat("\n", 3000), "\n\t "},
	reflect.TypeFor[[]float64]():   anys(slices64),
	reflect.TypeFor[[]int]():       {[]int(nil), []int{}, []int{0}, []int{0, 1}, []int{-1}, []int{math.MaxInt}, []int{math.MinInt, 5}, []int{0, 0, 0}},
	reflect.TypeFor[[][]float64](): {[][]float64(nil), slices64[4:6], slices64[2:3], [][]float64{nil}, [][]float64{{1}, {2, nan}}},
	reflect.TypeFor[mat.Matrix](): {nil, (*mat.Dense)(nil), &mat.Dense{}, vast{}, matrix(1, 2), matrix(0, 0, 0, 0), matrix(1, 2, 3, nan), matrix(1, inf),
		matrix(-math.MaxFloat64, 1, math.MaxFloat64, 2), matrix(1e16, 1, 1e16+2, 1), matrix(1, 2, 3, 4, 5, 6), mat.NewDense(1, 3, nil), mat.NewVecDense(2, nil), mat.NewDense(0+2, 3, []float64{1, 2, 3, 4, 5, 6})},
	reflect.TypeFor[*mat.Dense]():           {(*mat.Dense)(nil), &mat.Dense{}, dense(1, 2), dense(0, 0, 0, 0), dense(1, 2, 3, nan), dense(1, inf), dense(1, 2, 3, 4, 5, 6), mat.NewDense(1, 3, nil)},
	reflect.TypeFor[*spiketrain.Response](): {(*spiketrain.Response)(nil), &spiketrain.Response{}, response1(1, nil, nil), response1(1, dense(1, 2, nan, 4), nil), response1(1, dense(1, 2), dense(-1, 2)), &spiketrain.Response{Dt: 1, SEM: []*mat.Dense{nil}}},
	reflect.TypeFor[Role]():                 {Other, Learned, Recovering, Perturbed, Optimum, Target, Role(-1), Role(99)},
	reflect.TypeFor[task.Shape]():           {task.Shape{}, task.Shape{Name: "s", Dt: 1, Inputs: 1, Outputs: 2}, task.Shape{Dt: nan, Outputs: -1}, task.Shape{Dt: 1e300, Outputs: 2}, task.Shape{Dt: 1, Outputs: math.MaxInt}},
	reflect.TypeFor[task.Trial]():           {task.Trial{}, task.Trial{Targets: mat.NewDense(3, 2, nil)}, task.Trial{Inputs: mat.NewDense(3, 1, nil), Targets: mat.NewDense(3, 2, nil)}, task.Trial{Targets: &mat.Dense{}, Score: task.Window{From: -5, To: math.MaxInt}}, task.Trial{Inputs: mat.NewDense(3, 1, nil), Targets: mat.NewDense(3, 2, nil), Score: task.Window{From: 2, To: 1}}},
	reflect.TypeFor[*Drawing]():             {(*Drawing)(nil), &Drawing{}, Figure(), Figure(nil), Figure(ownPanel{Frame{}}), Multiples(), Figure(Traces(recording.Series{Dt: 1, Values: dense(1, 2, 3, 4)}), Space(mat.NewDense(2, 3, nil), 0, 1, 2)).Columns(2)},
	reflect.TypeFor[Panel]():                {nil, (*TracesPanel)(nil), new(TracesPanel), Traces(recording.Series{Dt: 1, Values: dense(1, 2, 3, 4)}), Traces(recording.Series{Dt: 1, Values: dense(1, 2, 3, 4)}).Height(150), ownPanel{}, ownPanel{Frame{}}, ownPanel{Frame{Marks: []Mark{{}}}}, ownPanel{Frame{Height: 1, X: Axis{Max: 1}, Y: Axis{Max: 1}, Marks: []Mark{{Legend: "a", Data: Data{X: []float64{1}, Y: []float64{}}}}}}, ownPanel{Frame{Height: 1, X: Axis{Min: 0, Max: 1, Ticks: []plot.Tick{{Value: nan, Label: "a"}}}, Y: Axis{Max: 1}, Bar: &ScaleBar{Length: nan}}}},
}

// sense are values that go with each other.
var sense = map[reflect.Type]any{
	reflect.TypeFor[float64]():              0.5,
	reflect.TypeFor[int]():                  1,
	reflect.TypeFor[string]():               "name",
	reflect.TypeFor[[]float64]():            []float64{1, 2, 4},
	reflect.TypeFor[[]int]():                []int{0, 1, 0},
	reflect.TypeFor[[][]float64]():          [][]float64{{1, 2}, {3}, {2, 2, 5}},
	reflect.TypeFor[mat.Matrix]():           mat.NewDense(3, 2, []float64{1, 2, 3, 4, 5, 7}),
	reflect.TypeFor[*mat.Dense]():           dense(1, 2, 3, 4, 5, 7),
	reflect.TypeFor[*spiketrain.Response](): response1(0.5, dense(1, 2, 3, 4), dense(1, 1, 2, 2)),
	reflect.TypeFor[Role]():                 Optimum,
	reflect.TypeFor[task.Shape]():           task.Shape{Name: "s", Dt: 1, Inputs: 1, Outputs: 2},
	reflect.TypeFor[task.Trial]():           task.Trial{Inputs: mat.NewDense(3, 1, nil), Targets: mat.NewDense(3, 2, nil)},
	reflect.TypeFor[*Drawing]():             Figure(Traces(recording.Series{Dt: 1, Values: dense(1, 2, 3, 4)})),
	reflect.TypeFor[Panel]():                Traces(recording.Series{Dt: 1, Values: dense(1, 2, 3, 4)}),
}

func anys[T any](v []T) (out []any) {
	for _, x := range v {
		out = append(out, x)
	}
	return out
}

// arguments makes one value of a type: three times out of four one that makes
// sense, so that what goes wrong is not always the first thing. Structs are
// filled field by field.
func arguments(t *testing.T, next func(n int) int, of reflect.Type) reflect.Value {
	if values := nonsense[of]; values != nil {
		v := reflect.New(of).Elem()
		x := values[next(len(values))]
		if next(4) > 0 {
			x = sense[of]
		}
		if x != nil {
			v.Set(reflect.ValueOf(x))
		}
		return v
	}
	v := reflect.New(of).Elem()
	switch of.Kind() {
	case reflect.Struct:
		for i := range of.NumField() {
			v.Field(i).Set(arguments(t, next, of.Field(i).Type))
		}
	case reflect.Slice:
		for range next(4) {
			v = reflect.Append(v, arguments(t, next, of.Elem()))
		}
	default:
		t.Fatalf("no nonsense of type %v", of)
	}
	return v
}

// call calls a function with arguments that next chooses, and returns what it
// returns and the call as Go would write it.
func call(t *testing.T, next func(int) int, name string, f reflect.Value) ([]reflect.Value, string) {
	var in []reflect.Value
	var words []string
	for i := range f.Type().NumIn() {
		of := f.Type().In(i)
		if f.Type().IsVariadic() && i == f.Type().NumIn()-1 {
			for range next(4) {
				in = append(in, arguments(t, next, of.Elem()))
			}
			break
		}
		in = append(in, arguments(t, next, of))
	}
	for _, v := range in {
		words = append(words, fmt.Sprintf("%.60q", fmt.Sprint(v)))
	}
	return f.Call(in), name + "(" + strings.Join(words, ", ") + ")"
}

// Whatever a panel, an option or a figure is given, it draws or says in one
// sentence what is wrong, soon and in little memory. Every exported function
// and method takes part.
func TestNonsenseIsRefusedInOneSentence(t *testing.T) {
	state := uint64(1)
	next := func(n int) int {
		state = state*6364136223846793005 + 1442695040888963407
		return int(state>>33) % n
	}
	const calls = 50
	drawn, refused := 0, 0
	for name, f := range constructors {
		for range calls {
			out, words := call(t, next, name, reflect.ValueOf(f))
			made := out[0]
			for range next(4) {
				if made.NumMethod() == 0 {
					break
				}
				k := next(made.NumMethod())
				switch m := made.Type().Method(k).Name; m {
				case "Content", "PNG", "SVG", "PDF", "JSON", "IndexedPNG", "OutlinedSVG", "Description", "Frame", "Still", "Turning", "Save", "RGBA":
				default:
					out, w := call(t, next, m, made.Method(k))
					made, words = out[0], words+"."+w
				}
			}
			d, ok := made.Interface().(*Drawing)
			switch made := made.Interface().(type) {
			case Panel:
				d, ok = Figure(made), true
			case []Panel:
				d, ok = Figure(made...), true
			}
			if !ok {
				continue
			}
			if tryToDraw(t, d, words) {
				drawn++
			} else {
				refused++
			}
		}
	}
	t.Logf("%d drawn, %d refused", drawn, refused)
	if drawn < 150 || refused < 150 {
		t.Errorf("%d drawn and %d refused: this tests too little", drawn, refused)
	}
}

func tryToDraw(t *testing.T, d *Drawing, words string) (drawn bool) {
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s\npanics: %v", words, r)
		}
	}()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	var err error
	for _, encode := range []func() ([]byte, error){d.PDF, d.OutlinedSVG, d.JSON} {
		var b []byte
		if b, err = encode(); err != nil && b != nil {
			t.Errorf("%s\n%d bytes and the error %v", words, len(b), err)
		}
		if err != nil && (strings.Count(err.Error(), "\n") > 0 || !strings.HasPrefix(err.Error(), "plotting: ") || len(err.Error()) > 500) {
			t.Errorf("%s\nis not one sentence: %.300q", words, err)
		}
	}
	runtime.ReadMemStats(&after)
	if took, bytes := time.Since(began), after.TotalAlloc-before.TotalAlloc; took > 20*time.Second || bytes > 1<<30 {
		t.Errorf("%s\ntook %v and %d MB", words, took, bytes>>20)
	}
	return err == nil
}

// So is that of the images in a drawing.
func TestEmbeddedImagesAreLimited(t *testing.T) {
	for _, c := range []struct {
		width, height vg.Length
		want          int
	}{{cm(17), cm(24), 384}, {cm(42), cm(29.7), 384}, {cm(100), cm(100), 192}, {cm(200), cm(200), 96}, {cm(59), cm(42), 384}} {
		if got := affordable(vg.Point{X: c.width, Y: c.height}, imageDPI); got != c.want {
			t.Errorf("%v x %v: %d dots per inch, want %d", c.width, c.height, got, c.want)
		}
	}
}

// A figure's size in pixels is limited.
func TestSizeIsLimited(t *testing.T) {
	p := func(h float64) Panel { return Traces(recording.Series{Dt: 1, Values: dense(1, 2, 3, 4)}).Height(h) }
	high := make([]Panel, 60)
	for i := range high {
		high[i] = p(10)
	}
	for says, d := range map[string]*Drawing{
		"height is 201 cm":                      Figure(p(201)),
		"height is 1e+300 cm":                   Figure(p(1e300)),
		"height is NaN cm":                      Figure(p(nan)),
		"height is 0 cm":                        Figure(p(0)),
		"would be 17 cm wide":                   Figure(high...),
		"would be 200 cm wide and 51 cm high":   Figure(p(1)).Size(200, 51),
		"0.04 cm are left":                      Figure(p(0.05)),
		"panel B":                               Figure(p(10), p(1e-9)).Size(10, 10),
		"figure has 10001 panels":               Figure(make([]Panel, 10001)...),
		"at most 134217728 values can be drawn": Figure(Trajectory(vast{}, 0, 1)),
	} {
		_, err := d.PNG()
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
	if _, err := Figure(p(3)).Size(100, 100).OutlinedSVG(); err != nil {
		t.Error(err)
	}
	if page, err := Figure(p(3), p(3)).Columns(math.MaxInt).page(); err != nil || page.cells[1].column != 1 {
		t.Errorf("more columns than panels: %v", err)
	}
}

// ascend are the numbers 0 … n-1.
func ascend(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = float64(i)
	}
	return out
}

// Very many spikes and dots take as much as there are places for them on the
// page, and make the same picture.
func TestManyPointsTakeLittle(t *testing.T) {
	const n = 200_000
	times, neurons, values := make([]float64, n), make([]int, n), make([]float64, n)
	for k := range n {
		times[k], neurons[k], values[k] = float64(k%101), k%7, float64(k%97)
	}
	for most, p := range map[int]Panel{
		2 * 707: Raster(recording.Spikes{Times: times, Units: neurons}),              // a move and a line each
		97 * 4:  Curve(Samples{X: []float64{1}, Values: [][]float64{values}}).Dots(), // circles
	} {
		page := mustPage(t, Figure(p))
		var r recorder.Canvas
		page.cells[0].frames[0].drawVectors(&r)
		steps := 0
		for _, a := range r.Actions {
			switch a := a.(type) {
			case *recorder.Stroke:
				steps += len(a.Path)
			case *recorder.Fill:
				steps += len(a.Path)
			}
		}
		if steps > most+20 {
			t.Errorf("%T: %d steps of paths for %d points, want at most %d", p, steps, n, most+20)
		}
	}
	few, same := Raster(recording.Spikes{Times: times[:4000], Units: neurons[:4000]}), Raster(recording.Spikes{Times: append(times[:4000:4000], times[:3000]...), Units: append(neurons[:4000:4000], neurons[:3000]...)})
	if !bytes.Equal(encoded(t, Figure(few).PNG), encoded(t, Figure(same).PNG)) {
		t.Error("the same spikes once more change the picture")
	}
	const places = 1e6
	for says, p := range map[string]Panel{
		"1001 x 1000 cells: at most": Heat(ascend(1000), ascend(1001), mat.NewDense(1001, 1000, nil)),
		"1000000 arrows: at most":    Field(mat.NewDense(places, 2, nil), mat.NewDense(places, 2, nil)),
		"there are 1000000 places":   Curve(Samples{X: make([]float64, places), Values: make([][]float64, places)}),
		"an axis has 1001 names: a":  Comparison(slices.Repeat([]Group{{"g", []float64{1}}}, 1001)...),
	} {
		if _, err := Figure(p).SVG(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
}
