package plotting

import (
	"image"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Widths are those of the font that draws. The advances were read from the
// fonts' tables by another program, in units of 1/2048 em for Liberation Sans
// and DejaVu Sans and of 1/1000 for DejaVu Math.
func TestWidthsAreThoseOfTheFontThatDraws(t *testing.T) {
	const n = 1139.0 / 2048 // of "n", in Liberation Sans
	style := textStyle{size: 100, color: ink}
	for text, em := range map[string]float64{
		"n":        n,
		"∇":        1370.0 / 2048,
		"∈":        1784.0 / 2048,
		"⟨":        799.0 / 2048,
		"𝒙":        783.0 / 1000,
		"ₙ":        n * 0.72,
		"ⁿ":        n * 0.72,
		"n\u0302":  n, // an accent takes no room
		"n\u20d7":  n, // nor does one of another font
		"n\u200bn": 2 * n,
		"∇n𝒙":      1370.0/2048 + n + 0.783,
	} {
		if got := float64(style.width(text)); math.Abs(got-100*em) > 1e-3 {
			t.Errorf("%q is %.4f wide, want %.4f", text, got, 100*em)
		}
	}
}

// inked is the part of an image that is not white, in points.
func inked(c *vgimg.Canvas) (box vg.Rectangle, area int) {
	img := c.Image()
	b := img.Bounds()
	pixels := image.Rectangle{}
	for v := b.Min.Y; v < b.Max.Y; v++ {
		for u := b.Min.X; u < b.Max.X; u++ {
			if color.GrayModel.Convert(img.At(u, v)).(color.Gray).Y < 128 {
				pixels = pixels.Union(image.Rect(u, v, u+1, v+1))
				area++
			}
		}
	}
	at := func(u, v int) vg.Point { return vg.Point{X: vg.Length(u) * pixel, Y: vg.Length(b.Max.Y-v) * pixel} }
	return vg.Rectangle{Min: at(pixels.Min.X, pixels.Max.Y), Max: at(pixels.Max.X, pixels.Min.Y)}, area
}

func inkOf(text string, asShapes bool) (vg.Rectangle, int) {
	c := vgimg.NewWith(vgimg.UseWH(200, 60), vgimg.UseDPI(screenDPI))
	style := textStyle{size: 30, color: ink}
	if asShapes {
		style.draw(outlined{c}, vg.Point{X: 20, Y: 20}, 0, 0, text)
	} else {
		style.draw(c, vg.Point{X: 20, Y: 20}, 0, 0, text)
	}
	return inked(c)
}

// outlined draws text as SVG does what Liberation Sans has not.
type outlined struct{ *vgimg.Canvas }

func (c outlined) FillString(f font.Face, pt vg.Point, text string) {
	fillOutlines(c.Canvas, f, pt, text)
}

// What the first font lacks is drawn, at its place, alike as text and as shape.
func TestSymbolsAreDrawn(t *testing.T) {
	for _, text := range []string{"∇", "∈", "⟨", "⟩", "ₙ", "𝒙", "𝔼", "ℝ", "⇒", "✓", "x\u0302", "X\u0302", "𝒙\u0302", "x\u20d7", "a\u0302\u0304"} {
		box, area := inkOf(text, false)
		if area < 60 {
			t.Errorf("%q: %d pixels of ink", text, area)
		}
		width := textStyle{size: 30}.width(text)
		if box.Min.X < 19 || box.Max.X > 21+width || box.Min.Y < 12 || box.Max.Y > 60 {
			t.Errorf("%q: drawn at %v, its pen goes from 20 to %v", text, box, 20+width)
		}
		shape, shapeArea := inkOf(text, true)
		if d := box.Min.Sub(shape.Min); d.Dot(d) > 1 || math.Abs(float64(area-shapeArea)) > 0.1*float64(area) {
			t.Errorf("%q: as text at %v with %d pixels, as a shape at %v with %d", text, box, area, shape, shapeArea)
		}
	}
}

// Accents stand over the middle of their letter, and above it however high it
// is.
func TestAccentsStandOnTheirLetters(t *testing.T) {
	style := textStyle{size: 100}
	for _, text := range []string{"x\u0302", "X\u0302", "W\u0303", "q\u0304", "𝒙\u0302", "x\u20d7", "i\u0307", "l\u0302\u0303"} {
		line, _ := style.set(text)
		below := vg.Rectangle{}
		for i, p := range line {
			box := covered(p.face, p.text)
			box.Min, box.Max = box.Min.Add(p.at), box.Max.Add(p.at)
			if i > 0 {
				if d := (box.Min.X + box.Max.X - below.Min.X - below.Max.X) / 2; math.Abs(float64(d)) > 1e-6 {
					t.Errorf("%q: mark %d is %v beside the middle", text, i, d)
				}
				if box.Min.Y < below.Max.Y {
					t.Errorf("%q: mark %d begins at %v, within what is under it, which ends at %v", text, i, box.Min.Y, below.Max.Y)
				}
			}
			below = box
		}
	}
}

// Blanks are one, whatever they are made of; what has no width and no shape
// changes nothing.
func TestBlanksAndInvisibleCharacters(t *testing.T) {
	style := textStyle{size: 10}
	want := style.width("a b")
	for _, text := range []string{"a  b", "a\tb", "a\n\nb", "a\r\nb", "a\u3000b", "a\u2028 b", "a \u200bb", "\ufeffa b", "a b\ufe0e", "a\u200d b"} {
		if got := style.width(text); got != want {
			t.Errorf("%q is %v wide, %q %v", text, got, "a b", want)
		}
		if err := drawable(text); err != nil {
			t.Error(err)
		}
	}
	// The title of more than one line keeps its accents on their letters.
	if lines := style.wrap("xxxxxx\u0302x", style.width("xxxxxx")); len(lines) != 2 || lines[0] != "xxxxxx\u0302" {
		t.Errorf("broken into %q", lines)
	}
}

// A hyphen that stands for a minus sign is drawn as ticks have it.
func TestMinusSigns(t *testing.T) {
	for text, want := range map[string]string{
		"-40° to 40°": "−40° to 40°", "reset -10, (-1)": "reset −10, (−1)", "decoded - held": "decoded − held",
		"full-FORCE": "full-FORCE", "2026-11": "2026-11", "a -b": "a -b", "e-5": "e-5",
	} {
		var got strings.Builder
		for _, r := range runs(text, false) {
			got.WriteString(r.text)
		}
		if got.String() != want {
			t.Errorf("%q is drawn as %q, want %q", text, got.String(), want)
		}
	}
}

// What no font can draw is named, with its place, before anything is written.
func TestTextsThatCannotBeDrawn(t *testing.T) {
	x := mat.NewDense(2, 3, []float64{1, 2, 3, 4, 5, 6})
	T := func() *TracesPanel { return Traces(recording.Series{Dt: 1, Values: x}) }
	labels, err := plotter.NewLabels(plotter.XYLabels{XYs: plotter.XYs{{X: 1, Y: 1}}, Labels: []string{"∈ 速"}})
	if err != nil {
		t.Fatal(err)
	}
	own := Frame{X: Axis{Min: 0, Max: 2}, Y: Axis{Min: 0, Max: 2}, Height: 3}
	own.Marks = append(own.Marks, Mark{Plot: labels})
	for says, d := range map[string]*Drawing{
		`panel A "速さ": the title "速さ" has '速' (U+901F), which none`: Figure(T().Title("速さ")),
		`panel B: the x label "t速" has '速' (U+901F)`:                Figure(T(), T().XLabel("t速")),
		`the y label "a\n速" has '速'`:                                Figure(T().YLabel("a\n速")),
		`the legend "a 🧠" has '🧠' (U+1F9E0)`:                        Figure(T().Names("a", "a 🧠", "c")),
		`a name on the x axis "群" has '群'`:                          Figure(Comparison(Group{"群", []float64{1}})),
		`a name on the y axis "ปุ่ม" has 'ป' (U+0E1B)`:              Figure(T().Stacked().Names("a", "ปุ่ม", "c")),
		`the scale bar's label "2 毫" has '毫'`:                       Figure(Traces(recording.Series{Dt: 1, Values: x, Unit: "毫"}).Stacked()),
		`the z label "高" has '高'`:                                   Figure(Space(x, 0, 1, 2).ZLabel("高")),
		`the figure's title "図" has '図' (U+56F3)`:                   Figure(T()).Title("図"),
		`the tag "合成" has '合' (U+5408)`:                             Figure(T()).Tag("合成"),
		`the title "a\x00" has the control character U+0000`:        Figure(T().Title("a\x00")),
		`has the control character U+001B`:                          Figure(T().Title("\x1b[31mred")),
		`"a\xff" has the byte 0xff, which is not UTF-8`:             Figure(T().Title("a\xff")),
		`'ש' (U+05E9), which is written from right to left`:         Figure(T().Title("שלום")),
		`'م' (U+0645), which is written from right to left`:         Figure(T().Title("مرحبا")),
		`(U+202E), which is written from right to left`:             Figure(T().Title("a\u202eb")),
		`a mark of type *plotter.Labels: "∈ 速" has '∈' (U+2208), w`: Figure(ownPanel{own}),
	} {
		dir := t.TempDir()
		err := d.Save(filepath.Join(dir, "a.svg"), filepath.Join(dir, "a.png"), filepath.Join(dir, "a.pdf"), filepath.Join(dir, "a.json"))
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v\nwant one that says %s", err, says)
		}
		if left, _ := os.ReadDir(dir); len(left) > 0 {
			t.Errorf("%s: %d files were written", says, len(left))
		}
		for kind, encode := range map[string]func() ([]byte, error){"PNG": d.IndexedPNG, "outlines": d.OutlinedSVG} {
			if _, err := encode(); err == nil {
				t.Errorf("%s: %s was encoded", says, kind)
			}
		}
	}
}

