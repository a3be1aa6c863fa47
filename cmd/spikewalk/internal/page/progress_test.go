package page

import (
	"bytes"
	"testing"

	"github.com/spikewalk/spikewalk/internal/player"
)

// How far a run was is of no use on a page; other text is.
func TestPagesShowNoProgress(t *testing.T) {
	line := display("text/plain", "training: 40 of 40, done")
	line["data"].(map[string]any)[player.ProgressMIME] = "1"
	content, err := Render(read(t, program("x := 1", line, display("text/plain", "warning: silent"))), Surroundings{})
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(content, []byte("40 of 40")) || !bytes.Contains(content, []byte("warning: silent")) {
		t.Error("the page shows progress, or no warning")
	}
}
