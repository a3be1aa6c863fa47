package plotting

import (
	"bytes"
	"encoding/xml"
	"image"
	"image/color"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiketrain"
)

// noise is n samples of one channel.
func noise(n int) *mat.Dense {
	random := neuro.Stream(1, "plot test")
	x := mat.NewDense(n, 1, nil)
	for i := range n {
		x.Set(i, 0, random.NormFloat64())
	}
	return x
}

func busyRaster(n int) *RasterPanel {
	random := neuro.Stream(1, "plot test spikes")
	times, neurons := make([]float64, n), make([]int, n)
	for k := range n {
		times[k], neurons[k] = 10*random.Float64(), random.IntN(300)
	}
	return Raster(recording.Spikes{Times: times, Units: neurons}).Rows(300).XLim(0, 10)
}

// response1 is a response of one condition.
func response1(dt float64, mean, sem *mat.Dense) *spiketrain.Response {
	r := &spiketrain.Response{Dt: dt, Mean: []*mat.Dense{mean}}
	if sem != nil {
		r.SEM = []*mat.Dense{sem}
	}
	return r
}

func encoded(t *testing.T, encode func() ([]byte, error)) []byte {
	t.Helper()
	b, err := encode()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFilesStaySmall(t *testing.T) {
	began := time.Now()
	trace := Figure(Traces(recording.Series{Dt: 1e-4, Values: noise(200_000)}))
	raster := Figure(busyRaster(20_000))
	for _, c := range []struct {
		name   string
		encode func() ([]byte, error)
		limit  int
	}{
		{"trace of 200,000 samples, SVG", trace.SVG, 500_000},
		{"trace of 200,000 samples, PDF", trace.PDF, 500_000},
		{"raster of 20,000 spikes, SVG", raster.SVG, 600_000},
		{"raster of 20,000 spikes, PNG", raster.PNG, 300_000},
		{"raster of 20,000 spikes, PDF", raster.PDF, 600_000},
	} {
		n := len(encoded(t, c.encode))
		t.Logf("%s: %d kB", c.name, n/1000)
		if n > c.limit {
			t.Errorf("%s: %d bytes, more than %d", c.name, n, c.limit)
		}
	}
	encoded(t, trace.PNG) // took 20 s when stroked at once
	if d := time.Since(began); d > 15*time.Second {
		t.Errorf("encoding took %v", d)
	}
}

func TestSameBytesAgain(t *testing.T) {
	fig := Figure(
		busyRaster(3000).Title("τ = 5 s⁻¹"),
		Trajectory(ramp(300, 1), 0, 1),
		Drift(Line{"a", []float64{0, 1}, []float64{1, -1}}).Fit(),
	).Columns(2).Tag("synthetic")
	for kind, encode := range map[string]func() ([]byte, error){"PNG": fig.PNG, "SVG": fig.SVG, "PDF": fig.PDF} {
		first := encoded(t, encode)
		for range 4 {
			if !bytes.Equal(first, encoded(t, encode)) {
				t.Fatalf("%s: other bytes", kind)
			}
		}
	}
	if !bytes.Contains(encoded(t, fig.PDF), []byte("/CreationDate (D:19700101000000)")) {
		t.Error("the PDF carries a date")
	}
}

func TestSVGIsWellFormed(t *testing.T) {
	fig := Figure(busyRaster(3000).Title(`<b> & "quotes" style="font-family:Liberation Sans;`))
	svg := encoded(t, fig.SVG)
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	for {
		if _, err := decoder.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	s := string(svg)
	for _, want := range []string{"'Liberation Sans',Arial,Helvetica,sans-serif", "data:image/png;base64", `stroke-linejoin="round"`} {
		if !strings.Contains(s, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(s, `style="font-family:Liberation Sans;`) || strings.Contains(s, "image/jpg") {
		t.Error("something was not mended: gonum's SVG has changed")
	}
	if n := len(regexp.MustCompile(`<text `).FindAllString(s, -1)); n < 8 {
		t.Errorf("%d texts: the text should be text", n)
	}
}

// Leaving samples out must not show: the image of the reduced line is that of
// the whole.
func TestDecimationDoesNotShow(t *testing.T) {
	const n = 60_000
	y := noise(n)
	points := make([]vg.Point, n)
	walk := 0.0
	for i := range points {
		walk += y.At(i, 0)
		points[i] = vg.Point{X: vg.Length(i) / n * 300, Y: vg.Length(50 + walk/12 + 4*y.At(i, 0))}
	}
	reduced := decimate(points)
	if len(reduced) > 4*801 {
		t.Errorf("%d points are left for 800 pixels", len(reduced))
	}
	whole, less := drawn(points), drawn(reduced)
	differ, inked := 0, 0
	for v := range whole.Bounds().Dy() {
		for u := range whole.Bounds().Dx() {
			a := color.GrayModel.Convert(whole.At(u, v)).(color.Gray).Y
			b := color.GrayModel.Convert(less.At(u, v)).(color.Gray).Y
			if a < 128 {
				inked++
			}
			if max(a, b)-min(a, b) > 96 {
				differ++
			}
		}
	}
	if inked < 10_000 || differ > inked/200 {
		t.Errorf("%d of %d pixels differ", differ, inked)
	}
	short := points[:3]
	if len(decimate(short)) != 3 || len(decimate(nil)) != 0 {
		t.Error("short lines must be left alone")
	}
}

func drawn(points []vg.Point) image.Image {
	c := vgimg.NewWith(vgimg.UseWH(300, 100), vgimg.UseDPI(screenDPI))
	stroke(draw.New(c), draw.LineStyle{Color: color.Black, Width: 1}, points)
	return c.Image()
}

// The PDF canvas maps points as the others do.
func TestPDFCanvasTransforms(t *testing.T) {
	c := newPDFCanvas(100, 200)
	c.Push()
	c.Translate(vg.Point{X: 10, Y: 20})
	c.Rotate(1.5707963267948966)
	c.Scale(2, 2)
	// (3, 4) is scaled to (6, 8), turned to (-8, 6), moved to (2, 26); y runs
	// down from 200.
	if x, y := c.at(vg.Point{X: 3, Y: 4}); !near(x, 2) || !near(y, 174) {
		t.Errorf("got %g, %g", x, y)
	}
	if !near(c.grown(), 2) {
		t.Errorf("lengths grow by %g", c.grown())
	}
	c.Pop()
	if x, y := c.at(vg.Point{X: 3, Y: 4}); !near(x, 3) || !near(y, 196) {
		t.Errorf("after Pop: %g, %g", x, y)
	}
}

func near(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 }
