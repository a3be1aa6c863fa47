package rate

import (
	"fmt"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// weights are an array that has an orientation: a dimension for the units and
// one for channels.
type weights struct {
	part     part
	name     string
	declared Orientation
	field    string // of Orientations
	// unitsFirst: by rows, units are the first dimension.
	unitsFirst bool
	// What row 0 is of and where it comes from, by rows.
	onto, from string
}

// list returns those there can be.
func (im *importer) list(cfg ImportConfig) []weights {
	o := cfg.Orientations
	all := []weights{
		{recurrentPart, im.names.Recurrent, o.Recurrent, "Recurrent", true, "unit 0 receives", "units"},
		{inputPart, im.names.Input, o.Input, "Input", true, "unit 0 receives", "inputs"},
		{feedbackPart, im.names.Feedback, o.Feedback, "Feedback", true, "unit 0 receives", "outputs"},
		{readoutPart, im.names.Readout, o.Readout, "Readout", false, "output 0 receives", "units"},
	}
	for i := range all {
		if all[i].declared == "" {
			all[i].declared = cfg.Orientation
		}
	}
	return all
}

// measure finds out the numbers of units and outputs, and takes the weights by
// rows.
func (im *importer) measure(cfg ImportConfig) error {
	for _, name := range im.names.all() {
		if err := finite(name, im.arrays[name]); err != nil {
			return err
		}
	}
	rows, cols := im.arrays[im.names.Recurrent].Dims()
	if rows != cols {
		return fmt.Errorf("rate: recurrent weights %q are %d x %d: they must be square, units x units%s", im.names.Recurrent, rows, cols, gated(rows, cols))
	}
	im.units = rows
	im.weights = make(map[part]*mat.Dense)
	for _, w := range im.list(cfg) {
		if err := im.take(w); err != nil {
			return err
		}
	}
	im.outputs, _ = im.weights[readoutPart].Dims()
	if fb := im.weights[feedbackPart]; fb != nil {
		if _, m := fb.Dims(); m != im.outputs {
			return fmt.Errorf("rate: feedback weights %q are for %d outputs, readout %q has %d: they must agree", im.names.Feedback, m, im.names.Readout, im.outputs)
		}
	}
	return nil
}

// gated is a hint at networks that are of another kind.
func gated(rows, cols int) string {
	short, long := min(rows, cols), max(rows, cols)
	if long == 3*short || long == 4*short {
		return " (a GRU or an LSTM, whose gates are stacked, is not a network of this kind)"
	}
	return ""
}

// take copies weights, by rows.
func (im *importer) take(w weights) error {
	if w.declared != "" && w.declared != Rows && w.declared != Columns {
		return fmt.Errorf("rate: the orientation of the %s is %q: choose rate.Rows or rate.Columns", w.part, w.declared)
	}
	if w.name == "" {
		return nil
	}
	m := im.arrays[w.name]
	is, err := im.orientation(w, m)
	if err != nil {
		return err
	}
	if is == Columns {
		im.weights[w.part] = mat.DenseCopyOf(m.T())
	} else {
		im.weights[w.part] = mat.DenseCopyOf(m)
	}
	im.report.took(string(w.part), w.name, m, is)
	return nil
}

// orientation is the declared one where the shape fits both, and the shape's
// where it fits one alone.
func (im *importer) orientation(w weights, m *mat.Dense) (Orientation, error) {
	rows, cols := m.Dims()
	if rows != im.units && cols != im.units {
		return "", fmt.Errorf("rate: %s %q are %d x %d, recurrent weights %q %d x %d: one dimension must be the %d units", w.part, w.name, rows, cols, im.names.Recurrent, im.units, im.units, im.units)
	}
	if rows == cols {
		if w.declared == "" && !mat.Equal(m, m.T()) {
			return "", im.readings(w, m)
		}
		return w.declared, nil
	}
	is := Columns
	if (rows == im.units) == w.unitsFirst {
		is = Rows
	}
	vector := rows*cols == im.units // one channel, and not one unit
	if w.declared != "" && is != w.declared && !vector {
		return "", fmt.Errorf("rate: %s %q are %d x %d, which is by %s for %d units, but are said to be by %s: transpose the array or correct Orientations.%s", w.part, w.name, rows, cols, is, im.units, w.declared, w.field)
	}
	return is, nil
}

// readings is the error that shows both.
func (im *importer) readings(w weights, m *mat.Dense) error {
	first := func(m mat.Matrix) string {
		_, cols := m.Dims()
		var numbers []string
		for j := range min(cols, 3) {
			numbers = append(numbers, fmt.Sprintf("%.4g", m.At(0, j)))
		}
		if cols > 3 {
			numbers = append(numbers, "…")
		}
		return strings.Join(numbers, ", ")
	}
	return fmt.Errorf("rate: %s %q are %d x %d, so their shape fits two readings: %s %s from %s 0, 1, … by rows (J r, as in papers, MATLAB and PyTorch), or %s by columns (r J, as in Keras): say rate.Rows or rate.Columns in Orientation or Orientations.%s",
		w.part, w.name, im.units, im.units, w.onto, first(m), w.from, first(m.T()), w.field)
}
