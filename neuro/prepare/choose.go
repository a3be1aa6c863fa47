package prepare

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// UnitRules says which units to keep. The zero rules keep all.
type UnitRules struct {
	// LeastRate is the least mean rate in Hz, over the time that the unit was
	// observed, or else from the first to the last spike of all units. 0 keeps
	// units without spikes too.
	LeastRate float64
	// LeastObserved is the least part of the trials' time, from 0 to 1, in which
	// the unit must have been observed.
	LeastObserved float64
	// Where gives, for columns of UnitTable, the entries that are kept: a text as
	// it is, a boolean as "true" or "false", a number as it is printed ("3", "0.5"),
	// a row of numbers as "0.1, 0.2".
	Where map[string][]string
	// AtLeast gives, for columns of UnitTable, the least number that is kept.
	AtLeast map[string]float64
}

// ChooseUnits returns the units that keep to the rules, and why the others do not.
// It is an error if none is left, if there is no such column, or if no entry of it
// is among those that are asked for.
func ChooseUnits(rec *recording.Recording, rules UnitRules) (Choice, error) {
	if err := checkRecording(rec); err != nil {
		return Choice{}, err
	}
	if !(rules.LeastRate >= 0) || !(rules.LeastObserved >= 0 && rules.LeastObserved <= 1) {
		return Choice{}, fmt.Errorf("prepare: units of at least %g Hz, observed for a part of at least %g: a rate is not negative, and a part between 0 and 1", rules.LeastRate, rules.LeastObserved)
	}
	c := chooser{what: "units", table: rec.UnitTable, rows: rec.Units}
	if err := c.columns(rules.Where, rules.AtLeast); err != nil {
		return Choice{}, err
	}
	seen := observed(rec)
	if rules.LeastObserved > 0 {
		c.rule(fmt.Sprintf("observed in less than %g of the trials", rules.LeastObserved), func(unit int) bool {
			return seen.part(unit, rec.Trials, rec.Dt) >= rules.LeastObserved
		})
	}
	if rules.LeastRate > 0 {
		rates := meanRates(rec, seen)
		c.rule("no spikes", func(unit int) bool { return rates[unit] > 0 })
		c.rule(fmt.Sprintf("below %g Hz", rules.LeastRate), func(unit int) bool { return rates[unit] >= rules.LeastRate })
	}
	return c.choose()
}

// TrialRules says which trials to keep. The zero rules keep all.
type TrialRules struct {
	// Where gives, for columns of TrialTable, the entries that are kept; AtLeast
	// the least number. See [UnitRules].
	Where   map[string][]string
	AtLeast map[string]float64
	// Finite names events that must have a time, see [Config.Align].
	Finite []string
	// LeastLength and MostLength of a trial in seconds, from start to stop;
	// 0 for none.
	LeastLength, MostLength float64
}

// ChooseTrials returns the trials that keep to the rules, and why the others do
// not. Errors are those of [ChooseUnits].
func ChooseTrials(rec *recording.Recording, rules TrialRules) (Choice, error) {
	if err := checkRecording(rec); err != nil {
		return Choice{}, err
	}
	if !(rules.LeastLength >= 0) || !(rules.MostLength >= 0) || rules.MostLength > 0 && rules.MostLength < rules.LeastLength {
		return Choice{}, fmt.Errorf("prepare: trials from %g to %g s: lengths are not negative, and the most not below the least (0 for no limit)", rules.LeastLength, rules.MostLength)
	}
	c := chooser{what: "trials", table: rec.TrialTable, rows: len(rec.Trials)}
	if err := c.columns(rules.Where, rules.AtLeast); err != nil {
		return Choice{}, err
	}
	for _, event := range rules.Finite {
		times, err := eventTimes(rec, event)
		if err != nil {
			return Choice{}, err
		}
		c.rule(event+" has no time", func(i int) bool { return !math.IsNaN(times[i]) && !math.IsInf(times[i], 0) })
	}
	if rules.LeastLength > 0 || rules.MostLength > 0 {
		length := func(i int) float64 {
			start, stop := span(rec.Trials[i], rec.Dt)
			return stop - start
		}
		c.rule(fmt.Sprintf("shorter than %g s", rules.LeastLength), func(i int) bool { return length(i) >= rules.LeastLength })
		if rules.MostLength > 0 {
			c.rule(fmt.Sprintf("longer than %g s", rules.MostLength), func(i int) bool { return length(i) <= rules.MostLength })
		}
	}
	return c.choose()
}

