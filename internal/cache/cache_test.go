package cache

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"github.com/google/go-cmp/cmp"
)

// put writes files of 1000 bytes, each used a minute after the one before.
func put(t *testing.T, folder string, names ...string) {
	t.Helper()
	for i, name := range names {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, make([]byte, 1000), 0o600); err != nil {
			t.Fatal(err)
		}
		used := time.Now().Add(time.Duration(i-1000) * time.Minute)
		if err := os.Chtimes(path, used, used); err != nil {
			t.Fatal(err)
		}
	}
}

// left lists all files below a folder.
func left(t *testing.T, folder string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(folder, path)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestTrim(t *testing.T) {
	folder := t.TempDir()
	stay := []string{"data/a.nwb", "sweeps/a/sweep.json", "bin/gonb", "checkpoints/a/b.0.checkpoint", "gonb.log", "memo/.spikewalk-ABCDEFGH/whole", "memo/locks/a.lock"}
	put(t, folder, append(slices.Clone(stay), "blocks/a/v/0", "memo/b.memo", "memo/c.memo", "blocks/a/v/1", "blocks/a/w/0")...)
	Used(filepath.Join(folder, "memo", "b.memo"))
	Trim(folder, 5000)
	if got := left(t, folder); len(got) != len(stay)+5 {
		t.Errorf("what has room does not stay: %v", got)
	}
	Trim(folder, 2000)
	want := append(slices.Clone(stay), "memo/b.memo", "blocks/a/w/0")
	slices.Sort(want)
	if d := cmp.Diff(want, left(t, folder)); d != "" {
		t.Error(d)
	}
	if _, err := os.Stat(filepath.Join(folder, "blocks", "a", "v")); err == nil {
		t.Error("an empty folder stays")
	}
	Trim(folder, 0)
	slices.Sort(stay)
	if d := cmp.Diff(stay, left(t, folder)); d != "" {
		t.Error(d)
	}
	Trim(filepath.Join(folder, "none"), 0)
}

// Programs that make room at once do not disturb one another.
func TestTrimTogether(t *testing.T) {
	folder := t.TempDir()
	var names []string
	for i := range 300 {
		names = append(names, fmt.Sprintf("blocks/%d/%d", i%7, i))
	}
	put(t, folder, names...)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() { Trim(folder, 100_000) })
	}
	group.Wait()
	if n := len(left(t, folder)); n > 100 || n < 90 {
		t.Errorf("%d of 300 files of 1 kB fit into 100 kB", n)
	}
}

func TestListAndClear(t *testing.T) {
	folder := t.TempDir()
	put(t, folder, "sweeps/a/sweep.json", "sweeps/a/.lock", "sweeps/b/sweep.json", "sweeps/b/.lock")
	put(t, folder, "memo/a.memo", "memo/locks/a.lock", "memo/locks/b.lock", "data/x.nwb", "data/y.nwb.part/content", "data/y.nwb.part/lock", "bin/gonb", "venv/bin/jupyter", "gonb.log")
	all, err := List(folder)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, c := range all {
		got[c.Name] = fmt.Sprintf("%d files, %d bytes", c.Files, c.Bytes)
	}
	want := map[string]string{
		"memo": "1 files, 1000 bytes", "sweeps": "4 files, 4000 bytes", "data": "3 files, 3000 bytes", "checkpoints": "0 files, 0 bytes", "blocks": "0 files, 0 bytes",
		"programs": "2 files, 2000 bytes", "other": "1 files, 1000 bytes",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	// A result that is computed, a sweep, and a download that is under way have a lock.
	for _, name := range []string{"memo/locks/b.lock", "sweeps/b/.lock", "data/y.nwb.part/lock"} {
		lock := flock.New(filepath.Join(folder, filepath.FromSlash(name)))
		if err := lock.Lock(); err != nil {
			t.Fatal(err)
		}
		defer lock.Close()
	}
	freed, err := Clear(folder, Kinds[:3])
	if err != nil || freed[0].Bytes != 1000 || freed[1].Bytes != 1000 || freed[2].Bytes != 1000 {
		t.Errorf("freed %+v, %v", freed, err)
	}
	stay := []string{"bin/gonb", "data/y.nwb.part/content", "data/y.nwb.part/lock", "gonb.log", "memo/locks/b.lock", "sweeps/b/.lock", "sweeps/b/sweep.json", "venv/bin/jupyter"}
	if d := cmp.Diff(stay, left(t, folder)); d != "" {
		t.Error(d)
	}
	// A folder of somebody's is not cleared.
	put(t, folder, "thesis.tex")
	if _, err := Clear(folder, Kinds); err == nil || !strings.Contains(err.Error(), "holds thesis.tex, which is not of spikewalk") || len(left(t, folder)) != 9 {
		t.Errorf("of somebody's folder: %v", err)
	}
	none := filepath.Join(folder, "none")
	if freed, err := Clear(none, Kinds); err != nil || len(freed) != len(Kinds) {
		t.Errorf("of no folder: %v, %v", freed, err)
	}
	if all, err := List(none); err != nil || all[0].Files != 0 {
		t.Errorf("of no folder: %v, %v", all, err)
	}
}

func TestLimit(t *testing.T) {
	for text, want := range map[string]int64{"": 20e9, "0": 0, "12": 12e6} {
		t.Setenv(LimitEnv, text)
		if n, err := Limit(); n != want || err != nil {
			t.Errorf("%q: %d, %v", text, n, err)
		}
	}
	for _, text := range []string{"-1", "much", "99999999999999"} {
		t.Setenv(LimitEnv, text)
		if _, err := Limit(); err == nil || !strings.Contains(err.Error(), LimitEnv) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
