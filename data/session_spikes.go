package data

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	matfile "github.com/spikewalk/spikewalk/data/mat"
	"github.com/spikewalk/spikewalk/internal/unpack"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// chunk holds spike times of a unit, in seconds, in a trial; trial -1 is the session.
type chunk struct {
	trial, unit int
	times       []float64
	binned      bool // times are the middles of bins, from the start of the trial
}

// unitID is what a file calls a unit: a number or a text.
type unitID struct {
	number float64
	text   string
}

func (a unitID) compare(b unitID) int {
	return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.text, b.text))
}

// readSpikes reads spike times or counts.
func (s *session) readSpikes() error {
	l := s.layout.Spikes
	switch {
	case l.Counts != "":
		return s.readCounts(l)
	case l.Times != "":
		return s.readSpikeTimes(l)
	}
	return nil
}

// readSpikeTimes reads spike times in one of the four ways to say whose they are.
func (s *session) readSpikeTimes(l SpikeLayout) error {
	scale, err := s.scale(l.TimeUnit, l.Times)
	if err != nil {
		return err
	}
	w, err := s.file.follow(l.Times)
	if err != nil {
		return err
	}
	if w.trials >= 0 {
		if err := s.expect(w.trials, l.Times); err != nil {
			return err
		}
	}
	switch {
	case l.Axes != "":
		err = s.padded(w, l)
	case l.Index != "":
		err = s.indexed(w, l)
	case l.Units != "":
		err = s.listed(w, l)
	default:
		err = s.eachUnit(w)
	}
	if err != nil {
		return err
	}
	return s.clean(scale)
}

// eachUnit takes an array for each unit.
func (s *session) eachUnit(w *found) error {
	s.rec.Units = w.units
	for i, a := range w.arrays {
		times, err := spikeTimes(a)
		if err != nil {
			return err
		}
		s.chunks = append(s.chunks, chunk{trial: w.places[i].k, unit: w.places[i].u, times: times})
	}
	return nil
}

// spikeTimes are the numbers of a vector, none of an empty array of any class.
func spikeTimes(a *matfile.Array) ([]float64, error) {
	if a.Len() == 0 {
		return nil, nil
	}
	return vector(a)
}

// padded takes times out of matrices that are filled up with NaN.
func (s *session) padded(w *found, l SpikeLayout) error {
	for i, a := range w.arrays {
		m, err := label(a, l.Axes)
		if err != nil {
			return err
		}
		if m.trialAxes() {
			if w.trials >= 0 {
				return fmt.Errorf("%s: trials are k and an axis, too", l.Times)
			}
			if err := s.expect(m.trials(), l.Times); err != nil {
				return err
			}
			s.takeConditions(m)
		}
		units := m.has("unit")
		if w.units >= 0 {
			units = w.units
		}
		if i > 0 && units != s.rec.Units {
			return fmt.Errorf("%s has %d units, and those before have %d", a, units, s.rec.Units)
		}
		s.rec.Units = units
		for t := range m.trials() {
			trial := w.places[i].k
			if m.trialAxes() {
				trial = t
			}
			rows := m.matrix(t, "unit", "spike")
			for u := range m.has("unit") {
				var times []float64
				if rows != nil {
					times = slices.Clone(rows.RawRowView(u))
				}
				for len(times) > 0 && math.IsNaN(times[len(times)-1]) {
					times = times[:len(times)-1]
				}
				s.chunks = append(s.chunks, chunk{trial: trial, unit: max(u, w.places[i].u), times: times})
			}
		}
	}
	return nil
}

// indexed cuts one list of times where the times of each unit end.
func (s *session) indexed(w *found, l SpikeLayout) error {
	if len(w.arrays) != 1 {
		return fmt.Errorf("%s leads to %d lists of times: Index cuts one", l.Times, len(w.arrays))
	}
	times, err := spikeTimes(w.arrays[0])
	if err != nil {
		return err
	}
	at, err := s.file.follow(l.Index)
	if err != nil {
		return err
	}
	if len(at.arrays) != 1 {
		return fmt.Errorf("%s leads to %d lists of places: one is wanted", l.Index, len(at.arrays))
	}
	ends, err := vector(at.arrays[0])
	if err != nil {
		return err
	}
	s.rec.Units = len(ends)
	from := 0
	for u, end := range ends {
		if end != math.Trunc(end) || end < float64(from) || end > float64(len(times)) {
			return fmt.Errorf("%s: the times of unit %d end at place %g: wanted a whole number from %d to %d, the number of times", l.Index, u, end, from, len(times))
		}
		s.chunks = append(s.chunks, chunk{trial: -1, unit: u, times: times[from:int(end)]})
		from = int(end)
	}
	if from != len(times) {
		return fmt.Errorf("%s ends at place %d, and %s has %d times: those after it have no unit", l.Index, from, l.Times, len(times))
	}
	return nil
}

