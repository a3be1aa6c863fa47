//go:build unix

package scratch

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMain lets the test binary be a program that holds a folder
// until it is killed.
func TestMain(m *testing.M) {
	if parent := os.Getenv("SCRATCH_TEST_HOLD"); parent != "" {
		holdForever(parent)
	}
	os.Exit(m.Run())
}

func holdForever(parent string) {
	folder, _, err := Beside(parent)
	if err != nil {
		panic(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "large"), make([]byte, 1000), 0o644); err != nil {
		panic(err)
	}
	os.Stdout.WriteString("held\n")
	select {}
}

// names lists what is in a folder.
func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	list := []string{}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// What a killed program leaves goes with the next sweep; what a living one
// holds stays, and so does everything that is not ours.
func TestSweep(t *testing.T) {
	parent := filepath.Join(t.TempDir(), "with [c] and *")
	if err := os.Mkdir(parent, 0o755); err != nil {
		t.Fatal(err)
	}
	theirs := []string{".hidden.part", ".spikewalk-abc.part", "spikewalk-ABCDEFGH.part", "model.npz"}
	for _, name := range theirs {
		if err := os.WriteFile(filepath.Join(parent, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// A folder of such a name that somebody has filled, and that has no lock.
	if err := os.MkdirAll(filepath.Join(parent, "spikewalk-RECORDED", "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	before := names(t, parent)

	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "SCRATCH_TEST_HOLD="+parent)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(line, err)
	}
	Sweep(parent)
	if got := len(names(t, parent)); got != len(before)+1 {
		t.Errorf("while its owner lives there are %v", names(t, parent))
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	Sweep(parent)
	if d := cmp.Diff(before, names(t, parent)); d != "" {
		t.Error(d)
	}
}

// The first file that a program writes into a folder removes what others left.
func TestWriteFile(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "."+newName()), 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "a*b")
	for _, text := range []string{"one", "two"} {
		if err := WriteFile(path, []byte(text), 0o444); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Errorf("wrote %q, %v", got, err)
		}
	}
	if d := cmp.Diff([]string{"a*b"}, names(t, folder)); d != "" {
		t.Error(d)
	}
	if err := WriteFile(filepath.Join(folder, "none", "file"), nil, 0o644); err == nil {
		t.Error("wrote into a folder that is not there")
	}
	if err := os.Mkdir(filepath.Join(folder, "full"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(filepath.Join(folder, "full"), nil, 0o644); err == nil {
		t.Error("replaced a folder by a file")
	}
	if d := cmp.Diff([]string{"a*b", "full"}, names(t, folder)); d != "" {
		t.Error("a write that failed left something: ", d)
	}
}

// Folders of one process do not disturb each other, and go when they are told.
func TestTemp(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	a, removeA, err := Temp()
	if err != nil {
		t.Fatal(err)
	}
	b, removeB, err := Temp()
	if err != nil {
		t.Fatal(err)
	}
	if len(a) != len(b) || a == b || !strings.HasPrefix(filepath.Base(a), stem) {
		t.Errorf("the folders are %s and %s", a, b)
	}
	Sweep(os.TempDir())
	for _, folder := range []string{a, b} {
		if info, err := os.Stat(folder); err != nil || info.Mode().Perm() != 0o700 {
			t.Error(folder, info, err)
		}
	}
	removeA()
	removeB()
	if left := names(t, os.TempDir()); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

// Results are as readable as the umask lets them, what is private is its owner's,
// and folders that are there stay as they are.
func TestWhoMayRead(t *testing.T) {
	folder := t.TempDir()
	for _, c := range []struct {
		umask                int
		perm                 fs.FileMode
		wantFile, wantFolder fs.FileMode
	}{
		{0o002, Public, 0o664, 0o775}, {0o022, Public, 0o644, 0o755}, {0o077, Public, 0o600, 0o700},
		{0o000, Private, 0o600, 0o700}, {0o022, Program, 0o755, 0o755},
	} {
		before := syscall.Umask(c.umask)
		inner := filepath.Join(folder, fmt.Sprintf("%o-%o", c.umask, c.perm), "below")
		err := errors.Join(Folder(inner, c.perm), Folder(inner, Public), WriteFile(filepath.Join(inner, "file"), nil, c.perm))
		syscall.Umask(before)
		if err != nil {
			t.Fatal(err)
		}
		for path, want := range map[string]fs.FileMode{inner: c.wantFolder, filepath.Dir(inner): c.wantFolder, filepath.Join(inner, "file"): c.wantFile} {
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
				t.Errorf("umask %o, %o: %s is %v, want %o", c.umask, c.perm, path, info.Mode(), want)
			}
		}
	}
}

func TestMove(t *testing.T) {
	folder := t.TempDir()
	a, b := filepath.Join(folder, "a"), filepath.Join(folder, "b")
	if err := Move(a, b); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of no file: %v", err)
	}
	for _, perm := range []fs.FileMode{0o644, 0o400} {
		if err := os.WriteFile(a, []byte("text"), perm); err != nil {
			t.Fatal(err)
		}
		if err := Move(a, b); err != nil {
			t.Errorf("%o: %v", perm, err)
		}
	}
	if err := os.Mkdir(a, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := Move(a, filepath.Join(folder, "c")); err != nil {
		t.Error(err)
	}
	if d := cmp.Diff([]string{"b", "c"}, names(t, folder)); d != "" {
		t.Error(d)
	}
}
