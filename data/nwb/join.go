package nwb

import (
	"fmt"
	"strings"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Join reads all series of a group as one, with the names of series as those of
// channels, such as FALCON's "/acquisition/preprocessed_emg", which has a series for
// each muscle. The group's path or its name will do. It is an error, which says where,
// if their times differ by a millionth of a step or more, or their units at all.
func (f *File) Join(group string) (recording.Series, error) {
	s, _, err := f.join(group, 1, 0)
	return s, err
}

func (f *File) join(group string, scale, origin float64) (all recording.Series, when clock, err error) {
	parts, err := f.seriesIn(group)
	if err != nil {
		return all, when, err
	}
	channels := 0
	for i, about := range parts {
		s, c, err := f.readSeries(f.found.groups[about.Path], scale, origin)
		if err != nil {
			return all, when, f.in(err)
		}
		rows, columns := s.Dims()
		first := parts[0]
		if i == 0 {
			for _, p := range parts {
				channels += p.Channels
			}
			if all, err = prepared(s, rows, channels); err != nil {
				return all, when, f.in(fmt.Errorf("%s: %w", group, err))
			}
			when, channels = c, 0
		}
		if rows != first.Rows {
			return all, when, f.in(fmt.Errorf("%s has %d rows and %s has %d: series that are joined have the same times", about.Path, rows, first.Path, first.Rows))
		}
		if k := when.same(c, rows); k >= 0 {
			return all, when, f.in(fmt.Errorf("row %d of %s is at another time than that of %s: series that are joined have the same times", k, about.Path, first.Path))
		}
		if s.Unit != all.Unit {
			return all, when, f.in(fmt.Errorf("%s is in %q and %s in %q: series that are joined have one unit", about.Path, s.Unit, first.Path, all.Unit))
		}
		for t := range rows {
			copy(all.Values.RawRowView(t)[channels:], s.Values.RawRowView(t))
		}
		channels += columns
		all.Names = append(all.Names, joinedNames(about, columns)...)
	}
	return all, when, nil
}

// joinedNames are the names of a series' channels among those of others.
func joinedNames(about SeriesInfo, columns int) []string {
	if columns == 1 {
		return []string{about.Name}
	}
	names := make([]string, columns)
	for i := range names {
		names[i] = fmt.Sprintf("%s %d", about.Name, i)
		if i < len(about.Names) {
			names[i] = about.Name + " " + about.Names[i]
		}
	}
	return names
}

// seriesIn returns the series of a group, of which there is at least one.
func (f *File) seriesIn(group string) ([]SeriesInfo, error) {
	if err := f.look(); err != nil {
		return nil, err
	}
	in := make(map[string][]SeriesInfo)
	var groups []string
	for _, s := range f.found.series {
		folder, _ := split(s.Path)
		if in[folder] == nil {
			groups = append(groups, folder)
		}
		in[folder] = append(in[folder], s)
	}
	if all := in["/"+strings.Trim(group, "/")]; all != nil {
		return all, nil
	}
	var found []string
	for _, g := range groups {
		if nameAt(g) == group {
			found = append(found, g)
		}
	}
	switch len(found) {
	case 0:
		return nil, f.in(fmt.Errorf("no group named %q holds series: %s", group, missing(group, groups)))
	case 1:
		return in[found[0]], nil
	}
	return nil, f.in(fmt.Errorf("%d groups are named %q: write the path of one, as %s", len(found), group, strings.Join(found, " or ")))
}
