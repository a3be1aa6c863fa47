package nb

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// A result for which there is no room is returned, with a line that says why
// it was not kept, and nothing of it stays; one for which there is room is kept.
func TestMemoOnAFullDisk(t *testing.T) {
	folder := testkit.SmallDisk(t)
	if folder == "" {
		return
	}
	t.Setenv(MemoEnv, folder)
	large := strings.Repeat("x", 1<<20)
	said := stderrOf(t, func() {
		if v, err := memo("large", testConfig{}, func() (string, error) { return large, nil }); v != large || err != nil {
			t.Errorf("got %d bytes, %v", len(v), err)
		}
	})
	if strings.Count(said, "\n") != 1 || !strings.Contains(said, `"large" was computed but not kept`) || !strings.Contains(said, "no space left") {
		t.Errorf("said %q, want one line", said)
	}
	for range 2 {
		if v, err := memo("small", testConfig{}, func() (int, error) { return 6, nil }); v != 6 || err != nil {
			t.Errorf("got %d, %v", v, err)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() && !strings.HasPrefix(e.Name(), "small-") {
			t.Errorf("left %s", e.Name())
		}
	}
	if len(entries) != 2 { // and the locks
		t.Errorf("the memo holds %v", entries)
	}
}

// What a program that was killed while it wrote left in the memo goes when the
// next one writes a result.
func TestMemoClearsWhatAKilledProgramLeft(t *testing.T) {
	ownMemo(t)
	folder := Get(MemoDir())
	torn := filepath.Join(folder, ".spikewalk-ABCDEFGH")
	Check(os.MkdirAll(torn, 0o755))
	Get(memo("n", testConfig{}, func() (int, error) { return 6, nil }))
	if _, err := os.Stat(torn); !os.IsNotExist(err) {
		t.Errorf("%s is still there (%v)", torn, err)
	}
	if now := memoFiles(t); len(now) != 1 {
		t.Errorf("the memo holds %v, want one result", now)
	}
}
