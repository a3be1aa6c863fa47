package rate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// Imported says which arrays [Import] took for what.
type Imported struct {
	Taken []Taken
	// LeftOver are the names of the other arrays, in alphabetical order.
	LeftOver []string
	// Warnings say what is doubtful about Dt and Tau (see [neuro.CheckStep]).
	Warnings []neuro.Warning
}

// Taken is an array that became part of a network.
type Taken struct {
	// Part is what it became: "recurrent weights", "bias", …
	Part string
	// Name and shape of the array.
	Name       string
	Rows, Cols int
	// Orientation in which weights were read; empty for vectors.
	Orientation Orientation
}

// String is a line for each array, one for those left over, and one for each
// warning.
func (i *Imported) String() string {
	var b strings.Builder
	for _, t := range i.Taken {
		fmt.Fprintf(&b, "%s: %s, %d x %d", t.Part, t.Name, t.Rows, t.Cols)
		if t.Orientation != "" {
			fmt.Fprintf(&b, " by %s", t.Orientation)
		}
		b.WriteByte('\n')
	}
	if len(i.LeftOver) > 0 {
		fmt.Fprintf(&b, "left over: %s\n", strings.Join(i.LeftOver, ", "))
	}
	for _, w := range i.Warnings {
		fmt.Fprintln(&b, w)
	}
	return b.String()
}

// reported lists the arrays that were taken and those that were not. Without
// Names it is an error if one of these may have been meant.
func (im *importer) reported(cfg ImportConfig) (*Imported, error) {
	report := new(Imported)
	for p, name := range im.names {
		if name == "" {
			continue
		}
		t := Taken{Part: part(p).String(), Name: name}
		if t.Rows, t.Cols = im.arrays[name].Dims(); min(t.Rows, t.Cols) > 1 {
			t.Orientation = im.lies[p]
		}
		report.Taken = append(report.Taken, t)
	}
	named := cfg.Names != (ArrayNames{})
	for _, name := range slices.Sorted(maps.Keys(im.arrays)) {
		m := im.arrays[name]
		if m == nil || m.IsEmpty() || slices.Contains(im.names[:], name) {
			continue
		}
		rows, cols := m.Dims()
		if slices.Contains(cfg.zero, name) && mat.Norm(m, 1) != 0 {
			return nil, fmt.Errorf("rate: array %q (%d x %d) is not zero, and a network here has nothing like it: it cannot be imported", name, rows, cols)
		}
		if !named && !slices.Contains(cfg.Ignore, name) {
			if why := im.meant(name, rows, cols); why != "" {
				return nil, fmt.Errorf("rate: array %q (%d x %d) is not used, though %s: say in Names which arrays are the network, or put it into Ignore", name, rows, cols, why)
			}
		}
		report.LeftOver = append(report.LeftOver, name)
	}
	return report, nil
}

// meant says why an array that was not taken may be part of the network: by its
// shape, or, since a single number's says nothing, by its name.
func (im *importer) meant(name string, rows, cols int) string {
	short := strings.ReplaceAll(strings.ToLower(shortName(name)), "_", "")
	switch {
	case rows*cols > 1 && (rows == im.units || cols == im.units):
		return fmt.Sprintf("the network has %d units as well", im.units)
	case rows*cols > 1 && min(rows, cols) == 1 && rows*cols == im.outputs:
		return fmt.Sprintf("the network has %d outputs as well", im.outputs)
	case slices.Contains([]string{"b", "bo", "bout", "by", "bz", "bh", "bin", "brec"}, short),
		strings.Contains(short, "bias"), strings.Contains(short, "weight"):
		return "it is called like a part of a network"
	}
	return ""
}
