//go:build unix

package trust

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFolder(t *testing.T) {
	top := t.TempDir()
	inner := filepath.Join(top, "cache", "bin")
	if err := os.MkdirAll(inner, 0o700); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(top, "link")
	if err := os.Symlink(filepath.Join(top, "cache"), link); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		mode  fs.FileMode // of the folder cache
		wrong string
	}{
		{0o700, ""}, {0o755, ""}, {0o777, "others can write to"}, {0o757, "others can write to"},
		{0o777 | fs.ModeSticky, ""}, // what is in it has an owner
	} {
		if err := os.Chmod(filepath.Join(top, "cache"), c.mode); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{inner, filepath.Join(inner, "not", "yet"), filepath.Join(link, "bin")} {
			err := Folder(path)
			if c.wrong == "" && err != nil || c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
				t.Errorf("%v: %s: %v, want %q", c.mode, path, err, c.wrong)
			}
		}
	}
	// Where everybody may make things, what is not there yet may be made by others.
	if err := Folder(filepath.Join(top, "cache", "new")); err == nil {
		t.Error("a folder that others may make is trusted")
	}
	if os.Geteuid() != 0 {
		return
	}
	// Who owns a link may lead it elsewhere tomorrow.
	theirs := filepath.Join(top, "theirs")
	if err := os.Symlink(top, theirs); err != nil {
		t.Fatal(err)
	}
	if err := os.Lchown(theirs, 4711, 4711); err != nil {
		t.Fatal(err)
	}
	if err := Folder(theirs); err == nil || !strings.Contains(err.Error(), "theirs belongs to another user (4711)") {
		t.Errorf("through another user's link: %v", err)
	}
	if err := os.Chmod(filepath.Join(top, "cache"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(filepath.Join(top, "cache"), 4711, 4711); err != nil {
		t.Fatal(err)
	}
	if err := Folder(inner); err == nil || !strings.Contains(err.Error(), "belongs to another user (4711)") {
		t.Errorf("another user's: %v", err)
	}
}

func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "program")
	if File(path) == nil {
		t.Error("no file is trusted")
	}
	if err := os.WriteFile(path, nil, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := File(path); err != nil {
		t.Error(err)
	}
	if err := os.Chmod(path, 0o777); err != nil {
		t.Fatal(err)
	}
	if File(path) == nil {
		t.Error("a file that others can write to is trusted")
	}
	if File(filepath.Dir(path)) == nil {
		t.Error("a folder is a program")
	}
}
