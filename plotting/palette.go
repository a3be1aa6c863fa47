package plotting

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Line widths in points. A figure printed at half its size keeps its thinnest
// data line at half a point, which is what journals ask for.
const (
	lineWidth   = vg.Length(1.1)
	targetWidth = vg.Length(2.6)
	thinWidth   = vg.Length(0.8)
	axisWidth   = vg.Length(0.75)
)

var (
	ink  = color.NRGBA{R: 0x22, G: 0x22, B: 0x22, A: 0xff}
	grey = color.NRGBA{R: 0xa6, G: 0xa6, B: 0xa6, A: 0xff}
	rule = color.NRGBA{R: 0x66, G: 0x66, B: 0x66, A: 0xff}
)

// The palette of Okabe and Ito without its yellow, which vanishes on white, and
// its vermilion, which is for what is [Perturbed]. The first four differ by at
// least 12 in lightness (CIE L* of 46, 71, 58 and 0), so that they stay apart
// in grey.
var okabeIto = [...]color.NRGBA{
	{R: 0x00, G: 0x72, B: 0xb2, A: 0xff}, // blue
	{R: 0xe6, G: 0x9f, B: 0x00, A: 0xff}, // orange
	{R: 0x00, G: 0x9e, B: 0x73, A: 0xff}, // bluish green
	{R: 0x00, G: 0x00, B: 0x00, A: 0xff}, // black
	{R: 0x56, G: 0xb4, B: 0xe9, A: 0xff}, // sky blue
	{R: 0xcc, G: 0x79, B: 0xa7, A: 0xff}, // reddish purple
}

// Role is what data stand for; it has one colour in all figures. Panels take it
// by their method of the same name.
type Role int

// Roles that callers name.
const (
	Other      Role = iota // nothing of these: see [Colors]
	Learned                // blue
	Recovering             // on the way there: pale blue
	Perturbed              // vermilion
	Optimum                // dark grey
	Target                 // grey, and thick where it is a line
)

// Roles that panels have themselves.
const (
	plain     Role = iota + Target + 1 // ink
	component                          // sky blue
	scored                             // pale orange
)

// roles are the colours of all that has a role. Ordered things have a ramp
// instead: see [rampAt], shade and nearness.
var roles = map[Role]color.NRGBA{
	Learned:    okabeIto[0],
	Recovering: tint(okabeIto[0], 0.5),
	Perturbed:  {R: 0xd5, G: 0x5e, B: 0x00, A: 0xff},
	Optimum:    {R: 0x44, G: 0x44, B: 0x44, A: 0xff},
	Target:     grey,
	plain:      ink,
	component:  okabeIto[4],
	scored:     tint(okabeIto[1], 0.8),
}

// Color returns the colour of a role, that of [Learned] of [Other] and of one
// that does not exist.
func (r Role) Color() color.NRGBA {
	if c, ok := roles[r]; ok {
		return c
	}
	return roles[Learned]
}

// targetStyle is the line of what was wanted.
var targetStyle = draw.LineStyle{Color: Target.Color(), Width: targetWidth}

// first is the line of a lone series.
func first(width vg.Length) draw.LineStyle { return draw.LineStyle{Color: okabeIto[0], Width: width} }

// dashed is the style of thresholds and zero lines.
func dashed(c color.Color) draw.LineStyle {
	return draw.LineStyle{Color: c, Width: thinWidth, Dashes: []vg.Length{3, 2}}
}

// dotted is the style of places and events.
func dotted(c color.Color) draw.LineStyle {
	return draw.LineStyle{Color: c, Width: thinWidth, Dashes: []vg.Length{1, 1.5}}
}

// blend mixes a and b; t = 0 gives a, t = 1 gives b.
func blend(a, b color.NRGBA, t float64) color.NRGBA {
	mix := func(x, y uint8) uint8 { return uint8(float64(x) + t*(float64(y)-float64(x)) + 0.5) }
	return color.NRGBA{R: mix(a.R, b.R), G: mix(a.G, b.G), B: mix(a.B, b.B), A: 0xff}
}

// tint lightens c towards white by t.
func tint(c color.NRGBA, t float64) color.NRGBA {
	return blend(c, color.NRGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xff}, t)
}
