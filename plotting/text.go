package plotting

import (
	"image/color"
	"math"
	"strings"
	"unicode/utf8"

	xfont "golang.org/x/image/font"
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

// face looks a Liberation Sans face up in gonum's font cache, which importing
// gonum/plot fills. Sans serif, because its strokes survive half size better.
func face(size vg.Length, bold bool) font.Face {
	f := font.Font{Typeface: "Liberation", Variant: "Sans"}
	if bold {
		f.Weight = xfont.WeightBold
	}
	return font.DefaultCache.Lookup(f, size)
}

// ink of a text: size, weight, colour.
type textStyle struct {
	size  vg.Length
	bold  bool
	color color.Color
}

// run is a piece of a line at one height: raised and lowered digits are drawn
// as smaller digits, because Liberation has glyphs for only some of them.
type run struct {
	text  string
	shift vg.Length // of the baseline, in units of the font size
	scale vg.Length
}

const (
	raised  = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
	lowered = "₀₁₂₃₄₅₆₇₈₉₊₋"
	plain   = "0123456789+−"
)

func runs(s string) []run {
	var out []run
	for _, r := range s {
		next := run{string(r), 0, 1}
		if k := strings.IndexRune(raised, r); k >= 0 {
			next = run{plainRune(raised, k), 0.36, 0.72}
		} else if k := strings.IndexRune(lowered, r); k >= 0 {
			next = run{plainRune(lowered, k), -0.18, 0.72}
		}
		if last := len(out) - 1; last >= 0 && out[last].shift == next.shift {
			out[last].text += next.text
			continue
		}
		out = append(out, next)
	}
	return out
}

// plainRune returns the ordinary character for the one at byte k of set.
func plainRune(set string, k int) string {
	n := len([]rune(set[:k]))
	return string([]rune(plain)[n])
}

// width is how far the pen moves when s is drawn.
func (t textStyle) width(s string) vg.Length {
	var w vg.Length
	for _, r := range runs(s) {
		f := face(t.size*r.scale, t.bold)
		w += f.Width(r.text)
	}
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
	pt.X -= anchor * t.width(s)
	for _, r := range runs(s) {
		f := face(t.size*r.scale, t.bold)
		c.FillString(f, vg.Point{X: pt.X, Y: pt.Y + r.shift*t.size}, r.text)
		pt.X += f.Width(r.text)
	}
}

// lines draws several lines downwards from the top edge y.
func (t textStyle) lines(c vg.Canvas, x, y, anchor vg.Length, lines []string) {
	for i, s := range lines {
		base := y - t.size*(0.8+leading*vg.Length(i))
		t.draw(c, vg.Point{X: x, Y: base}, anchor, 0, s)
	}
}

// wrap breaks s into lines no wider than limit: at spaces where it can, inside
// a word where it must. Line breaks in s are kept, empty lines are not.
func (t textStyle) wrap(s string, limit vg.Length) []string {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	var out []string
	for para := range strings.SplitSeq(s, "\n") {
		line := ""
		for _, word := range strings.Fields(para) {
			for len(word) > 0 {
				try := strings.TrimPrefix(line+" "+word, " ")
				if t.width(try) <= limit {
					line = try
					break
				}
				if line != "" {
					out, line = append(out, line), ""
					continue
				}
				head := t.fit(word, limit)
				out, word = append(out, head), word[len(head):]
			}
		}
		if line != "" {
			out = append(out, line)
		}
	}
	return out
}

// fit returns the longest beginning of word that is no wider than limit, and
// at least one character.
func (t textStyle) fit(word string, limit vg.Length) string {
	end := 0
	for end < len(word) {
		_, n := utf8.DecodeRuneInString(word[end:])
		if end > 0 && t.width(word[:end+n]) > limit {
			break
		}
		end += n
	}
	return word[:end]
}
