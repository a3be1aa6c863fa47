package player

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"reflect"
	"strings"
	"testing"
)

// drawn is a document of a few elements, of which one differs.
func drawn(differs string) string {
	return "<svg>\n<g transform=\"scale(1, -1)\">\n<path d=\"same\" />\n<g transform=\"a\">\n<path d=\"letter\" />\n</g>\n" +
		"<path d=\"" + differs + "\" />\n<path d=\"end\" />\n</g>\n</svg>"
}

func played() *Figure {
	f := &Figure{
		Kind: Play, Name: "wave", Caption: "A wave.", Alt: "y against x.",
		Controls: []Control{{Name: "gain", Slider: true, Start: 1, Labels: []string{"1", "2"}}, {Name: "shape", Labels: []string{"a", "b"}}},
	}
	frame := Frame{Width: 640, Height: 300, Alt: "gain"}
	picture := Frame{Width: 640, Height: 300, PNG: "aGk="}
	f.Pack([]Frame{frame, frame, frame, picture}, []string{drawn("1"), drawn("2"), drawn("3"), ""})
	return f
}

func TestPack(t *testing.T) {
	f := played()
	for i, want := range []string{drawn("1"), drawn("2"), drawn("3"), ""} {
		if got := f.Drawing(i); got != want {
			t.Errorf("frame %d is\n%s\nwant\n%s", i, got, want)
		}
	}
	// Two new elements for two more frames, and what is the same in runs; the
	// letter and its place are one piece.
	if len(f.Pieces) != 8+2 {
		t.Errorf("%d pieces: %q", len(f.Pieces), f.Pieces)
	}
	if want := []int{0, 4, 8, 1, 5, 3}; !reflect.DeepEqual(f.Frames[1].Runs, want) {
		t.Errorf("runs %v, want %v", f.Frames[1].Runs, want)
	}
}

func TestEncodeAndDecode(t *testing.T) {
	for _, f := range []*Figure{played(), {Kind: Still, Name: "s", Alt: "a <b> & c"}} {
		text, err := f.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := f.Encode(); again != text {
			t.Error("another text the second time")
		}
		// nbformat may break lines.
		got, err := Decode(text[:10] + "\n" + text[10:] + "\n")
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, f) {
			t.Errorf("read %+v, wrote %+v", got, f)
		}
	}
}

func packed(t *testing.T, json string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(json))
	_ = w.Close()
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// What someone else has written into a notebook must not hurt.
func TestDecodeRefuses(t *testing.T) {
	const control = `"controls":[{"name":"c","start":0,"labels":["a"]}],`
	frame := func(inside string) string {
		return packed(t, `{"kind":"play",`+control+`"pieces":["p","q"],"frames":[{"width":10,"height":10,`+inside+`}]}`)
	}
	ok, err := Decode(frame(`"runs":[0,2]`))
	if err != nil || ok.Drawing(0) != "p\nq" {
		t.Fatalf("a good one: %v", err)
	}
	whole := frame(`"runs":[0,2]`)
	for name, c := range map[string]struct{ text, says string }{
		"no base64":        {"<script>", "no figure"},
		"no gzip":          {"aGVsbG8gd29ybGQ=", "no figure"},
		"nothing":          {"", "no figure"},
		"cut short":        {whole[:len(whole)/8*4], "damaged"},
		"no JSON":          {packed(t, "{"), "damaged"},
		"another kind":     {packed(t, `{"kind":"run"}`), "kind"},
		"no controls":      {packed(t, `{"kind":"play"}`), "no controls"},
		"no scene":         {packed(t, `{"kind":"turn"}`), "nothing to turn"},
		"no frames":        {packed(t, `{"kind":"play",`+control+`"frames":[]}`), "0 frames for 1"},
		"a bad start":      {packed(t, `{"kind":"play","controls":[{"name":"c","start":1,"labels":["a"]}]}`), "value 1 of 1"},
		"beyond the table": {frame(`"runs":[1,2]`), "pieces 1 to 2 of 2"},
		"before the table": {frame(`"runs":[-1,2]`), "pieces"},
		"a run too long":   {frame(`"runs":[1,9223372036854775807]`), "pieces"},
		"half a run":       {frame(`"runs":[0,1,1]`), "no length"},
		"nothing to see":   {frame(`"alt":"x"`), "either"},
		"both":             {frame(`"runs":[0,1],"png":"aGk="`), "either"},
		"no size":          {packed(t, `{"kind":"play",`+control+`"pieces":["p"],"frames":[{"width":0,"height":1e9,"runs":[0,1]}]}`), "size"},
		"an echo":          {packed(t, `{"kind":"play",`+control+`"pieces":["`+strings.Repeat("p", 1<<20)+`"],"frames":[{"width":9,"height":9,"runs":[`+strings.Repeat("0,1,", 20)+`0,1]}]}`), "larger than"},
		"a bomb":           {packed(t, strings.Repeat(" ", maxJSON+1)), "unpacks to more"},
		"many settings": {packed(t, `{"kind":"play","controls":[`+strings.Repeat(`{"name":"c","start":0,"labels":["a","b","c","d","e","f","g","h","i"]},`, 9)+
			`{"name":"c","start":0,"labels":["a"]}]}`), "settings"},
		"a scene without paths": {packed(t, `{"kind":"turn","frames":[{"width":1,"height":1,"png":"aGk="}],"scene":{}}`), "no paths"},
	} {
		if _, err := Decode(c.text); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %.200v, want one that says %q", name, err, c.says)
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	for name, f := range map[string]*Figure{"no kind": {}, "too long": {Kind: Still, Name: strings.Repeat("x", maxText+1)}} {
		if _, err := f.Encode(); err == nil {
			t.Errorf("%s: it was encoded", name)
		}
	}
}

// The script can stand in a page as it is.
func TestScriptStandsInAPage(t *testing.T) {
	if strings.Contains(Script, "</") || strings.Contains(Script, "<!--") {
		t.Error("the script would end its element")
	}
	if !strings.HasPrefix(ScriptHash(), "sha256-") || len(ScriptHash()) != 7+44 {
		t.Errorf("the hash is %q", ScriptHash())
	}
	if n := len(Script); n > 24_000 {
		t.Errorf("the script has %d bytes, which every page carries", n)
	}
}

func FuzzDecode(f *testing.F) {
	text, err := played().Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Fuzz(func(t *testing.T, text string) {
		figure, err := Decode(text)
		if err != nil {
			return
		}
		for i := range figure.Frames {
			figure.Drawing(i)
		}
	})
}
