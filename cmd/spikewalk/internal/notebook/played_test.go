package notebook

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/player"
)

// played is an output with a figure of four settings.
func played(t *testing.T, change func(f *player.Figure, drawings []string)) string {
	t.Helper()
	f := &player.Figure{Kind: player.Play, Name: "wave", Caption: "A wave.", Controls: []player.Control{
		{Name: "gain", Slider: true, Labels: []string{"1", "2"}}, {Name: "shape", Labels: []string{"sine", "square"}},
	}}
	drawings := []string{"<svg>\na\n</svg>", "<svg>\nb\n</svg>", "<svg>\nc\n</svg>", "<svg>\nd\n</svg>"}
	f.Frames = make([]player.Frame, 4)
	for i := range f.Frames {
		f.Frames[i] = player.Frame{Width: 640, Height: 300}
	}
	change(f, drawings)
	f.Pack(f.Frames, drawings)
	text, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return shown(text)
}

func shown(text string) string {
	return `{"output_type":"display_data","metadata":{},"data":{"` + player.MIME + `":"` + text + `"}}`
}

// What differs in a figure that plays, at which setting.
func TestCompareFigures(t *testing.T) {
	same := func(*player.Figure, []string) {}
	was := played(t, same)
	for name, c := range map[string]struct{ is, want string }{
		"equal":     {played(t, same), ""},
		"a drawing": {played(t, func(_ *player.Figure, d []string) { d[2] = "<svg>\nx\n</svg>" }), `the figure "wave": at gain = 2, shape = sine its drawing differs in line 2: is "x", the committed one is "c"`},
		"words":     {played(t, func(f *player.Figure, _ []string) { f.Caption = "Another." }), `its caption differs in line 1: is "Another."`},
		"a control": {played(t, func(f *player.Figure, _ []string) { f.Controls[0].Start = 1 }), `its controls are "gain" (1, 2; at first number 2)`},
		"a size":    {played(t, func(f *player.Figure, _ []string) { f.Frames[1].Height = 200 }), "at gain = 1, shape = square it is 640 x 200 pixels large"},
		"a picture": {played(t, func(f *player.Figure, d []string) {
			d[0], f.Frames[0].PNG = "", base64.StdEncoding.EncodeToString([]byte("png"))
		}), "at gain = 1, shape = sine its drawing"},
		"nothing": {shown("aGVsbG8="), "the figure cannot be read"},
	} {
		got := Compare(parse(t, cell("x", was)), parse(t, cell("x", c.is)))
		switch {
		case c.want == "" && len(got) > 0:
			t.Errorf("%s: %v", name, got)
		case c.want != "" && (len(got) != 1 || !strings.Contains(got[0].What, c.want)):
			t.Errorf("%s: %v, want %q", name, got, c.want)
		}
	}
}
