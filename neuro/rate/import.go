package rate

import (
	"fmt"
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
	// Orientation says how all weights lie, Orientations how single arrays do
	// that lie otherwise. Both may be empty where an array's own shape, beside
	// the number of units, says it: of the weights of 3 inputs onto 5 units,
	// 5 x 3 is by rows. A square array leaves both readings open, and recurrent
	// weights are square: theirs must be said. No array's orientation is
	// concluded from another's.
	Orientation  Orientation
	Orientations Orientations
	// Names of the arrays. If any is given, the named arrays are the network
	// and nothing else is taken. If none is, the usual names are looked for (see
	// [ImportConfig.Resolve]).
	Names ArrayNames
	// Ignore names arrays that are no part of the network, where the usual
	// names are looked for. Others that are not used but fit the number of units
	// or, as vectors, of outputs, or are called like a bias or weights (b_o,
	// layer2.bias), are an error then, lest a bias is lost for its name.
	Ignore []string

	// zero are arrays that may be there but must be zero, because networks here
	// have nothing like them.
	zero []string
}

// Orientation says how weights lie.
type Orientation string

const (
	// Rows: row i holds the weights onto unit i, so that activity is a column:
	// J r. Input weights are N_r × inputs, the readout outputs × N_r. So they
	// are in the papers, in their MATLAB programs, in PyTorch's layers and here.
	Rows Orientation = "rows"
	// Columns: column i holds the weights onto unit i, so that activity is a
	// row: r J. Input weights are inputs × N_r, the readout N_r × outputs. So
	// they are in Keras.
	Columns Orientation = "columns"
)

// Orientations are those of single arrays. An empty one is the
// [ImportConfig]'s Orientation. A vector as input weights, feedback weights or
// readout is one channel, whichever way it lies.
type Orientations struct{ Recurrent, Input, Feedback, Readout Orientation }

// Import makes a network of arrays by their names, such as the Matrices of a
// data.Tree (what its Left says could not be read is not among them), and reports which of them it took for what and which are left over.
// There must be recurrent weights J (N_r × N_r) and a readout W; input weights,
// feedback weights, biases (added up), the output's bias and the initial state
// (zero unless given) are taken where they are named or, without Names, found.
// Vectors may be rows or columns. The arrays are copied.
//
// An error says in one sentence which array disagrees with which, which can be
// read in two ways, or what could not be found.
func Import(arrays map[string]*mat.Dense, cfg ImportConfig) (*Network, *Imported, error) {
	names, err := cfg.Resolve(arrays)
	if err != nil {
		return nil, nil, err
	}
	im := importer{arrays: arrays, names: names}
	if err := im.measure(cfg); err != nil {
		return nil, nil, err
	}
	n := &Network{
		Form: cfg.Form, Activation: cfg.Activation, Tau: cfg.Tau, Dt: cfg.Dt, Restart: cfg.Restart,
		Recurrent: im.byRows(recurrentPart), Input: im.byRows(inputPart),
		Feedback: im.byRows(feedbackPart), Readout: im.byRows(readoutPart),
		Initial: make([]float64, im.units),
	}
	if err := im.vectors(n); err != nil {
		return nil, nil, err
	}
	if err := im.leftOver(cfg); err != nil {
		return nil, nil, err
	}
	if im.report.Warnings, err = cfg.timing(n); err != nil {
		return nil, nil, err
	}
	return n, &im.report, n.validateUnits()
}

// timing checks and settles the time constant, and says what is doubtful about it.
func (c ImportConfig) timing(n *Network) ([]neuro.Warning, error) {
	switch {
	case c.Form == Discrete && (c.Tau != 0 || c.ForwardEuler):
		return nil, fmt.Errorf("rate: a Discrete network has no time constant: leave Tau (%g s) and ForwardEuler out, or choose rate.Current or rate.Rate", c.Tau)
	case c.ForwardEuler && !(c.Dt > 0 && c.Dt < c.Tau):
		return nil, fmt.Errorf("rate: forward Euler with Dt %g s and Tau %g s: Dt must be positive and below Tau, both in seconds", c.Dt, c.Tau)
	case c.Form == Discrete || !(c.Dt > 0 && c.Tau > 0):
		return nil, nil
	}
	warnings, err := neuro.CheckStep("rate", c.Dt, neuro.TimeConstant{Name: "Tau", Seconds: c.Tau})
	if c.ForwardEuler {
		n.Tau = -c.Dt / math.Log1p(-c.Dt/c.Tau)
		// The network's steps are those it was trained with, however coarse.
		warnings = slices.DeleteFunc(warnings, func(w neuro.Warning) bool { return w.Kind == neuro.CoarseStep })
	}
	return warnings, err
}

// importer holds the arrays that were found, and what their shapes say.
type importer struct {
	arrays         map[string]*mat.Dense
	names          ArrayNames
	units, outputs int
	weights        map[part]*mat.Dense // by rows, where there are any
	report         Imported
}

// byRows returns weights by rows; nil where there are none.
func (im *importer) byRows(p part) *mat.Dense { return im.weights[p] }

// vectors fills in biases and the initial state, and applies scales.
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
	if n.ReadoutBias, err = im.vector("output bias", im.names.ReadoutBias, im.outputs, "outputs"); err != nil {
		return err
	}
	if initial, err := im.vector("initial state", im.names.Initial, im.units, "units"); err != nil {
		return err
	} else if initial != nil {
		n.Initial = initial
	}
	return im.scale(n)
}

// scale multiplies the weights of each input and of each output.
func (im *importer) scale(n *Network) error {
	if name := im.names.InputScale; name != "" {
		if n.Input == nil {
			return fmt.Errorf("rate: input scale %q, but there are no input weights: say in Names.Input which they are", name)
		}
		_, inputs := n.Input.Dims()
		by, err := im.vector("input scale", name, inputs, "inputs")
		if err != nil {
			return err
		}
		n.Input.Apply(func(_, j int, v float64) float64 { return v * by[j] }, n.Input)
	}
	by, err := im.vector("readout scale", im.names.ReadoutScale, im.outputs, "outputs")
	if by != nil {
		n.Readout.Apply(func(i, _ int, v float64) float64 { return v * by[i] }, n.Readout)
	}
	return err
}

// vector returns the numbers of an array; nil for no name.
func (im *importer) vector(what, name string, length int, of string) ([]float64, error) {
	if name == "" {
		return nil, nil
	}
	m := im.arrays[name]
	rows, cols := m.Dims()
	if min(rows, cols) != 1 || rows*cols != length {
		return nil, fmt.Errorf("rate: %s %q is %d x %d, the network has %d %s: it must be a vector of %d", what, name, rows, cols, length, of, length)
	}
	im.report.took(what, name, m, "")
	// A copy's numbers follow each other without gaps.
	return mat.DenseCopyOf(m).RawMatrix().Data, nil
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
