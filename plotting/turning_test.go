package plotting

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"

	"github.com/spikewalk/spikewalk/internal/player"
)

// turned is a figure to turn, and what this package draws of its box from
// several sides. The file is also what the browser's tests compare with what
// the script draws: what must change here must change there.
type turned struct {
	Figure *player.Figure `json:"figure"`
	Views  []turnedView   `json:"views"`
}

type turnedView struct {
	Azimuth   float64       `json:"azimuth"`
	Elevation float64       `json:"elevation"`
	Shapes    []turnedShape `json:"shapes"`
}

// turnedShape is what the script calls a shape, in pixels.
type turnedShape struct {
	Line   [][2]float64 `json:"line,omitempty"`
	Area   [][2]float64 `json:"area,omitempty"`
	Disc   *[2]float64  `json:"disc,omitempty"`
	Radius float64      `json:"radius,omitempty"`
	Text   string       `json:"text,omitempty"`
	X      float64      `json:"x,omitempty"`
	Y      float64      `json:"y,omitempty"`
	Size   float64      `json:"size,omitempty"`
	Color  string       `json:"color"`
	Width  float64      `json:"width,omitempty"`
}

const turnedFile = "testdata/turning.json"

// toTurn are two paths with ends, shadows, a label with a raised part and sides
// of different lengths.
func toTurn() *Drawing {
	path := func(n int, phase float64) *mat.Dense {
		x := mat.NewDense(n, 3, nil)
		for i := range n {
			t := float64(i) / 20
			x.SetRow(i, []float64{2 * math.Cos(t+phase), 3 * math.Sin(t+phase), t / 4})
		}
		return x
	}
	return Figure(Space(path(160, 0), 0, 1, 2).Name("slow").Add("fast", path(120, 2)).Equal().
		XLabel("rate (s⁻¹)").YLabel("factor 2").ZLabel("factor 3 (a.u.)").Title("Two helices")).Width(12).Caption("Two paths.")
}

