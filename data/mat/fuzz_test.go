package mat

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// Whatever the bytes are, decoding them and asking for all there is ends
// without a panic, and decoding takes no more memory than the file may.
func FuzzDecodeMat(f *testing.F) {
	for _, w := range forms() {
		f.Add(sample(w))
	}
	paths, err := filepath.Glob("testdata/*/*.mat")
	if err != nil || len(paths) < 15 {
		f.Fatalf("%d files in testdata, %v", len(paths), err)
	}
	for _, path := range paths {
		if filepath.Base(path) == "hostile73.mat" {
			continue // it takes seconds
		}
		content, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		list, listErr := List(bytes.NewReader(content), int64(len(content)))
		var all *File
		var err error
		testkit.Bounded(t, "decoding", content, func([]byte) ([]byte, error) {
			all, err = decodeFrom(bytes.NewReader(content))
			return nil, err
		})
		consume(all)
		if err != nil {
			return
		}
		if listErr != nil || len(list) != len(all.Names()) {
			t.Fatalf("%d variables listed, %v; %d read", len(list), listErr, len(all.Names()))
		}
		// Each variable alone is what it is among the others.
		for _, name := range all.Names() {
			alone, err := decodeFrom(bytes.NewReader(content), name)
			if err != nil {
				t.Fatalf("%q alone: %v", name, err)
			}
			want, wantErr := all.Variable(name)
			got, gotErr := alone.Variable(name)
			if (gotErr == nil) != (wantErr == nil) || gotErr == nil && got.String() != want.String() {
				t.Fatalf("%q alone is %v, %v; among others %v, %v", name, got, gotErr, want, wantErr)
			}
		}
	})
}
