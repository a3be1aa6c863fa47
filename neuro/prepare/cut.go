package prepare

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/nearest"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Config says how a recording is cut into a [Set].
type Config struct {
	// Units and Trials are rows of the recording's tables, as [ChooseUnits] and
	// [ChooseTrials] return them; nil takes all. Without units, not nil, there are
	// no counts.
	Units, Trials []int
	// Conditions of the trials. The zero Conditions takes Trial.Condition.
	Conditions Conditions
	// Align is the event at time 0: a column of TrialTable, in seconds of the
	// recording, an entry of Trial.Events, or "start" or "stop".
	Align string
	// From and To bound the window, in seconds from the event; Dt is the width of
	// a bin in seconds. The window must hold a whole number of bins.
	From, To, Dt float64
	// Edges of bins of spikes. There is no default.
	Edges Edges
	// Snap moves each event to the nearest of Origin + k Snap, in seconds, so that
	// all trials lie on one grid of the session: 0.001 is the Neural Latents
	// Benchmark's, the step of a series makes its rows those of the set. 0 leaves
	// events where they are.
	Snap, Origin float64
	// Series names the series to take, and says what their timestamps stand for.
	// A series whose rows are as far apart as bins, or farther, is interpolated
	// linearly between the middles of its rows, to the middle of each bin; of a
	// faster one the mean of the rows in each bin is taken ([Resample] filters
	// better).
	Series map[string]Stamps
	// Lags says by how many seconds series are read later than spikes: 0.05 for
	// muscles that follow cortex by 50 ms.
	Lags map[string]float64
	// Unobserved keeps trials in which not all units were observed throughout.
	Unobserved bool
}

// Stamps says what the timestamp of a row of a series stands for.
type Stamps string

const (
	// Instant is a sample at that time.
	Instant Stamps = "instant"
	// BinStart is a value of the interval of one step that starts there.
	BinStart Stamps = "start of bin"
	// BinEnd is a value of the interval of one step that ends there.
	BinEnd Stamps = "end of bin"
)

// Cut cuts a recording into trials on one grid of bins. Trials are dropped, with
// the reason in Set.Dropped, whose event or condition is missing, whose window
// reaches beyond the recording, in which a unit was not observed, or in which a
// series has a gap (rows more than 1.5 steps apart) or a value that is not finite.
// It is an error if none is left. Cost: spikes + trials × bins × channels.
func Cut(rec *recording.Recording, cfg Config) (*Set, error) {
	c, err := newCutter(rec, cfg)
	if err != nil {
		return nil, err
	}
	set := &Set{Dt: cfg.Dt, Start: cfg.From, Align: cfg.Align, Units: c.units, Conditions: c.conditions.Names, Channels: c.channels()}
	var out drops
	for _, i := range c.trials {
		trial, reason := c.trial(i)
		if reason != "" {
			out.add(i, reason)
			continue
		}
		set.Trials = append(set.Trials, trial)
	}
	set.Dropped = out
	if len(set.Trials) == 0 {
		return nil, fmt.Errorf("prepare: none is left of %d trials%s", len(c.trials), because(out))
	}
	return set, nil
}

// cutter is what is known of all trials before the first is cut.
type cutter struct {
	Config
	rec           *recording.Recording
	units, trials []int
	conditions    Conditions
	events        []float64
	bins          int
	spikes        [][]float64 // by unit of the recording
	seen          watch
	first, last   float64 // of the recording, s
	series        []reader
}

