package plotting

import (
	"image/color"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiketrain"
	"github.com/spikewalk/spikewalk/neuro/task"
)

func linear(v uint8) float64 {
	s := float64(v) / 255
	if s <= 0.04045 {
		return s / 12.92
	}
	return math.Pow((s+0.055)/1.055, 2.4)
}

// luminance is relative, of 0 to 1, and lightness CIE's L*.
func luminance(c color.NRGBA) float64 {
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}
func lightness(c color.NRGBA) float64 { return 116*math.Cbrt(math.Max(luminance(c), 1e-9)) - 16 }

// The first four colours stay apart in grey, and none vanishes on white.
func TestPaletteInGrey(t *testing.T) {
	for i, a := range okabeIto {
		if l := lightness(a); l > 75 {
			t.Errorf("colour %d is too pale for white: L* = %.0f", i, l)
		}
		for j := range min(i, 4) {
			if d := math.Abs(lightness(a) - lightness(okabeIto[j])); i < 4 && d < 11.5 {
				t.Errorf("colours %d and %d differ by %.1f in lightness", j, i, d)
			}
		}
	}
}

// The ramp's order is seen without colour, as lightness, and all of it on white:
// WCAG's contrast of 3 for lines.
func TestRampIsOrdered(t *testing.T) {
	const n = 101
	for i := range n {
		c := onRamp(i, n)
		if contrast := 1.05 / (luminance(c) + 0.05); contrast < 3 {
			t.Errorf("step %d has a contrast of %.2f with white", i, contrast)
		}
		if i > 0 && lightness(c) <= lightness(onRamp(i-1, n)) {
			t.Errorf("step %d is no lighter than the one before", i)
		}
	}
	if span := lightness(onRamp(n-1, n)) - lightness(onRamp(0, n)); span < 40 {
		t.Errorf("the ramp spans %.0f in lightness", span)
	}
}

// No colour is used twice, however many there are.
func TestColorsDoNotWrap(t *testing.T) {
	for _, n := range []int{0, 1, 6, 7, 40} {
		seen := map[color.NRGBA]bool{}
		for _, c := range Colors(n) {
			seen[c] = true
		}
		if len(seen) != n {
			t.Errorf("%d colours of %d", len(seen), n)
		}
	}
	if slices.Contains(Colors(6), Perturbed.Color()) {
		t.Error("what has no role may look perturbed")
	}
}

// everyLooking is three lines in each kind of panel that takes roles.
func everyLooking() map[string]interface {
	Panel
	colored
} {
	x := mat.NewDense(4, 3, []float64{1, 2, 3, 2, 1, 4, 3, 5, 3, 4, 4, 8})
	s := recording.Series{Dt: 0.1, Values: x, Targets: x}
	lines := []Line{{Name: "a", X: []float64{1, 2}, Y: []float64{1, 2}}, {Name: "b", X: []float64{1, 2}, Y: []float64{3, 2}}, {Name: "c", X: []float64{1, 2}, Y: []float64{5, 2}}}
	samples := []Samples{{X: []float64{1, 2}, Values: [][]float64{{1}, {2}}}, {X: []float64{1, 2}, Values: [][]float64{{2}, {3}}}, {X: []float64{1, 2}, Values: [][]float64{{3}, {4}}}}
	plane := x.Slice(0, 4, 0, 2)
	trial := task.Trial{Targets: x}
	return map[string]interface {
		Panel
		colored
	}{
		"comparison": Comparison(Group{"a", []float64{1}}, Group{"b", []float64{2}}, Group{"c", []float64{2}}),
		"curve":      Curve(samples...),
		"drift":      Drift(lines...),
		"learning":   Learning(lines...),
		"outputs":    Outputs(s),
		"psth":       PSTH(&spiketrain.Response{Dt: 1, Mean: []*mat.Dense{x, x, x}}),
		"rotation":   Rotation(plane, plane, plane),
		"space":      Space(x, 0, 1, 2).Add("b", x).Add("c", x),
		"traces":     Traces(s),
		"trajectory": Trajectory(x, 0, 1).Add("b", x).Add("c", x),
		"trials":     Trials(task.Shape{Name: "s", Dt: 0.1, Outputs: 3}, trial),
		"tuning":     Tuning([]float64{1, 2, 3, 4}, x),
	}
}

