package plotting

import (
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/recorder"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// sparse are panels of every kind with as little in them as can be: one
// sample, one spike, one trial, the same value throughout.
func sparse(t *testing.T) map[string]Panel {
	one := func(n int) *mat.Dense { return mat.NewDense(1, n, nil) }
	flat := mat.NewDense(5, 3, []float64{2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2})
	S := func(x, y []float64) Line { return Line{Name: "s", X: x, Y: y} }
	C := func(v ...float64) Samples { return Samples{Name: "c", X: []float64{3}, Values: [][]float64{v}} }
	point, zero := []float64{3}, []float64{0}
	shape := task.Shape{Name: "short", Dt: 0.1, Inputs: 1, Outputs: 1}
	trial := task.Trial{Inputs: one(1), Targets: one(1)}
	xor := task.NewTemporalXOR()
	return map[string]Panel{
		"traces, one sample":          Traces(recording.Series{Dt: 0.1, Values: one(1)}),
		"traces, one of two channels": Traces(recording.Series{Dt: 0.1, Values: one(2)}).Names("a", "b"),
		"stacked, one sample":         Traces(recording.Series{Dt: 0.1, Values: one(2)}).Stacked(),
		"traces, constant":            Traces(recording.Series{Dt: 0.1, Values: flat}),
		"stacked, constant":           Traces(recording.Series{Dt: 0.1, Values: flat}).Stacked(),
		"traces, Unix time":           Traces(recording.Series{Dt: 0.1, Values: one(1), Start: 1.6e9}),
		"outputs, one sample":         Outputs(recording.Series{Dt: 0.1, Values: one(1), Targets: one(1)}),
		"outputs, overlaid":           Outputs(recording.Series{Dt: 0.1, Values: one(2), Targets: one(2)}).Overlaid(),
		"raster, one spike":           Raster(recording.Spikes{Times: point, Units: []int{0}}),
		"raster, one spike at zero":   Raster(recording.Spikes{Times: zero, Units: []int{0}}),
		"raster, one spike late":      Raster(recording.Spikes{Times: []float64{1.6e9}, Units: []int{3}}),
		"raster, spikes at one time":  Raster(recording.Spikes{Times: []float64{2, 2}, Units: []int{0, 1}}),
		"scree, one":                  Scree(point),
		"trajectory, one sample":      Trajectory(one(2), 0, 1),
		"trajectory, constant":        Trajectory(flat, 0, 1).Equal(),
		"trajectory of one column":    Trajectory(one(1), 0, 0),
		"rotation, one sample":        Rotation(one(2)),
		"rotation, constant":          Rotation(flat, flat),
		"field, one point":            Field(one(2), one(2)),
		"field, no movement":          Field(mat.NewDense(2, 2, []float64{0, 0, 1, 1}), mat.NewDense(2, 2, nil)),
		"field, one arrow":            Field(one(2), mat.NewDense(1, 2, []float64{1, 1})),
		"tuning, one place":           Tuning(point, one(2)),
		"tuning, silent":              Tuning([]float64{0, 1}, mat.NewDense(2, 1, nil)),
		"drift, one point":            Drift(S(point, zero)),
		"learning, one trial":         Learning(S(nil, point)),
		"learning, linear zero":       Learning(S(nil, zero)).Linear(),
		"learning, median of one":     Learning(S(nil, point)).Median(9),
		"learning, one place":         Learning(S(zero, point)),
		"learning, constant":          Learning(S(nil, []float64{3, 3, 3})),
		"comparison, one value":       Comparison(Group{"g", zero}),
		"comparison, log":             Comparison(Group{"g", point}).LogY(),
		"curve, one value":            Curve(C(2)),
		"curve, one place":            Curve(C(1, 2, 3)),
		"curve, one place, band":      Curve(C(1, 2, 3)).Band(),
		"curve, one place, logs":      Curve(C(2)).LogX().LogY(),
		"curve, one value, dots":      Curve(C(0)).Dots(),
		"psth, one bin":               PSTH(response1(0.1, one(1), nil), "a"),
		"psth, one bin with SEM":      PSTH(response1(0.1, one(1), mat.NewDense(1, 1, []float64{1})), "a"),
		"psth, silent":                PSTH(response1(0.1, mat.NewDense(9, 1, nil), nil)),
		"space, one sample":           Space(one(3), 0, 1, 2),
		"space, constant":             Space(flat, 0, 1, 2).Equal(),
		"trials of one step":          Trials(shape, trial),
		"trials of one step, output":  Trials(shape, trial).Outputs(one(1)),
		"one trial":                   Trials(xor.Shape(), trialOf(xor, neuro.Stream(1, "one trial"))),
	}
}

// However little there is to show, every mark that stands for data leaves ink
// inside the data area, and its frame has an axis that can be read.
func TestLittleDataIsSeen(t *testing.T) {
	for name, p := range sparse(t) {
		page, err := Figure(p).page()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for k, f := range page.cells[0].frames {
			if len(f.frame.X.Ticks) == 0 && !f.frame.X.Bare && len(f.xTicks) == 0 {
				t.Errorf("%s: the x axis has no ticks", name)
			}
			for _, m := range f.frame.Marks {
				if m.Plot == nil { // the box draws it
					continue
				}
				if m.Kind == "path" { // a ring marks where it starts
					m.Plot = ringOf(f)
				}
				if len(m.Data.X) > 0 && !inks(f, m) {
					t.Errorf("%s: frame %d: a %T leaves no ink", name, k, m.Plot)
				}
			}
		}
		for kind, encode := range map[string]func() ([]byte, error){"PNG": Figure(p).PNG, "SVG": Figure(p).SVG, "PDF": Figure(p).PDF} {
			if _, err := encode(); err != nil {
				t.Errorf("%s: %s: %v", name, kind, err)
			}
		}
	}
}

func ringOf(f *frameBox) plot.Plotter {
	for _, m := range f.frame.Marks {
		if r, ok := m.Plot.(*ring); ok {
			return r
		}
	}
	return nil
}

// inks tells whether a mark draws a line that goes somewhere, or fills
// something, within the frame.
func inks(f *frameBox, m Mark) bool {
	alone := *f
	alone.frame.Marks = []Mark{m}
	var r recorder.Canvas
	alone.drawVectors(&r)
	for _, a := range r.Actions {
		switch a := a.(type) {
		case *recorder.Fill:
			return true
		case *recorder.Stroke:
			for _, step := range a.Path[1:] {
				if step.Pos != a.Path[0].Pos {
					return true
				}
			}
		}
	}
	return false
}
