package experiment

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/internal/scratch"
	"github.com/spikewalk/spikewalk/sweep"
)

// onCluster computes runs on a cluster: a sweep over the names of their files, of which
// each row computes one run and keeps it. All runs that are asked for are in its
// plan, which is thereby the same in every task, whatever is kept by then: a row whose run is
// kept ends at once.
//
// On this machine runs are no rows: they share networks, and tell how far they are.
type onCluster struct {
	sweep  sweep.Sweep[named, bool]
	engine sweep.Slurm
	failed map[string]string // by name, why
}

// named is the config of a row.
type named struct{ Run string }

// onCluster is that of the options, nil without a cluster. Its folder is named by the
// runs and the program, so that other seeds or another build have another one.
func (k keeper) onCluster(chosen []Experiment, o Options) (*onCluster, error) {
	if o.Cluster == nil || o.Redraw || len(chosen) == 0 {
		return nil, nil
	}
	var names []string
	of := map[string]func(context.Context) error{}
	for _, j := range o.jobs(chosen) {
		name := k.name(chosen[j.experiment].ID, j.seed)
		names = append(names, name)
		of[name] = func(ctx context.Context) error { return k.compute(ctx, chosen[j.experiment], j.seed) }
	}
	key, err := kept.Key("runs", names, kept.Program())
	if err != nil {
		return nil, err
	}
	s := &onCluster{engine: *o.Cluster, failed: map[string]string{}}
	s.engine.Folder = filepath.Join(k.folder, "cluster-"+key[:12])
	if s.engine.RowsPerTask == 0 {
		s.engine.RowsPerTask = 1 // most runs take minutes
	}
	s.sweep = sweep.Sweep[named, bool]{
		Name: "reproduce", Plan: sweep.Grid(sweep.Values("Run", names...)),
		Run: func(ctx context.Context, n named) (bool, error) { err := of[n.Run](ctx); return err == nil, err },
	}
	return s, nil
}

// compute computes a run, unless it is kept, and keeps it.
func (k keeper) compute(ctx context.Context, e Experiment, seed uint64) error {
	if _, _, err := k.read(e, seed, false); err == nil {
		return nil
	}
	j, unwatched := &job{seed: seed}, &tracker{say: func(string, ...any) {}}
	start := time.Now()
	found, err := e.run(k.states(ctx, e, j, unwatched), Run{Seed: seed, Quick: k.quick, shared: newShared(), Recordings: e.Recordings})
	if err != nil {
		return err
	}
	j.seconds = time.Since(start).Seconds()
	if _, err := k.write(e, j, found); err != nil {
		return fmt.Errorf("what it found could not be kept: %w", err)
	}
	return nil
}

// goOn waits for what an earlier call has begun. A task, which is the same program with
// the same arguments, gets no further than this.
func (s *onCluster) goOn(ctx context.Context) error {
	if s == nil {
		return nil
	}
	if _, err := os.Stat(filepath.Join(s.engine.Folder, "slurm.json")); err != nil {
		return nil // nothing was handed in
	}
	return s.run(ctx)
}

// rest computes the jobs of which nothing is kept, if there are any, and recalls them.
func (s *onCluster) rest(ctx context.Context, o Options, chosen []Experiment, jobs []*job) error {
	if s == nil {
		return nil
	}
	keep := keeper{o.Kept, o.Quick}
	s.fail(keep, chosen, jobs)
	var missing []*job
	for _, j := range jobs {
		if !j.done {
			missing = append(missing, j)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	o.Say("%d of %d runs go to the cluster, as a sweep in %s.", len(missing), len(jobs), s.engine.Folder)
	if err := s.run(ctx); err != nil {
		return err
	}
	if err := keep.recall(chosen, missing, false); err != nil {
		return err
	}
	s.fail(keep, chosen, missing)
	for _, j := range missing {
		e := chosen[j.experiment]
		o.Say("%s, seed %d: %s (%.0f s)", e.ID, j.seed, j.summary(e), j.seconds)
	}
	return nil
}

// run computes all rows. The folder goes when they are there: the runs are kept, and
// those that failed are tried again by the next call, as on this machine.
func (s *onCluster) run(ctx context.Context) error {
	table, err := sweep.Run(ctx, s.sweep, s.engine)
	if err != nil {
		return err
	}
	if table.Len() < table.Total() {
		return errors.New("experiment: the cluster was not waited for: call again, which goes on")
	}
	failed := table.Failed()
	names, err := failed.Texts("Run")
	if err != nil {
		return err
	}
	why, err := failed.Texts("Error")
	if err != nil {
		return err
	}
	for i, name := range names {
		s.failed[name] = why[i]
	}
	// Out of the way at once: on a shared disk a part of it may stay for a while.
	away, remove, err := scratch.Beside(filepath.Dir(s.engine.Folder))
	if err != nil {
		return err
	}
	defer remove()
	return scratch.Move(s.engine.Folder, filepath.Join(away, "cluster"))
}

// fail puts down which jobs have failed.
func (s *onCluster) fail(keep keeper, chosen []Experiment, jobs []*job) {
	for _, j := range jobs {
		if why, failed := s.failed[keep.name(chosen[j.experiment].ID, j.seed)]; failed && !j.done {
			j.err, j.done = errors.New(why), true
		}
	}
}

// name is that of a run's file, without its ending.
func (k keeper) name(id string, seed uint64) string {
	return strings.TrimSuffix(filepath.Base(k.path(id, seed)), ".run")
}