// listed takes lists of times with the unit of each.
func (s *session) listed(w *found, l SpikeLayout) error {
	var ids [][]unitID
	if l.Units != "all" {
		of, err := s.file.follow(l.Units)
		if err != nil {
			return err
		}
		if len(of.arrays) != len(w.arrays) {
			return fmt.Errorf("%s leads to %d lists, and %s to %d", l.Units, len(of.arrays), l.Times, len(w.arrays))
		}
		for _, a := range of.arrays {
			list, err := idsOf(a)
			if err != nil {
				return err
			}
			ids = append(ids, list)
		}
	}
	all := make(map[unitID]int)
	for _, list := range ids {
		for _, id := range list {
			all[id] = 0
		}
	}
	for id := range all {
		s.ids = append(s.ids, id)
	}
	slices.SortFunc(s.ids, unitID.compare)
	for i, id := range s.ids {
		all[id] = i
	}
	s.rec.Units = max(1, len(s.ids))
	for i, a := range w.arrays {
		times, err := spikeTimes(a)
		if err != nil {
			return err
		}
		units := make([][]float64, s.rec.Units)
		if ids == nil {
			units[0] = times
		} else {
			if len(ids[i]) != len(times) {
				return fmt.Errorf("%s has %d times, and %s says of %d whose they are", a, len(times), l.Units, len(ids[i]))
			}
			for j, t := range times {
				u := all[ids[i][j]]
				units[u] = append(units[u], t)
			}
		}
		for u, list := range units {
			s.chunks = append(s.chunks, chunk{trial: w.places[i].k, unit: u, times: list})
		}
	}
	return nil
}

// idsOf are the units that an array names.
func idsOf(a *matfile.Array) (ids []unitID, err error) {
	if a.Class() == matfile.Cell || a.Class() == matfile.Char {
		texts, err := a.Texts()
		if err != nil {
			return nil, err
		}
		for _, text := range texts {
			ids = append(ids, unitID{text: text})
		}
		return ids, nil
	}
	numbers, err := spikeTimes(a)
	if err != nil {
		return nil, err
	}
	for i, x := range numbers {
		if !finite(x) {
			return nil, fmt.Errorf("%s: the unit of spike %d is no number", a, i)
		}
		ids = append(ids, unitID{number: x})
	}
	return ids, nil
}

// clean makes seconds of times, leaves out those that are no numbers, and puts the
// others in order.
func (s *session) clean(scale float64) error {
	lost, disorder, all := 0, 0, 0
	for i := range s.chunks {
		c := &s.chunks[i]
		all += len(c.times)
		if _, at := back(c.times); at > 0 && c.trial < 0 {
			fell := c.times[at-1] - c.times[at]
			if falls, _ := back(c.times); falls <= len(c.times)/100+1 && fell*scale > 1 && len(c.times) > 20 {
				return fmt.Errorf("unit %d: spike %d is at %g %s after one at %g, and the times go on from there: the clock was reset, or several sessions stand in one list; make one recording of each", c.unit, at, c.times[at]*scale, "s", c.times[at-1]*scale)
			}
		}
		times := make([]float64, 0, len(c.times))
		for j, t := range c.times {
			if !finite(t) {
				lost++
				continue
			}
			if j > 0 && t < c.times[j-1] {
				disorder++
			}
			times = append(times, t*scale)
		}
		slices.Sort(times)
		c.times = times
	}
	if lost > 0 {
		s.warn(neuro.MissingValues, "see what they stand for in the file", "%d of %d spike times are no numbers and were left out", lost, all)
	}
	if disorder > 0 {
		s.warn(neuro.DoubtfulTimes, "see why they are not in order in the file", "%d of %d spike times are smaller than the one before of their unit, and were sorted", disorder, all)
	}
	return nil
}

// back counts the times that are smaller than the one before, and says where the first of
// them is.
func back(times []float64) (n, first int) {
	for i := 1; i < len(times); i++ {
		if times[i] < times[i-1] {
			if n++; n == 1 {
				first = i
			}
		}
	}
	return n, first
}

// readCounts puts each counted spike into the middle of its bin.
func (s *session) readCounts(l SpikeLayout) error {
	w, err := s.file.follow(l.Counts)
	if err != nil {
		return err
	}
	if w.units >= 0 {
		return fmt.Errorf("%s: give counts an axis unit", l.Counts)
	}
	var rows []int
	var spikes int64
	for i, a := range w.arrays {
		m, err := label(a, l.Axes)
		if err != nil {
			return err
		}
		if m.trialAxes() {
			if w.trials >= 0 {
				return fmt.Errorf("%s: trials are k and an axis, too", l.Counts)
			}
			s.takeConditions(m)
		}
		if i > 0 && m.has("unit") != s.rec.Units {
			return fmt.Errorf("%s has %d units, and those before have %d", a, m.has("unit"), s.rec.Units)
		}
		s.rec.Units = m.has("unit")
		for t := range m.trials() {
			trial := w.places[i].k
			if m.trialAxes() {
				trial = t
			}
			rows = append(rows, m.has("time"))
			if err := s.spread(m, t, trial, l, &spikes); err != nil {
				return err
			}
		}
	}
	if s.rec.Units == 0 {
		return fmt.Errorf("%s has no units", l.Counts)
	}
	if len(rows) == 1 && s.chunks[0].trial < 0 {
		return nil
	}
	s.extents = append(s.extents, extent{name: l.Counts, rows: rows, dt: l.Bin, start: l.Start})
	return s.expect(len(rows), l.Counts)
}

