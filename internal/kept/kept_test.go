package kept

import (
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

type found struct {
	Errors []float64
	Shown  *mat.Dense
	None   *mat.Dense
}

// What is written comes back to the bit.
func TestThereAndBack(t *testing.T) {
	want := found{Errors: []float64{1, math.Inf(1), 0.1}, Shown: mat.NewDense(2, 1, []float64{3, math.Pi})}
	if err := Check[found](); err != nil {
		t.Fatal(err)
	}
	data, err := Encode(want)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a")
	if err := Write(path, "numbers 1\n", scratch.Private, data); err != nil {
		t.Fatal(err)
	}
	if data, err = Read(path, "numbers 1\n"); err != nil {
		t.Fatal(err)
	}
	got, err := Decode[found](data)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(want, got) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// A file of another version, one that is cut short and one of which a bit has
// changed are refused.
func TestDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	if _, err := Read(path, "numbers 1\n"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of no file: %v", err)
	}
	if err := Write(path, "numbers 1\n", scratch.Private, []byte("payload")); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(path, "numbers 2\n"); !errors.Is(err, ErrOther) || !strings.Contains(err.Error(), `it is "numbers 1", and "numbers 2" is read`) {
		t.Errorf("of another version: %v", err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for k := range whole {
		flipped := append([]byte(nil), whole...)
		flipped[k] ^= 1
		for name, content := range map[string][]byte{"cut": whole[:k], "flipped": flipped} {
			if err := os.WriteFile(path, content, 0o644); err != nil {
				t.Fatal(err)
			}
			if _, err := Read(path, "numbers 1\n"); !errors.Is(err, ErrTorn) {
				t.Errorf("%s at %d: %v", name, k, err)
			}
		}
	}
}

func TestTypesThatWouldLoseSomething(t *testing.T) {
	for name, err := range map[string]error{
		"unexported": Check[struct{ a int }](), "function": Check[struct{ F func() }](), "interface": Check[struct{ M mat.Matrix }](),
	} {
		if err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// A JSON object that people read shows it when it was changed, too.
func TestSeal(t *testing.T) {
	for _, text := range []string{"{\n \"A\": 1\n}\n", "{\"A\":{\"B\":[]}}", "{ \"A\": \"}\" }"} {
		sealed := Seal([]byte(text))
		var before, after map[string]any
		if err := errors.Join(json.Unmarshal([]byte(text), &before), json.Unmarshal(sealed, &after)); err != nil {
			t.Fatal(err)
		}
		if delete(after, "SHA256"); !reflect.DeepEqual(before, after) {
			t.Errorf("%s became %s", text, sealed)
		}
		var again map[string]any
		body, err := Unseal(sealed, true)
		if err := errors.Join(err, json.Unmarshal(body, &again)); err != nil || !reflect.DeepEqual(before, again) {
			t.Errorf("%s: %s, %v", text, body, err)
		}
		if body, err := Unseal([]byte(text), false); err != nil || string(body) != text {
			t.Errorf("%s: %v", text, err)
		}
		if _, err := Unseal([]byte(text), true); !errors.Is(err, ErrTorn) {
			t.Errorf("%s without a seal: %v", text, err)
		}
		for bit := range 8 * len(sealed) {
			sealed[bit/8] ^= 1 << (bit % 8)
			if _, err := Unseal(sealed, true); err == nil {
				t.Errorf("bit %d of %s flipped", bit, sealed)
			}
			sealed[bit/8] ^= 1 << (bit % 8)
		}
	}
}

// Checksums of results are in the form of sha256sum; those of files that are gone go.
func TestSums(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("b.json", "")
	write("a b.md", "abc")
	write("gone", "x")
	if err := Sums(folder, "b.json", "a b.md", "gone"); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(folder, "gone")); err != nil {
		t.Fatal(err)
	}
	write("b.json", "changed by a disk") // which only another run may note
	if err := Sums(folder, "a b.md"); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(folder, SumsFile))
	// FIPS 180-2, appendix B.1, and the empty text.
	want := "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a b.md\n" +
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b.json\n"
	if err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
	if err := Sums(folder, "none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of no file: %v", err)
	}
}
