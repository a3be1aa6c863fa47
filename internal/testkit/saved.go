package testkit

import (
	"encoding"
	"os"
	"testing"

	"github.com/spikewalk/spikewalk/internal/npz"
)

// Again loads a T from what it saves, and returns what it then saves.
func Again[T any, P interface {
	*T
	encoding.BinaryMarshaler
	encoding.BinaryUnmarshaler
}](data []byte) ([]byte, error) {
	m := P(new(T))
	if err := m.UnmarshalBinary(data); err != nil {
		return nil, err
	}
	return m.MarshalBinary()
}

// Saved tests that a file of an earlier version loads, and so does what is
// saved of it today, and that neither loads as something else where it is
// damaged. again loads and saves, see [Again].
func Saved(t *testing.T, path string, again func([]byte) ([]byte, error)) {
	t.Helper()
	old := read(t, path)
	Damage(t, old, again)
	today, err := again(old)
	if err != nil {
		t.Fatal(err)
	}
	Sealed(t, today, again)
	Hostile(t, today, again)
	Complete(t, today, again)
}

// Complete tests that a file does not load without any one of its arrays, nor
// with one more.
func Complete(t *testing.T, whole []byte, again func([]byte) ([]byte, error)) {
	t.Helper()
	Missing(t, whole, again)
	changed := rewritten(t, whole, func(w *npz.Writer, name string, copied func()) {
		if copied(); name == npz.Config {
			w.Vector("one_more", []float64{1})
		}
	})
	if _, err := again(changed); err == nil {
		t.Error("a file with one more array loads")
	}
}

// Missing tests that a file does not load without any one of its arrays.
func Missing(t *testing.T, whole []byte, again func([]byte) ([]byte, error)) {
	t.Helper()
	r, err := npz.NewReader(whole)
	if err != nil {
		t.Fatal(err)
	}
	names, _ := r.Names()
	for _, left := range names {
		changed := rewritten(t, whole, func(_ *npz.Writer, name string, copied func()) {
			if name != left {
				copied()
			}
		})
		if _, err := again(changed); err == nil {
			t.Errorf("a file without %q loads", left)
		}
	}
}

// FuzzSaved fuzzes a saved file and its config.json: whatever their bytes, no
// file may make loading panic, or take memory that is not its own.
func FuzzSaved(f *testing.F, path string, again func([]byte) ([]byte, error)) {
	f.Helper()
	old := read(f, path)
	today, err := again(old)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(old, false)
	f.Add(Config(f, old), true)
	f.Fuzz(func(t *testing.T, file []byte, config bool) {
		if config {
			file = WithConfig(t, today, file)
		}
		Bounded(t, "fuzzed", file, again)
	})
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
