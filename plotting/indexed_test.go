package plotting

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// A palette must not show: no pixel is further from the true one than
// promised, frequent colours are exact, and it pays.
func TestIndexedPNG(t *testing.T) {
	const curves = 40
	x, rates := []float64{-1, 0, 1}, mat.NewDense(3, curves, nil)
	rates.Apply(func(i, j int, _ float64) float64 { return 100 * noise(3*curves).At(3*j+i, 0) }, rates)
	for name, fig := range map[string]*Drawing{
		"a raster":                    Figure(busyRaster(2000)),
		"forty lines over each other": Figure(Tuning(x, rates)),
	} {
		img, dpi, err := fig.image(screenDPI)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := encodePNG(img, dpi)
		if err != nil {
			t.Fatal(err)
		}
		small := encoded(t, fig.IndexedPNG)
		if !bytes.Equal(small, encoded(t, fig.IndexedPNG)) {
			t.Errorf("%s: other bytes the second time", name)
		}
		if len(small) > len(whole)/2 {
			t.Errorf("%s: %d bytes with a palette, %d without", name, len(small), len(whole))
		}
		worst, exact := compareImages(t, whole, small)
		if worst > 24 {
			t.Errorf("%s: a pixel is off by %d of 255", name, worst)
		}
		if exact < 0.85 {
			t.Errorf("%s: only %.2f of the pixels are exact", name, exact)
		}
		t.Logf("%s: %d kB for %d kB, worst %d, %.3f exact", name, len(small)/1000, len(whole)/1000, worst, exact)
	}
}

// compareImages returns the largest difference of a channel and the fraction
// of equal pixels.
func compareImages(t *testing.T, a, b []byte) (worst int, exact float64) {
	t.Helper()
	x, err := png.Decode(bytes.NewReader(a))
	if err != nil {
		t.Fatal(err)
	}
	y, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if x.Bounds() != y.Bounds() {
		t.Fatalf("sizes %v and %v", x.Bounds(), y.Bounds())
	}
	n, equal := 0, 0
	for v := range x.Bounds().Dy() {
		for u := range x.Bounds().Dx() {
			d := apart(rgbaOf(x.At(u, v)), rgbaOf(y.At(u, v)))
			worst = max(worst, d)
			n++
			if d == 0 {
				equal++
			}
		}
	}
	return worst, float64(equal) / float64(n)
}

func rgbaOf(c color.Color) rgba {
	r, g, b, a := c.RGBA()
	return rgba{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), uint8(a >> 8)}
}

func TestIndexedLeavesWhatItCannotKeep(t *testing.T) {
	// Every colour of a cube with steps of 32: 512 of them, 32 apart.
	cube := image.NewRGBA(image.Rect(0, 0, 512, 1))
	for k := range 512 {
		cube.SetRGBA(k, 0, color.RGBA{uint8(k%8) * 32, uint8(k/8%8) * 32, uint8(k/64) * 32, 0xff})
	}
	if got := indexed(cube); got != image.Image(cube) {
		t.Errorf("512 colours far apart were put into a palette: %T", got)
	}
	clear := image.NewRGBA(image.Rect(0, 0, 2, 1))
	clear.SetRGBA(0, 0, color.RGBA{0x40, 0, 0, 0x80})
	for u, want := range []rgba{{0x40, 0, 0, 0x80}, {}} {
		if got := rgbaOf(indexed(clear).At(u, 0)); got != want {
			t.Errorf("what is transparent as %v became %v", want, got)
		}
	}
	grey := image.NewGray(image.Rect(0, 0, 256, 1))
	for k := range 256 {
		grey.SetGray(k, 0, color.Gray{uint8(k)})
	}
	got, ok := indexed(grey).(*image.Paletted)
	if !ok || len(got.Palette) != 256 {
		t.Fatalf("256 greys: %T", indexed(grey))
	}
	for k := range 256 {
		if rgbaOf(got.At(k, 0)) != rgbaOf(grey.At(k, 0)) {
			t.Errorf("grey %d became %v", k, got.At(k, 0))
		}
	}
}
