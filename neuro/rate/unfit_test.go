package rate_test

import (
	"math"
	"path/filepath"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// What Load would refuse is not written in the first place.
func TestOnlyWhatCanBeLoadedIsSaved(t *testing.T) {
	for name, change := range map[string]func(*rate.Network){
		"as it was drawn":  func(*rate.Network) {},
		"an empty bias":    func(n *rate.Network) { n.Bias = []float64{} },
		"a short bias":     func(n *rate.Network) { n.Bias = []float64{1} },
		"a wide readout":   func(n *rate.Network) { n.Readout = mat.NewDense(1, 9, nil) },
		"a Tau of nothing": func(n *rate.Network) { n.Tau = math.NaN() },
	} {
		cfg := rate.DePasquale2016Sinusoids()
		cfg.Units = 8
		n, err := rate.New(cfg, task.Shape{Name: "any", Dt: 0.001, Outputs: 1})
		if err != nil {
			t.Fatal(err)
		}
		change(n)
		path := filepath.Join(t.TempDir(), "network.npz")
		saved := n.Save(path)
		_, loaded := rate.Load(path)
		if wrong := name != "as it was drawn"; (saved != nil) != wrong || (loaded != nil) != wrong {
			t.Errorf("%s: saving says %v, loading %v", name, saved, loaded)
		}
	}
}
