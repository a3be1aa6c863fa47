package plotting

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// A series labels what is drawn of it, where the caller does not.
func TestSeriesLabelThemselves(t *testing.T) {
	s := recording.Series{
		Values: mat.NewDense(3, 2, []float64{1, 2, 3, 4, 5, 6}), Targets: mat.NewDense(3, 2, nil),
		Dt: 0.5, Start: -1, Names: []string{"left", "right"}, Unit: "mV",
	}
	plain := recording.Series{Values: s.Values, Targets: s.Targets, Dt: 0.5}
	for name, c := range map[string]struct {
		panel          Panel
		x, y           string
		legend         string
		first, ofXAxis float64
	}{
		"outputs":             {Outputs(s), "time (s)", "left (mV)", "target", -1, 0.5},
		"outputs, labelled":   {Outputs(s).Names("a", "b").YLabel("v"), "time (s)", "a (mV)", "target", -1, 0.5},
		"overlaid":            {Outputs(s).Overlaid(), "time (s)", "output (mV)", "target", -1, 0.5},
		"outputs, plain":      {Outputs(plain), "time (s)", "output 1", "target", 0, 1.5},
		"traces":              {Traces(s), "time (s)", "mV", "left", -1, 0.5},
		"traces, labelled":    {Traces(s).Names("a", "b").YLabel("v (mV)"), "time (s)", "v (mV)", "a", -1, 0.5},
		"one channel":         {Traces(s).Channels(1), "time (s)", "mV", "right", -1, 0.5},
		"trajectory":          {Trajectory(s, 1, 0), "right (mV)", "left (mV)", "0 to 1 s", 1.76, 6.24},
		"trajectory, plain":   {Trajectory(s.Values, 1, 0), "component 2", "component 1", "time", 1.76, 6.24},
		"trajectory, with dt": {Trajectory(s, 1, 0).Dt(2).XLabel("x").Name("n"), "x", "left (mV)", "n, 0 to 4 s", 1.76, 6.24},
	} {
		content, err := c.panel.Content()
		if err != nil {
			t.Fatal(err)
		}
		f := content.Frames[0]
		if f.X.Label != c.x || f.Y.Label != c.y || content.legend()[0].Legend != c.legend || !near(f.X.Min, c.first) || !near(f.X.Max, c.ofXAxis) {
			t.Errorf("%s: %q against %q from %g to %g, %q", name, f.Y.Label, f.X.Label, f.X.Min, f.X.Max, content.legend()[0].Legend)
		}
	}
	if scene, err := Space(s, 0, 1, 1).scene(); err != nil || scene.Axes[2].Label != "right (mV)" || scene.Paths[0].Name != "0 to 1 s" {
		t.Errorf("a box has %+v (%v)", scene, err)
	}
}

// Every panel with axes draws lines at given values, behind the data and named
// once, and says which it cannot show.
func TestReferenceLinesOfAllPanels(t *testing.T) {
	for name, c := range dataCases() {
		content, err := c.panel.Content()
		if err != nil {
			t.Fatal(err)
		}
		f := content.Frames[0]
		x, y := f.X.Min+(f.X.Max-f.X.Min)/2, f.Y.Min+(f.Y.Max-f.Y.Min)/2
		switch name {
		case "space", "stacked":
			if withLines(c.panel, x, y) == nil {
				t.Errorf("%s: a line was drawn where there is no y axis", name)
			}
			continue
		}
		if err := withLines(c.panel, x, y); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		content, err = c.panel.Content()
		if err != nil {
			t.Fatal(err)
		}
		named := 0
		for _, m := range content.legend() {
			if m.Legend == "at y" || m.Legend == "at x" {
				named++
			}
		}
		if named != 2 {
			t.Errorf("%s: %d lines in the legend, want 2", name, named)
		}
		encoded(t, Figure(c.panel).SVG)
	}
	if err := withLines(Traces(recording.Series{Dt: 1, Values: mat.NewDense(2, 1, nil)}), nan, 1); err == nil {
		t.Error("a line at NaN was drawn")
	}
}

// withLines adds a line of each kind, and says whether the panel can be drawn.
func withLines(p Panel, x, y float64) error {
	v := reflect.ValueOf(p)
	v.MethodByName("HLine").Call([]reflect.Value{reflect.ValueOf(y), reflect.ValueOf("at y")})
	v.MethodByName("VLine").Call([]reflect.Value{reflect.ValueOf(x), reflect.ValueOf("at x")})
	_, err := p.Content()
	return err
}

// Rows that are not evenly spaced are drawn where they are.
func TestTracesAtTimesOfTheirOwn(t *testing.T) {
	x := mat.NewDense(4, 1, []float64{1, 2, 3, 4})
	f := Figure(Traces(recording.Series{Values: x, Times: []float64{1, 1.5, 4, 4.5}}))
	text, err := f.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(strings.Join(strings.Fields(string(text)), ""), "[1,1.5,4,4.5]") {
		t.Errorf("the times are not in the figure's numbers: %s", text)
	}
	for _, times := range [][]float64{{1, 2, 3}, {1, 3, 2, 4}, {1, 2, 3, math.NaN()}, {2, 2, 2, 2}} {
		if _, err := Figure(Traces(recording.Series{Values: x, Times: times})).PNG(); err == nil {
			t.Errorf("times %v are drawn", times)
		}
	}
}

// The axis of a series whose first row is one step after 0 begins at 0.
func TestTimesFromTheFirstStep(t *testing.T) {
	for start, want := range map[float64]span{0: {0, 0.4}, 0.1: {0, 0.4}, 0.2: {0.2, 0.6}} {
		_, got, err := sampleTimes(recording.Series{Dt: 0.1, Start: start}, 4)
		if err != nil || math.Abs(got.lo-want.lo) > 1e-12 || math.Abs(got.hi-want.hi) > 1e-12 {
			t.Errorf("from %g s: %v (%v), want %v", start, got, err, want)
		}
	}
}
