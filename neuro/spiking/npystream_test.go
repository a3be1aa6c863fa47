package spiking

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/spikewalk/spikewalk/internal/npz"
)

// The headers of a streamed file say what NumPy needs to know.
func TestStreamedArraysAreOfTheTypesAndShapesOfNumPy(t *testing.T) {
	m, src := trained(t)
	path := filepath.Join(t.TempDir(), "streamed.npz")
	test(t, m, src, everything(path))
	whole := test(t, m, src, everything(""))
	steps, factors := whole.Factors.Dims()
	_, outputs := whole.Outputs.Dims()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := npz.NewReader(data)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]struct {
		kind  string
		shape []int
	}{
		"spike_times":   {"<f8", []int{len(whole.Spikes.Times)}},
		"spike_neurons": {"<i8", []int{len(whole.Spikes.Times)}},
		"factors":       {"<f8", []int{steps, factors}},
		"outputs":       {"<f8", []int{steps, outputs}},
		"voltages":      {"<f8", []int{steps, 2}},
		"trials":        {"<i8", []int{4, 3}},
		"factor_errors": {"<f8", []int{5}},
		"learned":       {"<f8", []int{(steps + 2) / 3, 3}},
	}
	for name, w := range want {
		h, _, err := r.Raw(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if h.Type.Name != w.kind || h.Fortran || !slices.Equal(h.Shape, w.shape) {
			t.Errorf("%s: %s, shape %v, by columns %t; want %s, %v by rows", name, h.Type.Name, h.Shape, h.Fortran, w.kind, w.shape)
		}
	}
}
