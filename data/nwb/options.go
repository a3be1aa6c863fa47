package nwb

import (
	"fmt"
	"math"
)

// Option changes what [File.Recording] takes from a file.
type Option func(*settings)

// settings is what options set.
type settings struct {
	only    []string // nil: all
	without []string
	joined  []string
	most    int64
	trials  string
	units   map[string]float64
	origin  float64
}

func defaults() *settings {
	return &settings{most: 1 << 28, units: make(map[string]float64)}
}

// Only reads the series of these names or paths alone; Only() reads none. The
// default reads all that are not larger than [Most] says.
func Only(series ...string) Option {
	return func(s *settings) { s.only = append(append([]string{}, s.only...), series...) }
}

// Without leaves out the series of these names or paths.
func Without(series ...string) Option {
	return func(s *settings) { s.without = append(s.without, series...) }
}

// Joined reads the series of each of these groups as one ([File.Join]), under the
// group's name.
func Joined(groups ...string) Option {
	return func(s *settings) { s.joined = append(s.joined, groups...) }
}

// Most is the size in bytes, as numbers in memory, above which a series is left in
// the file unless [Only] names it; 256 MB by default.
func Most(bytes int64) Option { return func(s *settings) { s.most = bytes } }

// Trials takes trials from the table of this name in /intervals, or of this path,
// in place of /intervals/trials.
func Trials(table string) Option { return func(s *settings) { s.trials = table } }

// TimeUnit says how many seconds the unit is in which a file has its times, where it
// does not keep to seconds: 0.001 for milliseconds, 1.0/30000 for samples at 30 kHz.
// They are the times of "units" (spikes and intervals of observation), of "trials"
// (Start, Stop, Events, and the columns of TrialTable whose names end in _time), or
// of the series of a name or path. TimeUnit(what, 1) says that doubtful times are seconds.
func TimeUnit(of string, seconds float64) Option {
	return func(s *settings) { s.units[of] = seconds }
}

// TimeOrigin subtracts a time in seconds from all times, such as that at which a
// session began where times are seconds since 1970; 0 by default.
func TimeOrigin(seconds float64) Option { return func(s *settings) { s.origin = seconds } }

// check says what options cannot mean.
func (s *settings) check() error {
	for of, seconds := range s.units {
		if !(seconds > 0) || math.IsInf(seconds, 0) {
			return fmt.Errorf("the unit of the times of %s is %g s: it must be above 0", of, seconds)
		}
	}
	if math.IsNaN(s.origin) || math.IsInf(s.origin, 0) {
		return fmt.Errorf("the origin of times is %g s: it must be finite", s.origin)
	}
	return nil
}

// scale returns the unit of the times of a part, and marks it as used.
func (s *settings) scale(used map[string]bool, names ...string) float64 {
	for _, name := range names {
		if seconds, ok := s.units[name]; ok {
			used[name] = true
			return seconds
		}
	}
	return 1
}
