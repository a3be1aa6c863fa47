package plotting

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"image"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot/vg/vgimg"

	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// noisy is a T x N matrix of noise.
func noisy(t, n int) *mat.Dense {
	random := neuro.Stream(1, "plot test, dense")
	x := mat.NewDense(t, n, nil)
	x.Apply(func(int, int, float64) float64 { return random.NormFloat64() }, x)
	return x
}

// densest are panels of every kind with more in them than anybody draws.
func densest() map[string]*Drawing {
	big, flat, small := noisy(8_000, 6), noisy(21_000, 3), noisy(400, 3)
	values := make([]float64, 3000)
	places := make([]float64, 600)
	repeats := make([][]float64, len(places))
	for i := range values {
		values[i] = 1 + big.At(i, 0)*big.At(i, 0)
	}
	for i := range places {
		places[i], repeats[i] = float64(i), values[i:i+8]
	}
	falling := slices.Sorted(slices.Values(values))
	slices.Reverse(falling)
	var spreads mat.Dense
	spreads.MulElem(big, big)
	var curves []Samples
	var series []Line
	var groups []Group
	for i := range 8 {
		name := fmt.Sprint("series ", i+1)
		curves = append(curves, Samples{Name: name, X: places, Values: repeats})
		series = append(series, Line{Name: name, X: places, Y: values[i : i+len(places)]})
		groups = append(groups, Group{Name: name, Values: values})
	}
	k := task.NewReadySetGo()
	trial := trialOf(k, neuro.Stream(1, "plot test, dense trials"))
	return map[string]*Drawing{
		"traces":         Figure(Traces(recording.Series{Dt: 1e-3, Values: big}), Traces(recording.Series{Dt: 1e-3, Values: big}), Traces(recording.Series{Dt: 1e-3, Values: big}), Traces(recording.Series{Dt: 1e-3, Values: big})),
		"stacked traces": Figure(Traces(recording.Series{Dt: 1e-3, Values: noisy(4_000, 40)}).Stacked()),
		"outputs":        Figure(Outputs(recording.Series{Dt: 1e-3, Values: big, Targets: big})),
		"raster":         Figure(busyRaster(60_000)),
		"many rasters":   Figure(busyRaster(1999), busyRaster(1999), busyRaster(30_000)),
		"trajectory":     Figure(Trajectory(noisy(12_000, 2), 0, 1).Add("again", flat)),
		"rotation":       Figure(Rotation(flat, flat)),
		"field":          Figure(Field(noisy(8_000, 2), noisy(8_000, 2))),
		"curve":          Figure(Curve(curves...)),
		"dots":           Figure(Curve(curves...).Dots().Band()),
		"drift":          Figure(Drift(series...).Fit()),
		"comparison":     Figure(Comparison(groups...)),
		"learning":       Figure(Learning(series...)),
		"scree":          Figure(Scree(falling)),
		"tuning":         Figure(Tuning(places, noisy(len(places), 40))),
		"space":          Figure(Space(flat, 0, 1, 2)),
		"trials":         Figure(Trials(k.Shape(), trial, trial, trial, trial)),
		"psth":           Figure(PSTH(response1(1e-3, big, &spreads), "a").Add(response1(1e-3, big, &spreads), "b")),
		"small":          Figure(Traces(recording.Series{Dt: 1e-3, Values: small})),
	}
}

