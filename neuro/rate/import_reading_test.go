package rate_test

import (
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/rate"
)

// vectorConfig is the network of vector.npz but for how its J lies.
func vectorConfig() rate.ImportConfig {
	return rate.ImportConfig{
		Form: rate.Current, Dt: 0.01, Tau: 0.1, ForwardEuler: true,
		Names: rate.ArrayNames{Recurrent: "J", Readout: "w_out", Initial: "x0"},
	}
}

// A readout of one dimension says nothing of how J lies. Said either way, the
// network does what NumPy computes that way.
func TestRecurrentWeightsAreReadAsSaid(t *testing.T) {
	file := tree(t, "vector.npz").Matrices
	_, _, err := rate.Import(file, vectorConfig())
	says(t, err, `recurrent weights "J" are 10 x 10, so their shape fits two readings: unit 0 receives 0.4977, 0.6594, -0.6023, … from units 0, 1, … by rows (J r, as in papers, MATLAB and PyTorch), or 0.4977, -0.1338, 0.8595, … by columns (r J, as in Keras): say rate.Rows or rate.Columns in Orientation, or of this array in Orientations`)
	for _, o := range []rate.Orientation{rate.Rows, rate.Columns} {
		all, own := vectorConfig(), vectorConfig()
		all.Orientation = o
		own.Orientations = map[string]rate.Orientation{"J": o}
		for _, cfg := range []rate.ImportConfig{all, own} {
			net, _, err := rate.Import(file, cfg)
			if err != nil {
				t.Fatal(err)
			}
			run := tree(t, "vector_"+string(o)+"_run.npz").Matrices
			runner := net.Runner(nil)
			for i := range 30 {
				activity, output := runner.Step(nil, i)
				if !floats.EqualApprox(activity, run["activity"].RawRowView(i), 1e-12) || !floats.EqualApprox(output, run["outputs"].RawRowView(i), 1e-12) {
					t.Fatalf("by %s: step %d is not NumPy's", o, i)
				}
				runner.Advance()
			}
		}
	}
}

// Where names are given, what a workspace holds beside them stays out and is
// listed; where none are, all that was adopted is.
func TestWhatIsTakenAndWhatIsLeftOver(t *testing.T) {
	file := tree(t, "vector.npz").Matrices
	cfg := vectorConfig()
	cfg.Orientation = rate.Rows
	net, imported, err := rate.Import(file, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if net.Bias != nil || net.ReadoutBias != nil || !slices.Equal(imported.LeftOver, []string{"c", "h2o.bias"}) {
		t.Errorf("bias %v, output bias %v, left over %v", net.Bias, net.ReadoutBias, imported.LeftOver)
	}
	want := "recurrent weights: J, 10 x 10 by rows\nreadout: w_out, 10 x 1\ninitial state: x0, 10 x 1\nleft over: c, h2o.bias\n"
	if imported.String() != want {
		t.Errorf("imported:\n%swant:\n%s", imported, want)
	}
	cfg.Names = rate.ArrayNames{}
	_, _, err = rate.Import(file, cfg)
	says(t, err, `array "h2o.bias" (10 x 1) is not used, though the network has 10 units as well: say in Names which arrays are the network, or put it into Ignore`)
	cfg.Ignore = []string{"h2o.bias"}
	net, imported, err = rate.Import(file, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if len(net.ReadoutBias) != 1 || !strings.Contains(imported.String(), "output bias: c, 1 x 1\n") || !strings.Contains(imported.String(), "left over: h2o.bias\n") {
		t.Errorf("output bias %v, imported:\n%s", net.ReadoutBias, imported)
	}
}

// A layer's plain bias is the units' only beside their weights, and an activity
// is no current.
func TestWhatAUsualNameMeansDependsOnItsPlace(t *testing.T) {
	a := arrays{"rnn.J": mat.NewDense(3, 3, nil), "rnn.bias": mat.NewDense(3, 1, nil), "h2o.bias": mat.NewDense(3, 1, nil), "W": mat.NewDense(1, 3, nil), "r0": mat.NewDense(3, 1, nil)}
	for form, want := range map[rate.Form]string{rate.Current: "", rate.Rate: "r0", rate.Discrete: "r0"} {
		cfg := rate.ImportConfig{Form: form, Dt: 0.001, Orientation: rate.Rows, Ignore: []string{"h2o.bias"}}
		if form != rate.Discrete {
			cfg.Tau = 0.01
		}
		if want == "" {
			cfg.Ignore = append(cfg.Ignore, "r0")
		}
		_, imported, err := rate.Import(a, cfg)
		if err != nil || taken(imported)["rnn.bias"] != "bias" || taken(imported)["h2o.bias"] != "" || (taken(imported)["r0"] == "initial state") != (want == "r0") {
			t.Errorf("%s: %v, %v", form, imported, err)
		}
	}
}

// A square array beside those that are not is asked for as well, unless it
// reads the same both ways.
func TestNoOrientationIsConcludedFromAnotherArray(t *testing.T) {
	square := func() *mat.Dense { return mat.NewDense(2, 2, []float64{1, 2, 3, 4}) }
	cfg := rate.ImportConfig{Form: rate.Rate, Dt: 0.001, Tau: 0.01, Orientations: map[string]rate.Orientation{"J": rate.Rows}}
	a := arrays{"J": square(), "W_in": square(), "W_out": mat.NewDense(3, 2, nil)}
	_, _, err := rate.Import(a, cfg)
	says(t, err, "say rate.Rows or rate.Columns in Orientation, or of this array in Orientations")
	a["W_in"], a["W_out"] = mat.NewDense(2, 1, nil), square()
	_, _, err = rate.Import(a, cfg)
	says(t, err, "output 0 receives 1, 2 from units 0, 1, … by rows (J r, as in papers, MATLAB and PyTorch), or 1, 3 by columns")
	cfg.Orientations["W_out"] = rate.Columns
	net, _, err := rate.Import(a, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if !mat.Equal(net.Recurrent, square()) || !mat.Equal(net.Readout, square().T()) {
		t.Errorf("J %v, W %v", mat.Formatted(net.Recurrent), mat.Formatted(net.Readout))
	}
	cfg.Orientations = nil
	symmetric := arrays{"J": mat.NewDense(2, 2, []float64{1, 2, 2, 4}), "W": mat.NewDense(1, 2, nil)}
	if _, _, err := rate.Import(symmetric, cfg); err != nil {
		t.Errorf("symmetric weights: %v", err)
	}
}

// lowrank_inference adds b within φ, which no network here does.
func TestLowRankInferenceRefusesABias(t *testing.T) {
	file := tree(t, "lowrank.npz").Matrices
	file["b"].Set(3, 0, 0.1)
	_, _, err := rate.Import(file, rate.LowRankInference(0.02, 0.1))
	says(t, err, `array "b" (8 x 1) is not zero`)
}

func says(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v, want one that says %q", err, want)
	}
}
