package data

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Layout says which variable of a file holds what, in which unit of time and in which
// order of axes, so that [File.Recording] can make a recording of it. None of this is
// guessed from shapes. The zero Layout serves for NWB files, which say it themselves;
// what they leave open, NWB says.
//
// Variables are named by paths, as MATLAB writes them, with places that count from 0:
//
//	emg                  a variable
//	session.emg          a field of a struct
//	/group/data          a dataset of an HDF5 file
//	trial(k).emg         a field of each element of a struct array, one for each trial
//	units{u}             the cells of an array, one for each unit
//	trial(k).spikes{u}   a cell for each unit in each trial
//	spikes{k,u}          the cells of a matrix, trials × units
//	D(3).xA              a field of element 3
//
// The letters k and u stand for all trials and all units.
//
// Axes are words in the order of the dimensions as MATLAB and NumPy show them: "time
// channel" is T × channels, "trial time channel" has trials first. There are time,
// channel, unit, trial, condition and, for spike times, spike. Where both trial and
// condition are axes, the trials of a condition follow one another.
type Layout struct {
	// TimeUnit is the unit of all times: "s", "ms", "us" or "samples". A part may
	// have its own. Columns of a table whose header names the unit need none.
	TimeUnit string `json:",omitempty"`
	// SampleRate is the number of samples in a second, where times are samples.
	SampleRate float64 `json:",omitempty"`
	// Clock says where times of spikes, events and rows that belong to trials begin: at
	// "session" starts, the same for all, or at the start of each "trial".
	Clock string `json:",omitempty"`
	// Spikes says where spikes are; the zero SpikeLayout says there are none.
	Spikes SpikeLayout `json:",omitzero"`
	// Series says, by the name that a series is to have, where it is.
	Series map[string]SeriesLayout `json:",omitempty"`
	// Trials says where the table of trials is. The zero TrialLayout leaves one trial
	// for each k, or for each place along the axes trial and condition, laid end to
	// end.
	Trials TrialLayout `json:",omitzero"`
	// NWB says how a session is read from an NWB file. It goes with no other part.
	NWB NWBLayout `json:",omitzero"`
}

// SpikeLayout says where spike times are, or counts of spikes.
type SpikeLayout struct {
	// Times is the path of spike times. Units are told apart by u in the path, by Units, by
	// Index, or by the axis unit.
	Times string `json:",omitempty"`
	// Units is the path of the unit of each time, as a number or a text; "all" says
	// that there is one unit. Units are numbered from 0 in the order of their numbers
	// or names, which the UnitTable keeps as id.
	Units string `json:",omitempty"`
	// Index is the path of the places in Times where the times of each unit end.
	Index string `json:",omitempty"`
	// Counts is the path of numbers of spikes in bins, instead of Times. Each spike
	// is put into the middle of its bin.
	Counts string `json:",omitempty"`
	// Axes of Counts, such as "time unit"; of Times, where they stand in a matrix that
	// is filled up with NaN, such as "unit spike".
	Axes string `json:",omitempty"`
	// Bin is the width of the bins of Counts in seconds.
	Bin float64 `json:",omitempty"`
	// Start is the time of the beginning of the first bin, in seconds from the
	// start of the session or of the trial.
	Start float64 `json:",omitempty"`
	// TimeUnit is that of the Layout where it is empty.
	TimeUnit string `json:",omitempty"`
}

// SeriesLayout says where a series of channels is: muscles, kinematics, rates.
type SeriesLayout struct {
	// Values are the paths of the values. Of several, each is a channel, or
	// some. A path that ends with * stands for all variables that begin so, in the
	// order of the file.
	Values []string
	// Axes are those of each of the values, such as "time channel"; "time" for
	// vectors. Empty is "time" in tables of text.
	Axes string `json:",omitempty"`
	// Rate is the number of rows in a second. Start is the time of the first row in
	// seconds, from the start of the session or of the trial.
	Rate  float64 `json:",omitempty"`
	Start float64 `json:",omitempty"`
	// Times is the path of the time of each row, instead of Rate and Start.
	Times string `json:",omitempty"`
	// TimeUnit of Times is that of the Layout where it is empty.
	TimeUnit string `json:",omitempty"`
	// Unit is that of the values: "mV", "cm". In tables it is the header's where
	// it is empty.
	Unit string `json:",omitempty"`
	// Names of the channels. Without them several vectors are named by their
	// variables.
	Names []string `json:",omitempty"`
}

