package spiking

import (
	"archive/zip"
	"path/filepath"
	"slices"
	"testing"

	"github.com/sbinet/npyio/npy"
)

// The headers of a streamed file say what NumPy needs to know: npyio reads
// them, which has not written them. (np.load of NumPy 1.24 agreed.)
func TestStreamedArraysAreOfTheTypesAndShapesOfNumPy(t *testing.T) {
	m, src := trained(t)
	path := filepath.Join(t.TempDir(), "streamed.npz")
	test(t, m, src, everything(path))
	whole := test(t, m, src, everything(""))
	steps, factors := whole.Factors.Dims()
	_, outputs := whole.Outputs.Dims()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	want := map[string]struct {
		kind  string
		shape []int
	}{
		"spike_times.npy":   {"<f8", []int{len(whole.Spikes.Times)}},
		"spike_neurons.npy": {"<i8", []int{len(whole.Spikes.Times)}},
		"factors.npy":       {"<f8", []int{steps, factors}},
		"outputs.npy":       {"<f8", []int{steps, outputs}},
		"voltages.npy":      {"<f8", []int{steps, 2}},
		"trials.npy":        {"<i8", []int{4, 3}},
		"factor_errors.npy": {"<f8", []int{5}},
		"learned.npy":       {"<f8", []int{(steps + 2) / 3, 3}},
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		array, err := npy.NewReader(r)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		w, ok := want[f.Name]
		if !ok {
			continue
		}
		delete(want, f.Name)
		d := array.Header.Descr
		if d.Type != w.kind || d.Fortran || !slices.Equal(d.Shape, w.shape) {
			t.Errorf("%s: %s, shape %v, by columns %t; want %s, %v by rows", f.Name, d.Type, d.Shape, d.Fortran, w.kind, w.shape)
		}
	}
	for name := range want {
		t.Errorf("the file has no %s", name)
	}
}