// No figure in vectors has more than a megabyte, whatever is in it; those that
// would have come with images of their marks, and only those.
func TestVectorsStayUnderAMegabyte(t *testing.T) {
	for name, d := range densest() {
		svg, pdf := encoded(t, d.SVG), encoded(t, d.PDF)
		t.Logf("%s: SVG %d kB, PDF %d kB", name, len(svg)/1000, len(pdf)/1000)
		if len(svg) > maxVector || len(pdf) > maxVector {
			t.Errorf("%s: %d bytes of SVG and %d of PDF, more than %d", name, len(svg), len(pdf), maxVector)
		}
		if n := bytes.Count(svg, []byte("<text ")); n < 5 {
			t.Errorf("%s: %d texts: the text should be text", name, n)
		}
		if name == "small" && (bytes.Contains(svg, []byte("<image")) || bytes.Contains(pdf, []byte("/Subtype /Image"))) {
			t.Error("a small figure holds an image")
		}
		if err := selfContained(svg); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := fontsEmbedded(pdf); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

var (
	fontFace  = regexp.MustCompile(`@font-face\{font-family:'Liberation Sans';font-weight:(\w+);src:url\(data:font/ttf;base64,([^)]*)\)\}`)
	textIn    = regexp.MustCompile(`<text [^>]*style="font-family:'Liberation Sans',[^"]*font-weight:(\w+);[^"]*">([^<]*)</text>`)
	elsewhere = regexp.MustCompile(`(href="|url\()[^d#]`)
)

// selfContained makes sure that an SVG document holds a glyph for every
// character it shows, and asks for nothing else.
func selfContained(svg []byte) error {
	fonts := map[string]*sfnt.Font{}
	for _, m := range fontFace.FindAllSubmatch(svg, -1) {
		content, err := base64.StdEncoding.DecodeString(string(m[2]))
		if err != nil {
			return err
		}
		if fonts[string(m[1])], err = sfnt.Parse(content); err != nil {
			return fmt.Errorf("the %s font: %w", m[1], err)
		}
	}
	texts := textIn.FindAllSubmatch(svg, -1)
	if n := bytes.Count(svg, []byte("<text ")); n != len(texts) {
		return fmt.Errorf("%d texts, of which %d are in the embedded family", n, len(texts))
	}
	var buffer sfnt.Buffer
	for _, m := range texts {
		f := fonts[string(m[1])]
		if f == nil {
			return fmt.Errorf("no %s font for %q", m[1], m[2])
		}
		for _, r := range html.UnescapeString(string(m[2])) {
			if g, err := f.GlyphIndex(&buffer, r); err != nil || g == 0 {
				return fmt.Errorf("the %s font has no %q (%v)", m[1], r, err)
			}
		}
	}
	if at := elsewhere.Find(svg); at != nil {
		return fmt.Errorf("it asks for something else: %q", at)
	}
	return nil
}

var pdfFont = regexp.MustCompile(`/Type /Font\s[^>]*?/BaseFont /(\S+)`)

// fontsEmbedded makes sure that a PDF document has no fonts but its own;
// pdffonts says so too, where there is one.
func fontsEmbedded(pdf []byte) error {
	fonts := pdfFont.FindAllSubmatch(pdf, -1)
	for _, m := range fonts {
		if name := bytes.ToLower(m[1]); !bytes.Contains(name, []byte("liberation")) && !bytes.Contains(name, []byte("dejavu")) {
			return fmt.Errorf("it uses the font %s", m[1])
		}
	}
	if n := bytes.Count(pdf, []byte("/FontFile2 ")); n == 0 || len(fonts) == 0 {
		return fmt.Errorf("%d fonts are in the file, %d in use", n, len(fonts))
	}
	tool, err := exec.LookPath("pdffonts")
	switch {
	case err != nil && testkit.All():
		return err
	case err != nil:
		return nil
	}
	cmd := exec.Command(tool, "-")
	cmd.Stdin = bytes.NewReader(pdf)
	list, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("pdffonts: %w: %s", err, list)
	}
	lines := strings.Split(strings.TrimSpace(string(list)), "\n")
	for _, line := range lines[min(2, len(lines)):] {
		if !strings.Contains(line, " Identity-H       yes ") { // embedded
			return fmt.Errorf("pdffonts: %s", line)
		}
	}
	return nil
}

// A column of a journal is wide enough for a panel of every kind: half of it
// or more is left for the data.
func TestColumnWidth(t *testing.T) {
	for name, d := range densest() {
		p, err := d.Width(ColumnWidth).page()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, c := range p.cells {
			if data := c.frames[0].data.Size().X; data < p.width/2 && !c.frames[0].frame.Equal {
				t.Errorf("%s: %.1f of %.1f points are left for the data", name, data, p.width)
			}
		}
	}
}

// What comes as an image lies where the vectors would: drawn in black on
// white, both cover the same pixels but for edges.
func TestDenseMarksStayInTheirPlace(t *testing.T) {
	d := Figure(Trajectory(noisy(300, 2), 0, 1), Comparison(Group{Name: "a", Values: []float64{1, 2, 3}}, Group{Name: "b", Values: []float64{2, 2, 5}}))
	p, err := d.page()
	if err != nil {
		t.Fatal(err)
	}
	draw := func(dense *density) []uint8 {
		p.dense = dense
		c := vgimg.NewWith(vgimg.UseWH(p.width, p.height), vgimg.UseDPI(screenDPI))
		p.draw(c)
		return c.Image().(*image.RGBA).Pix
	}
	vectors, images := draw(nil), draw(&density{above: 0, dpi: screenDPI})
	moved := 0
	for i, v := range vectors {
		if max(v, images[i])-min(v, images[i]) > 40 {
			moved++
		}
	}
	if moved > 0 {
		t.Errorf("%d channels of pixels differ", moved)
	}
}
