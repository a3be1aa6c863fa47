package plotting

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"

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
	).Tag("synthetic"))
	want := figureJSON{
		Tag:         "synthetic",
		Description: "synthetic. A: position (deg) against time (s), 2 × line (left, right). B spikes <all>: neuron against time (s), 1 × spikes (spikes).",
		Panels: []panelJSON{
			{Letter: "A", Frames: []frameJSON{{
				X: axisJSON{Label: "time (s)", Unit: "s"}, Y: axisJSON{Label: "position (deg)", Unit: "deg"},
				Series: []seriesJSON{
					{Name: "left", Mark: "line", X: reals{0, 0.5, 1}, Y: reals{0.1, 1.0 / 3, math.Pi}},
					{Name: "right", Mark: "line", X: reals{0, 0.5, 1}, Y: reals{1, 2, 3}},
				}}}},
			{Letter: "B", Title: "spikes <all>", Frames: []frameJSON{{
				X: axisJSON{Label: "time (s)", Unit: "s"}, Y: axisJSON{Label: "neuron"},
				Series: []seriesJSON{{Name: "spikes", Mark: "spikes", X: reals{0.25, 0.75}, Y: reals{4, 2}}},
			}}},
		}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// dataCase is a panel, and series that its JSON must hold among others.
type dataCase struct {
	panel Panel
	want  []seriesJSON
}

// dataCases are all panels, each way of drawing that has marks of its own.
func dataCases() map[string]dataCase {
	a, b := reals{1, 2, 4}, reals{3, 5, 2}
	both := mat.NewDense(3, 2, []float64{1, 3, 2, 5, 4, 2})
	three := mat.NewDense(3, 3, []float64{1, 3, 7, 2, 5, 8, 4, 2, 9})
	sem := mat.NewDense(3, 2, []float64{0.5, 1, 0.5, 1, 0.5, 1})
	t, x := reals{0, 0.5, 1}, []float64{0, 0.5, 1}
	s := recording.Series{Dt: 0.5, Values: both, Targets: mat.NewDense(3, 2, []float64{1, 1, 1, 1, 1, 2}), Names: []string{"left", "right"}, Unit: "mV"}
	samples := Samples{Name: "c", X: []float64{1, 2}, Values: [][]float64{{1, 2, 3}, {4}}}
	quartiles := seriesJSON{Name: "c, median and quartiles", Mark: "line", X: reals{1, 2}, Y: reals{2, 4}, Low: reals{1.5, 4}, High: reals{2.5, 4}}
	each := seriesJSON{Name: "c", Mark: "points", X: reals{1, 1, 1, 2}, Y: reals{1, 2, 3, 4}}
	spikes := recording.Spikes{Times: []float64{0.1, 0.2, 0.4}, Units: []int{0, 1, 0}}
	line := func(name string, x, y reals) seriesJSON { return seriesJSON{Name: name, Mark: "line", X: x, Y: y} }
	bins := reals{0.25, 0.75, 1.25}
	steps := reals{0, 0.01, 0.02}
	shape := task.Shape{Name: "two", Dt: 0.01, Inputs: 1, Outputs: 2}
	trial := task.Trial{Inputs: mat.NewDense(3, 1, []float64{7, 8, 9}), Targets: both, Score: task.Window{From: 1, To: 3}}
	return map[string]dataCase{
		"traces":   {Traces(s), []seriesJSON{line("left", t, a), line("right", t, b)}},
		"channels": {Traces(s).Channels(1), []seriesJSON{line("right", t, b)}},
		"stacked":  {Traces(s).Stacked(), []seriesJSON{line("left", t, a), line("right", t, b)}},
		"many traces": {Traces(recording.Series{Dt: 0.5, Values: mat.NewDense(1, 9, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9})}),
			[]seriesJSON{line("channel 9", reals{0}, reals{9})}},
		"outputs":          {Outputs(s), []seriesJSON{line("target, left", t, reals{1, 1, 1}), line("output, left", t, a), line("target, right", t, reals{1, 1, 2}), line("output, right", t, b)}},
		"overlaid":         {Outputs(s).Overlaid().Legend("wanted", "made"), []seriesJSON{line("wanted, right", t, reals{1, 1, 2}), line("made, right", t, b)}},
		"raster":           {Raster(spikes), []seriesJSON{{Name: "spikes", Mark: "spikes", X: reals{0.1, 0.2, 0.4}, Y: reals{0, 1, 0}}}},
		"groups":           {Raster(spikes).Groups([]int{1, 0}, "exc", "inh"), []seriesJSON{{Name: "exc", Mark: "spikes", X: reals{0.2}, Y: reals{1}}, {Name: "inh", Mark: "spikes", X: reals{0.1, 0.4}, Y: reals{0, 0}}}},
		"psth":             {PSTH(response1(0.5, both, sem), "go"), []seriesJSON{line("go", bins, a), {Name: "go ± s.e.m.", Mark: "band", X: bins, Low: reals{0.5, 1.5, 3.5}, High: reals{1.5, 2.5, 4.5}}, line("go", bins, b)}},
		"psths":            {PSTH(response1(0.5, both, nil)).Add(response1(0.5, both, nil), "model"), []seriesJSON{line("condition 1", bins, a), line("model", bins, b)}},
		"scree":            {Scree([]float64{3, 1}).Threshold(0.9), []seriesJSON{{Name: "each component", Mark: "bars", X: reals{1, 2}, Y: reals{0.75, 0.25}}, line("cumulative", reals{1, 2}, reals{0.75, 1}), {Name: "90 %: 2 of 2 components", Mark: "horizontal line", Y: reals{0.9}}}},
		"trajectory":       {Trajectory(both, 0, 1).Name("p"), []seriesJSON{{Name: "p", Mark: "path", X: a, Y: b}}},
		"space":            {Space(three, 1, 0, 2).Name("q"), []seriesJSON{{Name: "q", Mark: "path", X: b, Y: a, Z: reals{7, 8, 9}}}},
		"tuning":           {Tuning(x, both).Names("u", "v"), []seriesJSON{line("u", t, a), line("v", t, b)}},
		"tuning, plain":    {Tuning(x, both), []seriesJSON{line("neuron 1", t, b)}},
		"drift":            {Drift(Line{"d", []float64{1, 0}, []float64{-2, 2}}).Fit(), []seriesJSON{line("d", reals{0, 1}, reals{2, -2}), line("d, fit", reals{0, 1}, reals{2, -2})}},
		"learning":         {Learning(Line{Name: "l", Y: a}).HLine(1, "goal"), []seriesJSON{line("l", reals{1, 2, 3}, a), {Name: "goal", Mark: "horizontal line", Y: reals{1}}}},
		"median":           {Learning(Line{Name: "l", Y: a}).Median(3), []seriesJSON{line("l", reals{1, 2, 3}, a), line("l, median of 3", reals{1, 2, 3}, reals{1.5, 2, 3})}},
		"comparison":       {Comparison(Group{"g", a}, Group{"h", b}), []seriesJSON{{Name: "g", Mark: "points", X: reals{0, 0, 0}, Y: a}, {Name: "h, median", Mark: "median", X: reals{1}, Y: reals{3}}}},
		"rotation":         {Rotation(both, both), []seriesJSON{{Name: "condition 2", Mark: "path", X: a, Y: b}}},
		"rotation names":   {Rotation(both, both).Names("m", "n"), []seriesJSON{{Name: "n", Mark: "path", X: a, Y: b}}},
		"field":            {Field(mat.NewDense(1, 2, []float64{1, 2}), mat.NewDense(1, 2, []float64{4, -8})).Seconds(0.5), []seriesJSON{{Name: "in 0.5 s", Mark: "arrows", X: reals{1}, Y: reals{2}, ToX: reals{3}, ToY: reals{-2}}}},
		"heat":             {Heat([]float64{1, 2}, []float64{3}, mat.NewDense(1, 2, []float64{7, 9})).ZLabel("drift (°/s)"), []seriesJSON{{Name: "drift (°/s)", Mark: "heat map", X: reals{1, 2}, Y: reals{3, 3}, Z: reals{7, 9}}}},
		"curve":            {Curve(samples).VLine(1, "here").Diagonal("same"), []seriesJSON{quartiles, {Name: "here", Mark: "vertical line", X: reals{1}}}},
		"band":             {Curve(samples).Band(), []seriesJSON{quartiles}},
		"dots":             {Curve(samples).Dots(), []seriesJSON{quartiles, each}},
		"learning from 0":  {Learning(Line{Name: "l", Y: reals{0, 2}}).YLim(0.1, 10), []seriesJSON{line("l", reals{1, 2}, reals{0, 2})}},
		"learning in time": {Learning(Line{Name: "l", Y: a}).Dt(0.5), []seriesJSON{line("l", reals{0, 0.5, 1}, a)}},
		"curve, single":    {Curve(Samples{X: []float64{1, 2}, Values: [][]float64{{1}, {4}}}), []seriesJSON{line("curve 1", reals{1, 2}, reals{1, 4})}},
		"trials": {Trials(shape, trial).Names("biceps", "triceps"), []seriesJSON{
			line("input", steps, reals{7, 8, 9}), line("target, biceps", steps, a), line("target, triceps", steps, b), {Name: "scored", Mark: "stretches", X: reals{0.01}, ToX: reals{0.03}}}},
		"trials, outputs": {Trials(shape, trial).Outputs(both), []seriesJSON{line("target, channel 2", steps, b), line("output, channel 1", steps, a)}},
	}
}