func TestTurningShowsWhatIsDrawn(t *testing.T) {
	figure, err := toTurn().Turning()
	if err != nil {
		t.Fatal(err)
	}
	got := turned{Figure: figure}
	for _, v := range [][2]float64{{-60, 25}, {30, 10}, {135, -40}, {-120, 75}, {0, 90}, {90, 0}, {-179, -90}, {47, 5}} {
		got.Views = append(got.Views, turnedView{v[0], v[1], drawnFrom(t, v[0], v[1])})
	}
	is, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(turnedFile, append(is, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	was, err := os.ReadFile(turnedFile)
	if err != nil {
		t.Fatal(err)
	}
	if where := unlike(t, is, was); where != "" {
		t.Errorf("%s has changed: go test ./plotting -update writes it anew, and ./cmd/spikewalk/internal/browser compares the script with it", where)
	}
}

// unlike finds the first place where two texts of JSON differ by more than
// another processor's rounding.
func unlike(t *testing.T, is, was []byte) string {
	t.Helper()
	var a, b any
	for text, to := range map[*[]byte]*any{&is: &a, &was: &b} {
		if err := json.Unmarshal(*text, to); err != nil {
			t.Fatal(err)
		}
	}
	return unlikeAt("all", a, b)
}

func unlikeAt(where string, a, b any) string {
	switch a := a.(type) {
	case float64:
		if b, ok := b.(float64); ok && math.Abs(a-b) < 0.025 {
			return ""
		}
	case []any:
		if b, ok := b.([]any); ok && len(a) == len(b) {
			for i := range a {
				if w := unlikeAt(fmt.Sprintf("%s[%d]", where, i), a[i], b[i]); w != "" {
					return w
				}
			}
			return ""
		}
	case map[string]any:
		if b, ok := b.(map[string]any); ok && len(a) == len(b) {
			for _, k := range slices.Sorted(maps.Keys(a)) {
				if w := unlikeAt(where+"."+k, a[k], b[k]); w != "" {
					return w
				}
			}
			return ""
		}
	default:
		if a == b {
			return ""
		}
	}
	return where
}

// drawnFrom records what is drawn of the box.
func drawnFrom(t *testing.T, azimuth, elevation float64) []turnedShape {
	t.Helper()
	p, err := toTurn().page()
	if err != nil {
		t.Fatal(err)
	}
	box, area := p.box()
	box.turning(area, p.height)
	for k := range box.scene.Paths { // the page has these
		box.scene.Paths[k].Points = thinned(box.scene.Paths[k].Points)
	}
	box.scene.Azimuth, box.scene.Elevation = azimuth, elevation
	var r recorder.Canvas
	box.draw(draw.Canvas{Canvas: &r, Rectangle: area}, plot.New())

	round := func(x float64) float64 { return math.Round(100*x) / 100 }
	at := func(pt vg.Point) [2]float64 {
		return [2]float64{round(float64(pt.X) * 96 / 72), round(float64(p.height-pt.Y) * 96 / 72)}
	}
	var out []turnedShape
	var s turnedShape
	for _, a := range r.Actions {
		switch a := a.(type) {
		case *recorder.SetColor:
			s.Color = css(a.Color)
		case *recorder.SetLineWidth:
			s.Width = inPixels(a.Width)
		case *recorder.Stroke:
			line := turnedShape{Color: s.Color, Width: s.Width}
			for _, c := range a.Path {
				line.Line = append(line.Line, at(c.Pos))
			}
			out = append(out, line)
		case *recorder.Fill:
			area := turnedShape{Color: s.Color}
			for _, c := range a.Path {
				switch c.Type {
				case vg.ArcComp:
					centre := at(c.Pos)
					area.Disc, area.Radius, area.Area = &centre, inPixels(c.Radius), nil
				case vg.MoveComp, vg.LineComp:
					area.Area = append(area.Area, at(c.Pos))
				}
			}
			if area.Disc != nil {
				area.Area = nil
			}
			out = append(out, area)
		case *recorder.FillString:
			pt := at(a.Point)
			out = append(out, turnedShape{Text: a.String, X: pt[0], Y: pt[1], Size: inPixels(a.Size), Color: s.Color})
		}
	}
	return out
}

// However the box is turned, it and its labels stay in their place.
func TestTurningFitsFromAnywhere(t *testing.T) {
	p, err := toTurn().page()
	if err != nil {
		t.Fatal(err)
	}
	box, area := p.box()
	box.turning(area, p.height)
	for azimuth := -180.0; azimuth < 180; azimuth += 7 {
		for elevation := -90.0; elevation <= 90; elevation += 7 {
			v := newView(azimuth, elevation)
			for _, it := range box.items(v, box.texts(v)) {
				x, y := box.fixed.origin.X+box.fixed.scale*vg.Length(it.at[0]), box.fixed.origin.Y+box.fixed.scale*vg.Length(it.at[1])
				const slack = 3 // between the views that were looked at
				if x+it.low[0] < area.Min.X-slack || x+it.high[0] > area.Max.X+slack || y+it.low[1] < area.Min.Y-slack || y+it.high[1] > area.Max.Y+slack {
					t.Fatalf("from %g, %g something is drawn outside of the panel", azimuth, elevation)
				}
			}
		}
	}
	if box.fixed.scale < 0.5*box.fit(newView(-60, 25), draw.Canvas{Rectangle: area}, nil).scale {
		t.Errorf("the box is drawn at a scale of %g points", box.fixed.scale)
	}
}

func TestTurning(t *testing.T) {
	f, err := toTurn().Turning()
	if err != nil {
		t.Fatal(err)
	}
	if f.Caption != "Two paths." || !strings.Contains(f.Alt, "factor 3") || f.Scene.Paths[1].Name != "fast" {
		t.Errorf("the figure is %+v", f)
	}
	if _, err := f.Encode(); err != nil {
		t.Error(err)
	}
	long := mat.NewDense(10_000, 3, nil)
	for i := range 10_000 {
		long.Set(i, 0, float64(i))
	}
	f, err = Figure(Space(long, 0, 1, 2)).Turning()
	if err != nil {
		t.Fatal(err)
	}
	if points := f.Scene.Paths[0].Points; len(points) > turnSamples+1 || points[len(points)-1][0] < 0.9 {
		t.Errorf("%d points, the last at %v", len(points), points[len(points)-1])
	}
	for _, d := range []*Drawing{Figure(busyRaster(10)), Figure(Space(long, 0, 1, 2), Space(long, 0, 1, 2)), Figure(Space(long, 0, 1, 9))} {
		if _, err := d.Turning(); err == nil {
			t.Error("a figure that cannot be turned was")
		}
	}
}
