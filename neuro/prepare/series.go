package prepare

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// clock is the times of a series' rows.
type clock struct {
	dt    float64 // between rows; the median where they are not even
	start float64
	times []float64 // nil of even rows
	rows  int
}

// gap is how many steps apart rows are that have a gap between them.
const gap = 1.5

// clockOf returns the times of a series; an error says that it has none, or that
// they do not ascend.
func clockOf(name string, s recording.Series) (clock, error) {
	if s.Values == nil || s.Values.IsEmpty() {
		return clock{}, fmt.Errorf("prepare: %s is empty", name)
	}
	rows, _ := s.Values.Dims()
	if s.Times == nil {
		if !(s.Dt > 0) || math.IsInf(s.Dt, 1) || math.IsNaN(s.Start) || math.IsInf(s.Start, 0) {
			return clock{}, fmt.Errorf("prepare: %s has rows every %g s from %g s: Dt must be positive, or Times be given", name, s.Dt, s.Start)
		}
		return clock{dt: s.Dt, start: s.Start, rows: rows}, nil
	}
	if len(s.Times) != rows {
		return clock{}, fmt.Errorf("prepare: %s has %d times for %d rows", name, len(s.Times), rows)
	}
	if rows < 2 {
		return clock{}, fmt.Errorf("prepare: %s has one row: nothing says how long it lasts", name)
	}
	steps := make([]float64, rows-1)
	for i := range steps {
		steps[i] = s.Times[i+1] - s.Times[i]
		if !(steps[i] > 0) || math.IsInf(steps[i], 1) {
			return clock{}, fmt.Errorf("prepare: row %d of %s is at %g s, the next at %g s: times must ascend; cut the series where its clock was reset", i, name, s.Times[i], s.Times[i+1])
		}
	}
	slices.Sort(steps)
	return clock{dt: steps[len(steps)/2], times: s.Times, rows: rows}, nil
}

// at is the time of a row.
func (c clock) at(row int) float64 {
	if c.times != nil {
		return c.times[row]
	}
	return c.start + float64(row)*c.dt
}

// from is the first row at or after a time; rows if there is none.
func (c clock) from(t float64) int {
	if c.times != nil {
		row, _ := slices.BinarySearch(c.times, t)
		return row
	}
	row := int(math.Max(0, math.Min(float64(c.rows), math.Ceil((t-c.start)/c.dt))))
	for row > 0 && c.at(row-1) >= t {
		row--
	}
	for row < c.rows && c.at(row) < t {
		row++
	}
	return row
}

// stretches are the rows without a gap in between: from stretch[i][0] up to, but
// not including, stretch[i][1].
func (c clock) stretches() (all [][2]int) {
	first := 0
	for row := 1; row < c.rows && c.times != nil; row++ {
		if c.times[row]-c.times[row-1] > gap*c.dt {
			all, first = append(all, [2]int{first, row}), row
		}
	}
	return append(all, [2]int{first, c.rows})
}

// jitter is how far rows may lie from where even ones would be, in steps, to be
// filtered.
const jitter = 0.1

// even says where rows of a stretch are not spaced evenly enough to be filtered,
// and returns the time between them.
func (c clock) even(name string, stretch [2]int) (dt float64, err error) {
	first, rows := c.at(stretch[0]), stretch[1]-stretch[0]
	if c.times == nil || rows < 2 {
		return c.dt, nil
	}
	dt = (c.at(stretch[1]-1) - first) / float64(rows-1)
	for i := range rows {
		if off := c.at(stretch[0]+i) - first - float64(i)*dt; math.Abs(off) > jitter*c.dt {
			return 0, fmt.Errorf("prepare: row %d of %s is %.3g steps of %g s from where it would be if rows were even: a filter needs even rows", stretch[0]+i, name, off/c.dt, dt)
		}
	}
	return dt, nil
}

// WithoutNaN leaves out the rows of a series in which any channel is not finite,
// and says how many. What is left has a gap there.
func WithoutNaN(s recording.Series) (left recording.Series, dropped int, err error) {
	c, err := clockOf("the series", s)
	if err != nil {
		return s, 0, err
	}
	steps, channels := s.Values.Dims()
	var times, values, targets []float64
	for t := range steps {
		row := s.Values.RawRowView(t)
		if slices.ContainsFunc(row, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }) {
			dropped++
			continue
		}
		times, values = append(times, c.at(t)), append(values, row...)
		if s.Targets != nil {
			targets = append(targets, s.Targets.RawRowView(t)...)
		}
	}
	if dropped == 0 {
		return s, 0, nil
	}
	if len(times) == 0 {
		return s, dropped, errors.New("prepare: no row of the series is finite in all channels")
	}
	s.Times, s.Dt, s.Start = times, 0, 0
	s.Values = mat.NewDense(len(times), channels, values)
	if s.Targets != nil {
		s.Targets = mat.NewDense(len(times), channels, targets)
	}
	return s, dropped, nil
}
