package rate

import (
	"cmp"
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
	// Activation is φ, by the name that it has here or in some program: "ReLU",
	// "identity", "logistic", "leaky_relu". Case, blanks, hyphens and underscores
	// do not matter. Empty means [Tanh].
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
	// Orientation says how all weights lie; Orientations names the arrays that lie
	// otherwise. Neither is needed where an array's own shape and the number of
	// units tell: weights of 3 inputs onto 5 units that are 5 × 3 lie by rows. A
	// square array can be read both ways, and recurrent weights are square, so
	// say theirs. No array's orientation is inferred from another's. A vector as
	// input weights, feedback weights or readout is one channel, whichever way it
	// lies.
	Orientation  Orientation
	Orientations map[string]Orientation
	// Names of the arrays. If any is given, the named arrays are the network
	// and nothing else is taken. If none is, arrays are recognised by their usual
	// names, whole or after a dot (net.J, rnn.weight_hh_l0), of several by the
	// longest:
	//
	//	recurrent weights  J, W_rec, weight_hh_l0, …
	//	input weights      B, u_in, W_in, weight_ih_l0, …
	//	feedback weights   u, W_fb, …
	//	readout            W, W_out, fc.weight, …
	//	biases             b, b_rec, bias_hh_l0 and bias_ih_l0, …
	//	the output's bias  c, b_out, fc.bias, …
	//	the initial state  x0, h0, …
	//
	// What ends in plain "bias" must stand beside the weights that it belongs to
	// (rnn.bias beside rnn.J), since every layer has one; r0 is an activity, and
	// so the initial state of Rate and Discrete networks only.
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

// Import makes a network of arrays by their names, such as the Matrices of a
// data.Tree (arrays that could not be read are in its Left instead), and reports
// which of them it took for what and which are left over. There must be recurrent
// weights J (N_r × N_r) and a readout W; input weights, feedback weights, biases
// (added up), the output's bias and the initial state (zero unless given) are
// taken where they are named or, without Names, found. Vectors may be rows or
// columns. The arrays are copied.
//
// An error says in one sentence which array disagrees with which, which can be
// read in two ways, or what could not be found.
func Import(arrays map[string]*mat.Dense, cfg ImportConfig) (*Network, *Imported, error) {
	activation, err := parseActivation(cfg.Activation)
	if err != nil {
		return nil, nil, err
	}
	names, err := cfg.resolve(arrays)
	if err != nil {
		return nil, nil, err
	}
	im := importer{arrays: arrays, names: names}
	if err := im.measure(cfg); err != nil {
		return nil, nil, err
	}
	n := &Network{
		Form: cfg.Form, Activation: activation, Tau: cfg.Tau, Dt: cfg.Dt, Restart: cfg.Restart,
		Recurrent: im.weights[recurrentPart], Input: im.weights[inputPart],
		Feedback: im.weights[feedbackPart], Readout: im.weights[readoutPart],
	}
	if err := im.vectors(n); err != nil {
		return nil, nil, err
	}
	report, err := im.reported(cfg)
	if err != nil {
		return nil, nil, err
	}
	if report.Warnings, err = cfg.timing(n); err != nil {
		return nil, nil, err
	}
	return n, report, n.validateUnits()
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
	names          [parts]string
	units, outputs int
	weights        [parts]*mat.Dense  // by rows, nil where there are none
	lies           [parts]Orientation // how they lie in the arrays
}

// vectors fills in biases and the initial state, and applies scales.
func (im *importer) vectors(n *Network) error {
	inputs := 0
	if n.Input != nil {
		_, inputs = n.Input.Dims()
	} else if name := im.names[inputScalePart]; name != "" {
		return fmt.Errorf("rate: input scale %q, but there are no input weights: say in Names.Input which they are", name)
	}
	var err error
	vector := func(p part, length int, of string) []float64 {
		m := im.arrays[im.names[p]]
		if m == nil {
			return nil
		}
		if rows, cols := m.Dims(); min(rows, cols) != 1 || rows*cols != length {
			err = cmp.Or(err, fmt.Errorf("rate: %s %q is %d x %d, the network has %d %s: it must be a vector of %d", p, im.names[p], rows, cols, length, of, length))
			return nil
		}
		// A copy's numbers follow each other without gaps.
		return mat.DenseCopyOf(m).RawMatrix().Data
	}
	n.Bias = vector(biasPart, im.units, "units")
	if second := vector(inputBiasPart, im.units, "units"); n.Bias == nil {
		n.Bias = second
	} else {
		addBias(n.Bias, second)
	}
	n.ReadoutBias = vector(readoutBiasPart, im.outputs, "outputs")
	if n.Initial = vector(initialPart, im.units, "units"); n.Initial == nil {
		n.Initial = make([]float64, im.units)
	}
	if by := vector(inputScalePart, inputs, "inputs"); by != nil {
		n.Input.Apply(func(_, j int, v float64) float64 { return v * by[j] }, n.Input)
	}
	if by := vector(readoutScalePart, im.outputs, "outputs"); by != nil {
		n.Readout.Apply(func(i, _ int, v float64) float64 { return v * by[i] }, n.Readout)
	}
	return err
}