type ownPanel struct{ frame Frame }

func (p ownPanel) Content() (Content, error) { return Content{Frames: []Frame{p.frame}}, nil }

// Every format holds texts of all fonts, in an SVG and a PDF that need no
// others.
func TestSymbolsInVectors(t *testing.T) {
	x := mat.NewDense(2, 2, []float64{1, 2, 3, 4})
	d := Figure(Traces(recording.Series{Dt: 1, Values: x}).Title("∇E[𝒙\u0302ₙ] ∈ ⟨ℝⁿ⟩").Names("𝒙 σ² units", "b").YLabel("∂v/∂t ⟨𝒙⟩")).Title("bold ∇ 𝒙")
	svg, pdf := encoded(t, d.SVG), encoded(t, d.PDF)
	if err := selfContained(svg); err != nil {
		t.Error(err)
	}
	if err := fontsEmbedded(pdf); err != nil {
		t.Error(err)
	}
	for _, text := range textIn.FindAllSubmatch(svg, -1) {
		if words := string(text[2]); words != strings.TrimSpace(words) {
			t.Errorf("%q has a blank at an end, which programs take off", words)
		}
	}
	plain := encoded(t, Figure(Traces(recording.Series{Dt: 1, Values: x}).Title("E[n] R").Names("units", "b").YLabel("v")).Title("bold").SVG)
	if a, b := strings.Count(string(svg), "<path"), strings.Count(string(plain), "<path"); a != b+13 {
		t.Errorf("%d shapes more than without symbols, want 13", a-b)
	}
}
