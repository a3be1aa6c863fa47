package nwb

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spikewalk/spikewalk/data/hdf5"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Recording reads the session: the spikes of all units, the intervals in which
// they were observed, what is known of units, electrodes and trials, and series. By
// default these are all series up to 256 MB each; [Only], [Without], [Most] and
// [Joined] choose. A series has its own name or, where several have it, its path
// with dots. Dt is 0: a laboratory's recording has no steps.
//
// Warnings say what is doubtful ([recording.Recording.Check]) and what was left
// out, with counts. What the format does not allow is an error that says where.
func (f *File) Recording(options ...Option) (*recording.Recording, error) {
	if f == nil || f.h == nil {
		return nil, fmt.Errorf("nwb: %w", errClosed)
	}
	set := defaults()
	for _, o := range options {
		if o != nil {
			o(set)
		}
	}
	r := &reading{File: f, settings: set, used: make(map[string]bool)}
	rec, err := r.recording()
	if err != nil && !strings.HasPrefix(err.Error(), cmp.Or(f.name, "nwb")+":") {
		err = f.in(err)
	}
	return rec, err
}

// reading is one call of Recording.
type reading struct {
	*File
	*settings
	used map[string]bool // units of time that were asked for
	held int64           // bytes of series
	say  warnings
}

func (r *reading) recording() (*recording.Recording, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	a := r.about
	rec := &recording.Recording{Units: r.Units(), Provenance: recording.Provenance{
		File: r.name, Subject: a.Subject, Session: cmp.Or(a.Session, a.Identifier),
		Identifier: a.Identifier, Description: a.Description, Lab: a.Lab,
	}}
	for _, step := range []func(*recording.Recording) error{r.units, r.electrodes, r.trials, r.allSeries} {
		if err := step(rec); err != nil {
			return nil, err
		}
	}
	for name := range r.settings.units {
		if !r.used[name] {
			return nil, fmt.Errorf("TimeUnit is of %q, which is neither units, trials nor the name or path of a series that is read", name)
		}
	}
	if rec.Units == 0 && len(rec.Trials) == 0 && len(rec.Series) == 0 {
		r.say.add(neuro.MissingValues, cmp.Or(r.name, "nwb"), "see what is in it with Contents", "the recording holds no units, no trials and no series")
	}
	rec.Warnings = append(r.unit(rec), r.say...)
	return rec, nil
}

// units reads units and their spikes.
func (r *reading) units(rec *recording.Recording) error {
	if r.File.units == nil {
		return nil
	}
	scale := r.scale(r.used, "units")
	units, err := r.spikes(scale, r.origin)
	if err != nil {
		return err
	}
	if rec.Observed, err = r.observed(scale, r.origin); err != nil {
		return err
	}
	r.sayUnits(&r.say, units, rec.Observed)
	if d := r.File.units.column(spikeTimes); d != nil {
		r.sayUnit(d, "units")
	}
	rec.Spikes = recording.SpikesOf(units)
	rec.UnitTable, err = r.table(r.File.units, spikeTimes, observedSpans)
	return err
}

// sayUnit says that times are stated to be in another unit than seconds.
func (r *reading) sayUnit(d *hdf5.Dataset, of string) {
	unit, err := word(d, "unit")
	if err != nil || unit == "" || strings.HasPrefix(strings.ToLower(unit), "s") && !strings.HasPrefix(strings.ToLower(unit), "sam") {
		return
	}
	if _, told := r.settings.units[of]; !told {
		r.say.add(neuro.UnlikelyUnit, d.Path(), fmt.Sprintf("say how many seconds that is with nwb.TimeUnit(%q, …)", of), "the file says that these times are in %q; they were taken for seconds", unit)
	}
}

// table reads a table and says what of it was left.
func (r *reading) table(t *table, without ...string) (*recording.Table, error) {
	all, left, err := t.read(without...)
	for _, sentence := range left {
		r.say.add(neuro.MissingValues, t.path, "read it with package hdf5", "%s", sentence)
	}
	return all, err
}

func (r *reading) electrodes(rec *recording.Recording) error {
	t, err := r.tableIf("/general/extracellular_ephys/electrodes")
	if t == nil || err != nil {
		return err
	}
	rec.Electrodes, err = r.table(t)
	return err
}

func (r *reading) trials(rec *recording.Recording) error {
	t, err := r.trialsOf(r.settings.trials)
	if err != nil || t == nil {
		return err
	}
	return r.File.trials(rec, t, r.scale(r.used, "trials"), r.origin, &r.say)
}

// allSeries reads the series that are wanted.
func (r *reading) allSeries(rec *recording.Recording) error {
	if err := r.look(); err != nil {
		return err
	}
	wanted, err := r.wanted()
	if err != nil {
		return err
	}
	rec.Series = make(map[string]recording.Series)
	for _, group := range r.joined {
		parts, err := r.seriesIn(group)
		if err == nil {
			err = r.take(parts...)
		}
		if err != nil {
			return err
		}
		folder, _ := split(parts[0].Path)
		s, when, err := r.join(folder, r.scale(r.used, folder, nameAt(folder)), r.origin)
		if err != nil {
			return err
		}
		when.say(&r.say, folder)
		rec.Series[nameAt(folder)] = s
		for _, p := range parts {
			delete(wanted, p.Path)
		}
	}
	for _, about := range r.found.series {
		if !wanted[about.Path] {
			continue
		}
		if err := r.take(about); err != nil {
			return err
		}
		s, when, err := r.readSeries(r.found.groups[about.Path], r.scale(r.used, about.Path, about.Name), r.origin)
		if err != nil {
			return fmt.Errorf("%w (nwb.Without(%q) leaves the series out)", err, about.Path)
		}
		when.say(&r.say, about.Path)
		if times, err := datasetIf(r.found.groups[about.Path], "timestamps"); err == nil && times != nil {
			r.sayUnit(times, about.Path)
		}
		rec.Series[r.key(about, wanted, rec.Series)] = s
	}
	if r.only == nil {
		for _, l := range r.found.left {
			r.say.add(neuro.MissingValues, l.Path, "read what is there with package hdf5", "%s was left out: %s", nameAt(l.Path), l.Why)
		}
	}
	if len(rec.Series) == 0 {
		rec.Series = nil
	}
	return nil
}
