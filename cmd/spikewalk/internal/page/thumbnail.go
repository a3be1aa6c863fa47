package page

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"

	"golang.org/x/image/draw"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

// thumbnailWidth is that in the index, for screens of high density.
const thumbnailWidth = pixelRatio * 320

// thumbnail makes a figure small. What cannot be made so stays as it is.
func thumbnail(encoded string) string {
	large := notebook.Picture(encoded)
	if large == nil || large.Bounds().Dx() <= thumbnailWidth {
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
