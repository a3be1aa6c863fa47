package plotting

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/palette"
	"gonum.org/v1/plot/palette/moreland"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// colorKey is a scale of colours to the right of the data, and the axis that says
// what they stand for.
type colorKey struct{ Axis }

// heatColors go from dark to light, through the hues of the ramp of lines and on to a pale
// yellow, which white paper takes no harm from. Between the stops gonum keeps
// lightness proportional to the value. Stops are such that steps have one size
// (in OKLab), nearly so for protanopes and deuteranopes.
var heatColors = mustColorMap(
	color.NRGBA{R: 0x3a, G: 0x18, B: 0x55, A: 0xff},
	color.NRGBA{R: 0x1e, G: 0x4b, B: 0x85, A: 0xff},
	color.NRGBA{R: 0x29, G: 0x7b, B: 0x7e, A: 0xff},
	color.NRGBA{R: 0x61, G: 0xa6, B: 0x6a, A: 0xff},
	color.NRGBA{R: 0xb8, G: 0xc9, B: 0x4f, A: 0xff},
	color.NRGBA{R: 0xf5, G: 0xed, B: 0xaa, A: 0xff},
)

func mustColorMap(stops ...color.Color) palette.ColorMap {
	m, err := moreland.NewLuminance(stops)
	if err != nil { // the stops do not get lighter
		panic(err)
	}
	m.SetMin(0)
	m.SetMax(1)
	return m
}

// color is that of a value; those beyond the ends have the colours of these.
func (k *colorKey) color(v float64) color.NRGBA {
	c, err := heatColors.At(math.Min(math.Max(k.part(v), 0), 1))
	if err != nil { // of NaN, which heat crosses out
		return color.NRGBA{}
	}
	return color.NRGBAModel.Convert(c).(color.NRGBA)
}

// Of a scale: distances in points, and steps.
const (
	keyGap   = vg.Length(9)
	keyWidth = vg.Length(9)
	// keySteps is how many colours the scale shows: more, and those of a PNG with a
	// palette do not suffice for the figure.
	keySteps = 64
)

// placedKey is a scale of colours on the page.
type placedKey struct {
	ticks []tick
	label []string
}

// setKey chooses ticks for a scale as high as the data.
func (f *frameBox) setKey() {
	if f.frame.key == nil {
		return
	}
	height := f.data.Size().Y
	f.key = placedKey{}
	ticks, label := f.frame.key.labelled(wanted(height))
	for _, t := range ticks {
		f.key.ticks = append(f.key.ticks, tick{t, []string{t.Label}})
	}
	f.key.label = labelStyle.wrap(label, height+frameGap-2)
}

// keyReach is how far the scale, its ticks and its label reach beyond the data.
func (f *frameBox) keyReach() vg.Length {
	if f.frame.key == nil {
		return 0
	}
	w := keyGap + keyWidth + tickLength + tickGap + widest(f.key.ticks)
	if len(f.key.label) > 0 {
		w += labelGap + labelStyle.height(len(f.key.label))
	}
	return w
}

// drawKey draws the scale.
func (f *frameBox) drawKey(dc vg.Canvas) {
	if f.frame.key == nil {
		return
	}
	c := draw.Canvas{Canvas: dc, Rectangle: vg.Rectangle{
		Min: vg.Point{X: f.data.Max.X + keyGap, Y: f.data.Min.Y},
		Max: vg.Point{X: f.data.Max.X + keyGap + keyWidth, Y: f.data.Max.Y},
	}}
	unit := plot.New()
	unit.X.Max, unit.Y.Max, unit.X.Min, unit.Y.Min = 1, 1, 0, 0
	(&plotter.ColorBar{ColorMap: heatColors, Vertical: true, Colors: keySteps}).Plot(c, unit)
	x := c.Max.X
	c.StrokeLine2(axisLine, x, c.Min.Y, x, c.Max.Y)
	for _, t := range f.key.ticks {
		y := c.Y(f.frame.key.norm(t.Value))
		c.StrokeLine2(axisLine, x, y, x+t.length(), y)
		tickStyle.lines(dc, x+tickLength+tickGap, y+tickStyle.height(1)/2-tickStyle.size*0.07, 0, t.lines)
	}
	base := x + tickLength + tickGap + widest(f.key.ticks) + labelGap + labelStyle.size*0.8
	for i, line := range f.key.label {
		at := vg.Point{X: base + labelStyle.size*leading*vg.Length(i), Y: c.Center().Y}
		labelStyle.draw(dc, at, 0.5, math.Pi/2, line)
	}
}
