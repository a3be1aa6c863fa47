package nwb

import (
	"fmt"
	"slices"

	"github.com/spikewalk/spikewalk/data/hdf5"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

const spikeTimes, observedSpans = "spike_times", "obs_intervals"

// Units returns the number of units, rows of /units; 0 if the file has none.
func (f *File) Units() int {
	if f == nil || f.units == nil {
		return 0
	}
	return f.units.rows
}

// Spikes returns the number of spikes of all units.
func (f *File) Spikes() int {
	if f == nil || f.units.column(spikeTimes) == nil {
		return 0
	}
	return length(f.units.column(spikeTimes))
}

// Trials returns the number of rows of /intervals/trials; 0 if the file has none.
func (f *File) Trials() int {
	if f == nil || f.trial == nil {
		return 0
	}
	return f.trial.rows
}

// Unit returns the spike times of a unit, counted from 0, as they stand in the file,
// in seconds if it keeps to the format. Nothing else is read but the index. It is
// an error if there is no such unit, or if a time is not a finite number.
func (f *File) Unit(i int) ([]float64, error) {
	if f == nil || f.h == nil {
		return nil, fmt.Errorf("nwb: %w", errClosed)
	}
	if i < 0 || i >= f.Units() {
		return nil, f.in(fmt.Errorf("unit %d: there are %d, counted from 0", i, f.Units()))
	}
	rows, err := f.spikeEnds()
	if err != nil {
		return nil, f.in(err)
	}
	from := 0
	if i > 0 {
		from = rows[i-1]
	}
	v, err := f.units.column(spikeTimes).Rows(from, rows[i])
	if err != nil {
		return nil, f.in(err)
	}
	times, err := v.Float64s()
	if err == nil {
		err = f.finite(i, times)
	}
	return times, f.in(err)
}

// finite says which spike of a unit is at no time.
func (f *File) finite(unit int, times []float64) error {
	if k := neuro.NotFinite(times); k >= 0 {
		return fmt.Errorf("%s: spike %d of unit %d is at %g s: times must be finite", join(f.units.path, spikeTimes), k, unit, times[k])
	}
	return nil
}

// spikeEnds returns where the spikes of each unit end.
func (f *File) spikeEnds() ([]int, error) {
	f.endsOnce.Do(func() {
		times := f.units.column(spikeTimes)
		switch index := f.units.index[spikeTimes]; {
		case times == nil:
			f.endsErr = fmt.Errorf("%s has no column spike_times", f.units.path)
		case index == nil:
			f.endsErr = fmt.Errorf("%s has no index: it does not say which spike is of which unit", times.Path())
		case len(times.Dims()) != 1:
			f.endsErr = fmt.Errorf("%s has dimensions %v: it must be a list", times.Path(), times.Dims())
		default:
			f.ends, f.endsErr = ends(index, length(times))
		}
	})
	return f.ends, f.endsErr
}

// spikes reads the spike times of all units.
func (f *File) spikes(scale, origin float64) (units [][]float64, err error) {
	if f.Units() == 0 || f.units.column(spikeTimes) == nil {
		return nil, nil
	}
	rows, err := f.spikeEnds()
	if err != nil {
		return nil, err
	}
	all, err := f.units.column(spikeTimes).Values().Float64s()
	if err != nil {
		return nil, err
	}
	units = cut(all, rows, 1)
	for i, times := range units {
		if err := f.finite(i, times); err != nil {
			return nil, err
		}
		move(times, scale, origin)
	}
	return units, nil
}

// move turns times of a unit of scale seconds into seconds after the origin.
func move(times []float64, scale, origin float64) {
	if scale == 1 && origin == 0 {
		return
	}
	for k, t := range times {
		times[k] = float64(t*scale) - origin
	}
}

// observed reads the intervals in which units were observed, nil if the file has
// none.
func (f *File) observed(scale, origin float64) ([][]recording.Interval, error) {
	d := f.units.column(observedSpans)
	if d == nil {
		return nil, nil
	}
	index := f.units.index[observedSpans]
	if dims := d.Dims(); index == nil || len(dims) != 2 || dims[1] != 2 || d.Type().Class != hdf5.Float {
		return nil, fmt.Errorf("%s, %s of dimensions %v, must be n × 2 numbers and have an index", d.Path(), d.Type(), d.Dims())
	}
	rows, err := ends(index, length(d))
	if err != nil {
		return nil, err
	}
	bounds, err := d.Values().Float64s()
	if err != nil {
		return nil, err
	}
	move(bounds, scale, origin)
	spans := make([]recording.Interval, len(bounds)/2)
	for k := range spans {
		spans[k] = recording.Interval{From: bounds[2*k], To: bounds[2*k+1]}
	}
	return cut(spans, rows, 1), nil
}

// sayUnits says what is doubtful about spikes and intervals before they are put into
// one list.
func (f *File) sayUnits(say *warnings, units [][]float64, observed [][]recording.Interval) {
	disorder, empty := 0, 0
	for _, times := range units {
		if len(times) == 0 {
			empty++
		} else if !slices.IsSorted(times) {
			disorder++
		}
	}
	if disorder > 0 {
		say.add(neuro.DoubtfulTimes, "/units/spike_times", "see whether the clock was reset", "the spikes of %d of %d units are not in order of time: they were sorted", disorder, len(units))
	}
	if empty > 0 {
		say.add(neuro.MissingValues, "/units/spike_times", "choose units by their rates", "%d of %d units have no spikes", empty, len(units))
	}
	if n := f.Spikes(); len(f.ends) > 0 && f.ends[len(f.ends)-1] < n {
		say.add(neuro.MissingValues, "/units/spike_times", "see whether the table of units is complete", "%d of %d spikes are of no unit: the index ends before them", n-f.ends[len(f.ends)-1], n)
	}
	wrong, never, outside, all := 0, 0, 0, 0
	for i, spans := range observed {
		if len(spans) == 0 && i < len(units) && len(units[i]) > 0 {
			never++
		}
		for _, s := range spans {
			if !(s.To >= s.From) {
				wrong++
			}
		}
		if i < len(units) && len(spans) > 0 {
			outside += notWithin(units[i], spans)
			all += len(units[i])
		}
	}
	if wrong > 0 {
		say.add(neuro.DoubtfulTimes, "/units/obs_intervals", "leave the units out", "%d intervals in which units were observed end before they begin, or at no time", wrong)
	}
	if never > 0 {
		say.add(neuro.DoubtfulTimes, "/units/obs_intervals", "ask whether they were observed all the time", "%d units have spikes and no interval in which they were observed", never)
	}
	if outside > 0 {
		say.add(neuro.DoubtfulTimes, "/units/obs_intervals", "cut trials within the intervals", "%d of %d spikes are outside of the intervals in which their unit was observed", outside, all)
	}
}

// notWithin counts the times that are in none of some intervals, ends included.
func notWithin(times []float64, spans []recording.Interval) int {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b recording.Interval) int {
		if a.From < b.From {
			return -1
		}
		return 1
	})
	sorted := slices.Sorted(slices.Values(times))
	n, k, until := 0, 0, 0.0
	open := false // until is the latest end of the intervals that have begun
	for _, t := range sorted {
		for k < len(spans) && spans[k].From <= t {
			if !open || spans[k].To > until {
				until, open = spans[k].To, true
			}
			k++
		}
		if !open || t > until {
			n++
		}
	}
	return n
}
