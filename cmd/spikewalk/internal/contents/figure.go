package contents

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"sort"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/plotting"
)

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// seriesOf are all series of a recording that hold anything.
func seriesOf(r *recording.Recording) map[string]recording.Series {
	all := map[string]recording.Series{"outputs": r.Outputs, "factors": r.Factors, "activity": r.Activity}
	maps.Copy(all, r.Series)
	maps.DeleteFunc(all, func(_ string, s recording.Series) bool { return s.Values == nil })
	return all
}

// What a figure shows.
const (
	window      = 10.0 // s
	mostPanels  = 3    // of series
	mostChannel = 8
	dots        = 1 << 19 // of a line
)

// Figure draws ten seconds of a recording: the spikes of all units, series, and where
// trials start. It is nil where there is nothing to draw.
func Figure(r *recording.Recording, name string) *plotting.Drawing {
	if r.Units == 0 && len(seriesOf(r)) == 0 {
		return nil
	}
	from, to := stretch(r)
	var starts []float64
	for _, t := range r.Trials {
		if at := startOf(r, t); at >= from && at <= to {
			starts = append(starts, at)
		}
	}
	var panels []plotting.Panel
	if r.Units > 0 {
		p := plotting.Raster(r.Spikes.Window(from, to)).Rows(r.Units).XLim(from, to).XLabel("time (s)").YLabel("unit")
		p.Title(fmt.Sprintf("%s spikes of %d units", grouped(len(r.Spikes.Window(from, to).Times)), r.Units))
		for i, at := range starts {
			p.VLine(at, first(i, "trial starts"))
		}
		panels = append(panels, p)
	}
	all := joined(seriesOf(r))
	for i, s := range all {
		if i == mostPanels {
			break
		}
		cut, title, ok := drawable(s.Series, from, to)
		if !ok {
			continue
		}
		p := plotting.Traces(cut).Stacked().XLim(from, to).XLabel("time (s)").YLabel(s.name).Title(s.name + title)
		for _, at := range starts {
			p.VLine(at, "")
		}
		panels = append(panels, p)
	}
	if len(panels) == 0 {
		return nil
	}
	return plotting.Figure(panels...).Title(name)
}

// first is a name that only the first of several has.
func first(i int, name string) string {
	if i > 0 {
		return ""
	}
	return name
}

func startOf(r *recording.Recording, t recording.Trial) float64 {
	if t.Start != 0 || t.Stop != 0 {
		return t.Start
	}
	return float64(t.From) * r.Dt
}

// stretch chooses what is shown: from the first trial on, or from the first spike or row.
func stretch(r *recording.Recording) (from, to float64) {
	lo, hi := math.Inf(1), math.Inf(-1)
	if n := len(r.Spikes.Times); n > 0 {
		lo, hi = r.Spikes.Times[0], r.Spikes.Times[n-1]
	}
	for _, s := range seriesOf(r) {
		rows, _ := s.Dims()
		lo, hi = min(lo, s.Time(0)), max(hi, s.Time(rows-1))
	}
	from = lo
	for _, t := range r.Trials {
		if at := startOf(r, t); at >= lo && at < hi {
			from = at
			break
		}
	}
	if to = min(from+window, hi); !(to > from) {
		to = from + 1
	}
	return from, to
}

// named is a series with its name.
type named struct {
	name string
	recording.Series
}

// joined puts series of one channel that have the same times and unit together, as some
// files keep muscles; those of several channels stay.
func joined(all map[string]recording.Series) (some []named) {
	type clock struct {
		rows            int
		unit            string
		start, dt, last float64
	}
	groups := make(map[clock][]string)
	for _, name := range sortedKeys(all) {
		s := all[name]
		rows, channels := s.Dims()
		c := clock{rows, s.Unit, s.Time(0), s.Dt, s.Time(rows - 1)}
		if channels > 1 {
			some = append(some, named{name, s})
		} else {
			groups[c] = append(groups[c], name)
		}
	}
	for c, names := range groups {
		s := all[names[0]]
		if len(names) > 1 {
			m := mat.NewDense(c.rows, len(names), nil)
			for j, name := range names {
				m.SetCol(j, mat.Col(nil, 0, all[name].Values))
			}
			s.Values, s.Targets, s.Names, s.Units = m, nil, names, nil
			some = append(some, named{fmt.Sprintf("%d series", len(names)), s})
		} else {
			some = append(some, named{names[0], s})
		}
	}
	slices.SortFunc(some, func(a, b named) int {
		_, an := a.Dims()
		_, bn := b.Dims()
		if an != bn {
			return bn - an
		}
		if a.name < b.name {
			return -1
		}
		return 1
	})
	return some
}

