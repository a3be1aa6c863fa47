package page

import (
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/player"
)

// figureOutput is an output with a picture and what a figure says of itself.
func figureOutput(t *testing.T, png []byte, described string) map[string]any {
	t.Helper()
	return map[string]any{"output_type": "display_data", "metadata": map[string]any{}, "data": map[string]any{
		mimePNG: base64.StdEncoding.EncodeToString(png), player.MIME: described,
	}}
}

func encoded(t *testing.T, f player.Figure) string {
	t.Helper()
	text, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// playing is a figure of two settings.
func playing() player.Figure {
	f := player.Figure{
		Kind: player.Play, Name: "two-waves", Caption: "A <wave>.", Alt: "synthetic. y against x",
		Controls: []player.Control{{Name: "gain", Slider: true, Labels: []string{"1", "2"}}},
	}
	frame := player.Frame{Width: 642, Height: 100}
	f.Pack([]player.Frame{frame, frame}, []string{
		`<svg xmlns="http://www.w3.org/2000/svg" width="642" height="100">` + "\n<path d=\"M0 0L600 90\" stroke=\"black\"/>\n</svg>",
		`<svg xmlns="http://www.w3.org/2000/svg" width="642" height="100">` + "\n<path d=\"M0 90L600 0\" stroke=\"black\"/>\n</svg>",
	})
	return f
}

// Figures are numbered over the page, with their captions, and those that play
// come with their data and the script.
func TestFigures(t *testing.T) {
	png := picture(t, 1284, 200)
	still := player.Figure{Kind: player.Still, Name: "still", Caption: "Nothing moves.", Alt: "z against x"}
	n := read(t,
		program("show()", figureOutput(t, png, encoded(t, still)), display(mimePNG, base64.StdEncoding.EncodeToString(png))),
		program("play()", figureOutput(t, png, encoded(t, playing()))),
	)
	content, err := Render(n, Surroundings{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<figure id="figure-1" data-name="still">`, `Figure 1.</a> Nothing moves.`, `alt="z against x"`,
		`<figure id="figure-2" data-name="">`, `Figure 2.</a>  <span`,
		`<figure id="figure-3" data-name="two-waves" data-plays>`, `Figure 3.</a> <span class="tag">synthetic</span> A &lt;wave&gt;.`, `alt="synthetic. y against x"`,
		`<script type="` + player.MIME + `">` + encoded(t, playing()) + `</script>`,
		"<script>" + player.Script + "</script>",
	} {
		if !strings.Contains(string(content), want) {
			t.Errorf("the page does not contain %.200q", want)
		}
	}
	if n := strings.Count(string(content), "<script"); n != 3 {
		t.Errorf("%d scripts, want one for a figure, the player's and the page's", n)
	}
	if !strings.Contains(policyOf(t, content), player.ScriptHash()) {
		t.Error("the page does not allow the player")
	}
	// Nothing plays, and there is no player.
	content, err = Render(read(t, program("show()", figureOutput(t, png, encoded(t, still)))), Surroundings{})
	if err != nil || strings.Contains(string(content), player.MIME) || strings.Contains(policyOf(t, content), player.ScriptHash()) {
		t.Errorf("a page without a figure that plays has the player, %v", err)
	}
}

// What only looks like a figure that plays is shown as its picture, and told.
func TestFigureOfSomebody(t *testing.T) {
	png := picture(t, 1284, 200)
	n := read(t, program("show()", figureOutput(t, png, "</script><script>alert(1)</script>")))
	content, err := Render(n, Surroundings{})
	if err == nil || !strings.Contains(err.Error(), "a figure is shown as a picture") {
		t.Errorf("the error is %v", err)
	}
	if s := string(content); strings.Contains(s, "alert") || !strings.Contains(s, `alt="Figure"`) {
		t.Error("the page holds what it should not, or no picture")
	}
}

// A notebook may say which figure stands for it.
func TestThumbnailOf(t *testing.T) {
	first, second := picture(t, 400, 300), picture(t, 500, 300)
	n := read(t,
		program("show()", figureOutput(t, first, encoded(t, player.Figure{Kind: player.Still, Name: "still"}))),
		program("play()", figureOutput(t, second, encoded(t, playing()))),
	)
	for name, want := range map[string][]byte{"": first, "two-waves": second, "gone": first} {
		n.Thumbnail = name
		if got := Describe(n).Picture; got != base64.StdEncoding.EncodeToString(want) {
			t.Errorf("%q is another figure", name)
		}
	}
}

// An image that stands alone in a text is a figure too, with the emphasis after
// it for a caption, as large as its resolution says.
func TestFiguresOfMarkdown(t *testing.T) {
	png := picture(t, 1284, 200)
	// After the signature and the header: a resolution of 192 dpi.
	chunk := append([]byte("\x00\x00\x00\x09pHYs"), 0, 0, 0x1d, 0x87, 0, 0, 0x1d, 0x87, 1)
	sharp := slices.Concat(png[:33], binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:])), png[33:])
	url := func(png []byte) string { return "data:image/png;base64," + base64.StdEncoding.EncodeToString(png) }
	n := read(t,
		prose("![an a]("+url(sharp)+")\n\n*Said of $x$ by [them](https://a.example).*\n\nText.\n\n![a b]("+url(png)+")\n\nNo *caption*."),
		program("show()", display(mimePNG, base64.StdEncoding.EncodeToString(png))),
		prose("In a line ![a c]("+url(png)+")."),
	)
	content, err := Render(n, Surroundings{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<figure id="figure-1" data-name="figure-1"><div class="wide"><img src="` + url(sharp) + `" alt="an a" class="spikewalk-still" width="642" height="100"/></div>`,
		`Figure 1.</a> Said of <math`, `by <a href="https://a.example">them</a>. <span class="files"></span></figcaption></figure>`,
		`alt="a b" class="spikewalk-still" width="1284" height="200"/>`, `Figure 2.</a> <span`, "<p>No <em>caption</em>.</p>",
		`<figure id="figure-3" data-name="">`, `<p>In a line <img src=`,
	} {
		if !strings.Contains(string(content), want) {
			t.Errorf("the page does not contain %q", want)
		}
	}
}
