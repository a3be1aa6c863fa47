package rate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// measure finds out the numbers of units and outputs, and takes the weights by
// rows.
func (im *importer) measure(cfg ImportConfig) error {
	if err := im.checkArrays(cfg); err != nil {
		return err
	}
	rows, cols := im.arrays[im.names[recurrentPart]].Dims()
	if rows != cols {
		return fmt.Errorf("rate: recurrent weights %q are %d x %d: they must be square, units x units%s", im.names[recurrentPart], rows, cols, gated(rows, cols))
	}
	im.units = rows
	for p := recurrentPart; p <= readoutPart; p++ {
		m := im.arrays[im.names[p]]
		if m == nil {
			continue
		}
		is, err := im.orientation(p, m, cfg)
		if err != nil {
			return err
		}
		im.lies[p] = is
		if is == Columns {
			im.weights[p] = mat.DenseCopyOf(m.T())
		} else {
			im.weights[p] = mat.DenseCopyOf(m)
		}
	}
	im.outputs, _ = im.weights[readoutPart].Dims()
	if fb := im.weights[feedbackPart]; fb != nil {
		if _, m := fb.Dims(); m != im.outputs {
			return fmt.Errorf("rate: feedback weights %q are for %d outputs, readout %q has %d: they must agree", im.names[feedbackPart], m, im.names[readoutPart], im.outputs)
		}
	}
	return nil
}

// checkArrays checks numbers and what is said of orientations.
func (im *importer) checkArrays(cfg ImportConfig) error {
	for _, name := range im.names {
		m := im.arrays[name]
		if m == nil {
			continue
		}
		for i := range m.RawMatrix().Rows {
			if k := neuro.NotFinite(m.RawRowView(i)); k >= 0 {
				return fmt.Errorf("rate: array %q holds %g at row %d, column %d: every number must be finite", name, m.At(i, k), i, k)
			}
		}
	}
	known := func(o Orientation) bool { return o == "" || o == Rows || o == Columns }
	if !known(cfg.Orientation) {
		return fmt.Errorf("rate: Orientation is %q: choose rate.Rows or rate.Columns", cfg.Orientation)
	}
	for _, name := range slices.Sorted(maps.Keys(cfg.Orientations)) {
		switch o := cfg.Orientations[name]; {
		case !known(o):
			return fmt.Errorf("rate: the orientation of %q is %q: choose rate.Rows or rate.Columns", name, o)
		case im.arrays[name] == nil:
			return fmt.Errorf("rate: no array %q, which is in Orientations: there are %s%s", name, listed(im.arrays), meantName(name, im.arrays))
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

// orientation is the declared one where the shape fits both, and the shape's
// where it fits one alone.
func (im *importer) orientation(p part, m *mat.Dense, cfg ImportConfig) (Orientation, error) {
	name, declared := im.names[p], cfg.Orientation
	if own := cfg.Orientations[name]; own != "" {
		declared = own
	}
	rows, cols := m.Dims()
	if rows != im.units && cols != im.units {
		return "", fmt.Errorf("rate: %s %q are %d x %d, recurrent weights %q %d x %d: one dimension must be the %d units", p, name, rows, cols, im.names[recurrentPart], im.units, im.units, im.units)
	}
	if rows == cols {
		if declared == "" && !mat.Equal(m, m.T()) {
			return "", im.readings(p, m)
		}
		return declared, nil
	}
	is := Columns
	if (rows == im.units) == (p != readoutPart) { // units come first by rows, but in the readout
		is = Rows
	}
	vector := rows*cols == im.units // one channel, and not one unit
	if declared != "" && is != declared && !vector {
		return "", fmt.Errorf("rate: %s %q are %d x %d, which is by %s for %d units, but are said to be by %s: transpose the array or correct its Orientation", p, name, rows, cols, is, im.units, declared)
	}
	return is, nil
}

// readings is the error that shows both.
func (im *importer) readings(p part, m *mat.Dense) error {
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
	onto, from := "unit", [...]string{"units", "inputs", "outputs", "units"}[p]
	if p == readoutPart {
		onto = "output"
	}
	return fmt.Errorf("rate: %s %q are %d x %d, so their shape fits two readings: %s 0 receives %s from %s 0, 1, … by rows (J r, as in papers, MATLAB and PyTorch), or %s by columns (r J, as in Keras): say rate.Rows or rate.Columns in Orientation, or of this array in Orientations",
		p, im.names[p], im.units, im.units, onto, first(m), from, first(m.T()))
}
