package remote

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/spikewalk/spikewalk/internal/cache"
)

// A folder that vanishes, and becomes a file, while a file is read: reading goes on,
// and it is said once.
func TestLostFolder(t *testing.T) {
	content := noise(12 * testBlock)
	s := serve(t, content, nil)
	set := settings(filepath.Join(t.TempDir(), cache.Blocks))
	said := 0
	set.Lost = func(err error) {
		if said++; err == nil {
			t.Error("no reason is told")
		}
	}
	f := open(t, s.URL, set)
	mustRead(t, f, content, 0, 2*testBlock)
	if err := os.RemoveAll(set.Folder); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(set.Folder, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	mustRead(t, f, content, 0, 12*testBlock)
	mustRead(t, f, content, 5*testBlock, 7*testBlock)
	if said != 1 {
		t.Errorf("said %d times", said)
	}
}
