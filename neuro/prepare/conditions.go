package prepare

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Conditions says which condition each trial of a recording is of.
type Conditions struct {
	// Of has the number of a condition, counted from 0, for each row of the
	// recording's Trials; -1 for a trial without one.
	Of []int
	// Names of the conditions.
	Names []string
	// Angles of [Directions] in radians; nil of others.
	Angles []float64
}

// ConditionsOf makes a condition of each combination of entries in columns of
// TrialTable that occurs, in the order of numbers, or of the alphabet. Numbers
// must agree to the last digit. A trial with a missing entry has no condition.
func ConditionsOf(rec *recording.Recording, names ...string) (Conditions, error) {
	if err := checkRecording(rec); err != nil {
		return Conditions{}, err
	}
	if len(names) == 0 {
		return Conditions{}, errors.New("prepare: conditions of no column: name at least one of the table of trials")
	}
	entries := make([][]string, len(rec.Trials))
	for _, name := range names {
		c, err := column(rec.TrialTable, "trials", name, len(rec.Trials))
		if err != nil {
			return Conditions{}, err
		}
		for i := range entries {
			entries[i] = append(entries[i], text(c, i))
		}
	}
	var all [][]string
	for _, e := range entries {
		if !slices.Contains(e, "") {
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b []string) int { return slices.CompareFunc(a, b, byNumber) })
	all = slices.CompactFunc(all, slices.Equal)
	which := Conditions{Of: make([]int, len(entries))}
	for _, e := range all {
		which.Names = append(which.Names, strings.Join(e, ", "))
	}
	for i, e := range entries {
		at, found := slices.BinarySearchFunc(all, e, func(a, b []string) int { return slices.CompareFunc(a, b, byNumber) })
		if which.Of[i] = at; !found {
			which.Of[i] = -1
		}
	}
	if len(all) == 0 {
		return which, fmt.Errorf("prepare: no trial has an entry in %s", strings.Join(names, " and "))
	}
	return which, nil
}

// byNumber compares numbers as such, and before texts.
func byNumber(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	switch {
	case errX == nil && errY == nil && x != y:
		return cmp.Compare(x, y)
	case errX == nil && errY != nil:
		return -1
	case errX != nil && errY == nil:
		return 1
	}
	return cmp.Compare(a, b)
}

// mostSectors is more directions than targets are told apart by.
const mostSectors = 360

// Directions makes conditions of the directions, from the origin, of targets at
// (x, y) in a column of TrialTable: the nearest of so many sectors of equal width,
// the first of which is around the x axis. Entries of several targets (x, y, x, y, …)
// need the column that tells which one is to be reached, counted from 0; otherwise
// active is empty. Trials without a position, or with one at the origin, are of no
// condition.
func Directions(rec *recording.Recording, target, active string, sectors int) (Conditions, error) {
	if err := checkRecording(rec); err != nil {
		return Conditions{}, err
	}
	if sectors < 1 || sectors > mostSectors {
		return Conditions{}, fmt.Errorf("prepare: %d sectors of directions: choose 1 to %d, 8 are usual", sectors, mostSectors)
	}
	positions, err := column(rec.TrialTable, "trials", target, len(rec.Trials))
	if err != nil {
		return Conditions{}, err
	}
	which := make([]float64, len(rec.Trials))
	if active != "" {
		if which, err = numeric(rec.TrialTable, "trials", active, len(rec.Trials)); err != nil {
			return Conditions{}, err
		}
	}
	c := Conditions{Of: make([]int, len(rec.Trials))}
	for k := range sectors {
		c.Angles = append(c.Angles, 2*math.Pi*float64(k)/float64(sectors))
		c.Names = append(c.Names, strconv.FormatFloat(360*float64(k)/float64(sectors), 'g', 4, 64)+"°")
	}
	for i := range c.Of {
		at, err := position(positions, i)
		if err != nil {
			return Conditions{}, err
		}
		c.Of[i] = -1
		if len(at) == 0 || math.IsNaN(which[i]) {
			continue
		}
		if len(at) > 2 && active == "" || len(at)%2 != 0 {
			return Conditions{}, fmt.Errorf("prepare: %s of trial %d holds %d numbers: it must be x and y, or those of several targets, with a column that tells which is to be reached", target, i, len(at))
		}
		k := int(which[i])
		if float64(k) != which[i] || k < 0 || 2*k+1 >= len(at) {
			return Conditions{}, fmt.Errorf("prepare: target %g of trial %d is to be reached, and %s has %d", which[i], i, target, len(at)/2)
		}
		x, y := at[2*k], at[2*k+1]
		if math.Hypot(x, y) > 0 {
			sector := math.Round(math.Atan2(y, x) / (2 * math.Pi) * float64(sectors))
			c.Of[i] = (int(sector) + sectors) % sectors
		}
	}
	return c, nil
}

// position is the numbers of an entry; none where one is NaN.
func position(c recording.Column, row int) ([]float64, error) {
	var at []float64
	switch {
	case c.Rows != nil:
		at = c.Rows.RawRowView(row)
	case len(c.Lists) > row:
		at = c.Lists[row]
	default:
		return nil, fmt.Errorf("prepare: column %q holds no positions: its first entry is %q", c.Name, text(c, 0))
	}
	if slices.ContainsFunc(at, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }) {
		return nil, nil
	}
	return at, nil
}
