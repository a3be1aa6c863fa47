package plotting

import (
	"image/color"
	"math"
	"regexp"
	"unicode"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// Font sizes in points at the figure's full size.
const (
	tickSize   = vg.Length(8)
	legendSize = vg.Length(8.5)
	labelSize  = vg.Length(9)
	titleSize  = vg.Length(10)
	letterSize = vg.Length(12)
	figureSize = vg.Length(12)
)

// leading is the distance of two baselines, in units of the font size.
const leading = 1.2

// ink of a text: size, weight, colour.
type textStyle struct {
	size  vg.Length
	bold  bool
	color color.Color
}

// Raised and lowered characters are drawn as smaller plain ones, because no
// font has them all in one style.
const (
	raised       = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ"
	raisedPlain  = "0123456789+−=()in"
	lowered      = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
	loweredPlain = "0123456789+−=()aehijklmnoprstuvx"
)

var (
	plainOfRaised  = pairs(raised, raisedPlain)
	plainOfLowered = pairs(lowered, loweredPlain)
)

func pairs(from, to string) map[rune]rune {
	plain, out := []rune(to), map[rune]rune{}
	for i, r := range []rune(from) {
		out[r] = plain[i]
	}
	return out
}

// plainForm is the ordinary character for a raised or lowered one, and every
// other character itself.
func plainForm(r rune) rune {
	if p, ok := plainOfRaised[r]; ok {
		return p
	}
	if p, ok := plainOfLowered[r]; ok {
		return p
	}
	return r
}

// run is a piece of a line in one font and at one height.
type run struct {
	text  string
	face  font.Face // of size 1
	shift vg.Length // of the baseline, in units of the font size
	scale vg.Length
	mark  bool // one combining character
}

// hyphens before a number, or between blanks, stand for a minus sign, as ticks have it.
var hyphens = regexp.MustCompile(`(^|[\s(\[])-([\s\d])`)

// runs breaks a line into as few runs as it can. Several blanks are one.
func runs(s string, bold bool) []run {
	var out []run
	blank := false
	for _, r := range hyphens.ReplaceAllString(s, "$1−$2") {
		before := blank
		if blank = unicode.IsSpace(r); invisible(r) || blank && before {
			continue
		}
		next := run{scale: 1, mark: combining(r)}
		switch p := plainForm(r); {
		case plainOfRaised[r] != 0:
			r, next.shift, next.scale = p, 0.36, 0.72
		case p != r:
			r, next.shift, next.scale = p, -0.18, 0.72
		}
		if unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp) {
			r = ' '
		}
		var found bool
		if next.face, found = faceFor(r, bold); blank && !found {
			r = ' '
		}
		last := len(out) - 1
		if last >= 0 && out[last].face == next.face && out[last].shift == next.shift && !next.mark && !out[last].mark {
			out[last].text += string(r)
			continue
		}
		next.text = string(r)
		out = append(out, next)
	}
	return out
}

// placed is a run with its font and place, to the right of and above the
// line's start.
type placed struct {
	text string
	face font.Face
	at   vg.Point
}

// set places the runs of a line and says how far the pen moves.
func (t textStyle) set(s string) (line []placed, pen vg.Length) {
	var base vg.Rectangle // what is under a mark
	for _, r := range runs(s, t.bold) {
		p := placed{r.text, sized(r.face, t.size*r.scale), vg.Point{X: pen, Y: r.shift * t.size}}
		if r.mark {
			if last := len(line) - 1; last >= 0 && !combining([]rune(line[last].text)[0]) {
				base = line[last].ending(pen)
			}
			p.at, base = mount(p, base)
		} else {
			pen += p.face.Width(r.text)
		}
		line = append(line, p)
	}
	return line, pen
}

// width is how far the pen moves when s is drawn.
func (t textStyle) width(s string) vg.Length {
	_, w := t.set(s)
	return w
}

// height is the height that n lines need, from the top of the first line's
// capitals to the descent of the last.
func (t textStyle) height(n int) vg.Length {
	if n == 0 {
		return 0
	}
	return t.size * (1 + leading*vg.Length(n-1))
}

// draw puts s with its baseline at pt. anchor is 0 to start there, 0.5 to be
// centred and 1 to end there; angle turns the line counterclockwise about pt.
func (t textStyle) draw(c vg.Canvas, pt vg.Point, anchor vg.Length, angle float64, s string) {
	c.Push()
	defer c.Pop()
	c.SetColor(t.color)
	if angle != 0 {
		c.Rotate(angle)
		sin, cos := math.Sincos(-angle)
		pt = vg.Point{
			X: pt.X*vg.Length(cos) - pt.Y*vg.Length(sin),
			Y: pt.X*vg.Length(sin) + pt.Y*vg.Length(cos),
		}
	}
	line, width := t.set(s)
	pt.X -= anchor * width
	for _, p := range line {
		c.FillString(p.face, pt.Add(p.at), p.text)
	}
}

// lines draws several lines downwards from the top edge y.
func (t textStyle) lines(c vg.Canvas, x, y, anchor vg.Length, lines []string) {
	for i, s := range lines {
		base := y - t.size*(0.8+leading*vg.Length(i))
		t.draw(c, vg.Point{X: x, Y: base}, anchor, 0, s)
	}
}
