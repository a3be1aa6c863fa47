package data

import (
	"maps"
	"slices"

	"github.com/spikewalk/spikewalk/data/nwb"
)

// NWBLayout says what an NWB file leaves open, in the words of the options of package
// data/nwb. The zero NWBLayout takes all units, trials and series as they are.
type NWBLayout struct {
	// Joined are groups whose series become one, a channel each, under the group's name:
	// "preprocessed_emg" where each muscle is a series (nwb.Joined).
	Joined []string `json:",omitempty"`
	// Only these series are read, by name or path; Without leaves some out (nwb.Only,
	// nwb.Without).
	Only    []string `json:",omitempty"`
	Without []string `json:",omitempty"`
	// Trials is the table of trials where it is not /intervals/trials (nwb.Trials).
	Trials string `json:",omitempty"`
	// TimeUnits is the unit in seconds of the times of "units", "trials" or a series, where
	// it is not the second: 0.001 for milliseconds (nwb.TimeUnit).
	TimeUnits map[string]float64 `json:",omitempty"`
	// TimeOrigin in seconds is subtracted from all times (nwb.TimeOrigin).
	TimeOrigin float64 `json:",omitempty"`
}

// Options are those of nwb.File.Recording.
func (l NWBLayout) Options() (options []nwb.Option) {
	if l.Joined != nil {
		options = append(options, nwb.Joined(l.Joined...))
	}
	if l.Only != nil {
		options = append(options, nwb.Only(l.Only...))
	}
	if l.Without != nil {
		options = append(options, nwb.Without(l.Without...))
	}
	if l.Trials != "" {
		options = append(options, nwb.Trials(l.Trials))
	}
	for _, of := range slices.Sorted(maps.Keys(l.TimeUnits)) {
		options = append(options, nwb.TimeUnit(of, l.TimeUnits[of]))
	}
	if l.TimeOrigin != 0 {
		options = append(options, nwb.TimeOrigin(l.TimeOrigin))
	}
	return options
}

func (l NWBLayout) empty() bool { return len(l.Options()) == 0 }
