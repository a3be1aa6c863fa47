package nwb

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/unpack"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// take bounds what series take in memory together: a small file can state many
// large ones.
func (r *reading) take(series ...SeriesInfo) error {
	for _, s := range series {
		bytes := s.Bytes()
		if s.Timestamps {
			bytes += min(8*int64(s.Rows), math.MaxInt64-bytes)
		}
		if r.held = min(r.held, math.MaxInt64-bytes) + bytes; unpack.Check(r.held, r.size) != nil {
			return fmt.Errorf("%s: with this series %w; or choose series with nwb.Only", s.Path, unpack.Check(r.held, r.size))
		}
	}
	return nil
}

// wanted returns the paths of the series to read one by one.
func (r *reading) wanted() (map[string]bool, error) {
	all := make(map[string]bool)
	for _, name := range r.only {
		g, err := r.seriesOf(name)
		if err != nil {
			return nil, err
		}
		all[g.Path()] = true
	}
	if r.only == nil {
		for _, s := range r.found.series {
			if s.Bytes() > r.most {
				r.say.add(neuro.MissingValues, s.Path, "ask for it with nwb.Only, or read parts with package hdf5",
					"%s was left in the file: its %d × %d numbers take %d MB", s.Name, s.Rows, s.Channels, s.Bytes()>>20)
				continue
			}
			all[s.Path] = true
		}
	}
	for _, name := range r.without {
		g, err := r.seriesOf(name)
		if err != nil {
			return nil, err
		}
		delete(all, g.Path())
	}
	return all, nil
}

// key is the name of a series among others.
func (r *reading) key(about SeriesInfo, wanted map[string]bool, taken map[string]recording.Series) string {
	_, twice := taken[about.Name]
	for _, s := range r.found.series {
		twice = twice || s.Name == about.Name && s.Path != about.Path && wanted[s.Path]
	}
	if twice {
		return strings.ReplaceAll(strings.Trim(about.Path, "/"), "/", ".")
	}
	return about.Name
}

// prepared is a series like s with room for a number of channels.
func prepared(s recording.Series, rows, channels int) (recording.Series, error) {
	if channels > 0 && rows > math.MaxInt/8/channels {
		return s, fmt.Errorf("%d rows of %d channels are too many", rows, channels)
	}
	if err := unpack.Check(8*int64(rows)*int64(channels), 8*int64(rows)*int64(channels)/4); err != nil {
		return s, err
	}
	s.Values, s.Names = mat.NewDense(rows, channels, nil), nil
	return s, nil
}
