package plotting

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"image/png"
	"math"
	"strings"
	"testing"
)

// A PNG says how large it is printed: as wide as the figure.
func TestPNGCarriesItsResolution(t *testing.T) {
	fig := Figure(busyRaster(100)).Width(12)
	for name, c := range map[string]struct {
		encode func() ([]byte, error)
		dpi    float64
	}{"for print": {fig.PNG, 300}, "for a screen": {fig.IndexedPNG, 192}} {
		file := encoded(t, c.encode)
		if string(file[37:41]) != "pHYs" || file[49] != 1 {
			t.Fatalf("%s: no resolution behind the head: %q", name, file[33:54])
		}
		perMetre := float64(binary.BigEndian.Uint32(file[41:]))
		if got := perMetre * 0.0254; math.Abs(got-c.dpi) > 0.01 {
			t.Errorf("%s: %g dots per inch, want %g", name, got, c.dpi)
		}
		// Decoding checks the chunk's sum.
		img, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if cm := 100 * float64(img.Bounds().Dx()) / perMetre; math.Abs(cm-12) > 0.02 {
			t.Errorf("%s: printed, the figure is %g cm wide, want 12", name, cm)
		}
	}
}

func TestCaption(t *testing.T) {
	fig := Figure(busyRaster(100))
	if plain := encoded(t, fig.JSON); strings.Contains(string(plain), "caption") {
		t.Error("a figure without a caption has one in its JSON")
	}
	before := encoded(t, fig.SVG)
	fig.Caption("Spikes of 300 neurons; τ = 5 s⁻¹.")
	if !bytes.Equal(before, encoded(t, fig.SVG)) {
		t.Error("the caption is drawn")
	}
	var out struct{ Caption string }
	if err := json.Unmarshal(encoded(t, fig.JSON), &out); err != nil || out.Caption != "Spikes of 300 neurons; τ = 5 s⁻¹." {
		t.Errorf("caption %q, error %v", out.Caption, err)
	}
	if _, err := fig.Caption("a\x00b").PNG(); err == nil || !strings.Contains(err.Error(), "the caption") {
		t.Errorf("a caption with a control character: %v", err)
	}
}
