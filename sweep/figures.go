package sweep

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/plotting"
)

// Curve is column y against column x, over all rows that did not fail, as
// plotting.Curve draws it: a curve for each value of the columns by, and in it at each x the values
// of all rows there, which differ by their seeds.
func (t *Table) Curve(x, y string, by ...string) ([]plotting.Samples, error) {
	good := t.Good()
	xs, err := good.Floats(x)
	if err != nil {
		return nil, err
	}
	ys, err := good.Floats(y)
	if err != nil {
		return nil, err
	}
	names, err := good.named(by)
	if err != nil {
		return nil, err
	}
	order := make([]int, len(xs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(xs[i], xs[j]) })
	var curves []plotting.Samples
	at := map[string]int{}
	for _, name := range names { // in the order of the plan
		if _, ok := at[name]; !ok {
			at[name] = len(curves)
			curves = append(curves, plotting.Samples{Name: name})
		}
	}
	for _, i := range order {
		c := &curves[at[names[i]]]
		if n := len(c.X); n == 0 || c.X[n-1] != xs[i] {
			c.Add(xs[i])
		}
		c.Values[len(c.X)-1] = append(c.Values[len(c.X)-1], ys[i])
	}
	return curves, nil
}

// Heat is a map of column z over columns x and y: in each cell the median over all
// rows there that did not fail, which differ by their seeds. Cells without such a row
// have no value. The axes are named as the columns, unless the panel is told otherwise.
//
// It is for grids: of Random and Latin, where no two rows share a place, Curve makes
// more sense.
func (t *Table) Heat(x, y, z string) (*plotting.HeatPanel, error) {
	good := t.Good()
	var columns [3][]float64
	for k, name := range []string{x, y, z} {
		values, err := good.Floats(name)
		if err != nil {
			return nil, err
		}
		columns[k] = values
	}
	if good.Len() == 0 {
		return nil, fmt.Errorf("sweep: none of the %d rows has a result: Failed says why", t.Len())
	}
	xs, ys := ascending(columns[0]), ascending(columns[1])
	if len(xs)*len(ys) > mostHeatCells {
		return nil, fmt.Errorf("sweep: %d values of %s by %d of %s are too many cells for a map: draw a Curve, or sweep a Grid", len(xs), x, len(ys), y)
	}
	cells := make([][]float64, len(xs)*len(ys))
	for k, v := range columns[2] {
		i, _ := slices.BinarySearch(ys, columns[1][k])
		j, _ := slices.BinarySearch(xs, columns[0][k])
		cells[i*len(xs)+j] = append(cells[i*len(xs)+j], v)
	}
	medians := mat.NewDense(len(ys), len(xs), nil)
	medians.Apply(func(i, j int, _ float64) float64 {
		if cell := cells[i*len(xs)+j]; len(cell) > 0 {
			return stats.Median(cell)
		}
		return math.NaN()
	}, medians)
	return plotting.Heat(xs, ys, medians).XLabel(x).YLabel(y).ZLabel(z + ", median"), nil
}

// mostHeatCells is how many cells a map may have.
const mostHeatCells = 1_000_000

// ascending are the values, each once, the smallest first.
func ascending(v []float64) []float64 { return slices.Compact(slices.Sorted(slices.Values(v))) }

// Paired is column y under each combination of values of the columns by, in the order
// of the plan, as plotting.Comparison draws it: the k-th values of all groups are of one
// seed, so that [plotting.ComparisonPanel.Paired] may join them. A seed whose row
// failed, or is not finished, in one group is left out of all.
func (t *Table) Paired(y string, by ...string) ([]plotting.Group, error) {
	ys, err := t.Floats(y)
	if err != nil {
		return nil, err
	}
	seeds, err := t.Texts(seedField)
	if err != nil {
		return nil, err
	}
	names, err := t.named(by)
	if err != nil {
		return nil, err
	}
	groups, order := once(names), once(seeds)
	rows := map[[2]string]int{}
	for i, name := range names {
		if _, twice := rows[[2]string{name, seeds[i]}]; twice {
			return nil, fmt.Errorf("sweep: several rows of seed %s share %s: name every column in which they differ", seeds[i], cmp.Or(name, "a group"))
		}
		rows[[2]string{name, seeds[i]}] = i
	}
	out := make([]plotting.Group, len(groups))
	for k, name := range groups {
		out[k].Name = name
	}
	for _, seed := range order {
		values := make([]float64, len(groups))
		whole := true
		for k, name := range groups {
			i, there := rows[[2]string{name, seed}]
			if whole = whole && there && !t.failed(i); whole {
				values[k] = ys[i]
			}
		}
		for k := range out {
			if whole {
				out[k].Values = append(out[k].Values, values[k])
			}
		}
	}
	if len(out) == 0 || len(out[0].Values) == 0 {
		return nil, fmt.Errorf("sweep: no seed has a result in each of %d groups: there are no pairs", len(out))
	}
	return out, nil
}

// once are the texts, each once, in the order in which they come first.
func once(texts []string) (out []string) {
	seen := map[string]bool{}
	for _, s := range texts {
		if !seen[s] {
			seen[s], out = true, append(out, s)
		}
	}
	return out
}
