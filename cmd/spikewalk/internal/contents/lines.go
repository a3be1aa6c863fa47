package contents

import (
	"fmt"
	"math"
	"path"
	"strings"

	matfile "github.com/spikewalk/spikewalk/data/mat"
	"github.com/spikewalk/spikewalk/data/nwb"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// The most lines of a part; together they are about 40.
const (
	mostSeries = 16
	mostTables = 8
	mostArrays = 36
	mostWide   = 110 // characters of a line
)

// Lines says what is in the file, in at most about 40 lines; what does not fit is
// counted.
func (s *Source) Lines() ([]string, error) {
	lines := []string{s.title()}
	switch {
	case s.n != nil:
		more, err := linesOfNWB(s.n)
		return append(lines, more...), err
	case s.saved != nil:
		return append(lines, LinesOf(s.saved)...), nil
	case s.variables != nil:
		var shapes []string
		for _, v := range s.variables {
			line := v.String()
			if more := s.first73(v); more != "" {
				line = more
			}
			if v.Err != nil {
				line = v.Err.Error()
			}
			shapes = append(shapes, folded(line)...)
		}
		return append(lines, limited(shapes, mostArrays, "variables")...), nil
	}
	var shapes []string
	if s.h != nil {
		arrays, err := s.arrays(false)
		if err != nil {
			return nil, err
		}
		for _, a := range arrays {
			shapes = append(shapes, strings.TrimSpace(fmt.Sprintf("%s: %s %s %s", a.Path, times(a.Shape), a.Class, inUnit(a.Unit))))
		}
		return append(lines, limited(shapes, mostArrays, "arrays")...), nil
	}
	for _, name := range s.file.Names() {
		a, err := s.file.Variable(name)
		if err != nil {
			shapes = append(shapes, name+": "+err.Error())
			continue
		}
		shapes = append(shapes, folded(strings.TrimSpace(described(a)+" "+inUnit(s.file.Unit(name))))...)
	}
	return append(lines, limited(shapes, mostArrays, "arrays")...), nil
}

// described is an array in words, of a struct array with what is in the fields of its
// first element, of cells with the first of them.
func described(a *matfile.Array) string {
	short := func(in *matfile.Array, err error) string {
		if err != nil {
			return "not readable"
		}
		return times(in.Dims()) + " " + string(in.Class())
	}
	switch {
	case a.Class() == matfile.Struct && a.Len() > 0:
		var fields []string
		for _, name := range a.Fields() {
			fields = append(fields, name+" "+short(a.Field(name, 0)))
		}
		return fmt.Sprintf("%s: %s struct: %s", a.Name(), times(a.Dims()), strings.Join(fields, ", "))
	case a.Class() == matfile.Cell && a.Len() > 0:
		return fmt.Sprintf("%s, the first %s", a, short(a.Cell(0)))
	}
	return a.String()
}

// folded is the long line of a struct as several, of at most four, so that no field is cut
// off; other lines stay as they are.
func folded(line string) []string {
	if len(line) <= mostWide || !strings.Contains(line, " struct: ") {
		return []string{line}
	}
	return wrapped("", strings.Split(line, ", "))
}

// limited are the first lines, indented, and how many more there are.
func limited(lines []string, most int, what string) (few []string) {
	for i, line := range lines {
		if i == most {
			return append(few, fmt.Sprintf("  and %d more %s, which --json lists", len(lines)-most, what))
		}
		few = append(few, "  "+cut(line))
	}
	return few
}

// cut shortens a line.
func cut(line string) string {
	if runes := []rune(line); len(runes) > mostWide {
		return string(runes[:mostWide-1]) + "…"
	}
	return line
}

// wrapped lists words behind a beginning, in at most four lines.
func wrapped(line string, words []string) (lines []string) {
	for i, word := range words {
		if i < len(words)-1 {
			word += ", "
		}
		if len(line)+len(word) > mostWide {
			if len(lines) == 3 {
				return append(lines, fmt.Sprintf("%sand %d more", line, len(words)-i))
			}
			lines, line = append(lines, strings.TrimRight(line, " ")), "  "
		}
		line += word
	}
	return append(lines, line)
}

func inUnit(unit string) string {
	if unit == "" {
		return ""
	}
	return "in " + unit
}

// times writes dimensions.
func times(dims []int) string {
	if len(dims) == 0 {
		return "single"
	}
	var b strings.Builder
	for i, d := range dims {
		if i > 0 {
			b.WriteByte('x')
		}
		fmt.Fprint(&b, d)
	}
	return b.String()
}

// grouped writes a number with commas.
func grouped(n int) string {
	text := fmt.Sprint(n)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}

// linesOfNWB is the table of contents of a session.
func linesOfNWB(f *nwb.File) ([]string, error) {
	c, err := f.Contents()
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, about := range []struct{ what, text string }{
		{"session", strings.TrimSpace(strings.Join([]string{c.Session, oneLine(c.Description), c.Start}, "  "))},
		{"subject", strings.TrimSpace(strings.Join([]string{c.Subject, c.Species, c.Sex}, "  "))},
	} {
		if about.text != "" {
			lines = append(lines, cut(about.what+": "+about.text))
		}
	}
	units := fmt.Sprintf("units: %d, %s spikes", c.Units, grouped(c.Spikes))
	if c.Units == 0 {
		units = "no units"
	}
	if from, to, ok := extentOf(f); ok {
		units += fmt.Sprintf(" from %.6g to %.6g s (%s)", from, to, duration(to-from))
	}
	lines = append(lines, units)
	for i, t := range c.Tables {
		if i == mostTables {
			lines = append(lines, fmt.Sprintf("and %d more tables", len(c.Tables)-i))
			break
		}
		var columns []string
		for _, column := range t.Columns {
			columns = append(columns, column.Name+" "+column.Type)
		}
		what := fmt.Sprintf("table %s: %d rows", t.Path, t.Rows)
		if t.Path == "/intervals/trials" {
			what = fmt.Sprintf("trials: %d", t.Rows)
		}
		lines = append(lines, wrapped(what+"; columns ", columns)...)
	}
	if len(c.Series) > 0 {
		lines = append(lines, fmt.Sprintf("series: %d", len(c.Series)))
	}
	var series []string
	for _, info := range c.Series {
		series = append(series, seriesLine(info.Path, info.Rows, info.Channels, info.Rate, info.Timestamps, info.Unit, info.Stop-info.Start))
	}
	lines = append(lines, limited(series, mostSeries, "series")...)
	for i, left := range c.Left {
		if i == 3 {
			lines = append(lines, fmt.Sprintf("and %d more that cannot be read", len(c.Left)-i))
			break
		}
		lines = append(lines, cut(fmt.Sprintf("not readable: %s: %s", left.Path, left.Why)))
	}
	return lines, nil
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func seriesLine(path string, rows, channels int, rate float64, stamps bool, unit string, seconds float64) string {
	how := fmt.Sprintf("%.6g Hz", rate)
	if stamps {
		how = fmt.Sprintf("with times, on average %.4g Hz", rate)
	}
	return strings.TrimSpace(fmt.Sprintf("%s: %s x %d, %s, %s %s", path, grouped(rows), channels, how, duration(seconds), inUnit(unit)))
}

// duration writes seconds in the unit that suits them.
func duration(seconds float64) string {
	switch {
	case !(seconds >= 0) || math.IsInf(seconds, 0):
		return "of unknown duration"
	case seconds >= 2*3600:
		return fmt.Sprintf("%.3g h", seconds/3600)
	case seconds >= 120:
		return fmt.Sprintf("%.3g min", seconds/60)
	}
	return fmt.Sprintf("%.3g s", seconds)
}

// extentOf looks at the first and the last spike of each unit, of at most 2,000.
func extentOf(f *nwb.File) (from, to float64, ok bool) {
	from, to = math.Inf(1), math.Inf(-1)
	times, err := f.HDF5().Dataset("/units/spike_times")
	if err != nil || f.Units() > 2000 {
		return 0, 0, false
	}
	ends, err := f.HDF5().Dataset("/units/spike_times_index")
	if err != nil {
		return 0, 0, false
	}
	places, err := ends.Values().Int64s()
	if err != nil {
		return 0, 0, false
	}
	last := int64(0)
	for _, end := range places {
		if end <= last {
			continue
		}
		for _, at := range []int64{last, end - 1} {
			v, err := times.Rows(int(at), int(at)+1)
			if err != nil {
				return 0, 0, false
			}
			x, err := v.Float64s()
			if err != nil || len(x) != 1 || math.IsNaN(x[0]) {
				return 0, 0, false
			}
			from, to = min(from, x[0]), max(to, x[0])
		}
		last = end
	}
	return from, to, from <= to
}

// LinesOf is the table of contents of a recording.
func LinesOf(r *recording.Recording) (lines []string) {
	units := fmt.Sprintf("units: %d, %s spikes", r.Units, grouped(len(r.Spikes.Times)))
	if n := len(r.Spikes.Times); n > 0 {
		units += fmt.Sprintf(" from %.6g to %.6g s (%s)", r.Spikes.Times[0], r.Spikes.Times[n-1], duration(r.Spikes.Times[n-1]-r.Spikes.Times[0]))
	}
	lines = append(lines, units)
	if len(r.Trials) > 0 {
		conditions := make(map[int]bool)
		events := make(map[string]bool)
		for _, t := range r.Trials {
			conditions[t.Condition] = true
			for name := range t.Events {
				events[name] = true
			}
		}
		line := fmt.Sprintf("trials: %d of %d conditions", len(r.Trials), len(conditions))
		if len(r.Conditions) > 0 {
			line += " (" + strings.Join(r.Conditions, ", ") + ")"
		}
		if names := sortedKeys(events); len(names) > 0 {
			line += "; events " + strings.Join(names, ", ")
		}
		if names := r.TrialTable.Names(); len(names) > 0 {
			lines = append(lines, wrapped(line+"; columns ", names)...)
		} else {
			lines = append(lines, cut(line))
		}
	}
	all := seriesOf(r)
	var series []string
	for _, name := range sortedKeys(all) {
		s := all[name]
		rows, channels := s.Dims()
		rate := 1 / s.Dt
		if span := s.Time(rows-1) - s.Time(0); s.Times != nil && span > 0 {
			rate = float64(rows-1) / span
		}
		series = append(series, seriesLine(name, rows, channels, rate, s.Times != nil, s.Unit, s.Time(rows-1)-s.Time(0)))
	}
	if len(series) > 0 {
		lines = append(lines, fmt.Sprintf("series: %d", len(series)))
	}
	lines = append(lines, limited(series, mostSeries, "series")...)
	return append(lines, Doubts(r)...)
}

// Doubts are the warnings of a recording, at most five. What several series have in
// common is one line.
func Doubts(r *recording.Recording) (lines []string) {
	var seen []string
	same := make(map[string]int)
	for _, w := range r.Warnings {
		what := w.Message
		if name := path.Base(w.Where); strings.HasPrefix(what, name+" ") {
			what = what[len(name):]
		}
		if what += "; " + w.Try; same[what] == 0 {
			seen = append(seen, what)
			lines = append(lines, "doubtful: "+oneLine(w.Message)+"; "+w.Try)
		}
		same[what]++
	}
	for i, what := range seen {
		if n := same[what]; n > 1 {
			lines[i] += fmt.Sprintf(" (and so of %d more)", n-1)
		}
	}
	if len(lines) > 5 {
		lines = append(lines[:5], fmt.Sprintf("and %d more warnings", len(lines)-5))
	}
	return lines
}
