package plotting

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// The eye looks along what is neither right nor up, and the three are at right
// angles and of length one: distances across the view are true.
func TestSpaceViewIsAProjection(t *testing.T) {
	for azimuth := -180.0; azimuth < 180; azimuth += 37 {
		for elevation := -90.0; elevation <= 90; elevation += 30 {
			v := newView(azimuth, elevation)
			for _, p := range [][2][3]float64{{v.right, v.up}, {v.right, v.eye}, {v.up, v.eye}} {
				if d := dot3(p[0], p[1]); math.Abs(d) > 1e-15 {
					t.Errorf("at %g, %g: product %g, want 0", azimuth, elevation, d)
				}
			}
			for _, p := range [][3]float64{v.right, v.up, v.eye} {
				if d := dot3(p, p); math.Abs(d-1) > 1e-15 {
					t.Errorf("at %g, %g: length² %g, want 1", azimuth, elevation, d)
				}
			}
			// The same by two rotations, about z and then about the axis to the right.
			s, e := azimuth*math.Pi/180, elevation*math.Pi/180
			ahead, right := 5*math.Cos(s)+2*math.Sin(s), 2*math.Cos(s)-5*math.Sin(s)
			if x, y := v.flat([3]float64{5, 2, 3}); math.Abs(x-right) > 1e-14 || math.Abs(y-(3*math.Cos(e)-ahead*math.Sin(e))) > 1e-14 {
				t.Errorf("at %g, %g: the point (5, 2, 3) is at %g, %g", azimuth, elevation, x, y)
			}
			if v.up[2] < 0 {
				t.Errorf("at %g, %g: z points down", azimuth, elevation)
			}
		}
	}
	// From x, at the height of the floor: y to the right, z up.
	v := newView(0, 0)
	if x, y := v.flat([3]float64{5, 2, 3}); x != 2 || y != 3 {
		t.Errorf("from x the point is at %g, %g, want 2, 3", x, y)
	}
	// From above, the eye in the direction of -y: a map, with x to the right.
	v = newView(-90, 90)
	if x, y := v.flat([3]float64{2, 3, 5}); math.Abs(x-2) > 1e-15 || math.Abs(y-3) > 1e-15 {
		t.Errorf("from above the point is at %g, %g, want 2, 3", x, y)
	}
}

// Whatever the direction of view and the shape of the box, labels and box stay
// on the panel and use one of its sides up.
func TestSpaceFitsItsPanel(t *testing.T) {
	x := mat.NewDense(40, 3, nil)
	for i := range 40 {
		s := float64(i) / 6
		x.SetRow(i, []float64{300 * math.Cos(s), 200 * math.Sin(s), s})
	}
	for _, equal := range []bool{false, true} {
		for azimuth := -180.0; azimuth < 180; azimuth += 23 {
			for elevation := -90.0; elevation <= 90; elevation += 15 {
				p := Space(x, 0, 1, 2).From(azimuth, elevation).ZLabel("a long name (a.u.)")
				if equal {
					p.Equal()
				}
				scene, err := p.scene()
				if err != nil {
					t.Fatal(err)
				}
				var rec recorder.Canvas
				c := draw.Canvas{Canvas: &rec, Rectangle: vg.Rectangle{Min: vg.Point{X: 10, Y: 20}, Max: vg.Point{X: 310, Y: 220}}}
				(&spaceBox{scene: scene}).draw(c, plot.New())
				for _, a := range rec.Actions {
					s, ok := a.(*recorder.FillString)
					if !ok {
						continue
					}
					left, right := float64(s.Point.X), float64(s.Point.X)+float64(tickStyle.width(s.String))*0.7
					if left < 10-1e-6 || right > 310+1e-6 || s.Point.Y < 20 || s.Point.Y > 220 {
						t.Fatalf("at %g, %g: %q is drawn at %v, outside of the panel", azimuth, elevation, s.String, s.Point)
					}
				}
				if f := (&spaceBox{scene: scene}).fit(newView(azimuth, elevation), c, nil); f.scale < 40 {
					t.Errorf("at %g, %g: the box is drawn at a scale of %g points only", azimuth, elevation, f.scale)
				}
			}
		}
	}
}

