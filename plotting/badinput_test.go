package plotting_test

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiketrain"
	"github.com/spikewalk/spikewalk/plotting"
)

// with returns a 5 x 2 matrix of zeros with one other entry.
func with(i, j int, v float64) *mat.Dense {
	m := mat.NewDense(5, 2, nil)
	m.Set(i, j, v)
	return m
}

func TestBadInputIsNamed(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	ok := mat.NewDense(5, 2, nil)
	var none *mat.Dense
	var noPanel *plotting.TracesPanel
	S := func(x, y []float64) plotting.Line { return plotting.Line{Name: "s", X: x, Y: y} }
	C := func(x []float64, values ...[]float64) plotting.Samples {
		return plotting.Samples{Name: "c", X: x, Values: values}
	}
	R := func(dt float64, means ...*mat.Dense) *spiketrain.Response {
		return &spiketrain.Response{Dt: dt, Mean: means}
	}
	one := []float64{1}
	cases := []struct {
		name string
		fig  *plotting.Drawing
		want []string // parts of the message
	}{
		{"no panels", plotting.Figure(), []string{"no panels"}},
		{"nil panel", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok}), nil), []string{"panel B", "nil"}},
		{"typed nil panel", plotting.Figure(noPanel), []string{"panel A", "nil"}},
		{"no columns", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok})).Columns(0), []string{"0 columns"}},
		{"no size", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok})).Size(0, 5), []string{"0 cm wide"}},
		{"NaN size", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok})).Size(10, nan), []string{"NaN cm high"}},
		{"huge", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok})).Width(1e6), []string{"at most 200"}},
		{"too low", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok}), plotting.Traces(recording.Series{Dt: 1, Values: ok})).Size(17, 2), []string{"no room", "at least"}},
		{"too narrow", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok})).Size(0.5, 10), []string{"no room", "wide"}},
		{"no height", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok}).Height(0)), []string{"0 cm", "positive"}},
		{"no room for a box", plotting.Figure(plotting.Space(mat.NewDense(2, 3, nil), 0, 1, 2)).Width(4), []string{"panel A", "too small", "width"}},
		{"negative height", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok}).Height(-1)), []string{"-1 cm"}},

		{"NaN in traces", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok}), plotting.Traces(recording.Series{Dt: 1, Values: with(3, 1, nan)}).Title("rates")),
			[]string{`panel B "rates"`, "NaN", "row 3", "column 1"}},
		{"Inf in traces", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: with(0, 0, inf)})), []string{"+Inf", "row 0", "column 0"}},
		{"nil matrix", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: nil})), []string{"traces", "nil"}},
		{"typed nil matrix", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: none})), []string{"traces", "nil"}},
		{"empty matrix", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: &mat.Dense{}})), []string{"empty", "0 x 0"}},
		{"time step", plotting.Figure(plotting.Traces(recording.Series{Dt: 0, Values: ok})), []string{"time step", "positive"}},
		{"start", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok, Start: nan})), []string{"start time"}},
		{"steps far from zero", plotting.Figure(plotting.Traces(recording.Series{Dt: 1e-9, Values: ok, Start: 1.6e9})), []string{"5 steps of 1e-09 s", "cannot be told apart"}},
		{"no channels", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok}).Channels()), []string{"no channels"}},
		{"limits of stacked traces", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok}).Stacked().YLim(0, 1)), []string{"leave YLim and HLine out"}},
		{"the series' names", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok, Names: []string{"a"}})), []string{"1 names for 2 channels"}},
		{"channel", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok}).Channels(0, 2)), []string{"channel 2", "0 to 1"}},
		{"names", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok}).Names("a")), []string{"1 names for 2 channels"}},
		{"range", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: mat.NewDense(2, 1, []float64{-1.7e308, 1.7e308})})), []string{"finite"}},
		{"limits", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok}).XLim(1, 1)), []string{"x axis", "below"}},
		{"NaN limits", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok}).YLim(0, nan)), []string{"y axis", "finite"}},
		{"narrow limits", plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: ok}).YLim(1, 1+1e-15)), []string{"y axis", "too narrow"}},

		{"outputs' shapes", plotting.Figure(plotting.Outputs(recording.Series{Dt: 1, Values: mat.NewDense(5, 1, nil), Targets: ok})), []string{"5 x 2", "5 x 1"}},
		{"outputs without targets", plotting.Figure(plotting.Outputs(recording.Series{Dt: 1, Values: ok})), []string{"no targets", "Traces"}},
		{"NaN in output", plotting.Figure(plotting.Outputs(recording.Series{Dt: 1, Values: with(4, 0, nan), Targets: ok})), []string{"outputs", "the output", "row 4"}},

		{"raster lengths", plotting.Figure(plotting.Raster(recording.Spikes{Times: one, Units: nil})), []string{"1 spike times and 0 neuron"}},
		{"raster NaN", plotting.Figure(plotting.Raster(recording.Spikes{Times: []float64{0, nan}, Units: []int{0, 1}})), []string{"NaN at index 1"}},
		{"raster index", plotting.Figure(plotting.Raster(recording.Spikes{Times: []float64{0, 1}, Units: []int{0, 3}}).Rows(3)), []string{"index 3 at spike 1", "0 to 2"}},
		{"raster vast", plotting.Figure(plotting.Raster(recording.Spikes{Times: one, Units: []int{math.MaxInt}})), []string{"at most 1000000000"}},
		{"raster negative", plotting.Figure(plotting.Raster(recording.Spikes{Times: one, Units: []int{-1}})), []string{"index -1 at spike 0: neurons count from 0"}},
		{"silence", plotting.Figure(plotting.Raster(recording.Spikes{Times: nil, Units: nil})), []string{"no spikes", "XLim and Rows"}},
		{"no neurons", plotting.Figure(plotting.Raster(recording.Spikes{Times: nil, Units: nil}).Rows(0).XLim(0, 1)), []string{"0 rows"}},
		{"groups", plotting.Figure(plotting.Raster(recording.Spikes{Times: one, Units: []int{1}}).Groups([]int{0}, "E")), []string{"1 of 2 neurons"}},
		{"group names", plotting.Figure(plotting.Raster(recording.Spikes{Times: one, Units: []int{0}}).Groups([]int{1}, "E")), []string{"group 1"}},

		{"no variances", plotting.Figure(plotting.Scree(nil)), []string{"scree", "empty"}},
		{"rising variances", plotting.Figure(plotting.Scree([]float64{1, 2})), []string{"2 at index 1", "largest first"}},
		{"negative variance", plotting.Figure(plotting.Scree([]float64{1, -1})), []string{"-1 at index 1"}},
		{"zero variance", plotting.Figure(plotting.Scree([]float64{0, 0})), []string{"positive"}},
		{"threshold", plotting.Figure(plotting.Scree(one).Threshold(99)), []string{"99", "at most 1"}},
		{"components", plotting.Figure(plotting.Scree(one).Components(0)), []string{"0 components"}},

		{"trajectory column", plotting.Figure(plotting.Trajectory(ok, 0, 2)), []string{"column 2", "0 to 1"}},
		{"trajectory nil", plotting.Figure(plotting.Trajectory(ok, 0, 1).Add("spiking", none)), []string{`"spiking"`, "nil"}},
		{"trajectory step", plotting.Figure(plotting.Trajectory(ok, 0, 1).Dt(-1)), []string{"time step"}},

		{"field vectors", plotting.Figure(plotting.Field(ok, mat.NewDense(4, 2, nil))), []string{"5 points and 4 vectors"}},
		{"field columns", plotting.Figure(plotting.Field(mat.NewDense(5, 3, nil), ok)), []string{"3 columns"}},
		{"field NaN", plotting.Figure(plotting.Field(ok, with(1, 1, nan))), []string{"vectors", "NaN at row 1"}},
		{"field time", plotting.Figure(plotting.Field(ok, ok).Seconds(0)), []string{"0 s", "positive"}},

		{"tuning order", plotting.Figure(plotting.Tuning([]float64{0, 1, 1}, mat.NewDense(3, 1, nil))), []string{"index 2", "increase"}},
		{"tuning rows", plotting.Figure(plotting.Tuning([]float64{0, 1}, ok)), []string{"2 places", "5 rows"}},

		{"no lines", plotting.Figure(plotting.Drift()), []string{"no lines"}},
		{"drift lengths", plotting.Figure(plotting.Drift(S(one, []float64{1, 2}))), []string{`"s"`, "1 values of X and 2 of Y"}},
		{"drift steep", plotting.Figure(plotting.Drift(S([]float64{0, 1e-300}, []float64{-1e300, 1e300})).Fit()), []string{"least-squares line"}},
		{"drift fit", plotting.Figure(plotting.Drift(S(one, one)).Fit()), []string{"two different positions"}},

		{"learning zero", plotting.Figure(plotting.Learning(S(nil, []float64{1, 0}))), []string{`"s"`, "0 at index 1", "Linear"}},
		{"learning empty", plotting.Figure(plotting.Learning(S(nil, nil))), []string{"empty"}},
		{"learning bar", plotting.Figure(plotting.Learning(S(nil, one)).HLine(0, "goal")), []string{`"goal"`}},
		{"learning limits", plotting.Figure(plotting.Learning(S(nil, one)).YLim(0, 1)), []string{"logarithmic", "positive"}},
		{"learning no window", plotting.Figure(plotting.Learning(S(nil, one)).Median(0)), []string{"window is 0"}},
		{"learning negative", plotting.Figure(plotting.Learning(S(nil, []float64{1, -1})).YLim(1e-9, 1)), []string{"-1", "logarithmic"}},
		{"learning no step", plotting.Figure(plotting.Learning(S(nil, one)).Dt(0)), []string{"Dt is 0 s", "above 0"}},
		{"learning twice in time", plotting.Figure(plotting.Learning(S(one, one)).Dt(0.1)), []string{"X", "Dt"}},
		{"learning window", plotting.Figure(plotting.Learning(S(nil, one)).Median(-3)), []string{"-3"}},

		{"no groups", plotting.Figure(plotting.Comparison()), []string{"no groups"}},
		{"empty group", plotting.Figure(plotting.Comparison(plotting.Group{Name: "g"})), []string{`"g"`, "empty"}},
		{"group zero", plotting.Figure(plotting.Comparison(plotting.Group{Name: "g", Values: []float64{0}}).LogY()), []string{`"g"`, "0 at index 0"}},
		{"no curves", plotting.Figure(plotting.Curve()), []string{"no curves"}},
		{"pairs", plotting.Figure(plotting.Comparison(plotting.Group{Name: "g", Values: one}, plotting.Group{Name: "h", Values: []float64{1, 2}}).Paired("seed")), []string{`"h" has 2 values`, "first group 1"}},

		{"heat shape", plotting.Figure(plotting.Heat(one, one, ok)), []string{"5 x 2", "row for each of the 1 places of y"}},
		{"heat nil", plotting.Figure(plotting.Heat(one, one, none)), []string{"nil"}},
		{"heat order", plotting.Figure(plotting.Heat([]float64{2, 1}, one, ok)), []string{"places x go from 2 to 1", "increase"}},
		{"heat log", plotting.Figure(plotting.Heat([]float64{0, 1}, []float64{1, 2, 3, 4, 5}, ok).LogX()), []string{"places x start at 0"}},
		{"heat log z", plotting.Figure(plotting.Heat([]float64{0, 1}, []float64{1, 2, 3, 4, 5}, ok).LogZ()), []string{"row 0, column 0 is 0", "LogZ"}},
		{"heat Inf", plotting.Figure(plotting.Heat([]float64{0, 1}, []float64{1, 2, 3, 4, 5}, with(2, 1, inf))), []string{"row 2, column 1 is +Inf"}},
		{"heat of nothing", plotting.Figure(plotting.Heat(one, one, mat.NewDense(1, 1, []float64{nan}))), []string{"all values are NaN"}},

		{"curve places", plotting.Figure(plotting.Curve(C([]float64{1, 2}, one))), []string{`"c"`, "2 places X and values at 1"}},
		{"curve order", plotting.Figure(plotting.Curve(C([]float64{2, 1}, one, one))), []string{`"c"`, "increase"}},
		{"curve empty", plotting.Figure(plotting.Curve(C(one, nil))), []string{"X = 1", "empty"}},
		{"curve NaN", plotting.Figure(plotting.Curve(C(one, []float64{1, nan}))), []string{"X = 1", "NaN at index 1"}},
		{"curve log", plotting.Figure(plotting.Curve(C(one, []float64{1, 0})).LogY()), []string{"value 1 at X = 1 is 0", "LogY"}},
		{"curve log x", plotting.Figure(plotting.Curve(C([]float64{0}, one)).LogX()), []string{"X start at 0", "LogX"}},
		{"curve bar", plotting.Figure(plotting.Curve(C(one, one)).LogY().HLine(0, "goal")), []string{`"goal"`, "positive"}},
		{"curve place", plotting.Figure(plotting.Curve(C(one, one)).VLine(nan, "here")), []string{`vertical line "here"`}},

		{"no responses", plotting.Figure(plotting.PSTH(R(1))), []string{"psth", "no conditions"}},
		{"response NaN", plotting.Figure(plotting.PSTH(R(1, with(1, 1, nan)), "left")), []string{`"left"`, "NaN at row 1"}},
		{"response SEM", plotting.Figure(plotting.PSTH(&spiketrain.Response{Dt: 1, Mean: []*mat.Dense{ok}, SEM: []*mat.Dense{mat.NewDense(5, 1, nil)}})), []string{"5 x 2", "5 x 1"}},
		{"response negative SEM", plotting.Figure(plotting.PSTH(&spiketrain.Response{Dt: 1, Mean: []*mat.Dense{ok}, SEM: []*mat.Dense{with(3, 1, -2)}}, "left")), []string{`"left"`, "SEM is -2 at row 3, column 1"}},
		{"response nil", plotting.Figure(plotting.PSTH(nil)), []string{"psth", "nil"}},
		{"response conditions", plotting.Figure(plotting.PSTH(R(1, ok), "a", "b")), []string{"2 names for 1 conditions"}},
		{"response bins differ", plotting.Figure(plotting.PSTH(R(1, ok)).Add(R(2, ok))), []string{"1 s", "2 s", "the same"}},
		{"response shapes", plotting.Figure(plotting.PSTH(R(1, ok, mat.NewDense(4, 2, nil)))), []string{"4 x 2", "5 x 2"}},
		{"response neuron", plotting.Figure(plotting.PSTH(R(1, ok)).Neurons(2)), []string{"neuron 2", "0 to 1"}},
		{"response names", plotting.Figure(plotting.PSTH(R(1, ok)).Names("a")), []string{"1 names for 2 neurons"}},
		{"response bins", plotting.Figure(plotting.PSTH(R(0, ok))), []string{"time step"}},
		{"response event", plotting.Figure(plotting.PSTH(R(1, ok)).VLine(nan, "go")), []string{`vertical line "go"`}},

		{"no rotations", plotting.Figure(plotting.Rotation()), []string{"rotation", "no conditions"}},
		{"rotation column", plotting.Figure(plotting.Rotation(mat.NewDense(5, 1, nil))), []string{"one column"}},
		{"rotation nil", plotting.Figure(plotting.Rotation(ok, none)), []string{"condition 2", "nil"}},
		{"rotation names", plotting.Figure(plotting.Rotation(ok).Names("a", "b")), []string{"2 names for 1 conditions"}},

		{"group threshold", plotting.Figure(plotting.Comparison(plotting.Group{Name: "g", Values: one}).HLine(nan, "t")), []string{`"t"`}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for kind, encode := range map[string]func() ([]byte, error){"PNG": c.fig.PNG, "SVG": c.fig.SVG, "PDF": c.fig.PDF} {
				data, err := encode()
				if err == nil || data != nil {
					t.Fatalf("%s: got %d bytes and no error", kind, len(data))
				}
				for _, part := range c.want {
					if !strings.Contains(err.Error(), part) {
						t.Errorf("%s: %q does not say %q", kind, err, part)
					}
				}
			}
		})
	}
}

