package experiment

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"sync"
	"time"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/plotting"
	"github.com/spikewalk/spikewalk/sweep"
)

// Options say how experiments are reproduced. The zero Options run each with
// its own number of seeds.
type Options struct {
	// Seeds is the number of seeds; 0 means each experiment's own.
	Seeds int
	// First is the first seed; 0 means 1. From [ValidationSeed] on they are
	// those on which parameters were chosen.
	First uint64
	// Jobs is how many runs go on at the same time; 0 means one for each
	// processor. Results do not depend on it.
	Jobs int
	// Quick runs small sizes and one seed, to see that everything works.
	Quick bool
	// Kept, unless empty, is the folder in whose files what each run finds is
	// kept as soon as it has ended. What the same program has kept there is not
	// run again; what another build of it has kept is computed anew.
	Kept string
	// Out, unless empty, is the folder into which results.json, RESULTS.md and the
	// figures of an experiment (PNG, SVG, PDF, and their numbers as JSON) are
	// written as soon as all its runs have ended. What is kept of the other
	// experiments, Also among them, stays in the texts.
	Out  string
	Also []Experiment
	// Redraw runs nothing: it takes what is kept, whichever build has computed
	// it, as long as the version of the numerics and the type of what was found
	// are the same. Experiments of which nothing is kept are Skipped.
	Redraw bool
	// Cluster, unless nil, computes what is not Kept, which then must be a folder that all
	// nodes see; its own Folder is made in there. The program must get to [Reproduce] with the same
	// experiments and options in every task, see [sweep.Slurm], and gets no further in it. Jobs
	// has then no effect, and runs are seen by the Watch of the context ([neuro.WithWatch]).
	Cluster *sweep.Slurm
	// Say, unless nil, receives one line about what each run has found.
	Say func(format string, args ...any)
	// Watch, unless nil, receives the progress whenever a run begins, gets ahead or
	// ends, up to a thousand times a second.
	Watch func(Progress)
}

// The most seeds and runs at the same time: beyond what any machine has time
// and memory for.
const maxSeeds, maxJobs = 10_000, 1000

// Validate says what is wrong with o, if anything.
func (o Options) Validate() error {
	if o.Seeds < 0 || o.Seeds > maxSeeds {
		return fmt.Errorf("%d seeds: at least one is needed, and %d are the most", o.Seeds, maxSeeds)
	}
	if o.Jobs < 0 || o.Jobs > maxJobs {
		return fmt.Errorf("%d runs at the same time: at least one must run, and %d are the most", o.Jobs, maxJobs)
	}
	if most := uint64(math.MaxUint64 - maxSeeds); o.First > most {
		return fmt.Errorf("the first seed is %d: it is %d at most", o.First, most)
	}
	if o.Redraw && o.Kept == "" {
		return errors.New("nothing can be redrawn: no folder says where runs are kept")
	}
	if o.Cluster != nil && o.Kept == "" {
		return errors.New("a cluster cannot compute runs: no folder says where they are kept")
	}
	return nil
}

// job is one run of one experiment.
type job struct {
	experiment int
	seed       uint64
	outcome    outcome
	seconds    float64
	err        error
	done       bool // it was kept, or has ended
}

// Reproduce runs experiments, seeds side by side. A run that fails is listed in
// its experiment's Failures, an experiment whose recordings are unavailable in
// Skipped; an error is returned for options that make no sense, for a recording
// that is there and wrong, for files that cannot be written, and when ctx ends. What
// was training then goes on where it was when the same program reproduces the same
// again, if it is told where runs are kept.
func Reproduce(ctx context.Context, chosen []Experiment, o Options) (*Results, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	if ctx == nil {
		return nil, errors.New("experiment: the context is nil: context.Background() is the one that never ends")
	}
	for _, e := range chosen {
		if e.run == nil {
			return nil, fmt.Errorf("experiment: %q has no run, no figure, no struct for a config, or a measure that is not computed: complete it with Define", e.ID)
		}
		if o.Kept != "" && e.coder.refused != nil {
			return nil, fmt.Errorf("experiment: what %q finds cannot be kept: %w", e.ID, e.coder.refused)
		}
		if _, err := e.config.key(o.Quick); o.Kept != "" && err != nil {
			return nil, fmt.Errorf("experiment: what %q finds cannot be kept: %w", e.ID, err)
		}
	}
	if o.Say == nil {
		o.Say = func(string, ...any) {}
	}
	var skipped []Skip
	keep := keeper{o.Kept, o.Quick}
	cluster, err := keep.onCluster(chosen, o)
	if err != nil {
		return nil, err
	}
	if err := cluster.goOn(ctx); err != nil {
		return nil, err
	}
	switch {
	case o.Redraw:
		chosen, skipped = keep.withRuns(o, chosen)
	case !o.Quick: // which takes synthetic data
		if chosen, skipped, err = withRecordings(ctx, chosen); err != nil {
			return nil, err
		}
		for _, s := range skipped {
			o.Say("Skipping %s: %s.", s.ID, s.Why)
		}
	}
	jobs := o.jobs(chosen)
	if err := keep.recall(chosen, jobs, o.Redraw); err != nil {
		return nil, err
	}
	if err := cluster.rest(ctx, o, chosen, jobs); err != nil {
		return nil, err
	}
	out := publish(o, keep, chosen, jobs, skipped)
	work(ctx, o, chosen, jobs, out)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	results := &Results{Quick: o.Quick, Skipped: skipped}
	for i, e := range chosen {
		r := collect(e, i, jobs)
		results.Experiments = append(results.Experiments, r)
		results.Seconds += r.Seconds
	}
	return results, out.rest()
}

