package plotting

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot/vg"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

func ramp(n int, scale float64) *mat.Dense {
	x := mat.NewDense(n, 2, nil)
	for i := range n {
		x.Set(i, 0, scale*float64(i))
		x.Set(i, 1, -scale*float64(i))
	}
	return x
}

// composed returns figures whose tick labels, titles and legends differ much
// in size from panel to panel.
func composed() map[string]*Drawing {
	long := strings.Repeat("a title that does not end ", 8)
	panels := func() []Panel {
		return []Panel{
			Traces(recording.Series{Dt: 0.01, Values: ramp(101, 1e-9)}).Title(long).Names(long, "b"),
			Traces(recording.Series{Dt: 0.01, Values: ramp(101, 1)}).Stacked().Names("a rather long name", "b"),
			Outputs(recording.Series{Dt: 0.01, Values: ramp(101, 1e4), Targets: ramp(101, 1e4)}).YLabel(long),
			Raster(recording.Spikes{Times: []float64{0.02, 1}, Units: []int{0, 12345}}).Title("spikes"),
			Scree([]float64{3, 2, 1}),
			Comparison(Group{long, []float64{1, 2}}, Group{"b", []float64{3}}).YLabel("nMSE"),
		}
	}
	return map[string]*Drawing{
		"one column":   Figure(panels()...).Tag(long).Title(long),
		"two columns":  Figure(panels()...).Columns(2),
		"four columns": Figure(panels()...).Columns(4).Width(30),
		"scales of colours": Figure(
			Heat([]float64{0.001, 0.1}, []float64{1e9, 2e9}, mat.NewDense(2, 2, []float64{1, 1e7, 2, 3e7})).ZLabel(long).Title(long),
			Heat([]float64{1}, []float64{1}, mat.NewDense(1, 1, []float64{1})),
			Scree([]float64{3, 2, 1}),
			Heat([]float64{1, 2}, []float64{1}, mat.NewDense(1, 2, []float64{1, math.NaN()})).LogZ().Height(2).ZLabel("a"),
		).Columns(2).Width(20),
		"fixed, narrow": Figure(panels()[3:]...).Size(9, 22),
	}
}

