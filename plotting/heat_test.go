package plotting

import (
	"image"
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot/vg"
)

// oklab is a colour in a space where equal distances look equally large
// (B. Ottosson 2020), seen through a matrix of linear red, green and blue.
func oklab(c color.NRGBA, seen [3][3]float64) (lab [3]float64) {
	rgb := times(seen, [3]float64{linear(c.R), linear(c.G), linear(c.B)})
	lms := times([3][3]float64{{0.41222, 0.53633, 0.05145}, {0.21190, 0.68070, 0.10740}, {0.08830, 0.28172, 0.62998}}, rgb)
	for k := range lms {
		lms[k] = math.Cbrt(math.Max(lms[k], 0))
	}
	return times([3][3]float64{{0.21045, 0.79362, -0.00407}, {1.97800, -2.42859, 0.45059}, {0.02590, 0.78277, -0.80868}}, lms)
}

func times(m [3][3]float64, v [3]float64) (out [3]float64) {
	for i := range m {
		for j := range v {
			out[i] += m[i][j] * v[j]
		}
	}
	return out
}

// Steps along the scale look equally large, nearly so to people without red or without
// green cones (Machado, Oliveira & Fernandes 2009), and lightness rises in
// proportion to the value.
func TestHeatColorsAreEven(t *testing.T) {
	const n = 64
	at := func(i int) color.NRGBA { return (&colorKey{Axis{Max: 1}}).color(float64(i) / n) }
	low, high := lightness(at(0)), lightness(at(n))
	if low > 20 || high < 90 || contrast(at(n)) < 1.15 {
		t.Errorf("lightness runs from %.0f to %.0f, which has a contrast of %.2f with white", low, high, contrast(at(n)))
	}
	for i := range n + 1 {
		want := low + (high-low)*float64(i)/n
		if got := lightness(at(i)); math.Abs(got-want) > 0.6 {
			t.Errorf("step %d has a lightness of %.1f, want %.1f", i, got, want)
		}
	}
	for who, c := range map[string]struct {
		seen  [3][3]float64
		ratio float64
	}{
		"all cones": {[3][3]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, 1.3},
		"no red":    {[3][3]float64{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}, 1.45},
		"no green":  {[3][3]float64{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}, 1.6},
	} {
		steps := newSpan()
		for i := range n / 4 {
			a, b := oklab(at(4*i), c.seen), oklab(at(4*i+4), c.seen)
			steps.add(math.Sqrt(math.Pow(a[0]-b[0], 2) + math.Pow(a[1]-b[1], 2) + math.Pow(a[2]-b[2], 2)))
		}
		if ratio := steps.hi / steps.lo; ratio > c.ratio {
			t.Errorf("%s: the largest step is %.2f times the smallest", who, ratio)
		}
	}
}

func contrast(c color.NRGBA) float64 { return 1.05 / (luminance(c) + 0.05) }

// Cells meet half-way between places, on a logarithmic axis at the geometric mean;
// a lone one has some width.
func TestCellEdges(t *testing.T) {
	for _, c := range []struct {
		places []float64
		log    bool
		want   []float64
	}{
		{[]float64{0, 1, 4}, false, []float64{-0.5, 0.5, 2.5, 5.5}},
		{[]float64{1, 4, 16}, true, []float64{0.5, 2, 8, 32}},
		{[]float64{4}, false, []float64{2, 6}},
		{[]float64{0}, false, []float64{-0.5, 0.5}},
	} {
		got := edges(c.places, c.log)
		if !slices.EqualFunc(got, c.want, func(a, b float64) bool { return math.Abs(a-b) < 1e-12 }) {
			t.Errorf("%v: %v, want %v", c.places, got, c.want)
		}
	}
	if e := edges([]float64{3}, true); math.Abs(e[1]/e[0]-2) > 1e-12 {
		t.Errorf("a lone place on a logarithmic axis: %v", e)
	}
}

// Each cell has the colour that the scale has at its value, wherever the scale's
// middle is, and no seam of paper shines between two.
func TestHeatPaintsCells(t *testing.T) {
	z := mat.NewDense(2, 3, []float64{1, 10, 100, 100, math.NaN(), 1})
	for _, p := range []*HeatPanel{
		Heat([]float64{1, 2, 3}, []float64{1, 2}, z),
		Heat([]float64{1, 2, 3}, []float64{1, 2}, z).LogZ(),
	} {
		img := decodedPNG(t, Figure(p))
		f := mustPage(t, Figure(p)).cells[0].frames[0]
		at := func(x, y float64) color.NRGBA {
			u := (f.data.Min.X + f.data.Size().X*vg.Length(f.frame.X.norm(x))) / pixel
			v := float64(img.Bounds().Dy()) - float64((f.data.Min.Y+f.data.Size().Y*vg.Length(f.frame.Y.norm(y)))/pixel)
			return color.NRGBAModel.Convert(img.At(int(u), int(v))).(color.NRGBA)
		}
		for k, v := range z.RawMatrix().Data {
			x, y := float64(k%3+1), float64(k/3+1)
			want := f.frame.key.color(v)
			if math.IsNaN(v) {
				x, want = x+0.2, color.NRGBA{R: 255, G: 255, B: 255, A: 255} // beside the cross
			}
			if got := at(x, y); got != want {
				t.Errorf("the cell at %g, %g of %g is %v, want %v", x, y, v, got, want)
			}
		}
		for x := 0.6; x < 3.4; x += 0.01 {
			if at(x, 1) == (color.NRGBA{R: 255, G: 255, B: 255, A: 255}) {
				t.Errorf("paper shines through at %g", x)
			}
		}
	}
}

func decodedPNG(t *testing.T, d *Drawing) image.Image {
	t.Helper()
	img, _, err := d.image(screenDPI)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// Maps that are compared have one scale of colours, those of other kinds none.
func TestSameScalesOfColours(t *testing.T) {
	m := func(v ...float64) *HeatPanel {
		return Heat([]float64{1, 2}, []float64{1}, mat.NewDense(1, 2, v)).ZLabel("drift")
	}
	for name, d := range map[string]*Drawing{
		"SameScales": Figure(SameScales(m(1, 3), m(2, 9))...),
		"Multiples":  Multiples(Version{"a", Figure(m(1, 3))}, Version{"b", Figure(m(2, 9))}),
	} {
		contents, err := d.contents()
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range contents {
			if k := c.Frames[0].key; k.Min != 1 || k.Max != 9 {
				t.Errorf("%s: scale %d runs from %g to %g", name, i, k.Min, k.Max)
			}
		}
	}
	for _, other := range []Panel{m(1, 2).LogZ(), Curve(Samples{X: []float64{1}, Values: [][]float64{{1}}})} {
		if _, err := Figure(SameScales(m(1, 2), other)...).SVG(); err == nil || !strings.Contains(err.Error(), "common scale") {
			t.Errorf("%v", err)
		}
	}
}

// A map of a million cells is an image in vectors, and takes seconds.
func TestLargeHeat(t *testing.T) {
	const n = 1000
	z := mat.NewDense(n, n, nil)
	z.Apply(func(i, j int, _ float64) float64 { return math.Sin(float64(i)/90) * math.Cos(float64(j)/70) }, z)
	svg := encoded(t, Figure(Heat(ascend(n), ascend(n), z)).SVG)
	if len(svg) > maxVector {
		t.Errorf("%d bytes", len(svg))
	}
}