// TrialLayout says where the table of trials is. All paths but those of texts lead to a
// number for each trial.
type TrialLayout struct {
	// Start and Stop are the paths of the times at which trials start and stop, from
	// the start of the session. Where Start is empty, trials are laid end to end, and
	// Stop, if it is there, holds their durations.
	Start string `json:",omitempty"`
	Stop  string `json:",omitempty"`
	// Condition is the path of the condition of each trial, numbers or texts;
	// "k" says that each trial is a condition of its own.
	Condition string `json:",omitempty"`
	// Events are the paths of times in trials, by name. They count from where
	// Layout.Clock says.
	Events map[string]string `json:",omitempty"`
	// Columns are the paths of what else the table of trials is to have, numbers
	// or texts, by name.
	Columns map[string]string `json:",omitempty"`
	// TimeUnit is that of the Layout where it is empty.
	TimeUnit string `json:",omitempty"`
}

// Validate says what of a layout cannot be, whatever the file holds.
func (l Layout) Validate() error {
	if l.Clock != "" && l.Clock != "session" && l.Clock != "trial" {
		return fmt.Errorf(`layout: Clock is %q: it is "session" or "trial"`, l.Clock)
	}
	if !(l.SampleRate >= 0) || l.SampleRate > maxRate {
		return fmt.Errorf("layout: SampleRate is %g Hz: give the samples in a second", l.SampleRate)
	}
	for _, unit := range append(l.timeUnits(), l.TimeUnit) {
		if unit != "" && timeUnits[unit] == 0 && unit != "samples" {
			return fmt.Errorf(`layout: TimeUnit is %q: it is "s", "ms", "us" or "samples"`, unit)
		}
		if unit == "samples" && l.SampleRate == 0 {
			return fmt.Errorf("layout: times are samples, and SampleRate does not say how many a second has")
		}
	}
	if !l.NWB.empty() && !l.silent() {
		return fmt.Errorf("layout: NWB goes with no other part: it says how a session is read that says itself what is where")
	}
	if err := l.Spikes.validate(); err != nil {
		return fmt.Errorf("layout: Spikes: %w", err)
	}
	for _, name := range slices.Sorted(maps.Keys(l.Series)) {
		if err := l.Series[name].validate(); err != nil {
			return fmt.Errorf("layout: Series %q: %w", name, err)
		}
	}
	if l.Trials.Start == "" && l.Trials.Stop == "" && len(l.Trials.Events) > 0 && l.Clock == "session" {
		return fmt.Errorf("layout: Trials: events count from the start of the session, and Start does not say when trials start")
	}
	return nil
}

// maxRate is beyond what any amplifier samples, in Hz.
const maxRate = 1e9

// timeUnits are the units of time, in seconds.
var timeUnits = map[string]float64{"s": 1, "ms": 1e-3, "us": 1e-6}

// timeUnits are the units of time that the parts have of their own.
func (l Layout) timeUnits() []string {
	units := []string{l.Spikes.TimeUnit, l.Trials.TimeUnit}
	for _, s := range l.Series {
		units = append(units, s.TimeUnit)
	}
	return units
}