func newCutter(rec *recording.Recording, cfg Config) (*cutter, error) {
	if err := checkRecording(rec); err != nil {
		return nil, err
	}
	c := &cutter{Config: cfg, rec: rec, seen: observed(rec)}
	var err error
	if c.bins, err = cfg.grid(); err != nil {
		return nil, err
	}
	if c.units, err = rows("unit", cfg.Units, rec.Units); err != nil {
		return nil, err
	}
	if c.trials, err = rows("trial", cfg.Trials, len(rec.Trials)); err != nil {
		return nil, err
	}
	if len(c.trials) == 0 {
		return nil, errors.New("prepare: there are no trials to cut")
	}
	if c.conditions, err = conditionsFor(rec, cfg.Conditions); err != nil {
		return nil, err
	}
	if c.events, err = eventTimes(rec, cfg.Align); err != nil {
		return nil, err
	}
	if c.series, err = cfg.readers(rec); err != nil {
		return nil, err
	}
	if len(c.units) == 0 && len(c.series) == 0 {
		return nil, errors.New("prepare: neither units nor series to cut: name at least one")
	}
	if float64(len(c.trials))*float64(c.bins)*float64(len(c.units)+1) > mostNumbers {
		return nil, fmt.Errorf("prepare: %d trials of %d bins and %d units do not fit into memory: choose fewer trials, or longer bins", len(c.trials), c.bins, len(c.units))
	}
	c.byUnit()
	c.extent()
	return c, nil
}

// mostNumbers is 16 GB of counts.
const mostNumbers = 1 << 31

// grid returns the number of bins.
func (cfg Config) grid() (bins int, err error) {
	if err := checkDt("Dt", cfg.Dt); err != nil {
		return 0, err
	}
	if !(cfg.Snap >= 0) || math.IsInf(cfg.Snap, 1) || math.IsNaN(cfg.Origin) || math.IsInf(cfg.Origin, 0) {
		return 0, fmt.Errorf("prepare: events are snapped to multiples of %g s from %g s: Snap is not negative, and both are finite", cfg.Snap, cfg.Origin)
	}
	n := (cfg.To - cfg.From) / cfg.Dt
	if !(n > 0.5 && n <= mostBins) || math.IsInf(cfg.From, 0) {
		return 0, fmt.Errorf("prepare: a window from %g to %g s in bins of %g s: it must hold 1 to %d bins", cfg.From, cfg.To, cfg.Dt, mostBins)
	}
	bins = int(math.Round(n))
	if math.Abs(n-float64(bins)) > 1e-6*n {
		return 0, fmt.Errorf("prepare: a window from %g to %g s holds %.6g bins of %g s: it must be a whole number, such as to %g s", cfg.From, cfg.To, n, cfg.Dt, cfg.From+float64(bins)*cfg.Dt)
	}
	_, err = binner(cfg.From, cfg.Dt, bins, cfg.Edges)
	return bins, err
}

// rows are the chosen ones, all of nil.
func rows(what string, chosen []int, all int) ([]int, error) {
	if chosen == nil {
		chosen = make([]int, all)
		for i := range chosen {
			chosen[i] = i
		}
		return chosen, nil
	}
	seen := make(map[int]bool, len(chosen))
	for _, i := range chosen {
		if i < 0 || i >= all {
			return nil, fmt.Errorf("prepare: %s %d was chosen: the recording has %d, counted from 0", what, i, all)
		}
		if seen[i] {
			return nil, fmt.Errorf("prepare: %s %d was chosen twice", what, i)
		}
		seen[i] = true
	}
	return slices.Clone(chosen), nil
}

func conditionsFor(rec *recording.Recording, c Conditions) (Conditions, error) {
	if c.Of == nil {
		c.Names = slices.Clone(rec.Conditions)
		for i, t := range rec.Trials {
			if t.Condition < 0 || t.Condition >= mostBins || len(rec.Conditions) > 0 && t.Condition >= len(rec.Conditions) {
				return c, fmt.Errorf("prepare: trial %d is of condition %d, and conditions have %d names", i, t.Condition, len(rec.Conditions))
			}
			c.Of = append(c.Of, t.Condition)
		}
		for k := len(c.Names); len(c.Of) > 0 && k <= slices.Max(c.Of); k++ {
			c.Names = append(c.Names, fmt.Sprint(k))
		}
		return c, nil
	}
	if len(c.Of) != len(rec.Trials) {
		return c, fmt.Errorf("prepare: conditions of %d trials: the recording has %d", len(c.Of), len(rec.Trials))
	}
	for i, k := range c.Of {
		if k < -1 || k >= len(c.Names) {
			return c, fmt.Errorf("prepare: trial %d is of condition %d, and conditions have %d names", i, k, len(c.Names))
		}
	}
	return c, nil
}

