package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/sweep"
)

// engineFlags say where rows are computed.
type engineFlags struct {
	engine  string
	jobs    int
	memory  float64
	limit   time.Duration
	options []string
}

func (f *engineFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.engine, "engine", "", "local, for this machine, or slurm, for the cluster that it belongs to (default: the environment's SPIKEWALK_ENGINE, or local)")
	flags.IntVar(&f.jobs, "jobs", 0, "how many rows (of a cluster: tasks) go on at the same time (default: as many as there are processors, or as the cluster allows)")
	flags.Float64Var(&f.memory, "memory", 0, "`GB` that each task of a cluster gets, all rows together on this machine (default: 2, or what is free)")
	flags.DurationVar(&f.limit, "time", 0, "the limit of a task of a cluster (default 1h0m0s)")
	flags.StringArrayVar(&f.options, "sbatch", nil, "a further `option` of sbatch, such as --partition=cpu; may be given several times")
}

// on is the engine, with its rows in a folder.
func (f *engineFlags) on(cmd *cobra.Command, folder string) (sweep.Engine, error) {
	if cmd.Flags().Changed("jobs") && f.jobs < 1 {
		return nil, fmt.Errorf("--jobs is %d: at least one must go on at a time", f.jobs)
	}
	if cmd.Flags().Changed("memory") && !(f.memory > 0) {
		return nil, fmt.Errorf("--memory is %g: it must be positive", f.memory)
	}
	on, err := sweep.On(f.engine)
	if err != nil {
		return nil, err
	}
	if _, ok := on.(sweep.Slurm); ok {
		return sweep.Slurm{Folder: folder, Time: f.limit, Memory: 1e9 * f.memory, TasksAtOnce: f.jobs, Options: f.options}, nil
	}
	for _, name := range []string{"time", "sbatch"} {
		if cmd.Flags().Changed(name) {
			return nil, fmt.Errorf("--%s is for clusters: say --engine slurm as well, or leave it away", name)
		}
	}
	return sweep.Local{Folder: folder, Jobs: f.jobs, Memory: 1e9 * f.memory}, nil
}

// watchRows lets a terminal show how many rows are done, until end.
func watchRows(cmd *cobra.Command) (ctx context.Context, end func()) {
	w, ok := cmd.ErrOrStderr().(*os.File)
	if !ok || !term.IsTerminal(int(w.Fd())) {
		return cmd.Context(), func() {}
	}
	begun, first := time.Now(), -1
	ctx = neuro.WithWatch(cmd.Context(), func(p neuro.Progress) error {
		if first < 0 {
			first = p.Done - 1 // what was there before took no time
		}
		left := time.Duration(float64(time.Since(begun)) * float64(p.Total-p.Done) / float64(p.Done-first))
		_, _ = fmt.Fprintf(w, "%s%d of %d rows done, about %v left", eraseLine, p.Done, p.Total, left.Round(time.Second))
		return nil
	})
	return ctx, func() { fmt.Fprint(w, eraseLine) }
}
