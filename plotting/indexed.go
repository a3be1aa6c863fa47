package plotting

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"slices"
)

// indexedErrors are the errors, in steps of 255, that IndexedPNG tries in
// turn. Few figures need more than 4; those in which many colours overlap,
// whose edges have thousands of shades, need up to 20, on single pixels.
var indexedErrors = [...]int{0, 2, 4, 8, 12, 16, 20, 24}

// IndexedPNG encodes the figure for notebooks and web pages: at 192 dots per
// inch, twice a screen's resolution, and with a palette of at most 256 colours,
// which makes the file three to five times smaller and which the eye cannot
// see. No channel of any pixel is off by more than 24 of 255; a figure for
// which that needs more colours has no palette.
func (d *Drawing) IndexedPNG() ([]byte, error) {
	img, dpi, err := d.image(screenDPI)
	if err != nil {
		return nil, err
	}
	return encodePNG(indexed(img), dpi)
}

// indexed returns the image with a palette, by the smallest of indexedErrors
// for which 256 colours are enough, or the image itself.
func indexed(img image.Image) image.Image {
	bounds := img.Bounds()
	pixels := make([]rgba, 0, bounds.Dx()*bounds.Dy())
	count := map[rgba]int{}
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			r, g, b, a := img.At(x, y).RGBA()
			p := rgba{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), uint8(a >> 8)}
			pixels = append(pixels, p)
			count[p]++
		}
	}
	shades := byFrequency(count)
	for _, most := range indexedErrors {
		palette, index, ok := quantise(shades, most)
		if !ok {
			continue
		}
		out := image.NewPaletted(bounds, palette)
		for k, p := range pixels {
			out.Pix[k] = index[p]
		}
		return out
	}
	return img
}

// rgba is a colour, its first three channels multiplied by the last.
type rgba [4]uint8

// byFrequency lists the colours, the most frequent first; the order of equally
// frequent ones is that of their values, so that it is the same every time.
func byFrequency(count map[rgba]int) []rgba {
	shades := make([]rgba, 0, len(count))
	for c := range count {
		shades = append(shades, c)
	}
	slices.SortFunc(shades, func(a, b rgba) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), bytes.Compare(a[:], b[:]))
	})
	return shades
}

// quantise goes through the colours and gives each the nearest place in the
// palette, or one of its own if that is further away than most. So frequent
// colours (the paper, the ink, the lines) stay exactly what they are.
func quantise(shades []rgba, most int) (color.Palette, map[rgba]uint8, bool) {
	var chosen []rgba
	index := make(map[rgba]uint8, len(shades))
	for _, c := range shades {
		nearest, least := 0, most+1
		for k, have := range chosen {
			if d := apart(c, have); d < least {
				nearest, least = k, d
			}
		}
		if least > most {
			if len(chosen) == 256 {
				return nil, nil, false
			}
			nearest = len(chosen)
			chosen = append(chosen, c)
		}
		index[c] = uint8(nearest)
	}
	palette := make(color.Palette, len(chosen))
	for k, c := range chosen {
		palette[k] = color.RGBA{R: c[0], G: c[1], B: c[2], A: c[3]}
	}
	return palette, index, true
}

// apart is the largest difference of a channel.
func apart(a, b rgba) int {
	d := 0
	for k := range a {
		d = max(d, int(max(a[k], b[k])-min(a[k], b[k])))
	}
	return d
}
