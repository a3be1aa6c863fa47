package nwb

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/data/hdf5"
	"github.com/spikewalk/spikewalk/internal/nearest"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// inventory is what a file holds besides units.
type inventory struct {
	series []SeriesInfo
	groups map[string]*hdf5.Group // of the series
	tables []string
	left   []Left
}

// Left is something that is in the file and cannot be read as a series or a table.
type Left struct{ Path, Why string }

// Series returns what is known of each series, in the order of the file. The first
// call looks through the whole file, without reading values but the first and
// last timestamps.
func (f *File) Series() ([]SeriesInfo, error) {
	if err := f.look(); err != nil {
		return nil, err
	}
	return slices.Clone(f.found.series), nil
}

// Left returns what is like a series and cannot be read as one, and why: images,
// series whose data are in another file, links that lead nowhere.
func (f *File) Left() ([]Left, error) {
	if err := f.look(); err != nil {
		return nil, err
	}
	return slices.Clone(f.found.left), nil
}

// look looks through the file once.
func (f *File) look() error {
	if f == nil || f.h == nil {
		return fmt.Errorf("nwb: %w", errClosed)
	}
	f.walkOnce.Do(func() {
		f.found.groups = make(map[string]*hdf5.Group)
		f.walkErr = f.in(f.h.Walk(f.visit))
	})
	return f.walkErr
}

// visit notes a series or a table.
func (f *File) visit(o hdf5.Object) error {
	g, ok := o.(*hdf5.Group)
	if !ok || strings.HasPrefix(g.Path(), "/specifications") {
		return nil
	}
	names, err := g.Names()
	if err != nil {
		return err
	}
	columns, err := texts(g, "colnames")
	if err != nil {
		return err
	}
	kind, err := word(g, "neurodata_type")
	if err != nil {
		return err
	}
	timed := slices.Contains(names, "timestamps") || slices.Contains(names, "starting_time")
	switch {
	case columns != nil:
		f.found.tables = append(f.found.tables, g.Path())
	case timed || strings.HasSuffix(kind, "Series"):
		return f.note(g)
	default:
		f.deadLinks(g, names)
	}
	return nil
}

// note notes a series, or why it cannot be read.
func (f *File) note(g *hdf5.Group) error {
	about, why, err := f.aboutSeries(g)
	if err != nil {
		why = err.Error()
	}
	if why != "" {
		f.found.left = append(f.found.left, Left{g.Path(), why})
		return nil
	}
	f.found.groups[g.Path()] = g
	f.found.series = append(f.found.series, about)
	return nil
}

// deadLinks notes the links of a group that lead nowhere, or to another file.
func (f *File) deadLinks(g *hdf5.Group, names []string) {
	for _, name := range names {
		if _, err := g.Open(name); err != nil {
			f.found.left = append(f.found.left, Left{join(g.Path(), name), err.Error()})
		}
	}
}

// seriesOf returns the group of the series of a path, or of a name that one series
// alone has.
func (f *File) seriesOf(name string) (*hdf5.Group, error) {
	if err := f.look(); err != nil {
		return nil, err
	}
	path := "/" + strings.Trim(name, "/")
	if g := f.found.groups[path]; g != nil {
		return g, nil
	}
	var all, found []string
	for _, s := range f.found.series {
		all = append(all, s.Path)
		if s.Name == name || strings.HasSuffix(s.Path, path) {
			found = append(found, s.Path)
		}
	}
	switch len(found) {
	case 1:
		return f.found.groups[found[0]], nil
	case 0:
		for _, l := range f.found.left {
			if l.Path == path || nameAt(l.Path) == name {
				return nil, f.in(fmt.Errorf("%s cannot be read: %s", l.Path, l.Why))
			}
		}
		if g, err := f.h.Group(path); err == nil && f.found.groups[g.Path()] != nil {
			return f.found.groups[g.Path()], nil // by a link
		}
		return nil, f.in(fmt.Errorf("no series is named %q: %s", name, missing(name, all)))
	}
	return nil, f.in(fmt.Errorf("%d series are named %q: write the path of one, as %s", len(found), name, strings.Join(found, " or ")))
}

// missing says which path may have been meant by a path or a name.
func missing(name string, paths []string) string {
	if strings.Contains(strings.Trim(name, "/"), "/") {
		return nearest.Missing(name, paths)
	}
	var names []string
	for _, p := range paths {
		names = append(names, nameAt(p))
	}
	return nearest.Missing(name, names)
}

func nameAt(path string) string {
	_, name := split(path)
	return name
}

// ReadSeries reads the series of a path, such as "/processing/behavior/cursor_vel",
// or of a name that one series alone has: rows × channels in the series' unit. An
// error says which names come close, which timestamp runs backwards or is no
// number, or what does not fit.
func (f *File) ReadSeries(name string) (recording.Series, error) {
	g, err := f.seriesOf(name)
	if err != nil {
		return recording.Series{}, err
	}
	s, _, err := f.readSeries(g, 1, 0)
	return s, f.in(err)
}
