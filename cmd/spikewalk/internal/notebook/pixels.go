package notebook

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	_ "image/png" // the figures' format
	"strings"
)

// compareImage compares pixels, not bytes: how they are compressed may change
// with Go's version. Images that cannot be decoded are equal if their bytes
// are.
func compareImage(mime, was, is string) string {
	was, is = bare(was), bare(is)
	if was == is {
		return ""
	}
	w, i := Picture(was), Picture(is)
	if w == nil || i == nil {
		return mime + " differs"
	}
	if w.Bounds() != i.Bounds() {
		return fmt.Sprintf("%s is %v pixels large, the committed one %v", mime, i.Bounds().Size(), w.Bounds().Size())
	}
	n, worst, where := unequal(w, i)
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%s differs in %d of %d pixels by up to %d of 255, between %v and %v from the upper left",
		mime, n, w.Bounds().Dx()*w.Bounds().Dy(), worst, where.Min, where.Max)
}

// bare is base64 without the line breaks that nbformat may put into it.
func bare(s string) string { return strings.Join(strings.Fields(s), "") }

// mostPixels is more than any figure has.
const mostPixels = 1 << 25

// Picture decodes a picture in base64; nil stands for one that cannot be decoded, or
// claims to be larger than any figure.
func Picture(encoded string) image.Image {
	content, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil
	}
	// A few kilobytes can say that they are a picture of gigabytes.
	if c, _, err := image.DecodeConfig(bytes.NewReader(content)); err != nil || c.Width > mostPixels/max(c.Height, 1) {
		return nil
	}
	img, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil
	}
	return img
}

// unequal counts the pixels that differ, and tells by how much at most, of
// 255, and where they lie.
func unequal(a, b image.Image) (n, worst int, where image.Rectangle) {
	r := a.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			r0, g0, b0, a0 := a.At(x, y).RGBA()
			r1, g1, b1, a1 := b.At(x, y).RGBA()
			d := max(apart(r0, r1), apart(g0, g1), apart(b0, b1), apart(a0, a1))
			if d == 0 {
				continue
			}
			n, worst = n+1, max(worst, int(d>>8))
			where = where.Union(image.Rect(x, y, x+1, y+1))
		}
	}
	return n, worst, where
}

func apart(a, b uint32) uint32 { return max(a, b) - min(a, b) }
