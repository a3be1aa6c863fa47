package data

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/nearest"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// pieces are what a series is made of: one for the session, or one for each trial.
type pieces struct {
	byTrial bool
	values  []*mat.Dense // T × channels
	times   [][]float64  // s, nil for a rate
	names   []string
	unit    string
}

// readSeries reads all series.
func (s *session) readSeries() error {
	s.series = make(map[string]*pieces)
	for _, name := range sortedNames(s.layout.Series) {
		if err := s.readOne(name, s.layout.Series[name]); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (s *session) readOne(name string, l SeriesLayout) error {
	paths, err := s.file.starred(l.Values)
	if err != nil {
		return err
	}
	p := &pieces{names: l.Names, unit: l.Unit}
	for i, path := range paths {
		part, err := s.valuesOf(path, l.Axes)
		if err != nil {
			return err
		}
		if i == 0 {
			p.byTrial, p.values = part.byTrial, part.values
		} else if err := p.join(part, paths[0], path); err != nil {
			return err
		}
	}
	if len(paths) > 1 && p.names == nil && p.channels() == len(paths) {
		p.names = paths
	}
	if n := p.channels(); p.names != nil && len(p.names) != n {
		return fmt.Errorf("Names has %d names for %d channels", len(p.names), n)
	}
	if err := s.unitOf(p, paths); err != nil {
		return err
	}
	s.series[name] = p
	if l.Times != "" {
		return s.readTimesOf(name, p, l)
	}
	if p.byTrial {
		s.extents = append(s.extents, extent{name: name, rows: p.rows(), dt: 1 / l.Rate, start: l.Start})
	}
	return nil
}

// starred replaces a path that ends with * by all variables that begin so.
func (f *File) starred(paths []string) (all []string, err error) {
	for _, path := range paths {
		begin, many := strings.CutSuffix(path, "*")
		if !many {
			all = append(all, path)
			continue
		}
		n := len(all)
		for _, name := range f.names {
			if strings.HasPrefix(name, begin) {
				all = append(all, name)
			}
		}
		if len(all) == n {
			return nil, fmt.Errorf("no variable begins with %q: the file has %s", begin, nearest.Some(f.names))
		}
	}
	return all, nil
}

// valuesOf reads the values of one path.
func (s *session) valuesOf(path, axes string) (*pieces, error) {
	w, err := s.file.follow(path)
	if err != nil {
		return nil, err
	}
	if axes == "" && s.file.kind == kindTable {
		if axes = "time"; len(w.arrays[0].Dims()) == 2 && w.arrays[0].Dims()[1] > 1 {
			axes = "time channel"
		}
	}
	p := &pieces{byTrial: w.trials >= 0}
	if w.units >= 0 {
		return nil, fmt.Errorf("%s: a series has channels and no u", path)
	}
	for _, a := range w.arrays {
		l, err := label(a, axes)
		if err != nil {
			return nil, err
		}
		columns := "channel"
		if _, ok := l.length["unit"]; ok {
			columns = "unit"
		}
		if l.trialAxes() && p.byTrial {
			return nil, fmt.Errorf("%s: trials are k and an axis, too", path)
		}
		for t := range l.trials() {
			m := l.matrix(t, "time", columns)
			if m == nil {
				return nil, fmt.Errorf("%s is empty", a)
			}
			if len(p.values) > 0 && m.RawMatrix().Cols != p.values[0].RawMatrix().Cols {
				return nil, fmt.Errorf("%s has %d channels, and those before have %d", a, m.RawMatrix().Cols, p.values[0].RawMatrix().Cols)
			}
			p.values = append(p.values, m)
		}
		if l.trialAxes() {
			p.byTrial = true
			s.takeConditions(l)
		}
	}
	if p.byTrial {
		return p, s.expect(len(p.values), path)
	}
	return p, nil
}

// takeConditions notes the conditions of an axis.
func (s *session) takeConditions(l *labelled) {
	if l.condition(0) < 0 {
		return
	}
	s.conditions = make([]int, l.trials())
	for t := range s.conditions {
		s.conditions[t] = l.condition(t)
	}
}

// join adds channels beside those of p.
func (p *pieces) join(more *pieces, first, path string) error {
	if p.byTrial != more.byTrial || len(p.values) != len(more.values) {
		return fmt.Errorf("%s is in %d pieces and %s in %d", path, len(more.values), first, len(p.values))
	}
	for i, m := range more.values {
		rows, _ := p.values[i].Dims()
		if n, _ := m.Dims(); n != rows {
			where := ""
			if p.byTrial {
				where = fmt.Sprintf(" in trial %d", i)
			}
			return fmt.Errorf("%s has %d rows%s, and %s has %d: channels of a series are of one length", path, n, where, first, rows)
		}
		var both mat.Dense
		both.Augment(p.values[i], m)
		p.values[i] = &both
	}
	return nil
}

func (p *pieces) channels() int { return p.values[0].RawMatrix().Cols }

func (p *pieces) rows() []int {
	rows := make([]int, len(p.values))
	for i, m := range p.values {
		rows[i], _ = m.Dims()
	}
	return rows
}

// unitOf takes the unit of a table's columns, which must be one.
func (s *session) unitOf(p *pieces, paths []string) error {
	if p.unit != "" {
		return nil
	}
	for i, path := range paths {
		unit := s.file.units[path]
		if i > 0 && unit != p.unit {
			return fmt.Errorf("%s is in %q and %s in %q: make two series of them, or say Unit", paths[0], p.unit, path, unit)
		}
		p.unit = unit
	}
	return nil
}

// readTimesOf reads the times of rows.
func (s *session) readTimesOf(name string, p *pieces, l SeriesLayout) error {
	scale, err := s.scale(l.TimeUnit, l.Times)
	if err != nil {
		return err
	}
	w, err := s.file.follow(l.Times)
	if err != nil {
		return err
	}
	if w.trials < 0 && p.byTrial && len(w.arrays) == 1 { // the same for all trials
		for len(w.arrays) < len(p.values) {
			w.arrays = append(w.arrays, w.arrays[0])
		}
	}
	if len(w.arrays) != len(p.values) {
		return fmt.Errorf("%s leads to %d lists of times, and there are %d pieces of values", l.Times, len(w.arrays), len(p.values))
	}
	for i, a := range w.arrays {
		times, err := vector(a)
		if err != nil {
			return err
		}
		if rows, _ := p.values[i].Dims(); len(times) != rows {
			return fmt.Errorf("%s has %d times for %d rows of values", a, len(times), rows)
		}
		for j := range times {
			times[j] *= scale
			switch {
			case !finite(times[j]):
				return fmt.Errorf("%s: the time of row %d is no number", a, j)
			case j > 0 && times[j] < times[j-1]:
				return fmt.Errorf("%s: row %d is at %g s, before the row above it at %g s: the clock was reset, or the rows are not in order", a, j, times[j], times[j-1])
			}
		}
		p.times = append(p.times, times)
	}
	if p.byTrial && s.start == nil {
		return s.extentOf(name, p, l)
	}
	return nil
}

// extentOf says how long trials are by the times of their rows, which must be evenly
// spaced.
func (s *session) extentOf(name string, p *pieces, l SeriesLayout) error {
	if clock, err := s.clock(l.Times); err != nil {
		return err
	} else if clock == "session" {
		return fmt.Errorf("%s counts from the start of the session, and Trials.Start does not say when trials start", l.Times)
	}
	dt, start := 0.0, p.times[0][0]
	for k, times := range p.times {
		if len(times) < 2 {
			return fmt.Errorf("trial %d has %d rows: at least 2 say how far apart they are", k, len(times))
		}
		if k == 0 {
			dt = (times[len(times)-1] - times[0]) / float64(len(times)-1)
		}
		for i, at := range times {
			if math.Abs(at-(start+float64(i)*dt)) > 0.01*dt {
				return fmt.Errorf("%s: rows of trial %d are not %g s apart from %g s on, as those of trial 0 are: give Trials.Start, so that trials need not be laid end to end", l.Times, k, dt, start)
			}
		}
	}
	p.times = nil
	s.extents = append(s.extents, extent{name: name, rows: p.rows(), dt: dt, start: start})
	return nil
}

// placeSeries puts all series into the recording.
func (s *session) placeSeries() error {
	for _, name := range sortedNames(s.series) {
		p := s.series[name]
		out := recording.Series{Names: slices.Clone(p.names), Unit: p.unit}
		if err := s.placeOne(&out, name, p); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if s.rec.Series == nil {
			s.rec.Series = make(map[string]recording.Series)
		}
		s.rec.Series[name] = out
	}
	return nil
}

func (s *session) placeOne(out *recording.Series, name string, p *pieces) error {
	l := s.layout.Series[name]
	if !p.byTrial {
		out.Values = p.values[0]
		if p.times != nil {
			out.Times = p.times[0]
		} else {
			out.Dt, out.Start = 1/l.Rate, l.Start
		}
		return nil
	}
	out.Values = stacked(p.values)
	i := slices.IndexFunc(s.extents, func(e extent) bool { return e.name == name })
	if s.onGrid(i) {
		out.Dt = s.extents[i].dt
		return nil
	}
	for k := range p.values {
		times, err := s.timesIn(k, p, i)
		if err != nil {
			return err
		}
		if n := len(out.Times); n > 0 && len(times) > 0 && times[0] < out.Times[n-1] {
			return fmt.Errorf("trial %d begins at %g s, before trial %d ends at %g s: rows of trials that overlap are no series", k, times[0], k-1, out.Times[n-1])
		}
		out.Times = append(out.Times, times...)
	}
	return nil
}

// onGrid tells whether the rows of a series fill the trials, which are laid end to end.
func (s *session) onGrid(i int) bool {
	if s.rec.Dt == 0 || i < 0 || s.extents[i].dt != s.rec.Dt || s.start != nil {
		return false
	}
	for k, n := range s.extents[i].rows {
		if n != s.rec.Trials[k].Steps() {
			return false
		}
	}
	return true
}

// timesIn are the times of the rows of trial k in the recording.
func (s *session) timesIn(k int, p *pieces, i int) ([]float64, error) {
	if p.times == nil {
		e := s.extents[i]
		times := make([]float64, e.rows[k])
		for j := range times {
			times[j] = s.zero(k) + e.start + float64(j)*e.dt
		}
		return times, nil
	}
	clock, err := s.clock(s.trialsFrom)
	if err != nil || clock == "session" {
		return p.times[k], err
	}
	times := slices.Clone(p.times[k])
	for j := range times {
		times[j] += s.zero(k)
	}
	return times, nil
}

// stacked puts matrices below one another.
func stacked(all []*mat.Dense) *mat.Dense {
	if len(all) == 1 {
		return all[0]
	}
	rows, columns := 0, all[0].RawMatrix().Cols
	for _, m := range all {
		rows += m.RawMatrix().Rows
	}
	values := make([]float64, 0, rows*columns)
	for _, m := range all {
		values = append(values, m.RawMatrix().Data...)
	}
	return mat.NewDense(rows, columns, values)
}
