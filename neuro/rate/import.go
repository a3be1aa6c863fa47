package rate

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// ImportConfig says what the arrays of a network trained elsewhere mean.
type ImportConfig struct {
	// Form of the network; it has no default. A network whose state moves by
	// a fraction dt/τ in each step is Current or Rate.
	Form Form
	// Activation is φ; empty means [Tanh]. See [ParseActivation].
	Activation Activation
	// Dt is the length of a step and Tau the time constant, in seconds. A
	// Discrete network has no Tau; its Dt is how long one of its steps is to
	// last, and may be a whole multiple of the task's.
	Dt, Tau float64
	// ForwardEuler says that the network was trained with forward Euler, whose
	// steps move the state by a fraction dt/τ. The time constant is then
	// changed to -dt/ln(1 - dt/τ), with which exponential Euler takes exactly
	// these steps.
	ForwardEuler bool
	// Restart puts the network back into its initial state before every trial.
	Restart bool
	// Orientation of all weights; empty means it is found out from the arrays
	// that are not square, if they agree.
	Orientation Orientation
	// Names are those of the arrays; where one is empty, the usual names are
	// looked for (see [ImportConfig.Resolve]).
	Names ArrayNames
	// Ignore names arrays that are no part of the network. Others that are
	// not used but fit its number of units are an error, lest a bias is lost
	// for its name.
	Ignore []string
}

// Orientation says how weights are laid out.
type Orientation string

const (
	// Rows: row i holds the weights onto unit i, so that activity is a column:
	// J r. Input weights are N_r × inputs. This is PyTorch's and ours.
	Rows Orientation = "rows"
	// Columns: column i holds the weights onto unit i, so that activity is a
	// row: r J. Input weights are inputs × N_r. This is Keras's.
	Columns Orientation = "columns"
)

// PyTorch returns what describes a torch.nn.RNN with a linear readout, each of
// whose steps is to last dt seconds: Discrete, tanh, weights by rows, set back
// before each trial. Save it with
//
//	numpy.savez("net.npz", **{k: v.numpy() for k, v in model.state_dict().items()})
func PyTorch(dt float64) ImportConfig {
	return ImportConfig{Form: Discrete, Activation: Tanh, Dt: dt, Restart: true, Orientation: Rows}
}

// Import makes a network of arrays by their names, such as the Matrices of a
// data.Tree. There must be recurrent weights J (N_r × N_r) and a readout W; input
// weights, feedback weights, biases (all that are there are added up), the
// output's bias and the initial state (zero unless given) are taken where they
// are found. Vectors may be rows or columns. The arrays are copied.
//
// An error says in one sentence which array disagrees with which, or what could
// not be found.
func Import(arrays map[string]*mat.Dense, cfg ImportConfig) (*Network, error) {
	names, err := cfg.Resolve(arrays)
	if err != nil {
		return nil, err
	}
	im := importer{arrays: arrays, names: names}
	if err := im.measure(cfg); err != nil {
		return nil, err
	}
	n := &Network{
		Form: cfg.Form, Activation: cfg.Activation, Tau: cfg.Tau, Dt: cfg.Dt, Restart: cfg.Restart,
		Recurrent: im.turned(names.Recurrent),
		Input:     im.turned(names.Input),
		Feedback:  im.turned(names.Feedback),
		Readout:   im.turned(names.Readout),
		Initial:   make([]float64, im.units),
	}
	if err := im.vectors(n); err != nil {
		return nil, err
	}
	if err := im.unused(cfg.Ignore); err != nil {
		return nil, err
	}
	if err := cfg.timing(n); err != nil {
		return nil, err
	}
	return n, n.validateUnits()
}

// timing checks and settles the time constant.
func (c ImportConfig) timing(n *Network) error {
	switch {
	case c.Form == Discrete && (c.Tau != 0 || c.ForwardEuler):
		return fmt.Errorf("rate: a Discrete network has no time constant: leave Tau (%g s) and ForwardEuler out, or choose rate.Current or rate.Rate", c.Tau)
	case c.ForwardEuler && !(c.Dt > 0 && c.Dt < c.Tau):
		return fmt.Errorf("rate: forward Euler with Dt %g s and Tau %g s: Dt must be positive and below Tau, both in seconds", c.Dt, c.Tau)
	case c.ForwardEuler:
		n.Tau = -c.Dt / math.Log1p(-c.Dt/c.Tau)
	}
	return nil
}

// importer holds the arrays that were found, and what their shapes say.
type importer struct {
	arrays         map[string]*mat.Dense
	names          ArrayNames
	units, outputs int
	transposed     bool
}

// turned returns a copy by rows; nil for no name.
func (im *importer) turned(name string) *mat.Dense {
	if name == "" {
		return nil
	}
	if im.transposed {
		return mat.DenseCopyOf(im.arrays[name].T())
	}
	return mat.DenseCopyOf(im.arrays[name])
}

// vectors fills in biases and the initial state.
func (im *importer) vectors(n *Network) (err error) {
	for _, name := range im.names.Bias {
		b, err := im.vector("bias", name, im.units, "units")
		if err != nil {
			return err
		}
		if n.Bias == nil {
			n.Bias = make([]float64, im.units)
		}
		for i, v := range b {
			n.Bias[i] += v
		}
	}
	if name := im.names.ReadoutBias; name != "" {
		if n.ReadoutBias, err = im.vector("output bias", name, im.outputs, "outputs"); err != nil {
			return err
		}
	}
	if name := im.names.Initial; name != "" {
		n.Initial, err = im.vector("initial state", name, im.units, "units")
	}
	return err
}

func (im *importer) vector(what, name string, length int, of string) ([]float64, error) {
	m := im.arrays[name]
	rows, cols := m.Dims()
	if min(rows, cols) != 1 || rows*cols != length {
		return nil, fmt.Errorf("rate: %s %q is %d x %d, the network has %d %s: it must be a vector of %d", what, name, rows, cols, length, of, length)
	}
	// A copy's numbers follow each other without gaps.
	return mat.DenseCopyOf(m).RawMatrix().Data, nil
}

// unused complains of arrays that may have been meant.
func (im *importer) unused(ignore []string) error {
	used := append(im.names.all(), ignore...)
	for _, name := range slices.Sorted(maps.Keys(im.arrays)) {
		if im.arrays[name] == nil {
			continue
		}
		rows, cols := im.arrays[name].Dims()
		if slices.Contains(used, name) || rows*cols == 1 || rows != im.units && cols != im.units {
			continue
		}
		return fmt.Errorf("rate: array %q (%d x %d) is not used, though the network has %d units as well: say what it is in Names, or put it into Ignore", name, rows, cols, im.units)
	}
	return nil
}

// finite returns an error if a number of an array is not.
func finite(name string, m *mat.Dense) error {
	rows, _ := m.Dims()
	for i := range rows {
		if k := neuro.NotFinite(m.RawRowView(i)); k >= 0 {
			return fmt.Errorf("rate: array %q holds %g at row %d, column %d: every number must be finite", name, m.At(i, k), i, k)
		}
	}
	return nil
}