// Every panel's JSON holds the data that it was given, each with a name and the
// kind of its mark, and its description names them, too.
func TestJSONHoldsTheDataOfAllPanels(t *testing.T) {
	for name, c := range dataCases() {
		d := Figure(c.panel)
		figure := numbersOf(t, d)
		var all []seriesJSON
		for _, f := range figure.Panels[0].Frames {
			all = append(all, f.Series...)
		}
		for _, s := range all {
			if s.Mark == "" || len(s.X)+len(s.Y) == 0 || s.Name == "" && !strings.HasSuffix(s.Mark, "al line") {
				t.Errorf("%s: a series is without its numbers, name or kind: %+v", name, s)
			}
		}
		words, err := d.Description()
		if err != nil || words != figure.Description {
			t.Errorf("%s: described as %q (%v), in JSON as %q", name, words, err, figure.Description)
		}
		for _, want := range c.want {
			if !slices.ContainsFunc(all, func(s seriesJSON) bool { return cmp.Equal(s, want) }) {
				t.Errorf("%s: no %+v\namong %+v", name, want, all)
			}
			if strings.Contains(words, " more)") {
				continue // it lists the first of many
			}
			if !strings.Contains(words, want.Name) || !strings.Contains(words, want.Mark) {
				t.Errorf("%s: %q says nothing of the %s %s", name, words, want.Mark, want.Name)
			}
		}
	}
}

