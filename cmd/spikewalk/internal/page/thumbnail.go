package page

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"
	"io"
	"strings"

	"golang.org/x/image/draw"
)

// thumbnailWidth is that in the index, for screens of high density.
const thumbnailWidth = pixelRatio * 320

// mostPixels is more than any figure has: a few kilobytes can say that they are a
// picture of gigabytes.
const mostPixels = 1 << 25

// thumbnail makes a figure small. What cannot be made so stays as it is.
func thumbnail(encoded string) string {
	read := func() io.Reader { return base64.NewDecoder(base64.StdEncoding, strings.NewReader(encoded)) }
	if c, _, err := image.DecodeConfig(read()); err != nil || c.Width > mostPixels/max(c.Height, 1) {
		return encoded
	}
	large, _, err := image.Decode(read())
	if err != nil || large.Bounds().Dx() <= thumbnailWidth {
		return encoded
	}
	size := large.Bounds().Size()
	small := image.NewRGBA(image.Rect(0, 0, thumbnailWidth, size.Y*thumbnailWidth/size.X))
	draw.CatmullRom.Scale(small, small.Bounds(), large, large.Bounds(), draw.Src, nil)
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, small); err != nil {
		return encoded
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}
