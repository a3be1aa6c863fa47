package bench

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spikewalk/spikewalk/internal/scratch"
	"github.com/spikewalk/spikewalk/neuro/rls"
)

// Options say what is measured, and how large.
type Options struct {
	// Quick measures small sizes for seconds, to see that everything works. The
	// numbers then mean nothing.
	Quick bool
	// Rows are the names of the rows to measure, all of them if empty.
	Rows []string
	// Profile is a folder for CPU profiles of the three hot loops (training,
	// full-force and the first of the free-running sizes); empty for none.
	Profile string
	// Kept, unless empty, is the folder in which each row is kept as soon as it has been
	// measured, until [Result.Save] has written all of them. Rows that the same program has kept
	// there, on the same machine and with the same peers, are not measured again.
	Kept string
	// Say, unless nil, receives one line about what has been found.
	Say func(format string, args ...any)
}

// Result is what was measured, and where.
type Result struct {
	Rows []Row

	machine machine
	keep    keeper
}

// session is one run of the benchmark.
type session struct {
	setting setting
	profile string
	folder  string // scripts and networks for the peers; goes away at the end
	limits  limits
}

// measurement fills in one row, or several that belong together, of which is
// known beforehand what is done, on how many cores, and what should come out.
type measurement struct {
	name string
	rows []Row
	fill func(context.Context, *session, []Row) error
}

// one is the measurement of a single row.
func one(row Row, fill func(context.Context, *session, *Row) error) measurement {
	return measurement{row.Name, []Row{row}, func(ctx context.Context, s *session, rows []Row) error { return fill(ctx, s, &rows[0]) }}
}

// measurements lists all rows in the order in which they are measured. Where
// the same work is measured on one core and on two, the threshold is for either.
func measurements(s setting) []measurement {
	return []measurement{
		training(s, "training", 1, rls.Float64, atLeast("ratio", 70)),
		training(s, "training-two-cores", 2, rls.Float64, atLeast("ratio", 70)),
		training(s, "training-float32", 1, rls.Float32),
		demo(s),
		fullForce(s, "full-force", 1),
		fullForce(s, "full-force-two-cores", 2),
		freeRunning(s, 0),
		freeRunning(s, 1),
		integrating(s),
		growth(s),
		seeds(s),
		reading(s, "hdf5-contiguous", 1, false, atLeast("limit", 0.6)),
		reading(s, "hdf5-gzip", 1, true, atLeast("ratio", 1)),
		reading(s, "hdf5-gzip-two-cores", 2, true, atLeast("ratio", 1.7)),
	}
}

// Names returns the names of all rows.
func Names() (names []string) {
	for _, m := range measurements(full()) {
		names = append(names, m.name)
	}
	return names
}

// Run measures. A row that cannot be measured carries its Error, one without
// its peer says so in Peer. An error is returned for options that make no sense
// and, with the rows so far, when ctx ends.
func Run(ctx context.Context, o Options) (*Result, error) {
	s := &session{setting: full(), profile: o.Profile}
	if o.Quick {
		s.setting = quick()
	}
	chosen, err := o.chosen(s.setting)
	if err != nil {
		return nil, err
	}
	if ctx == nil {
		return nil, errors.New("bench: the context is nil: context.Background() is the one that never ends")
	}
	if o.Profile != "" { // rather now than after minutes
		if err := scratch.Folder(o.Profile, scratch.Public); err != nil {
			return nil, err
		}
	}
	if o.Say == nil {
		o.Say = func(string, ...any) {}
	}
	var remove func()
	if s.folder, remove, err = scratch.Temp(); err != nil {
		return nil, err
	}
	defer remove()
	if err := unpack(s.folder); err != nil {
		return nil, err
	}
	result := &Result{machine: here()}
	if result.keep, err = o.keeper(ctx, result.machine); err != nil {
		return nil, err
	}
	if !result.keep.read("limits", &s.limits) {
		if s.limits, err = s.measureLimits(ctx); err != nil {
			return result, err
		}
		o.keep(&result.keep, "limits", s.limits)
	}
	result.machine.Limits = s.limits
	o.Say("%s", s.limits)
	for _, m := range chosen {
		start := time.Now()
		rows, when := []Row(nil), "measured before"
		if !result.keep.read(m.name, &rows) {
			err := s.measure(ctx, m)
			if ctx.Err() != nil {
				return result, context.Cause(ctx)
			}
			for i := range m.rows {
				m.rows[i].finish(err, s.setting.Judged)
			}
			if rows = m.rows; err == nil {
				o.keep(&result.keep, m.name, rows)
			}
			when = fmt.Sprintf("%.0f s", time.Since(start).Seconds())
		}
		for _, row := range rows {
			result.Rows = append(result.Rows, row)
			o.Say("%s (%s)", row.line(), when)
		}
	}
	return result, nil
}

// keep keeps something. What cannot be kept is told, and is no failure.
func (o Options) keep(keep *keeper, name string, v any) {
	if err := keep.write(name, v); err != nil {
		o.Say("What was measured of %s is not kept: %v.", name, err)
	}
}

// measure fills in the rows on their cores, if there are so many.
func (s *session) measure(ctx context.Context, m measurement) error {
	n := m.rows[0].Cores
	if runtime.NumCPU() < n {
		m.rows[0].Peer = "not measured: this machine has too few cores"
		return nil
	}
	return cores(n, func() error { return m.fill(ctx, s, m.rows) })
}

// chosen returns the measurements asked for.
func (o Options) chosen(s setting) ([]measurement, error) {
	all := measurements(s)
	if len(o.Rows) == 0 {
		return all, nil
	}
	for _, name := range o.Rows {
		if names := Names(); !slices.Contains(names, name) {
			return nil, fmt.Errorf("no row is called %q: there are %s", name, strings.Join(names, ", "))
		}
	}
	return slices.DeleteFunc(all, func(m measurement) bool { return !slices.Contains(o.Rows, m.name) }), nil
}

// finish puts in the error, and judges the thresholds.
func (r *Row) finish(err error, judged bool) {
	if err != nil {
		*r = Row{Name: r.Name, Work: r.Work, Unit: r.Unit, Cores: r.Cores, Thresholds: r.Thresholds, Error: err.Error()}
	}
	if judged {
		r.judge()
	} else {
		r.remark("Small sizes, so the numbers mean nothing")
	}
}

// Failed returns how many rows could not be measured.
func (r *Result) Failed() (n int) {
	for _, row := range r.Rows {
		if row.Error != "" {
			n++
		}
	}
	return n
}

// Missing returns what was not compared because a peer is not there or
// failed, one sentence per reason.
func (r *Result) Missing() []string {
	reasons := map[string][]string{}
	var order []string
	for _, row := range r.Rows {
		if row.Peer == "none" || row.Ratio != nil || row.Error != "" {
			continue
		}
		if reasons[row.Peer] == nil {
			order = append(order, row.Peer)
		}
		reasons[row.Peer] = append(reasons[row.Peer], row.Name)
	}
	var out []string
	for _, why := range order {
		out = append(out, fmt.Sprintf("No comparison for %s: %s.", strings.Join(reasons[why], ", "), why))
	}
	return out
}