func mustPage(t *testing.T, d *Drawing) *page {
	t.Helper()
	p, err := d.page()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Data areas line up exactly: bit for bit, not nearly.
func TestDataAreasLineUp(t *testing.T) {
	for name, d := range composed() {
		t.Run(name, func(t *testing.T) {
			p := mustPage(t, d)
			columns, tops, bottoms := map[int][2]vg.Length{}, map[int]vg.Length{}, map[int]vg.Length{}
			for _, c := range p.cells {
				for _, f := range c.frames {
					sides := [2]vg.Length{f.data.Min.X, f.data.Max.X}
					if known, ok := columns[c.column]; ok && known != sides {
						t.Errorf("panel %s: sides %v, others of its column %v", c.letter, sides, known)
					}
					columns[c.column] = sides
				}
				top, bottom := c.frames[0].data.Max.Y, c.frames[len(c.frames)-1].data.Min.Y
				if known, ok := tops[c.row]; ok && known != top {
					t.Errorf("panel %s: top %v, others of its row %v", c.letter, top, known)
				}
				if known, ok := bottoms[c.row]; ok && math.Abs(float64(known-bottom)) > float64(pixel) {
					t.Errorf("panel %s: bottom %v, others of its row %v", c.letter, bottom, known)
				}
				tops[c.row], bottoms[c.row] = top, bottom
			}
		})
	}
}

// box is a named rectangle of text or data.
type box struct {
	name string
	vg.Rectangle
}

func rect(x0, y0, x1, y1 vg.Length) vg.Rectangle {
	return vg.Rectangle{Min: vg.Point{X: x0, Y: y0}, Max: vg.Point{X: x1, Y: y1}}
}

// boxes returns where the cell puts its texts and data.
func (c *cell) boxes() []box {
	var out []box
	first := c.frames[0].data
	legendTop := first.Max.Y + legendStyle.height(c.lines) + headGap
	for i, e := range c.entries {
		var w vg.Length
		for _, s := range e.lines {
			w = max(w, legendStyle.width(s))
		}
		x, y := first.Min.X+e.x, legendTop-legendStyle.size*leading*vg.Length(e.line)
		out = append(out, box{"legend " + string(rune('0'+i)), rect(x, y-legendStyle.height(len(e.lines)), x+thumbWidth+thumbGap+w, y)})
	}
	var w vg.Length
	for _, s := range c.title {
		w = max(w, titleStyle.width(s))
	}
	if len(c.title) > 0 {
		y := c.titleTop()
		out = append(out, box{"title", rect(first.Min.X, y-titleStyle.height(len(c.title)), first.Min.X+w, y)})
	}
	out = append(out, box{"letter", rect(c.x, c.y-letterStyle.size, c.x+letterStyle.width(c.letter), c.y)})
	for _, f := range c.frames {
		d := f.data
		out = append(out, box{"data", d})
		x := d.Min.X - f.left
		var long vg.Length
		for _, s := range f.yLabel {
			long = max(long, labelStyle.width(s))
		}
		mid := (d.Min.Y + d.Max.Y) / 2
		out = append(out, box{"y label", rect(x, mid-long/2, x+labelStyle.height(len(f.yLabel)), mid+long/2)})
	}
	for _, f := range c.frames {
		if f.frame.key != nil {
			out = append(out, box{"scale of colours", rect(f.data.Max.X+keyGap, f.data.Min.Y, f.data.Max.X+f.keyReach(), f.data.Max.Y)})
		}
	}
	last := c.frames[len(c.frames)-1]
	if !c.hideX {
		for _, tk := range last.xTicks {
			var w vg.Length
			for _, s := range tk.lines {
				w = max(w, tickStyle.width(s))
			}
			x := last.data.Min.X + vg.Length(last.frame.X.norm(tk.Value))*last.data.Size().X
			y := last.data.Min.Y - tickLength - tickGap
			out = append(out, box{"x tick " + tk.Label, rect(x-w/2, y-tickStyle.height(len(tk.lines)), x+w/2, y)})
		}
	}
	return out
}

// Titles, legends, letters, labels and data keep clear of each other, between
// panels too, and stay on the page.
func TestNothingOverlapsOrLeavesThePage(t *testing.T) {
	for name, d := range composed() {
		t.Run(name, func(t *testing.T) {
			p := mustPage(t, d)
			var all []box
			for _, c := range p.cells {
				for _, b := range c.boxes() {
					b.name = c.letter + " " + b.name
					all = append(all, b)
				}
			}
			const slack = 0.6 // rounding to pixels moves edges by half a pixel each
			for i, a := range all {
				if a.Min.X < 0 || a.Min.Y < 0 || a.Max.X > p.width || a.Max.Y > p.height {
					t.Errorf("%s leaves the page %vx%v: %v", a.name, p.width, p.height, a.Rectangle)
				}
				for _, b := range all[:i] {
					if a.Min.X < b.Max.X-slack && b.Min.X < a.Max.X-slack && a.Min.Y < b.Max.Y-slack && b.Min.Y < a.Max.Y-slack {
						t.Errorf("%s %v overlaps %s %v", a.name, a.Rectangle, b.name, b.Rectangle)
					}
				}
			}
		})
	}
}

func TestSharedAxes(t *testing.T) {
	a := func() *TracesPanel { return Traces(recording.Series{Dt: 0.01, Values: ramp(100, 1)}) }
	spikes := Raster(recording.Spikes{Times: []float64{0.03, 0.97}, Units: []int{0, 1}})
	hidden := func(d *Drawing) string {
		s := ""
		for _, c := range mustPage(t, d).cells {
			s += map[bool]string{true: "-", false: "x"}[c.hideX]
		}
		return s
	}
	cases := []struct {
		name string
		fig  *Drawing
		want string
	}{
		{"same quantity and range", Figure(a(), spikes, a()), "--x"},
		{"other range", Figure(a(), Traces(recording.Series{Dt: 0.02, Values: ramp(100, 1)}), a()), "xxx"},
		{"other quantity", Figure(a(), a().XLabel("trial"), a()), "xxx"},
		{"chosen limits that cut data off", Figure(a(), a().XLim(0, 0.98)), "xx"},
		{"chosen limits that hold the data", Figure(spikes, a().XLim(0, 1)), "-x"},
		{"a row that cannot share", Figure(a(), Scree([]float64{1}), a(), a()).Columns(2), "xxxx"},
		{"rows that can", Figure(a(), a(), a(), a()).Columns(2), "--xx"},
	}
	for _, c := range cases {
		if got := hidden(c.fig); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	p := mustPage(t, Figure(a(), spikes))
	x, y := p.cells[0].frames[0].frame.X, p.cells[1].frames[0].frame.X
	if x.Min != y.Min || x.Max != y.Max {
		t.Errorf("shared axes run from %g to %g and from %g to %g", x.Min, x.Max, y.Min, y.Max)
	}
}

func TestEqualScales(t *testing.T) {
	f := mustPage(t, Figure(Trajectory(ramp(50, 2), 0, 1).Equal())).cells[0].frames[0]
	perX := (f.frame.X.Max - f.frame.X.Min) / float64(f.data.Size().X)
	perY := (f.frame.Y.Max - f.frame.Y.Min) / float64(f.data.Size().Y)
	if math.Abs(perX/perY-1) > 0.01 {
		t.Errorf("a point is %g in x and %g in y", perX, perY)
	}
}

func TestSizeIsKept(t *testing.T) {
	p := mustPage(t, Figure(Traces(recording.Series{Dt: 1, Values: ramp(5, 1)}), Scree([]float64{1})).Size(12, 9))
	if math.Abs(float64(p.width-cm(12))) > float64(pixel) || math.Abs(float64(p.height-cm(9))) > float64(pixel) {
		t.Errorf("12 x 9 cm became %.3f x %.3f", p.width/vg.Centimeter, p.height/vg.Centimeter)
	}
	low := p.cells[1].frames[0].data.Min.Y - p.cells[1].foot()
	if math.Abs(float64(low-outerMargin)) > 1 {
		t.Errorf("the lowest text ends %v points above the edge, want %v", low, outerMargin)
	}
}