// chooser applies rules, one after the other, to the rows of a table.
type chooser struct {
	what  string
	table *recording.Table
	rows  int
	rules []rule
}

type rule struct {
	reason string
	keeps  func(row int) bool
}

func (c *chooser) rule(reason string, keeps func(row int) bool) {
	c.rules = append(c.rules, rule{reason, keeps})
}

// columns adds the rules that ask columns, in order of their names.
func (c *chooser) columns(where map[string][]string, atLeast map[string]float64) error {
	for _, name := range slices.Sorted(maps.Keys(where)) {
		yes, err := accepted(c.table, c.what, name, where[name], c.rows)
		if err != nil {
			return err
		}
		c.rule(name+" is not "+strings.Join(where[name], " or "), func(row int) bool { return yes[row] })
	}
	for _, name := range slices.Sorted(maps.Keys(atLeast)) {
		x, err := numeric(c.table, c.what, name, c.rows)
		if err != nil {
			return err
		}
		least := atLeast[name]
		if math.IsNaN(least) {
			return fmt.Errorf("prepare: %s of at least NaN: give a number", name)
		}
		c.rule(fmt.Sprintf("%s below %g, or missing", name, least), func(row int) bool { return x[row] >= least })
	}
	return nil
}

func (c *chooser) choose() (Choice, error) {
	choice := Choice{what: c.what}
	var out drops
rows:
	for i := range c.rows {
		for _, r := range c.rules {
			if !r.keeps(i) {
				out.add(i, r.reason)
				continue rows
			}
		}
		choice.Kept = append(choice.Kept, i)
	}
	choice.Dropped = out
	if len(choice.Kept) == 0 {
		if c.rows == 0 {
			return choice, fmt.Errorf("prepare: the recording has no %s", c.what)
		}
		return choice, fmt.Errorf("prepare: no %s are left: %s", c.what, choice)
	}
	return choice, nil
}

// mostUnits is more than any laboratory records.
const mostUnits = 1 << 20

// checkRecording says what of a recording makes no sense for all that follows.
func checkRecording(rec *recording.Recording) error {
	if rec == nil {
		return errors.New("prepare: there is no recording: it is nil")
	}
	if rec.Units < 0 || rec.Units > mostUnits {
		return fmt.Errorf("prepare: a recording of %d units: there may be up to %d", rec.Units, mostUnits)
	}
	s := rec.Spikes
	if len(s.Times) != len(s.Units) {
		return fmt.Errorf("prepare: %d times of spikes and %d units that fired them", len(s.Times), len(s.Units))
	}
	if rec.Observed != nil && len(rec.Observed) != rec.Units {
		return fmt.Errorf("prepare: intervals in which %d units were observed: there are %d", len(rec.Observed), rec.Units)
	}
	last := math.Inf(-1)
	for i, t := range s.Times {
		if !(t >= last) || math.IsInf(t, 0) {
			return fmt.Errorf("prepare: spike %d is at %g s, after one at %g s: times must be finite and in order (recording.SpikesOf puts them so)", i, t, last)
		}
		if j := s.Units[i]; j < 0 || j >= rec.Units {
			return fmt.Errorf("prepare: spike %d is of unit %d: there are %d units", i, j, rec.Units)
		}
		last = t
	}
	return nil
}
