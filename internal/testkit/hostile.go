package testkit

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/spikewalk/spikewalk/internal/npz"
)

// Hostile loads a file of ours with each value of its config.json replaced in
// turn by others: numbers of neurons that the file has no room for, negative and
// huge numbers, long and empty lists. No load may panic, or take more memory
// than 64 MB and four times the file.
func Hostile(t *testing.T, whole []byte, load func([]byte) ([]byte, error)) {
	t.Helper()
	var config map[string]any
	if err := json.Unmarshal(Config(t, whole), &config); err != nil {
		t.Fatal(err)
	}
	tried := 0
	replace(config, "", func(path string) {
		text, err := json.Marshal(config)
		if err != nil {
			t.Fatal(err)
		}
		file := WithConfig(t, whole, text)
		Bounded(t, path, file, load)
		tried++
	})
	if tried < 50 {
		t.Errorf("only %d values were replaced", tried)
	}
}

// Bounded loads a file, which may be an error, and fails where that takes more
// memory than 64 MB and four times the file.
func Bounded(t testing.TB, what string, file []byte, load func([]byte) ([]byte, error)) {
	t.Helper()
	before := allocated()
	_, err := load(file)
	if took := allocated() - before; took > 64e6+4*uint64(len(file)) {
		t.Errorf("%s: %d bytes of memory for a file of %d, error %v", what, took, len(file), err)
	}
}

// replace puts others in the place of each value below a node, one at a time,
// and calls try each time.
func replace(node map[string]any, path string, try func(path string)) {
	for _, key := range slices.Sorted(maps.Keys(node)) {
		was, here := node[key], path+"."+key
		if below, ok := was.(map[string]any); ok {
			replace(below, here, try)
		}
		many := make([]int, 100_000)
		others := []any{-1, 0, 1, 2, 3, 7, 100_000, int64(1 << 31), int64(1 << 40), int64(1<<62 + 1), 1e-300, 1e300, true, false, "x", nil,
			[]int{}, []int64{1 << 40}, []float64{-1}, many, map[string]any{}}
		for _, other := range others {
			node[key] = other
			try(here)
		}
		node[key] = was
	}
}

// WithConfig returns a file of ours with another config.json.
func WithConfig(t testing.TB, whole, config []byte) []byte {
	t.Helper()
	return rewritten(t, whole, func(w *npz.Writer, name string, copied func()) {
		if name == npz.Config {
			w.Bytes(name, config)
		} else {
			copied()
		}
	})
}

// rewritten is a file of ours for each of whose arrays write says what becomes of
// it.
func rewritten(t testing.TB, whole []byte, write func(w *npz.Writer, name string, copied func())) []byte {
	t.Helper()
	r, err := npz.NewReader(whole)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := npz.NewWriter(&b)
	names, _ := r.Names()
	for _, name := range names {
		write(w, name, func() {
			h, body, err := r.Raw(name)
			if err != nil {
				t.Fatal(err)
			}
			w.Stream(name, h.Type.Name, h.Shape, bytes.NewReader(body))
		})
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Config returns the config.json of a file of ours.
func Config(t testing.TB, whole []byte) []byte {
	t.Helper()
	r, err := npz.NewReader(whole)
	if err != nil {
		t.Fatal(err)
	}
	return r.Bytes(npz.Config)
}
