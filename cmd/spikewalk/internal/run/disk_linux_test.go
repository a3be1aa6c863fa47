package run

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// A notebook for whose results there is no room fails in one sentence and
// leaves nothing; the report tells of it.
func TestRunOnASmallDisk(t *testing.T) {
	folder := testkit.SmallDisk(t)
	if folder == "" {
		return
	}
	script := works + `head -c 1000000 /dev/zero > "$dir/large" || exit 1`
	o := options(t, fake(t, script), write(t, t.TempDir(), "01_a", "x"))
	o.Out = folder
	report, err := Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if e := report[0].Error; !strings.Contains(e, "the disk is full") || strings.Contains(e, "\n") {
		t.Errorf("error %q, want one sentence", e)
	}
	if d := cmp.Diff([]string{"index.html", "report.json"}, files(t, folder)); d != "" {
		t.Error(d)
	}
}

// Where there is no room even for that, the run fails as a whole.
func TestRunOnAFullDisk(t *testing.T) {
	folder := testkit.SmallDisk(t)
	if folder == "" {
		return
	}
	path := write(t, t.TempDir(), "01_a", "x")
	_ = os.WriteFile(filepath.Join(folder, "fill"), make([]byte, 1<<20), 0o644)
	o := options(t, fake(t, works), path)
	o.Out = folder
	_, err := Run(context.Background(), o)
	if err == nil || !strings.Contains(err.Error(), "no space left") || !strings.Contains(err.Error(), "--out") || strings.Contains(err.Error(), "\n") {
		t.Errorf("error %v, want one sentence that names --out", err)
	}
	if d := cmp.Diff([]string{"fill"}, files(t, folder)); d != "" {
		t.Error(d)
	}
}