// jobs lists all runs: all seeds of an experiment, then the next one.
func (o Options) jobs(chosen []Experiment) []*job {
	var jobs []*job
	for i, e := range chosen {
		seeds := e.Seeds
		if o.Seeds > 0 {
			seeds = o.Seeds
		} else if o.Quick {
			seeds = 1
		}
		for s := range seeds {
			jobs = append(jobs, &job{experiment: i, seed: max(o.First, 1) + uint64(s)})
		}
	}
	return jobs
}

func (o Options) workers() int {
	if o.Jobs > 0 {
		return o.Jobs
	}
	return runtime.GOMAXPROCS(0)
}

// work runs the jobs that are not done.
func work(ctx context.Context, o Options, chosen []Experiment, jobs []*job, out *publisher) {
	common := newShared()
	if o.workers() > 1 {
		ctx = neuro.WithCores(ctx, 1)
	}
	keep := keeper{o.Kept, o.Quick}
	queue := make(chan *job)
	var workers sync.WaitGroup
	done, found := 0, 0
	for _, j := range jobs {
		if j.done {
			done++
		}
		if j.done && j.err == nil {
			found++
		}
	}
	if found > 0 {
		o.Say("%d of %d runs are kept in %s.", found, len(jobs), o.Kept)
	}
	track := &tracker{total: len(jobs), done: done, quick: o.Quick, say: o.Say, watch: o.Watch}
	for range o.workers() {
		workers.Go(func() {
			for j := range queue {
				if ctx.Err() != nil {
					continue // it never began
				}
				e := chosen[j.experiment]
				start := time.Now()
				watch, end := track.begin(e.ID, j.seed)
				r := Run{Seed: j.seed, Quick: o.Quick, shared: common, Recordings: e.Recordings}
				found, err := e.run(neuro.WithWatch(keep.states(ctx, e, j, track), watch), r)
				j.seconds, j.err = time.Since(start).Seconds(), err
				if err == nil {
					j.outcome = keep.outcome(e, j, found, track)
				}
				summary := j.summary(e)
				if j.err != nil && ctx.Err() != nil {
					summary = "stopped"
				}
				end(fmt.Sprintf("%s, seed %d: %s (%.0f s)", e.ID, j.seed, summary, j.seconds))
				if ctx.Err() == nil {
					out.ended(j)
				}
			}
		})
	}
	for _, j := range jobs {
		if ctx.Err() != nil {
			break
		}
		if !j.done {
			queue <- j
		}
	}
	close(queue)
	workers.Wait()
}

// outcome keeps what a run has found, and measures it. What cannot be kept is
// told, and is no failure.
func (k keeper) outcome(e Experiment, j *job, found any, track *tracker) outcome {
	back, err := k.write(e, j, found)
	if err != nil {
		track.change(func() { track.say("%s, seed %d, is not kept: %v.", e.ID, j.seed, err) })
		back = found
	}
	return e.outcome(back)
}

// collect summarises all runs of one experiment.
func collect(e Experiment, index int, jobs []*job) Result {
	r := Result{Experiment: e}
	var good []outcome
	for _, j := range jobs {
		if j.experiment != index {
			continue
		}
		r.Seconds += j.seconds
		if j.err != nil {
			r.Failures = append(r.Failures, fmt.Sprintf("seed %d: %v", j.seed, j.err))
			continue
		}
		r.Seeds = append(r.Seeds, j.seed)
		good = append(good, j.outcome)
	}
	for m := range e.measures {
		values := make([]float64, len(good))
		for i, o := range good {
			values[i] = o.values[m]
		}
		r.Values = append(r.Values, values)
	}
	for _, figure := range e.figures {
		if len(good) > 0 {
			r.Figures = append(r.Figures, func() *plotting.Drawing { return figure(good) })
		}
	}
	return r
}
