package room

import (
	"path/filepath"
	"strings"
	"testing"
)

// Needs on one disk add up, and the sentence names the folder, what is free
// there and what to do.
func TestCheck(t *testing.T) {
	here := t.TempDir()
	a := Need{Folder: filepath.Join(here, "not", "yet"), Bytes: 6e8, For: "setting up", Elsewhere: "set A"}
	b := Need{Folder: here, Bytes: 6e8, For: "writing", Elsewhere: "set B"}
	with := func(bytes uint64, ok bool) func(string) (uint64, uint64, bool) {
		return func(folder string) (uint64, uint64, bool) {
			if folder != here {
				t.Errorf("asked about %s", folder)
			}
			return 1, bytes, ok
		}
	}
	for want, free := range map[string]func(string) (uint64, uint64, bool){
		"": with(12e8, true),
		"writing needs 1.2 GB of disk in " + here + ", where 900 MB are free: make room, or set B": with(9e8, true),
		"setting up needs 600 MB of disk in " + a.Folder + ", where 0 MB are free":                 with(0, true),
	} {
		err := check(free, []Need{a, b})
		if got := ""; err != nil {
			got = err.Error()
			if want == "" || !strings.HasPrefix(got, want) {
				t.Errorf("%q, want %q", got, want)
			}
		} else if want != "" {
			t.Errorf("no error, want %q", want)
		}
	}
	if err := check(with(0, false), []Need{a, b}); err != nil {
		t.Errorf("a disk that does not tell: %v", err)
	}
	if err := Check(Need{Folder: here, Bytes: 1}); err != nil {
		t.Error(err)
	}
	if err := Check(Need{Folder: here, Bytes: 1e18, For: "much", Elsewhere: "buy one"}); err == nil {
		t.Skip("the room of this disk is not known")
	}
}