func (s SpikeLayout) validate() error {
	if err := checkAxes(s.Axes); err != nil {
		return err
	}
	ways := 0
	for _, way := range []bool{s.Units != "", s.Index != "", strings.Contains(s.Axes, "unit") && s.Counts == "", hasLetter(s.Times, 'u')} {
		if way {
			ways++
		}
	}
	switch {
	case s.Times == "" && s.Counts == "" && s != (SpikeLayout{}):
		return fmt.Errorf("neither Times nor Counts says where spikes are")
	case s.Times != "" && s.Counts != "":
		return fmt.Errorf("both Times and Counts are given: take one of them")
	case s.Times != "" && ways == 0:
		return fmt.Errorf(`nothing says which unit fired at %s: put u into the path, as in units{u}, or give Units ("all" for one unit), Index or an axis unit`, s.Times)
	case s.Times != "" && ways > 1:
		return fmt.Errorf("units are told apart in %d ways: u in the path, Units, Index and an axis unit are one each", ways)
	case s.Counts != "" && (!(s.Bin > 0) || s.Bin > 3600):
		return field("Bin", "is %g s: give the width of the bins of %s", s.Bin, s.Counts)
	case s.Counts != "" && (s.Units != "" || s.Index != ""):
		return fmt.Errorf("units of counts are told apart by an axis or by u in the path, not by Units or Index")
	case s.Counts != "" && s.Axes == "":
		return field("Axes", `does not say what the dimensions of %s are: for instance "time unit"`, s.Counts)
	case s.Counts != "" && !hasAxis(s.Axes, "time"):
		return field("Axes", "of %s are %q, and time is not among them", s.Counts, s.Axes)
	case s.Times != "" && s.Axes != "" && (!hasAxis(s.Axes, "spike") || hasAxis(s.Axes, "time") || hasAxis(s.Axes, "channel")):
		return field("Axes", "of the spike times %s are %q: they may be unit, trial, condition and, always, spike", s.Times, s.Axes)
	case s.Counts != "" && (hasAxis(s.Axes, "channel") || hasAxis(s.Axes, "spike")):
		return field("Axes", "of the counts %s are %q: they may be time, unit, trial and condition", s.Counts, s.Axes)
	case !finite(s.Start):
		return field("Start", "is %g s", s.Start)
	}
	return nil
}

func (s SeriesLayout) validate() error {
	if err := checkAxes(s.Axes); err != nil {
		return err
	}
	switch {
	case len(s.Values) == 0 || slices.Contains(s.Values, ""):
		return field("Values", "does not say where the values are")
	case s.Axes != "" && !hasAxis(s.Axes, "time"):
		return field("Axes", "are %q, and time is not among them", s.Axes)
	case hasAxis(s.Axes, "spike") || hasAxis(s.Axes, "unit") && hasAxis(s.Axes, "channel"):
		return field("Axes", "are %q: they may be time, channel or unit, trial and condition", s.Axes)
	case s.Times == "" && s.Rate == 0:
		return fmt.Errorf("neither Rate nor Times says when the rows of %s are", s.Values[0])
	case s.Times != "" && (s.Rate != 0 || s.Start != 0):
		return fmt.Errorf("both Times and Rate, or Start, are given: take one of them")
	case !(s.Rate >= 0) || s.Rate > maxRate || !finite(s.Start):
		return field("Rate", "is %g Hz and Start %g s: give the rows in a second, and the time of the first", s.Rate, s.Start)
	}
	return nil
}

// axisWords are the words for axes.
var axisWords = []string{"time", "channel", "unit", "trial", "condition", "spike"}

func hasAxis(axes, word string) bool { return slices.Contains(strings.Fields(axes), word) }

// field is the error of a field of a layout, which keeps its capital.
func field(name, format string, args ...any) error {
	return fmt.Errorf("%s %s", name, fmt.Sprintf(format, args...))
}

func checkAxes(axes string) error {
	words := strings.Fields(axes)
	for i, word := range words {
		if !slices.Contains(axisWords, word) {
			return field("Axes", "are %q: there is no axis %q, but %s", axes, word, strings.Join(axisWords, ", "))
		}
		if slices.Contains(words[:i], word) {
			return field("Axes", "are %q: %s stands there twice", axes, word)
		}
	}
	return nil
}
