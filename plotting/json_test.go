package plotting

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/task"
)

func numbersOf(t *testing.T, d *Drawing) figureJSON {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.json")
	if err := d.Save(path); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out figureJSON
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return out
}

// What was drawn can be read back, exactly, with its names and units.
func TestJSONHoldsTheNumbers(t *testing.T) {
	x := mat.NewDense(3, 2, []float64{0.1, 1, 1.0 / 3, 2, math.Pi, 3})
	got := numbersOf(t, Figure(
		Traces(recording.Series{Dt: 0.5, Values: x}).Names("left", "right").YLabel("position (deg)"),
		Raster(recording.Spikes{Times: []float64{0.25, 0.75}, Units: []int{4, 2}}).Title("spikes <all>"),
	).Banner("synthetic data"))
	want := figureJSON{Banner: "synthetic data", Panels: []panelJSON{
		{Letter: "A", Frames: []frameJSON{{
			X: axisJSON{Label: "time (s)"}, Y: axisJSON{Label: "position (deg)"},
			Series: []seriesJSON{
				{Name: "left", X: reals{0, 0.5, 1}, Y: reals{0.1, 1.0 / 3, math.Pi}},
				{Name: "right", X: reals{0, 0.5, 1}, Y: reals{1, 2, 3}},
			}}}},
		{Letter: "B", Title: "spikes <all>", Frames: []frameJSON{{
			X: axisJSON{Label: "time (s)"}, Y: axisJSON{Label: "neuron"},
			Series: []seriesJSON{{X: reals{0.25, 0.75}, Y: reals{4, 2}}},
		}}},
	}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// Names are found where the legend has samples of its own, and the ticks of
// groups tell which is which.
func TestJSONNames(t *testing.T) {
	x := mat.NewDense(2, 1, []float64{1, 2})
	got := numbersOf(t, Figure(Outputs(recording.Series{Dt: 1, Values: x, Targets: x}), Comparison(Group{Name: "before", Values: []float64{1, 2, 4}}, Group{Name: "after", Values: []float64{1}})))
	series := got.Panels[0].Frames[0].Series
	if len(series) != 2 || series[0].Name != "target" || series[1].Name != "output" {
		t.Errorf("the outputs are %+v", series)
	}
	f := got.Panels[1].Frames[0]
	if len(f.X.Ticks) != 2 || f.X.Ticks[1].Label != "after" {
		t.Errorf("the groups are %+v", f.X.Ticks)
	}
	if s := f.Series[0]; s.X[0] != 0 || s.Y[0] != 2 {
		t.Errorf("the median is %+v", s)
	}
}

// A name is that of the channel it is given to, and of no other row's.
func TestJSONNamesOfTrials(t *testing.T) {
	x := task.NewTemporalXOR()
	trial := trialOf(x, neuro.Stream(1, "plot test trial"))
	for _, c := range []struct {
		panel *TrialsPanel
		names string
	}{
		{Trials(x.Shape(), trial).Names("biceps"), "input; target, biceps"},
		{Trials(x.Shape(), trial).Names("biceps").Outputs(trial.Targets), "input; target, biceps; output, biceps"},
		{Trials(x.Shape(), trial).Outputs(trial.Targets), "input; target; output"},
	} {
		var names []string
		for _, f := range numbersOf(t, Figure(c.panel)).Panels[0].Frames {
			for _, s := range f.Series {
				names = append(names, s.Name)
			}
		}
		if got := strings.Join(names, "; "); got != c.names {
			t.Errorf("the series are %q, want %q", got, c.names)
		}
	}
	content, err := Trials(x.Shape(), trial).Names("biceps").Content()
	if err != nil || content.Legend[0].Name != "target, biceps" {
		t.Errorf("the legend is %+v (%v)", content.Legend, err)
	}
	k := task.NewSawtooth() // has no other row
	if content, err = Trials(k.Shape(), trialOf(k, nil)).Names("biceps").Content(); err != nil || content.Legend[0].Name != "biceps" {
		t.Errorf("the legend is %+v (%v)", content.Legend, err)
	}
}

// A field's arrows have their beginnings and their tips.
func TestJSONOfAField(t *testing.T) {
	points, vectors := mat.NewDense(1, 2, []float64{1, 2}), mat.NewDense(1, 2, []float64{4, -8})
	f := numbersOf(t, Figure(Field(points, vectors).Seconds(0.5))).Panels[0].Frames[0]
	want := []seriesJSON{{Name: "in 0.5 s", X: reals{1}, Y: reals{2}, ToX: reals{3}, ToY: reals{-2}}}
	if d := cmp.Diff(want, f.Series); d != "" {
		t.Error(d)
	}
}

// Every mark either has numbers or is known to only guide the eye: one that is
// new must not be left out silently.
func TestJSONKnowsEveryMark(t *testing.T) {
	line, err := plotter.NewLine(plotter.XYs{{X: 1, Y: 2}})
	if err != nil {
		t.Fatal(err)
	}
	if s, ok := numbers(line); !ok || s.X[0] != 1 || s.Y[0] != 2 {
		t.Errorf("gonum's line gives %+v", s)
	}
	many := mat.NewDense(60, 4, nil)
	for j := range 4 {
		many.SetCol(j, mat.Col(nil, 0, noise(60)))
	}
	var squares mat.Dense
	squares.MulElem(many, many)
	samples := Samples{Name: "a", X: []float64{1, 2}, Values: [][]float64{{1, 2, 3}, {2, 3, 4}}}
	xor := task.NewTemporalXOR()
	for _, p := range []Panel{
		Traces(recording.Series{Dt: 0.1, Values: many}), Traces(recording.Series{Dt: 0.1, Values: many}).Stacked(), Outputs(recording.Series{Dt: 0.1, Values: many, Targets: many}), Outputs(recording.Series{Dt: 0.1, Values: many, Targets: many}).Overlaid(),
		busyRaster(20), Scree([]float64{3, 2, 1}), Trajectory(many, 0, 1), Space(many, 0, 1, 2), Tuning(mat.Col(nil, 0, ramp(60, 1)), many),
		Drift(Line{"a", []float64{0, 1}, []float64{1, -1}}).Fit(), Learning(Line{"a", []float64{0, 1}, []float64{1, 2}}).HLine(1, "goal"),
		Comparison(Group{"a", []float64{1, 2}}), Rotation(many, many).Names("a", "b"),
		PSTH(response1(0.1, many, &squares), "a").VLine(1, "go"),
		Curve(samples), Curve(samples).Band(), Trials(xor.Shape(), trialOf(xor, neuro.Stream(1, "plot test trial"))),
	} {
		content, err := p.Content()
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, f := range content.Frames {
			for _, m := range f.Marks {
				if _, ok := numbers(m); ok {
					n++
				} else if !guides(m) {
					t.Errorf("%T: a %T has no numbers", p, m)
				}
			}
		}
		if n == 0 {
			t.Errorf("%T has no numbers", p)
		}
	}
	if _, ok := numbers(stranger{}); ok {
		t.Error("a mark of no kind that is known has numbers")
	}
}

func guides(m plot.Plotter) bool {
	switch m.(type) {
	case *level, *ring, *bands, *spaceBox:
		return true
	}
	return false
}

type stranger struct{}

func (stranger) Plot(draw.Canvas, *plot.Plot) {}

func TestJSONWithoutANumber(t *testing.T) {
	text, err := json.Marshal(reals{1e-9, math.NaN(), math.Inf(1), 1e300})
	if err != nil || string(text) != "[1e-09,null,null,1e+300]" {
		t.Errorf("%s, %v", text, err)
	}
}

// trialOf makes a trial of a task that can make one.
func trialOf(k task.Task, rng *rand.Rand) task.Trial {
	trial, err := task.NewTrial(k, rng)
	if err != nil {
		panic(err)
	}
	return trial
}