// spread makes spike times of the counts of one trial.
func (s *session) spread(m *labelled, t, trial int, l SpikeLayout, spikes *int64) error {
	counts := m.matrix(t, "time", "unit")
	for u := range s.rec.Units {
		c := chunk{trial: trial, unit: u, binned: true}
		for b := 0; counts != nil && b < m.has("time"); b++ {
			n := counts.At(b, u)
			if !(n >= 0) || n != math.Trunc(n) || n > 1e6 {
				return fmt.Errorf("%s holds %g for unit %d in bin %d: that is no number of spikes; rates are a series", m.name, n, u, b)
			}
			*spikes += int64(n)
			if err := unpack.Check(32**spikes, s.file.size); err != nil {
				return fmt.Errorf("%s: %w", m.name, err)
			}
			for range int(n) {
				c.times = append(c.times, l.Start+(float64(b)+0.5)*l.Bin)
			}
		}
		s.chunks = append(s.chunks, c)
	}
	return nil
}

// placeSpikes puts all spikes into the recording.
func (s *session) placeSpikes() error {
	if s.rec.Units == 0 {
		return nil
	}
	units := make([][]float64, s.rec.Units)
	outside, inTrials, all := 0, 0, 0
	latest := math.Inf(-1) // place of a spike in its trial, as a part of the trial's length
	for _, c := range s.chunks {
		times := c.times
		all += len(times)
		if c.trial >= 0 {
			clock := "trial"
			if !c.binned {
				var err error
				if clock, err = s.clock(s.layout.Spikes.Times); err != nil {
					return err
				}
			}
			if clock == "trial" {
				var out int
				times, out = s.moved(c)
				outside += out
				inTrials, latest = inTrials+len(times), max(latest, s.latest(c))
			}
		}
		units[c.unit] = append(units[c.unit], times...)
	}
	if inTrials > 20*s.rec.Units && latest < 0.02 && s.layout.Spikes.Counts == "" {
		s.warn(neuro.UnlikelyUnit, "see in which unit spike times are, and say it in TimeUnit of Spikes", "all spikes come in the first %.2g %% of their trials: these times look like seconds that were taken for something shorter", max(0, 100*latest))
	}
	if outside > 0 {
		try := "give Trials.Stop, the durations of trials, if these are too short"
		if 10*outside > all {
			try = "see whether TimeUnit, the series' Rate and the order of their Axes are right, which say how long trials are; or give Trials.Stop, their durations"
		}
		s.warn(neuro.MissingValues, try, "%d of %d spikes are outside of their trials, which are laid end to end, and were left out", outside, all)
	}
	s.rec.Spikes = recording.SpikesOf(units)
	if s.layout.Spikes.Counts != "" && s.layout.Spikes.Bin > 0.002 {
		s.warn(neuro.DoubtfulTimes, "measure counts in bins of that width or of multiples of it, and no intervals", "spike times are the middles of bins of %g s", s.layout.Spikes.Bin)
	}
	s.tableOfUnits()
	return nil
}

// latest is where in its trial the last of these times is, as a part of the trial's length.
func (s *session) latest(c chunk) float64 {
	t := s.rec.Trials[c.trial]
	if length := t.Stop - t.Start; length > 0 && len(c.times) > 0 {
		return (c.times[len(c.times)-1] + s.zero(c.trial) - t.Start) / length
	}
	return math.Inf(-1)
}

// moved takes times in a trial to the recording. Where trials are laid end to end,
// those outside of theirs are counted and left out.
func (s *session) moved(c chunk) (times []float64, outside int) {
	zero, t := s.zero(c.trial), s.rec.Trials[c.trial]
	for _, at := range c.times {
		at += zero
		if s.start == nil && (at < t.Start || at > t.Stop) {
			outside++
			continue
		}
		times = append(times, at)
	}
	return times, outside
}

// tableOfUnits keeps what the file calls the units.
func (s *session) tableOfUnits() {
	if s.ids == nil {
		return
	}
	id := recording.Column{Name: "id", Description: "what the file calls the unit"}
	for _, u := range s.ids {
		if u.text != "" {
			id.Texts = append(id.Texts, u.text)
		} else {
			id.Numbers = append(id.Numbers, u.number)
		}
	}
	if len(id.Texts) > 0 && len(id.Numbers) > 0 { // an empty text
		id.Texts, id.Numbers = append([]string{""}, id.Texts...), nil
	}
	s.rec.UnitTable = &recording.Table{Columns: []recording.Column{id}}
}
