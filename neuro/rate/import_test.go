package rate_test

import (
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/task"
)

var nan = math.NaN()

type arrays = map[string]*mat.Dense

// replay is a task of one trial that a file holds.
type replay struct {
	dt              float64
	inputs, outputs *mat.Dense
}

func (r replay) Shape() task.Shape {
	_, in := r.inputs.Dims()
	_, out := r.outputs.Dims()
	return task.Shape{Name: "replay", Dt: r.dt, Inputs: in, Outputs: out}
}

func (r replay) Trial(*rand.Rand) (task.Trial, error) {
	return task.Trial{Inputs: r.inputs, Targets: r.outputs}, nil
}

func tree(t *testing.T, path string) *data.Tree {
	t.Helper()
	tree, err := data.ReadTree("testdata/" + path)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// Networks from PyTorch's names in an .npz, from a stacked matrix in a struct
// of a .mat, and one trained by forward Euler do here what NumPy says they do.
func TestImportedNetworksDoWhatTheyDidElsewhere(t *testing.T) {
	torch := tree(t, "pytorch.npz").Matrices
	stacked := unstack(tree(t, "stacked.mat").Matrices)
	leaky := tree(t, "leaky.mat").Matrices
	for _, c := range []struct {
		name   string
		arrays map[string]*mat.Dense
		cfg    rate.ImportConfig
	}{
		{"pytorch", torch, rate.PyTorch(0.01)},
		{"stacked", stacked, rate.ImportConfig{Form: rate.Discrete, Dt: 0.01, Restart: true, Orientation: rate.Columns}},
		{"leaky", leaky, rate.ImportConfig{Form: rate.Current, Activation: rate.ReLU, Dt: 0.02, Tau: 0.1, ForwardEuler: true, Restart: true, Orientation: rate.Rows}},
		{"lowrank", tree(t, "lowrank.npz").Matrices, rate.LowRankInference(0.02, 0.1)},
		{"keras", tree(t, "keras.npz").Matrices, rate.Keras(0.01)},
	} {
		net, _, err := rate.Import(c.arrays, c.cfg)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		run := tree(t, c.name+"_run.npz").Matrices
		// Twice, since the network starts anew before every trial.
		rec, err := net.Test(context.Background(), replay{net.Dt, run["inputs"], run["outputs"]}, rate.TestConfig{Trials: 2, Recorded: 2, Seed: 1})
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		steps, units := run["activity"].Dims()
		for i := range 2 {
			if got := rec.Activity.Slice(i*steps, (i+1)*steps, 0, units); !mat.EqualApprox(got, run["activity"], 1e-12) {
				t.Errorf("%s: the activity is not that of the file", c.name)
			}
			if rec.OutputErrors[i] > 1e-24 {
				t.Errorf("%s: the output is %g away from the file's", c.name, rec.OutputErrors[i])
			}
		}
	}
}

// A network from a MAT-file of version 7.3 is that from one of version 5.
func TestImportFromVersion73(t *testing.T) {
	want, got := tree(t, "stacked.mat").Matrices, tree(t, "stacked73.mat").Matrices
	if !maps.EqualFunc(want, got, func(x, y *mat.Dense) bool { return mat.Equal(x, y) }) || len(got) == 0 {
		t.Errorf("%d matrices, want the %d of version 5", len(got), len(want))
	}
	if _, _, err := rate.Import(unstack(got), rate.ImportConfig{Form: rate.Discrete, Dt: 0.01, Restart: true, Orientation: rate.Columns}); err != nil {
		t.Error(err)
	}
}

// unstack takes the weights apart that stacked.mat has in one matrix.
func unstack(m map[string]*mat.Dense) map[string]*mat.Dense {
	change, predict := m["trained_params.change"], m["trained_params.predict"]
	_, n := change.Dims()
	part := func(m *mat.Dense, from, to int) *mat.Dense {
		_, cols := m.Dims()
		return m.Slice(from, to, 0, cols).(*mat.Dense)
	}
	return map[string]*mat.Dense{
		"W_in": part(change, 0, 4), "J": part(change, 4, 4+n), "b": part(change, 4+n, 5+n),
		"W_out": part(predict, 0, n), "b_out": part(predict, n, n+1), "x0": m["trained_params.start"],
	}
}

// taken is what an import took, by names.
func taken(i *rate.Imported) map[string]string {
	all := map[string]string{}
	for _, t := range i.Taken {
		all[t.Name] = t.Part
	}
	return all
}

func TestUsualNames(t *testing.T) {
	want := map[string]string{
		"rnn.weight_hh_l0": "recurrent weights", "rnn.weight_ih_l0": "input weights", "fc.weight": "readout", "fc.bias": "output bias",
		"h0": "initial state", "rnn.bias_hh_l0": "bias", "rnn.bias_ih_l0": "bias",
	}
	cfg := rate.PyTorch(0.01)
	_, imported, err := rate.Import(tree(t, "pytorch.npz").Matrices, cfg)
	if err != nil || !maps.Equal(taken(imported), want) {
		t.Errorf("%v, %v", imported, err)
	}
	for _, name := range []string{"rnn.bias_hh_l0", "rnn.bias_ih_l0", "h0"} {
		cfg.Ignore = append(cfg.Ignore, name)
		delete(want, name)
	}
	if _, imported, err = rate.Import(tree(t, "pytorch.npz").Matrices, cfg); err != nil || !maps.Equal(taken(imported), want) {
		t.Errorf("%v, %v", imported, err)
	}
}

// Every disagreement is one sentence that says which array, what it is, and
// what it should be.
func TestImportSaysWhatDisagrees(t *testing.T) {
	zeros := func(rows, cols int) *mat.Dense { return mat.NewDense(rows, cols, nil) }
	for _, c := range []struct {
		name string
		bend func(arrays, *rate.ImportConfig)
		want string
	}{
		{"no form", func(_ arrays, c *rate.ImportConfig) { c.Form = "" }, `form of the network is ""`},
		{"activation", func(_ arrays, c *rate.ImportConfig) { c.Activation = "gelu" }, `no activation "gelu": there are "tanh"`},
		{"no dt", func(_ arrays, c *rate.ImportConfig) { c.Dt = 0 }, "Dt is 0 s"},
		{"no tau", func(_ arrays, c *rate.ImportConfig) { c.Tau = 0 }, "Tau is 0 s"},
		{"discrete with tau", func(_ arrays, c *rate.ImportConfig) { c.Form = rate.Discrete }, "a Discrete network has no time constant"},
		{"Euler", func(_ arrays, c *rate.ImportConfig) { c.ForwardEuler, c.Dt = true, 2 }, "Dt must be positive and below Tau"},
		{"no J", func(a arrays, _ *rate.ImportConfig) { delete(a, "net.J") }, "no array for the recurrent weights: none of net.B, net.W, net.b, net.x0 is called J, W_rec"},
		{"no W", func(a arrays, _ *rate.ImportConfig) { delete(a, "net.W") }, "no array for the readout"},
		{"nothing", func(a arrays, _ *rate.ImportConfig) { clear(a) }, "no arrays at all"},
		{"one name", func(_ arrays, c *rate.ImportConfig) { c.Names.Readout = "net.W" }, "Recurrent and Readout at least, of net.B, net.J, net.W, net.b, net.x0"},
		{"wrong name", func(_ arrays, c *rate.ImportConfig) {
			c.Names = rate.ArrayNames{Recurrent: "net.J", Readout: "net.W", Input: "K"}
		}, `no array "K", which is in Names: there are net.B`},
		{"twice", func(_ arrays, c *rate.ImportConfig) {
			c.Names = rate.ArrayNames{Recurrent: "net.J", Readout: "net.W", Bias: "net.b", InputBias: "net.b"}
		}, `array "net.b" is twice in Names`},
		{"scale of nothing", func(_ arrays, c *rate.ImportConfig) {
			c.Names = rate.ArrayNames{Recurrent: "net.J", Readout: "net.W", InputScale: "net.b"}
		}, "there are no input weights"},
		{"scale", func(_ arrays, c *rate.ImportConfig) {
			c.Names = rate.ArrayNames{Recurrent: "net.J", Readout: "net.W", ReadoutScale: "net.b"}
		}, `readout scale "net.b" is 1 x 5, the network has 2 outputs`},
		{"a name in another case", func(_ arrays, c *rate.ImportConfig) {
			c.Names = rate.ArrayNames{Recurrent: "net_j", Readout: "net.W"}
		}, `no array "net_j", which is in Names: there are net.B, net.J, net.W, net.b, net.x0; did you mean net.J?`},
		{"very many arrays", func(a arrays, _ *rate.ImportConfig) {
			clear(a)
			for i := range 1000 {
				a[fmt.Sprintf("a%03d", i)] = zeros(1, 1)
			}
		}, "a018, a019 and 980 more is called J"},
		{"two J", func(a arrays, _ *rate.ImportConfig) { a["old.J"] = zeros(5, 5) }, "net.J, old.J could all be the recurrent weights: put what is no part of the network into Ignore, or say in Names what is"},
		{"two biases", func(a arrays, _ *rate.ImportConfig) { a["old.b"] = zeros(5, 1) }, "net.b, old.b could all be the bias"},
		{"biases that may be one and the same", func(a arrays, _ *rate.ImportConfig) { a["net.b_rec"] = zeros(5, 1) }, "net.b, net.b_rec could all be the bias"},
		{"an output bias of another name", func(a arrays, _ *rate.ImportConfig) { delete(a, "net.c"); a["net.offset"] = zeros(2, 1) }, `array "net.offset" (2 x 1) is not used, though the network has 2 outputs as well`},
		{"a number called a bias", func(a arrays, _ *rate.ImportConfig) { a["net.b_o"] = zeros(1, 1) }, `array "net.b_o" (1 x 1) is not used, though it is called like a part of a network`},
		{"a second layer of one unit", func(a arrays, _ *rate.ImportConfig) { a["net.weight_hh_l1"] = zeros(1, 1) }, `array "net.weight_hh_l1" (1 x 1) is not used`},
		{"another layer's output bias", func(a arrays, _ *rate.ImportConfig) { delete(a, "net.c"); a["fc.bias"] = zeros(2, 1) }, `array "fc.bias" (2 x 1) is not used`},
		{"J not square", func(a arrays, _ *rate.ImportConfig) { a["net.J"] = zeros(5, 4) }, `recurrent weights "net.J" are 5 x 4: they must be square`},
		{"LSTM", func(a arrays, _ *rate.ImportConfig) { a["net.J"] = zeros(20, 5) }, "a GRU or an LSTM"},
		{"input", func(a arrays, _ *rate.ImportConfig) { a["net.B"] = zeros(6, 2) }, `input weights "net.B" are 6 x 2, recurrent weights "net.J" 5 x 5: one dimension must be the 5 units`},
		{"against orientation", func(a arrays, _ *rate.ImportConfig) { a["net.W"] = zeros(5, 2) }, `readout "net.W" are 5 x 2, which is by columns for 5 units, but are said to be by rows: transpose the array or correct its Orientation`},
		{"against its own", func(_ arrays, c *rate.ImportConfig) {
			c.Orientations = map[string]rate.Orientation{"net.B": rate.Columns}
		}, `input weights "net.B" are 5 x 3, which is by rows for 5 units, but are said to be by columns`},
		{"orientation", func(_ arrays, c *rate.ImportConfig) { c.Orientation = "sideways" }, `Orientation is "sideways"`},
		{"its own orientation", func(_ arrays, c *rate.ImportConfig) { c.Orientations = map[string]rate.Orientation{"net.B": "up"} }, `the orientation of "net.B" is "up"`},
		{"an orientation of nothing", func(_ arrays, c *rate.ImportConfig) {
			c.Orientations = map[string]rate.Orientation{"net_b": rate.Rows}
		}, `no array "net_b", which is in Orientations: there are net.B, net.J, net.W, net.b, net.x0; did you mean net.B?`},
		{"feedback", func(a arrays, _ *rate.ImportConfig) { a["net.u"] = zeros(5, 4) }, `feedback weights "net.u" are for 4 outputs, readout "net.W" has 2`},
		{"bias", func(a arrays, _ *rate.ImportConfig) { a["net.b"] = zeros(4, 1) }, `bias "net.b" is 4 x 1, the network has 5 units: it must be a vector of 5`},
		{"bias matrix", func(a arrays, _ *rate.ImportConfig) { a["net.b"] = zeros(5, 5) }, `bias "net.b" is 5 x 5`},
		{"output bias", func(a arrays, _ *rate.ImportConfig) { a["net.c"] = zeros(1, 3) }, `output bias "net.c" is 1 x 3, the network has 2 outputs`},
		{"initial", func(a arrays, _ *rate.ImportConfig) { a["net.x0"] = zeros(6, 1) }, `initial state "net.x0" is 6 x 1`},
		{"NaN", func(a arrays, _ *rate.ImportConfig) { a["net.J"].Set(2, 3, nan) }, `array "net.J" holds NaN at row 2, column 3`},
		{"unused", func(a arrays, _ *rate.ImportConfig) { a["net.mask"] = zeros(5, 5) }, `array "net.mask" (5 x 5) is not used`},
		{"second layer", func(a arrays, _ *rate.ImportConfig) { a["rnn.weight_hh_l1"] = zeros(5, 5) }, `array "rnn.weight_hh_l1" (5 x 5) is not used`},
	} {
		a := arrays{"net.J": zeros(5, 5), "net.B": zeros(5, 3), "net.W": zeros(2, 5), "net.b": zeros(1, 5), "net.x0": zeros(5, 1)}
		cfg := rate.ImportConfig{Form: rate.Current, Dt: 0.001, Tau: 0.01, Orientation: rate.Rows}
		if _, _, err := rate.Import(a, cfg); err != nil {
			t.Fatal(err)
		}
		c.bend(a, &cfg)
		if _, _, err := rate.Import(a, cfg); err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: error %v, want one that says %q", c.name, err, c.want)
		}
	}
}
