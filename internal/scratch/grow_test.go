//go:build unix

package scratch

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A file that grows is in its place whole or not at all; its beginning stays where
// that is worth something.
func TestGrow(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "file")
	full := errors.New("the disk is full")
	for _, c := range []struct {
		keep bool
		err  error
		want []string
	}{
		{false, full, []string{}}, {true, full, []string{"file.part"}}, {false, nil, []string{"file"}}, {true, nil, []string{"file"}},
	} {
		err := Grow(path, Public, func(w Growing) (bool, error) {
			if d := cmp.Diff([]string{"file.part"}, names(t, folder)); d != "" && c.err != nil {
				t.Error(d)
			}
			other := Grow(path, Public, func(Growing) (bool, error) { panic("two at a time") })
			if other == nil || !strings.Contains(other.Error(), "another program is writing file.part") {
				t.Errorf("another program: %v", other)
			}
			_, err := io.WriteString(w, "text")
			return c.keep, errors.Join(err, w.Sync(), c.err)
		})
		if !errors.Is(err, c.err) {
			t.Errorf("%+v: %v", c, err)
		}
		if d := cmp.Diff(c.want, names(t, folder)); d != "" {
			t.Errorf("%+v: %s", c, d)
		}
		if len(c.want) > 0 {
			if text, err := os.ReadFile(filepath.Join(folder, c.want[0])); string(text) != "text" {
				t.Errorf("%+v: %q, %v", c, text, err)
			}
		}
	}
	if err := os.Mkdir(path+Unfinished, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := Grow(path, Public, func(Growing) (bool, error) { return false, nil }); err == nil || !strings.Contains(err.Error(), "is in the way") {
		t.Errorf("a folder in the way: %v", err)
	}
}
