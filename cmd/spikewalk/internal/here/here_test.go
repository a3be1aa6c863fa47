package here

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"io"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// The program is one that a browser takes, and the panel is small enough to come
// with a page.
func TestBuild(t *testing.T) {
	testkit.Needs(t, "half a minute to compile the standard library for the browser")
	p, err := Build(context.Background(), "../../../..")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(p.Panel), `class="here-program">`)
	text, _, _ := strings.Cut(rest, "<")
	packed, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	program, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(program, []byte("\x00asm")) {
		t.Errorf("the program begins with %q", program[:4])
	}
	if most := 6 << 20; len(p.Panel)+len(p.Script) > most {
		t.Errorf("the panel takes %d bytes, want at most %d", len(p.Panel)+len(p.Script), most)
	}
	if strings.Contains(p.Script, "</script") {
		t.Error("the script would end where a page puts it")
	}
	again, err := Build(context.Background(), "../../../..")
	if err != nil || again != p {
		t.Errorf("built again it differs (%v)", err)
	}
}

func TestBuildSaysWhatIsWrong(t *testing.T) {
	if _, err := Build(context.Background(), t.TempDir()); err == nil || !strings.Contains(err.Error(), "go build") {
		t.Errorf("a folder without the module: %v", err)
	}
}
