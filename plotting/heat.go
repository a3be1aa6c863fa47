package plotting

import (
	"errors"
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// HeatPanel shows a quantity over two others; see [Heat].
type HeatPanel struct {
	options[*HeatPanel]
	x, y             []float64
	z                mat.Matrix
	logX, logY, logZ bool
	zLabel           string
}

// Heat draws a quantity that was measured at every place of a grid as a map of
// colours: row i of z, a len(y) × len(x) matrix, lies at y[i], its column j at x[j].
// Places must increase; edges between cells lie half-way, on a logarithmic axis
// at the geometric mean. Up to a dozen places that are well apart are the axis's
// ticks. Cells whose value is NaN are crossed out, and the legend says so.
//
// The colours go from dark, for the least value, to light, the same in all
// figures: lightness (CIE L*) is proportional to the value, so that the map is read without
// colour, and steps are as large to the colour-blind. [SameScales] gives several maps one
// scale.
func Heat(x, y []float64, z mat.Matrix) *HeatPanel {
	p := &HeatPanel{x: x, y: y, z: z}
	p.self, p.kind = p, "heat map"
	return p
}

// LogX makes the x axis logarithmic; all places must then be positive.
func (p *HeatPanel) LogX() *HeatPanel {
	p.logX = true
	return p
}

// LogY makes the y axis logarithmic; all places must then be positive.
func (p *HeatPanel) LogY() *HeatPanel {
	p.logY = true
	return p
}

// LogZ makes the scale of colours logarithmic; all values must then be positive.
func (p *HeatPanel) LogZ() *HeatPanel {
	p.logZ = true
	return p
}

// ZLabel names what the colours stand for, and its unit.
func (p *HeatPanel) ZLabel(label string) *HeatPanel {
	p.zLabel = label
	return p
}

func (p *HeatPanel) frames() ([]Frame, error) {
	z, err := p.read()
	if err != nil {
		return nil, err
	}
	h := &heat{left: edges(p.x, p.logX), low: edges(p.y, p.logY)}
	values, empty := newSpan(), false
	for i, y := range p.y {
		for j, x := range p.x {
			v := z[i*len(p.x)+j]
			h.X, h.Y, h.Z = append(h.X, x), append(h.Y, y), append(h.Z, v)
			if empty = empty || math.IsNaN(v); !math.IsNaN(v) {
				values.add(v)
			}
		}
	}
	h.key = &colorKey{axis(p.zLabel, values, 0, nil)}
	h.key.Log = p.logZ
	m := Mark{Name: or(p.zLabel, "z"), Kind: "heat map", Plot: h, Layer: behindAll, Data: h.Data}
	f := Frame{Height: p.heightOr(5.5), key: h.key, Marks: append([]Mark{m}, haloed(p.references(nil, nil))...)}
	if empty {
		f.Marks = append(f.Marks, Mark{Legend: "no value", Thumb: crossed{}})
	}
	f.X = cellAxis(p.xLabel, p.x, h.left, p.logX, p.xLim)
	f.Y = cellAxis(p.yLabel, p.y, h.low, p.logY, p.yLim)
	return []Frame{f}, nil
}

// mostCells is how many cells a map may have.
const mostCells = 1_000_000

// read checks the places, and returns the matrix's values row by row.
func (p *HeatPanel) read() ([]float64, error) {
	for i, places := range [][]float64{p.x, p.y} {
		if err := checkPlaces([]string{"x", "y"}[i], places, []bool{p.logX, p.logY}[i]); err != nil {
			return nil, err
		}
	}
	if isNil(p.z) {
		return nil, errors.New("the matrix of values is nil: give one of as many rows as y has places, and as many columns as x")
	}
	if rows, cols := p.z.Dims(); rows != len(p.y) || cols != len(p.x) {
		return nil, fmt.Errorf("the matrix of values is %d x %d: give a row for each of the %d places of y, and a column for each of the %d of x", rows, cols, len(p.y), len(p.x))
	}
	if len(p.x) > mostCells/len(p.y) {
		return nil, fmt.Errorf("%d x %d cells: at most %d can be drawn: leave some out", len(p.y), len(p.x), mostCells)
	}
	var out []float64
	some := false
	for i := range p.y {
		for j := range p.x {
			v := p.z.At(i, j)
			switch {
			case math.IsInf(v, 0):
				return nil, fmt.Errorf("the value at row %d, column %d is %g: give finite ones, and NaN where there is none", i, j, v)
			case p.logZ && v <= 0:
				return nil, fmt.Errorf("the value at row %d, column %d is %g, which a logarithmic scale cannot show: leave LogZ out", i, j, v)
			}
			some = some || !math.IsNaN(v)
			out = append(out, v)
		}
	}
	if !some {
		return nil, errors.New("all values are NaN: there is nothing to draw")
	}
	return out, nil
}

func checkPlaces(axis string, places []float64, log bool) error {
	if err := vector(axis, places); err != nil {
		return err
	}
	if k := ascending(places); k >= 0 {
		return fmt.Errorf("places %s go from %g to %g at index %d: they must increase", axis, places[k-1], places[k], k)
	}
	if log && places[0] <= 0 {
		return fmt.Errorf("places %s start at %g, which a logarithmic axis cannot show: leave it linear", axis, places[0])
	}
	return nil
}

// edges are the ends of the cells around places.
func edges(places []float64, log bool) []float64 {
	to, from := func(v float64) float64 { return v }, func(v float64) float64 { return v }
	if log {
		to, from = math.Log, math.Exp
	}
	n := len(places)
	half := math.Log(2) / 2 // of a lone cell
	if !log {
		half = math.Max(math.Abs(places[0])/2, 0.5)
	}
	if n > 1 {
		half = (to(places[1]) - to(places[0])) / 2
	}
	out := []float64{from(to(places[0]) - half)}
	for k := 1; k < n; k++ {
		a, b := to(places[k-1]), to(places[k])
		half = (b - a) / 2
		out = append(out, from(a+half))
	}
	return append(out, from(to(places[n-1])+half))
}

// cellAxis is an axis from edge to edge, with ticks at the places if they are few and
// well apart.
func cellAxis(label string, places, edges []float64, log bool, lim *limits) Axis {
	a := axis(label, span{edges[0], edges[len(edges)-1]}, 0, lim)
	a.Log = log
	if len(places) > 12 {
		return a
	}
	var ticks []plot.Tick
	for k, v := range places {
		if k > 0 && a.part(v)-a.part(places[k-1]) < 0.5/float64(len(places)) {
			return a
		}
		ticks = append(ticks, plot.Tick{Value: v, Label: plainNumber(v)})
	}
	a.Ticks = ticks
	return a
}

// heat is the cells of a map.
type heat struct {
	Data
	left, low []float64 // edges, one more than cells
	key       *colorKey
}

// crowded tells whether an SVG has the map as an image.
func (h *heat) crowded() bool { return len(h.Z) > 2500 }

// Plot fills the cells inside the axes. Each reaches under the next ones, or
// the white beneath would shine through between them.
func (h *heat) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	columns := len(h.left) - 1
	filled := func(i, j int) bool {
		return i < len(h.low)-1 && j < columns && !math.IsNaN(h.Z[i*columns+j])
	}
	for k, z := range h.Z {
		i, j := k/columns, k%columns
		cell := vg.Rectangle{Min: vg.Point{X: toX(h.left[j]), Y: toY(h.low[i])}, Max: vg.Point{X: toX(h.left[j+1]), Y: toY(h.low[i+1])}}
		if math.IsNaN(z) {
			cross(c, cell)
			continue
		}
		right, high := cell.Max.X, cell.Max.Y
		if filled(i, j+1) {
			right += pixel
		}
		if filled(i+1, j) {
			high += pixel
		}
		corners := []vg.Point{cell.Min, {X: right, Y: cell.Min.Y}, {X: right, Y: cell.Max.Y}, cell.Max, {X: cell.Max.X, Y: high}, {X: cell.Min.X, Y: high}}
		c.FillPolygon(h.key.color(z), c.ClipPolygonXY(corners))
	}
}

// haloed are reference lines on a line of white, which is seen on any colour.
func haloed(lines []Mark) []Mark {
	for k := range lines {
		l := lines[k].Plot.(*level)
		white := draw.LineStyle{Color: color.White, Width: 2 * lineWidth}
		lines[k].Plot, lines[k].Thumb = shapes{&level{l.at, l.vertical, white}, l}, l
	}
	return lines
}

// cross draws the diagonals of a cell without value.
func cross(c draw.Canvas, cell vg.Rectangle) {
	style := draw.LineStyle{Color: grey, Width: thinWidth}
	c.StrokeLines(style, c.ClipLinesXY([]vg.Point{cell.Min, cell.Max})...)
	c.StrokeLines(style, c.ClipLinesXY([]vg.Point{{X: cell.Min.X, Y: cell.Max.Y}, {X: cell.Max.X, Y: cell.Min.Y}})...)
}

// crossed is a cell without value in the legend.
type crossed struct{}

// Thumbnail draws its diagonals.
func (crossed) Thumbnail(c *draw.Canvas) { cross(*c, c.Rectangle) }
