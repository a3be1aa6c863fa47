//go:build unix

package scratch

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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