// What is unusual but right must draw.
func TestUnusualDataDraw(t *testing.T) {
	T := func(v ...float64) *plotting.TracesPanel {
		return plotting.Traces(recording.Series{Dt: 0.1, Values: mat.NewDense(len(v), 1, v)})
	}
	figures := map[string]*plotting.Drawing{
		"one sample":    plotting.Figure(T(3)),
		"constant":      plotting.Figure(T(5, 5, 5), T(0, 0), T(0, 0).Stacked()),
		"tiny":          plotting.Figure(T(1e-280, 3e-280), T(-2e-15, 1e-15)),
		"large":         plotting.Figure(T(-1e300, 1e300)),
		"far from zero": plotting.Figure(T(1e9, 1e9+1)),
		"silence":       plotting.Figure(plotting.Raster(recording.Spikes{Times: nil, Units: nil}).Rows(3).XLim(0, 1)),
		"outside":       plotting.Figure(T(1, 2, 3).XLim(10, 20).YLim(-5, -4)),
		"one point":     plotting.Figure(plotting.Trajectory(mat.NewDense(1, 2, nil), 0, 1).Equal()),
		"one component": plotting.Figure(plotting.Scree([]float64{2})),
		"one place":     plotting.Figure(plotting.Curve(plotting.Samples{X: []float64{3}, Values: [][]float64{{2}}}).Band()),
		"still":         plotting.Figure(plotting.Rotation(mat.NewDense(3, 2, nil)), plotting.Rotation(mat.NewDense(1, 2, nil)), plotting.PSTH(&spiketrain.Response{Dt: 1, Mean: []*mat.Dense{mat.NewDense(1, 1, nil)}})),
		"one trial":     plotting.Figure(plotting.Learning(plotting.Line{Y: []float64{0.1}})),
		"27 panels":     plotting.Figure(slices.Repeat([]plotting.Panel{T(1, 2)}, 27)...).Columns(4),
		"odd texts":     plotting.Figure(T(1, 2).Title("<&>\"' ∇𝒙 \ufffd ⁻⁹₃").YLabel("τ\nin two lines")).Title(strings.Repeat("w", 400)),
		"no texts":      plotting.Figure(T(1, 2).Title(" ")).Title("").Tag(""),
		"more columns":  plotting.Figure(T(1, 2)).Columns(5),
	}
	for name, fig := range figures {
		t.Run(name, func(t *testing.T) {
			for kind, encode := range map[string]func() ([]byte, error){"PNG": fig.PNG, "SVG": fig.SVG, "PDF": fig.PDF} {
				if _, err := encode(); err != nil {
					t.Errorf("%s: %v", kind, err)
				}
			}
		})
	}
}

func TestSaveIsAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	good := plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: mat.NewDense(3, 1, []float64{1, 2, 3})}))
	bad := plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: mat.NewDense(1, 1, []float64{math.NaN()})}))
	file := func(name string) string { return filepath.Join(dir, name) }

	if err := good.Save(file("a.png"), file("a.jpg")); err == nil || !strings.Contains(err.Error(), ".png, .svg, .pdf or") {
		t.Errorf("unknown ending: %v", err)
	}
	if err := good.Save(); err == nil || !strings.Contains(err.Error(), "no file") {
		t.Errorf("no names: %v", err)
	}
	if err := bad.Save(file("b.png")); err == nil {
		t.Error("a NaN was saved")
	}
	if err := good.Save(file("missing/c.png")); err == nil {
		t.Error("saved into a folder that does not exist")
	}
	if err := os.Mkdir(file("d.png"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := good.Save(file("d.png")); err == nil {
		t.Error("a folder was replaced")
	}
	left, err := filepath.Glob(file("*"))
	hidden, _ := filepath.Glob(file(".*"))
	if err != nil || len(left) != 1 || len(hidden) != 0 {
		t.Errorf("failed saves left %v %v", left, hidden)
	}
	if err := good.Save(file("e.PNG"), file("e.svg"), file("e.pdf")); err != nil {
		t.Fatal(err)
	}
	for name, magic := range map[string]string{"e.PNG": "\x89PNG", "e.svg": "<?xml", "e.pdf": "%PDF"} {
		data, err := os.ReadFile(file(name))
		if err != nil || !strings.HasPrefix(string(data), magic) {
			t.Errorf("%s: %v, begins with %.8q", name, err, data)
		}
	}
}
