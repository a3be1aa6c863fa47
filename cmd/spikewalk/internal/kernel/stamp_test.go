//go:build unix

package kernel

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/kept"
)

// built is a cache with programs that do nothing.
func built(t *testing.T) *Setup {
	t.Helper()
	s := &Setup{Root: "/src", Cache: filepath.Join(t.TempDir(), "cache"), Go: "/go/bin/go"}
	if err := os.MkdirAll(s.Bin(), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, p := range programs {
		if err := os.WriteFile(filepath.Join(s.Bin(), p), []byte("#!/bin/sh\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.writeStamp("key"); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	return s
}

// A program that somebody has planted is not run: not with another content, not where
// others can write, not without a record.
func TestPlantedProgramsAreNotRun(t *testing.T) {
	gonb := func(s *Setup) string { return filepath.Join(s.Bin(), "gonb") }
	for _, c := range []struct {
		want  string
		plant func(s *Setup) error
	}{
		{"gonb is not what was built", func(s *Setup) error { return os.WriteFile(gonb(s), []byte("#!/bin/sh\nrm -rf ~\n"), 0o700) }},
		{"no such file", func(s *Setup) error { return os.Remove(gonb(s)) }},
		{"it is no file", func(s *Setup) error { return errors.Join(os.Remove(gonb(s)), os.Symlink("/bin/true", gonb(s))) }},
		{"bin", func(s *Setup) error { return os.Chmod(s.Bin(), 0o777) }},
		{"bin/gonb", func(s *Setup) error { return os.Chmod(gonb(s), 0o757) }},
		{"cache", func(s *Setup) error { return os.Chmod(s.Cache, 0o777) }},
		{kept.ErrTorn.Error(), func(s *Setup) error { return os.WriteFile(s.stampPath(), []byte(`{"Key":"key"}`), 0o600) }},
		{"no such file", func(s *Setup) error { return os.Remove(s.stampPath()) }},
	} {
		s := built(t)
		if err := c.plant(s); err != nil {
			t.Fatal(err)
		}
		if err := s.Check(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

// What others could have changed goes before anything is made in it; a shared cache
// is no place for programs.
func TestOwnFolders(t *testing.T) {
	s := built(t)
	said := ""
	say := func(format string, args ...any) { said += fmt.Sprintf(format, args...) + "\n" }
	if err := s.own(say); err != nil || said != "" || s.Check() != nil {
		t.Errorf("%v, %q", err, said)
	}
	if err := os.Chmod(s.Bin(), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := s.own(say); err != nil || !strings.Contains(said, "others can write to "+s.Bin()) || exists(s.Bin()) {
		t.Errorf("%v, %q", err, said)
	}
	if err := os.Chmod(s.Cache, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := s.own(say); err == nil || !strings.Contains(err.Error(), "set SPIKEWALK_CACHE to a folder of your own") {
		t.Error(err)
	}
}