// drawable cuts a stretch of time out of a series, of at most eight channels, on an
// even grid of times. Rows without a number, and times without a row, are drawn as
// straight lines between those that there are, and counted.
func drawable(s recording.Series, from, to float64) (cut recording.Series, title string, ok bool) {
	rows, channels := s.Dims()
	lo := sort.Search(rows, func(i int) bool { return s.Time(i) >= from })
	hi := sort.Search(rows, func(i int) bool { return s.Time(i) > to })
	n := hi - lo
	if n < 2 {
		return cut, "", false
	}
	few := min(channels, mostChannel)
	if few < channels {
		title = fmt.Sprintf(", %d of %d channels", few, channels)
	}
	grid := min(max(n, 500), dots)
	start, end := s.Time(lo), s.Time(hi-1)
	dt := (end - start) / float64(grid-1)
	if !(dt > 0) {
		return cut, "", false
	}
	m := mat.NewDense(grid, few, nil)
	missing := 0
	for j := range few {
		var x, y []float64
		for i := lo; i < hi; i++ {
			if v := s.Values.At(i, j); !math.IsNaN(v) && !math.IsInf(v, 0) {
				x, y = append(x, s.Time(i)), append(y, v)
			}
		}
		if missing += n - len(x); len(x) == 0 {
			continue
		}
		for i := range grid {
			m.Set(i, j, between(x, y, start+float64(i)*dt))
		}
	}
	for i := lo + 1; i < hi && s.Times != nil; i++ {
		if s.Time(i)-s.Time(i-1) > 3*(end-start)/float64(n) {
			title += ", gaps are bridged"
			break
		}
	}
	if missing > 0 {
		title += fmt.Sprintf(", %s of %s values missing", grouped(missing), grouped(n*few))
	}
	cut = recording.Series{Values: m, Dt: dt, Start: start, Unit: s.Unit}
	if s.Names != nil {
		cut.Names = s.Names[:few]
	}
	return cut, title, true
}

// between interpolates between the two values next to a place, and is constant beyond
// the last ones.
func between(x, y []float64, at float64) float64 {
	i := sort.SearchFloat64s(x, at)
	switch {
	case i == 0:
		return y[0]
	case i == len(x):
		return y[len(y)-1]
	case x[i] == x[i-1]:
		return y[i]
	}
	return y[i-1] + (y[i]-y[i-1])*(at-x[i-1])/(x[i]-x[i-1])
}

// HasArrays tells whether FigureOfArrays has something to draw.
func (s *Source) HasArrays() bool { return s.file != nil }

// FigureOfArrays draws the numbers of a file without a layout: each array against the
// places of its rows.
func (s *Source) FigureOfArrays() (*plotting.Drawing, error) {
	var panels []plotting.Panel
	for _, name := range s.file.Names() {
		a, err := s.file.Variable(name)
		if err != nil || len(panels) == 4 || !a.Class().IsNumeric() || a.IsComplex() || a.Len() < 4 {
			continue
		}
		m, err := a.Squeeze().Dense()
		if err != nil {
			continue
		}
		rows, _ := m.Dims()
		cut, title, ok := drawable(recording.Series{Values: m, Dt: 1, Unit: s.file.Unit(name)}, 0, float64(rows))
		if !ok {
			continue
		}
		panels = append(panels, plotting.Traces(cut).Stacked().XLabel("row").YLabel(name).Title(a.String()+title))
	}
	if len(panels) == 0 {
		return nil, nil
	}
	return plotting.Figure(panels...).Title(s.title()), nil
}