// colored are panels whose colours can be asked for.
type colored interface {
	colors(n int) ([]color.NRGBA, error)
}

// In every kind of panel a role has its colour, and roles that do not fit are
// refused.
func TestRolesInEveryPanel(t *testing.T) {
	roles := []Role{Perturbed, Learned, Optimum}
	for name := range everyLooking() {
		with := func(method string, roles ...Role) (Panel, colored) {
			p := everyLooking()[name]
			var in []reflect.Value
			for _, r := range roles {
				in = append(in, reflect.ValueOf(r))
			}
			reflect.ValueOf(p).MethodByName(method).Call(in)
			return p, p
		}
		p, c := with("Role", roles...)
		if _, err := p.Content(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		got, err := c.colors(3)
		if want := []color.NRGBA{Perturbed.Color(), Learned.Color(), Optimum.Color()}; err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: colours %v, %v", name, got, err)
		}
		if _, err := Figure(p).SVG(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if svg, _ := Figure(p).SVG(); name != "trajectory" && name != "space" && name != "comparison" && !strings.Contains(strings.ToLower(string(svg)), "#d55e00") {
			t.Errorf("%s: nothing is vermilion", name)
		}
		if p, _ = with("Role", Learned); contentError(p) != nil {
			t.Errorf("%s: one role for all: %v", name, contentError(p))
		}
		if p, _ = with("Role", Learned, Perturbed); contentError(p) == nil {
			t.Errorf("%s: two roles for three lines", name)
		}
		if p, _ = with("Role", Learned, Perturbed, Role(99)); contentError(p) == nil {
			t.Errorf("%s: a role that does not exist", name)
		}
		p, c = with("Ordered")
		if got, err := c.colors(3); err != nil || contentError(p) != nil || got[0] != onRamp(0, 3) || got[2] != onRamp(2, 3) {
			t.Errorf("%s, ordered: %v, %v, %v", name, got, err, contentError(p))
		}
	}
}

func contentError(p Panel) error {
	_, err := p.Content()
	return err
}

// What has no role beside what has one is not mistaken for another role.
func TestOthersBesideRoles(t *testing.T) {
	l := looks[*CurvePanel]{roles: []Role{Perturbed, Other, Learned, Other}}
	got, err := l.colors(4)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []int{1, 3} {
		for _, role := range []Role{Learned, Recovering, Perturbed, Optimum, Target} {
			if got[k] == role.Color() {
				t.Errorf("line %d looks like role %d", k, role)
			}
		}
	}
	if got[1] == got[3] {
		t.Error("two others look alike")
	}
}

// A comparison's columns are told apart by their places, so that they share one
// colour.
func TestColumnsHaveOneColour(t *testing.T) {
	p := Comparison(Group{"a", []float64{1}}, Group{"b", []float64{2}})
	colors, err := p.columnColors()
	if err != nil || colors[0] != colors[1] {
		t.Errorf("%v, %v", colors, err)
	}
}

// Neurons are told apart by the side on which they fire more.
func TestTuningBySides(t *testing.T) {
	rates := mat.NewDense(3, 3, []float64{9, 0, 0, 5, 1, 5, 0, 2, 9})
	p := Tuning([]float64{-1, 0, 1}, rates)
	c, err := p.Content()
	if err != nil {
		t.Fatal(err)
	}
	for i, side := range []int{0, 1, 1} {
		if got := c.Frames[0].Marks[i].Plot.(*polyline).style.Color; got != sideColors[side] {
			t.Errorf("neuron %d: %v", i, got)
		}
	}
	if legend := c.legend(); len(legend) != 2 {
		t.Errorf("legend %v", legend)
	}
}

// A curve that another covers is wide enough to be seen beneath it.
func TestHiddenCurvesAreBroughtOut(t *testing.T) {
	x := []float64{0, 1, 2, 3}
	p := Drift(Line{Name: "own", X: x, Y: []float64{1, 2, 3, 9}}, Line{Name: "same", X: x, Y: []float64{1, 2, 3, 9.01}}, Line{Name: "other", X: x, Y: []float64{9, 2, 1, 1}})
	c, err := p.Content()
	if err != nil {
		t.Fatal(err)
	}
	var widths []float64
	for _, m := range c.Frames[0].Marks {
		if line := lineIn(m.Plot); m.Legend != "" && line != nil {
			widths = append(widths, float64(line.style.Width/lineWidth))
		}
	}
	if !slices.Equal(widths, []float64{2.4, 1, 1}) {
		t.Errorf("widths %v", widths)
	}
}

// Points beyond the chosen ends of an axis are told.
func TestPointsBeyondTheAxis(t *testing.T) {
	p := Comparison(Group{"a", []float64{1, 2, 30}}, Group{"b", []float64{-4, 2}}).YLim(0, 5)
	c, err := p.Content()
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, m := range c.legend() {
		words = append(words, m.Legend)
	}
	if !slices.Contains(words, "beyond the axis: −4 to 30") {
		t.Errorf("legend %q", words)
	}
	if c, _ = p.YLim(-10, 50).Content(); len(c.legend()) != 1 {
		t.Errorf("legend %v", c.legend())
	}
}

// Panels that are compared have the axes of all together.
func TestSameScales(t *testing.T) {
	a := Drift(Line{X: []float64{0, 1}, Y: []float64{0, 1}})
	b := Drift(Line{X: []float64{-5, 1}, Y: []float64{0, 70}})
	var frames []Frame
	for _, p := range SameScales(a, b) {
		c, err := p.Content()
		if err != nil {
			t.Fatal(err)
		}
		frames = append(frames, c.Frames...)
	}
	if frames[0].X.Min != frames[1].X.Min || frames[0].Y.Max != frames[1].Y.Max || frames[0].Y.Max < 70 || frames[0].X.Min > -5 {
		t.Errorf("axes %+v and %+v", frames[0], frames[1])
	}
	for name, panels := range map[string][]Panel{
		"a nil panel":      {a, nil},
		"other axes":       {a, Curve(Samples{X: []float64{1}, Values: [][]float64{{1}}}).LogY()},
		"more frames":      {a, Outputs(recording.Series{Dt: 1, Values: mat.NewDense(2, 2, nil), Targets: mat.NewDense(2, 2, nil)})},
		"a panel in error": {Drift(), a},
	} {
		if _, err := Figure(SameScales(panels...)...).SVG(); err == nil {
			t.Errorf("%s: drawn", name)
		}
	}
}

// The legend of many ordered traces is the ramp, whose ends have names.
func TestManyOrderedTracesHaveOneKey(t *testing.T) {
	names := []string{"-4", "-3", "-2", "-1", "0", "1", "2", "3", "4"}
	traces := func(n int) *TracesPanel {
		return Traces(recording.Series{Dt: 1, Values: mat.NewDense(2, n, make([]float64, 2*n)), Names: names[:n]})
	}
	for n, want := range map[int]int{8: 8, 9: 1} {
		c, err := traces(n).Ordered().Content()
		if err != nil {
			t.Fatal(err)
		}
		if got := c.legend(); len(got) != want {
			t.Errorf("the legend of %d ordered traces has %d entries, want %d", n, len(got), want)
		} else if n == 9 && got[0].Legend != "-4 to 4" {
			t.Errorf("the legend is %q", got[0].Legend)
		}
		if name := c.Frames[0].Marks[1].Name; name != "-3" {
			t.Errorf("the numbers of the second of %d traces are called %q", n, name)
		}
	}
	if c, err := traces(9).Content(); err != nil || len(c.legend()) != 9 {
		t.Errorf("the legend of traces in no order has %d entries (%v), want 9", len(c.legend()), err)
	}
}