// readers returns a reader for each series, in order of name.
func (cfg Config) readers(rec *recording.Recording) (all []reader, err error) {
	for name := range cfg.Lags {
		if _, taken := cfg.Series[name]; !taken {
			return nil, fmt.Errorf("prepare: a lag of %q, which is not among the series to take", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(cfg.Series)) {
		s, there := rec.Series[name]
		for own, field := range map[string]recording.Series{"activity": rec.Activity, "factors": rec.Factors, "outputs": rec.Outputs} {
			if name == own && field.Values != nil {
				s, there = field, true
			}
		}
		if !there || name == Counts {
			return nil, fmt.Errorf("prepare: the recording has no series %q: %s", name, nearest.Missing(name, slices.Sorted(maps.Keys(rec.Series))))
		}
		r, err := newReader(name, s, cfg.Series[name], cfg.Lags[name], cfg.Dt)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

func (c *cutter) channels() map[string][]string {
	names := map[string][]string{}
	for _, r := range c.series {
		if r.names != nil {
			names[r.name] = r.names
		}
	}
	return names
}

// byUnit splits the spikes.
func (c *cutter) byUnit() {
	c.spikes = make([][]float64, c.rec.Units)
	for i, unit := range c.rec.Spikes.Units {
		c.spikes[unit] = append(c.spikes[unit], c.rec.Spikes.Times[i])
	}
}

// extent is from the first to the last spike, or trial, whatever is wider.
func (c *cutter) extent() {
	c.first, c.last = math.Inf(1), math.Inf(-1)
	if t := c.rec.Spikes.Times; len(t) > 0 {
		c.first, c.last = t[0], t[len(t)-1]
	}
	for _, t := range c.rec.Trials {
		if start, stop := span(t, c.rec.Dt); stop > start {
			c.first, c.last = math.Min(c.first, start), math.Max(c.last, stop)
		}
	}
}

// trial cuts a trial out, or says why it cannot be.
func (c *cutter) trial(i int) (t Trial, dropped string) {
	zero, condition := c.events[i], c.conditions.Of[i]
	if math.IsNaN(zero) || math.IsInf(zero, 0) {
		return t, c.Align + " has no time"
	}
	if condition < 0 {
		return t, "of no condition"
	}
	if c.Snap > 0 {
		zero = c.Origin + math.Round((zero-c.Origin)/c.Snap)*c.Snap
	}
	t = Trial{Index: i, Condition: condition, Zero: zero}
	from, to := zero+c.From, zero+c.To
	if len(c.units) > 0 && (from < c.first-together || to > c.last+together) {
		return t, "reaches beyond the recording"
	}
	for _, unit := range c.units {
		if !c.Unobserved && !c.seen.holds(unit, from, to) {
			return t, "not all units were observed"
		}
	}
	if len(c.units) > 0 {
		t.Counts = c.counts(from, to)
	}
	for _, r := range c.series {
		m, reason := r.read(from, c.Dt, c.bins)
		if reason != "" {
			return t, reason
		}
		if t.Series == nil {
			t.Series = map[string]*mat.Dense{}
		}
		t.Series[r.name] = m
	}
	return t, ""
}

// counts bins the spikes of the units.
func (c *cutter) counts(from, to float64) *mat.Dense {
	counts := mat.NewDense(c.bins, len(c.units), nil)
	at, _ := binner(from, c.Dt, c.bins, c.Edges) // was checked with the grid
	for j, unit := range c.units {
		times := c.spikes[unit]
		first, _ := slices.BinarySearch(times, from-c.Dt)
		for _, t := range times[first:] {
			if t > to+c.Dt {
				break
			}
			if k := at(t); k >= 0 && k < c.bins {
				counts.Set(k, j, counts.At(k, j)+1)
			}
		}
	}
	return counts
}
