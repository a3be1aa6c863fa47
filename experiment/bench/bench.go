package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spikewalk/spikewalk/internal/scratch"
	"github.com/spikewalk/spikewalk/neuro/rls"
)

// Options say what is measured, and how large.
type Options struct {
	Setting Setting
	// Rows are the names of the rows to measure, all of them if empty.
	Rows []string
	// Profile is a folder for CPU profiles of the three hot loops (training,
	// full-force and the first of the free-running sizes); empty for none.
	Profile string
	// Say is told in one line what has been found, or nil.
	Say func(format string, args ...any)
}

// Result is what was measured, and where.
type Result struct {
	Machine Machine
	Rows    []Row
}

// session is one run of the benchmark.
type session struct {
	setting Setting
	profile string
	folder  string // scripts and networks for the peers; goes away at the end
	limits  Limits
}

// measurement measures one row, or several that belong together.
type measurement struct {
	name    string
	measure func(context.Context, *session) ([]Row, error)
}

// measurements lists all rows in the order in which they are measured. Where
// the same work is measured on one core and on two, the bar is for either.
func measurements(s Setting) []measurement {
	list := []measurement{
		{"training", one(training(1, rls.Float64, atLeast("ratio", 70)))},
		{"training-two-cores", one(training(2, rls.Float64, atLeast("ratio", 70)))},
		{"training-float32", one(training(1, rls.Float32))},
		{"demo", one(demo)},
		{"full-force", one(fullForce(1))},
		{"full-force-two-cores", one(fullForce(2))},
	}
	for i, n := range s.FreeNeurons {
		list = append(list, measurement{fmt.Sprintf("free-%d", n), one(freeRunning(i))})
	}
	return append(list,
		measurement{"integrator", one(integrating)},
		measurement{"growth", growth},
		measurement{"seeds", one(seeds)},
	)
}

func one(measure func(context.Context, *session) (Row, error)) func(context.Context, *session) ([]Row, error) {
	return func(ctx context.Context, s *session) ([]Row, error) {
		row, err := measure(ctx, s)
		return []Row{row}, err
	}
}

// Names returns the names of all rows that can be measured in a setting.
func Names(s Setting) []string {
	var names []string
	for _, m := range measurements(s) {
		names = append(names, m.name)
	}
	return names
}

// Run measures. A row that cannot be measured carries its Error, one without
// its peer says so in Peer; an error is returned for options that make no
// sense and when ctx ends.
func Run(ctx context.Context, o Options) (*Result, error) {
	chosen, err := o.chosen()
	if err != nil {
		return nil, err
	}
	if ctx == nil {
		return nil, errors.New("bench: the context is nil: context.Background() is the one that never ends")
	}
	if o.Profile != "" { // rather now than after minutes
		if err := os.MkdirAll(o.Profile, 0o755); err != nil {
			return nil, err
		}
	}
	if o.Say == nil {
		o.Say = func(string, ...any) {}
	}
	s := &session{setting: o.Setting, profile: o.Profile}
	var remove func()
	if s.folder, remove, err = scratch.Temp(); err != nil {
		return nil, err
	}
	defer remove()
	if err := unpack(s.folder); err != nil {
		return nil, err
	}
	result := &Result{Machine: here()}
	if s.limits, err = s.measureLimits(ctx); err != nil {
		return nil, err
	}
	result.Machine.Limits = s.limits
	o.Say("%s", s.limits)
	for _, m := range chosen {
		start := time.Now()
		rows, err := m.measure(ctx, s)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		for _, row := range rows {
			row.finish(m.name, err, o.Setting.Judged)
			result.Rows = append(result.Rows, row)
			o.Say("%s (%.0f s)", row, time.Since(start).Seconds())
		}
	}
	return result, nil
}

// chosen checks the options and returns the measurements asked for.
func (o Options) chosen() ([]measurement, error) {
	if err := o.Setting.Validate(); err != nil {
		return nil, err
	}
	all := measurements(o.Setting)
	if len(o.Rows) == 0 {
		return all, nil
	}
	names := Names(o.Setting)
	for _, name := range o.Rows {
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("no row is called %q: there are %s", name, strings.Join(names, ", "))
		}
	}
	return slices.DeleteFunc(all, func(m measurement) bool { return !slices.Contains(o.Rows, m.name) }), nil
}

// finish names the row, puts in the error, and judges the bars.
func (r *Row) finish(name string, err error, judged bool) {
	if r.Name == "" {
		r.Name = name
	}
	if err != nil {
		*r = Row{Name: r.Name, Work: r.Work, Unit: r.Unit, Cores: r.Cores, Bars: r.Bars, Error: err.Error()}
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
		if row.Unit == "" || !row.wantsPeer() || row.Ratio != nil || row.Error != "" {
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

// wantsPeer tells rows that are to be compared with something.
func (r *Row) wantsPeer() bool {
	return r.Peer != "none"
}