// The scene holds the points in proportion.
func TestSpaceScene(t *testing.T) {
	x := mat.NewDense(3, 3, []float64{0, 0, -1, 1, 4, 0, 2, 8, 1})
	s, err := Space(x, 0, 1, 2).XLim(0, 2).YLim(0, 8).ZLim(-1, 1).Name("a").Dt(0.5).scene()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := s.Paths[0].Points[2], [3]float64{1, 1, 1}; got != want {
		t.Errorf("the last point is at %v, want %v", got, want)
	}
	if got, want := s.Paths[0].Name, "a, 0 to 1 s"; got != want {
		t.Errorf("the path is called %q, want %q", got, want)
	}
	s, err = Space(x, 0, 1, 2).XLim(0, 2).YLim(0, 8).ZLim(-1, 1).Equal().scene()
	if err != nil {
		t.Fatal(err)
	}
	if want := [3]float64{0.25, 1, 0.25}; s.Half != want || s.Paths[0].Points[2] != want {
		t.Errorf("with one scale the box is %v and ends at %v, want %v", s.Half, s.Paths[0].Points[2], want)
	}
}

func TestSpaceRefuses(t *testing.T) {
	x := mat.NewDense(2, 3, []float64{1, 2, 3, 4, 5, 6})
	bad := mat.NewDense(1, 3, []float64{1, math.NaN(), 3})
	for says, p := range map[string]*SpacePanel{
		"column 3 does not exist":               Space(x, 0, 1, 3),
		"column -1 does not exist":              Space(x, -1, 1, 2),
		"NaN at row 0, column 1":                Space(bad, 0, 1, 2),
		`trajectory "b" is nil`:                 Space(x, 0, 1, 2).Add("b", nil),
		"beyond its limits 1 and 2":             Space(x, 0, 1, 2).XLim(1, 2),
		"along z":                               Space(x, 0, 1, 2).ZLim(4, 7),
		"lower end must be below":               Space(x, 0, 1, 2).ZLim(7, 4),
		"elevation from -90 to 90":              Space(x, 0, 1, 2).From(0, 91),
		"azimuth must be finite":                Space(x, 0, 1, 2).From(math.Inf(1), 0),
		"time step is 0 s":                      Space(x, 0, 1, 2).Dt(0),
		`panel A "t": space: column 9 does not`: Space(x, 9, 1, 2).Title("t"),
	} {
		if _, err := Figure(p).PNG(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
}

func TestSpaceJSON(t *testing.T) {
	x := mat.NewDense(2, 3, []float64{1, 2, 3, 4, 5, 6})
	f := numbersOf(t, Figure(Space(x, 0, 1, 2).Name("a").ZLabel("PC 3 (a.u.)"))).Panels[0].Frames[0]
	if f.Z == nil || f.Z.Label != "PC 3 (a.u.)" || f.X.Label != "component 1" {
		t.Errorf("the axes are %+v, %+v", f.X, f.Z)
	}
	if len(f.Series) != 1 || f.Series[0].Name != "a" || f.Series[0].X[1] != 4 || f.Series[0].Z[1] != 6 {
		t.Errorf("the series are %+v", f.Series)
	}
}

// One point, or all in one place, is drawn all the same.
func TestSpaceOfOnePoint(t *testing.T) {
	for _, x := range []*mat.Dense{mat.NewDense(1, 3, []float64{1, 2, 3}), mat.NewDense(5, 3, nil)} {
		if _, err := Figure(Space(x, 0, 1, 2).Equal()).PNG(); err != nil {
			t.Error(err)
		}
	}
}

// Outlined text needs no fonts, and says the same everywhere.
func TestOutlinedSVGHasNoText(t *testing.T) {
	d := Figure(Traces(recording.Series{Dt: 0.1, Values: mat.NewDense(3, 1, []float64{1, 2, 3})}).Title("ω₁ (s⁻¹)"))
	drawing, err := d.OutlinedSVG()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(drawing), "<text") || strings.Contains(string(drawing), "font") {
		t.Error("the drawing holds text")
	}
	plain, err := d.SVG()
	if err != nil {
		t.Fatal(err)
	}
	// Each letter of the plain drawing is one more path in the outlined one.
	letters := 0
	for _, part := range strings.Split(string(plain), "<text")[1:] {
		_, part, _ = strings.Cut(part, ">")
		part, _, _ = strings.Cut(part, "<")
		letters += len([]rune(strings.ReplaceAll(part, " ", "")))
	}
	more := strings.Count(string(drawing), "<path") - strings.Count(string(plain), "<path")
	if letters < 10 || more != letters {
		t.Errorf("%d letters became %d shapes", letters, more)
	}
	if _, err := Figure().OutlinedSVG(); err == nil {
		t.Error("an empty figure was drawn")
	}
}
