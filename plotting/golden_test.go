package plotting_test

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the golden images of testdata anew")

// examples are the package's examples. Each saves one PNG, which is compared
// with the image of the same name in testdata: an example is at once
// documentation and regression test.
var examples = map[string]func(){
	"traces.png":       ExampleTraces,
	"stacked.png":      ExampleTracesPanel_Stacked,
	"outputs.png":      ExampleOutputs,
	"overlaid.png":     ExampleOutputsPanel_Overlaid,
	"raster.png":       ExampleRaster,
	"groups.png":       ExampleRasterPanel_Groups,
	"scree.png":        ExampleScree,
	"trajectory.png":   ExampleTrajectory,
	"trajectories.png": ExampleTrajectoryPanel_Add,
	"tuning.png":       ExampleTuning,
	"drift.png":        ExampleDrift,
	"learning.png":     ExampleLearning,
	"comparison.png":   ExampleComparison,
	"pairs.png":        ExampleComparisonPanel_Paired,
	"curve.png":        ExampleCurve,
	"bands.png":        ExampleCurvePanel_Band,
	"psth.png":         ExamplePSTH,
	"rotation.png":     ExampleRotation,
	"field.png":        ExampleField,
	"heat.png":         ExampleHeat,
	"space.png":        ExampleSpace,
	"column.png":       ExampleFigure,
	"grid.png":         ExampleDrawing_Columns,
	"multiples.png":    ExampleMultiples,
}

func TestExamplesMatchGoldenImages(t *testing.T) {
	testdata, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for name, example := range examples {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			example()
			got, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join(testdata, name)
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatalf("no golden image (go test ./plotting -update makes it): %v", err)
			}
			if n, worst := differ(t, got, want); n > 0 {
				t.Errorf("%d pixels differ from the golden image, by up to %d of 255", n, worst)
			}
		})
	}
}

// tolerance is how much of 255 a colour may differ. Fused multiply-add on
// other processors moves an edge's coverage by about one step; a line that
// moved by a tenth of a pixel changes it by 25.
const tolerance = 6

// differ counts the pixels that differ and says by how much at most. Images
// are compared, not bytes, since compression may change with Go's version.
func differ(t *testing.T, a, b []byte) (n, worst int) {
	t.Helper()
	x, y := decode(t, a), decode(t, b)
	if x.Bounds() != y.Bounds() {
		t.Fatalf("the image is %v, the golden image %v", x.Bounds(), y.Bounds())
	}
	for v := x.Bounds().Min.Y; v < x.Bounds().Max.Y; v++ {
		for u := x.Bounds().Min.X; u < x.Bounds().Max.X; u++ {
			d := distance(x, y, u, v)
			worst = max(worst, d)
			if d > tolerance {
				n++
			}
		}
	}
	return n, worst
}

func decode(t *testing.T, data []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// distance is the largest difference of a channel, of 255.
func distance(a, b image.Image, x, y int) int {
	r0, g0, b0, _ := a.At(x, y).RGBA()
	r1, g1, b1, _ := b.At(x, y).RGBA()
	d := 0
	for _, p := range [][2]uint32{{r0, r1}, {g0, g1}, {b0, b1}} {
		d = max(d, int(max(p[0], p[1])-min(p[0], p[1]))>>8)
	}
	return d
}