// A box has three axes, stacked traces a scale bar in place of theirs, and the
// ticks of groups tell which is which.
func TestJSONOfAxes(t *testing.T) {
	cases := dataCases()
	axes := func(name string) frameJSON { return numbersOf(t, Figure(cases[name].panel)).Panels[0].Frames[0] }
	if f := axes("space"); f.X.Label != "component 2" || f.Y.Label != "component 1" || f.Z == nil || f.Z.Label != "component 3" {
		t.Errorf("the axes of a box are %+v", f)
	}
	if f := axes("stacked"); f.ScaleBar == nil || f.ScaleBar.Label != "2 mV" || f.ScaleBar.Length != 2 || f.Y.Ticks != nil {
		t.Errorf("the y axis of stacked traces is %+v, their bar %+v", f.Y, f.ScaleBar)
	}
	if f := axes("comparison"); len(f.X.Ticks) != 2 || f.X.Ticks[1] != (tickJSON{1, "h"}) {
		t.Errorf("the groups are %+v", f.X.Ticks)
	}
	if f := axes("heat"); f.Z == nil || f.Z.Unit != "°/s" {
		t.Errorf("the scale of colours is %+v", f.Z)
	}
	if f := axes("learning"); !f.Y.Log {
		t.Errorf("the axis of errors is %+v", f.Y)
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
		{Trials(x.Shape(), trial).Names("biceps"), "input; scored; target, biceps"},
		{Trials(x.Shape(), trial).Names("biceps").Outputs(trial.Targets), "input; scored; target, biceps; output, biceps"},
		{Trials(x.Shape(), trial).Outputs(trial.Targets), "input; scored; target; output"},
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
	if err != nil || content.legend()[0].Legend != "target, biceps" {
		t.Errorf("the legend is %+v (%v)", content.legend(), err)
	}
	k := task.NewSawtooth() // has no other row
	if content, err = Trials(k.Shape(), trialOf(k, nil)).Names("biceps").Content(); err != nil || content.legend()[0].Legend != "biceps" {
		t.Errorf("the legend is %+v (%v)", content.legend(), err)
	}
}

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
