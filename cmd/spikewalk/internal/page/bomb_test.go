package page

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"runtime"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

// claiming is a small PNG whose header says that it is of another size.
func claiming(t *testing.T, width, height uint32) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.Black, color.White})); err != nil {
		t.Fatal(err)
	}
	content := b.Bytes()
	header := content[12 : 12+4+13] // IHDR and its data, after the signature and the length
	binary.BigEndian.PutUint32(header[4:], width)
	binary.BigEndian.PutUint32(header[8:], height)
	binary.BigEndian.PutUint32(content[12+4+13:], crc32.ChecksumIEEE(header))
	return base64.StdEncoding.EncodeToString(content)
}

// A picture that claims gigabytes, and HTML without end, take no memory that they do
// not have.
func TestBombs(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, size := range [][2]uint32{{60_000, 60_000}, {1 << 30, 1}, {1, 1 << 30}, {0, 0}} {
		bomb := claiming(t, size[0], size[1])
		if got := thumbnail(bomb); got != bomb {
			t.Errorf("a picture of %v pixels becomes %d bytes of another", size, len(got))
		}
		n := read(t, program("x", display(mimePNG, bomb)), prose("# A title"))
		if _, err := Index([]About{Describe(n)}, ""); err != nil {
			t.Error(err)
		}
		_, _ = Render(n, Surroundings{})
		other := read(t, program("x", display(mimePNG, claiming(t, size[0]-1, size[1]))), prose("# A title"))
		notebook.Compare(n, other)
	}
	runtime.ReadMemStats(&after)
	if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 256 {
		t.Errorf("they took %d MB", mb)
	}
	const deep = 50_000
	for _, element := range []string{"<div>", "<b>", "<table><tr><td>", "<ul><li>", "> ", "<svg>", "<math><mrow>", "- "} {
		if _, err := Render(read(t, prose(strings.Repeat(element, deep)), program("x", display("text/html", strings.Repeat(element, deep)))), Surroundings{}); err != nil && len(err.Error()) > 5000 {
			t.Errorf("%s: an error of %d bytes", element, len(err.Error()))
		}
	}
}
