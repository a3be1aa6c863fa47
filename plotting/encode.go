package plotting

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// PNG encodes the figure for print, at 300 dots per inch (150 if it is larger
// than 0.43 m²). The file carries its resolution, so that programs place it in
// the figure's own size: one of 17 cm has 2008 pixels and is 17 cm wide.
func (d *Drawing) PNG() ([]byte, error) {
	img, dpi, err := d.image(printDPI)
	if err != nil {
		return nil, err
	}
	return encodePNG(img, dpi)
}

// encodePNG writes an image with its resolution.
func encodePNG(img image.Image, dpi int) ([]byte, error) {
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, img); err != nil {
		return nil, fmt.Errorf("plotting: encoding PNG: %w", err)
	}
	return withResolution(b.Bytes(), dpi), nil
}

// withResolution adds the chunk that says how many pixels a metre has (PNG
// specification, third edition, 11.3.4.3), which Go's encoder does not write.
// It stands between the first chunk, of 25 bytes, and the next.
func withResolution(file []byte, dpi int) []byte {
	const signature, header = 8, 25
	perMetre := uint32(math.Round(float64(dpi) / 0.0254))
	chunk := append([]byte{0, 0, 0, 9}, "pHYs"...)
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = append(chunk, 1) // the unit is the metre
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	return slices.Insert(file, signature+header, chunk...)
}

// SVG encodes the figure as a self-contained SVG document of at most 1 MB. Its
// text is text, in Liberation Sans, of which the characters in use are
// embedded. Programs that ignore embedded fonts, as Inkscape does, take that of
// the system or, where that is missing, Arial, Helvetica or another sans
// serif; the first two have the same widths. Symbols that Liberation Sans
// lacks, and accents without a letter of their own, are drawn as shapes.
func (d *Drawing) SVG() ([]byte, error) {
	return d.vector(func(p *page) ([]byte, error) {
		c := newSVGCanvas(p.width, p.height)
		p.draw(c)
		return c.bytes()
	})
}

// PDF encodes the figure as a PDF document of one page and at most 1 MB with
// its fonts embedded; mathematical letters beyond U+FFFF (𝒙) are drawn as
// shapes. It carries no date, so that the same figure gives the same bytes.
func (d *Drawing) PDF() ([]byte, error) {
	return d.vector(func(p *page) ([]byte, error) {
		c := newPDFCanvas(p.width, p.height)
		p.draw(c)
		return c.bytes()
	})
}

// page lays the figure out.
func (d *Drawing) page() (*page, error) {
	contents, err := d.contents()
	if err != nil {
		return nil, err
	}
	return d.layout(contents)
}

// Save writes the figure to files in the formats that their names' endings
// say: .png, .svg, .pdf, or .json for the numbers. All are encoded before the
// first is written, and each appears complete or not at all.
func (d *Drawing) Save(paths ...string) error {
	if len(paths) == 0 {
		return errors.New("plotting: there is no file to save the figure to: give at least one name")
	}
	encoded := make([][]byte, len(paths))
	for i, path := range paths {
		encode, err := d.encoder(path)
		if err != nil {
			return err
		}
		if encoded[i], err = encode(); err != nil {
			return err
		}
	}
	for i, path := range paths {
		if err := scratch.WriteFile(path, encoded[i], scratch.Public); err != nil {
			return fmt.Errorf("plotting: saving the figure: %w", err)
		}
	}
	return nil
}

// encoder chooses the format.
func (d *Drawing) encoder(path string) (func() ([]byte, error), error) {
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".png":
		return d.PNG, nil
	case ".svg":
		return d.SVG, nil
	case ".pdf":
		return d.PDF, nil
	case ".json":
		return d.JSON, nil
	default:
		return nil, fmt.Errorf("plotting: cannot save %s: its ending is %s: use .png, .svg, .pdf or, for the numbers, .json", quoted(path), quoted(ext))
	}
}
