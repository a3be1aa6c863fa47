package rate

import "fmt"

// weights are the arrays that have an orientation: a dimension for the units
// and one for channels.
type weights struct {
	what, name string
	// unitsFirst: by rows, units are the first dimension.
	unitsFirst bool
}

// measure finds out the numbers of units and outputs and which way round the
// weights are.
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
	all := []weights{
		{"input weights", im.names.Input, true},
		{"feedback weights", im.names.Feedback, true},
		{"readout", im.names.Readout, false},
	}
	if err := im.orient(cfg.Orientation, all); err != nil {
		return err
	}
	im.outputs = im.channels(all[2])
	if fb := all[1]; fb.name != "" && im.channels(fb) != im.outputs {
		return fmt.Errorf("rate: feedback weights %q are for %d outputs, readout %q has %d: they must agree", fb.name, im.channels(fb), im.names.Readout, im.outputs)
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

// channels is the number of inputs or outputs.
func (im *importer) channels(w weights) int {
	rows, cols := im.arrays[w.name].Dims()
	if w.unitsFirst != im.transposed {
		return cols
	}
	return rows
}

// orient compares every array's shape with the wanted orientation, or finds the
// one that all shapes agree on. A square array fits either.
func (im *importer) orient(want Orientation, all []weights) error {
	if want != "" && want != Rows && want != Columns {
		return fmt.Errorf("rate: Orientation is %q: choose rate.Rows, rate.Columns or leave it empty", want)
	}
	found, because := want, weights{}
	for _, w := range all {
		if w.name == "" {
			continue
		}
		rows, cols := im.arrays[w.name].Dims()
		if rows != im.units && cols != im.units {
			return fmt.Errorf("rate: %s %q are %d x %d, recurrent weights %q %d x %d: one dimension must be the %d units", w.what, w.name, rows, cols, im.names.Recurrent, im.units, im.units, im.units)
		}
		if rows == cols {
			continue
		}
		is := Columns
		if (rows == im.units) == w.unitsFirst {
			is = Rows
		}
		switch {
		case found == "":
			found, because = is, w
		case is != found && want != "":
			return fmt.Errorf("rate: %s %q are %d x %d, which is by %s for %d units, and Orientation says by %s: transpose the array or correct Orientation", w.what, w.name, rows, cols, is, im.units, want)
		case is != found:
			return fmt.Errorf("rate: %s %q are by %s (%d x %d for %d units) and %s %q by %s: transpose one of them and say in Orientation how the recurrent weights are", w.what, w.name, is, rows, cols, im.units, because.what, because.name, found)
		}
	}
	if found == "" {
		return fmt.Errorf("rate: every array is %d x %d, so whether weights are by rows or by columns cannot be seen: say it in Orientation", im.units, im.units)
	}
	im.transposed = found == Columns
	return nil
}
