package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/room"
	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/internal/scratch"
	"github.com/spikewalk/spikewalk/sweep"
)

// reproduceTakes is how long all experiments take, as the README has it too.
const reproduceTakes = "under an hour"

func reproduceCommand() *cobra.Command {
	var out string
	var o experiment.Options
	var engine engineFlags
	cmd := &cobra.Command{
		Use:   "reproduce [ID...]",
		Short: "Put the papers' statements to the test, with numbers, spread and figures",
		Long: fmt.Sprintf(`Runs the experiments with the given ids, or all of them, each from several
seeds, and writes results.json, RESULTS.md and a figure for each into the
output folder. "int" stands for all experiments whose ids begin with "int.",
and so on; of a name as much is enough as only one has. All of them take %s
on two cores. A threshold that is not passed is reported, and is no error. What
needs a recording that is neither here nor to be downloaded is skipped.

Each experiment's files are written as soon as its runs have ended. What each run
finds is kept in the folder runs of the output folder, and with it where a run
is, so that a command that was interrupted goes on there. Results of other
experiments that are in the output folder stay. With --redraw nothing is
run: figures and texts are made anew from what is kept.

With --engine slurm each run is a task of a cluster, on whose login node the
command waits for them. When it is interrupted the tasks go on, and the same command waits
for them again.

Experiments: %s.`, reproduceTakes, strings.Join(ids(), ", ")),
		Example: `  spikewalk reproduce
  spikewalk reproduce int
  spikewalk reproduce osc.fullforce --seeds 3 --out /tmp/try
  spikewalk reproduce pcs --seeds 50 --engine slurm --sbatch --partition=cpu
  spikewalk reproduce osc.fullforce --seeds 3 --out /tmp/try --redraw`,
		RunE: func(cmd *cobra.Command, names []string) error {
			chosen, err := experiments(names)
			if err != nil {
				return err
			}
			if cmd.Flags().Changed("seeds") && o.Seeds < 1 {
				return fmt.Errorf("--seeds is %d: at least one is needed", o.Seeds)
			}
			if cmd.Flags().Changed("first-seed") && o.First < 1 {
				return fmt.Errorf("--first-seed is 0: the first is 1")
			}
			if err := engine.reproduce(cmd, &o); err != nil {
				return err
			}
			o.Out, o.Kept, o.Also = out, filepath.Join(out, "runs"), statements()
			if err := o.Validate(); err != nil {
				return err
			}
			// Rather now than after minutes.
			if err := room.Writable(out, scratch.Public, "the results", "choose another folder with --out"); err != nil {
				return err
			}
			o.Say, o.Watch = progressLine(cmd.OutOrStdout())
			ctx, end := cmd.Context(), func() {}
			if o.Cluster != nil && !o.Redraw {
				ctx, end = watchRows(cmd)
			}
			results, err := experiment.Reproduce(ctx, chosen, o)
			end()
			if err != nil {
				return err
			}
			if o.Redraw && len(results.Experiments) == 0 {
				return fmt.Errorf("there is nothing to redraw: no run of what was asked for is kept in %s; run it first, without --redraw", o.Kept)
			}
			if passed, all := results.Passed(); all > 0 {
				o.Say("%d of %d thresholds passed.", passed, all)
				for _, line := range results.NotPassed() {
					o.Say("  not passed: %s", line)
				}
			}
			o.Say("Results are in %s.", out)
			if failed := results.Failed(); len(failed) > 0 {
				return fmt.Errorf("runs of %s failed, see %s", strings.Join(failed, ", "), filepath.Join(out, "RESULTS.md"))
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&out, "out", filepath.Join("out", "results"), "folder for the results")
	flags.IntVar(&o.Seeds, "seeds", 0, "number of seeds (default: each experiment's own)")
	flags.Uint64Var(&o.First, "first-seed", 1, fmt.Sprintf("the first seed; from %d on they are those on which parameters were chosen", experiment.ValidationSeed))
	engine.add(flags)
	flags.Lookup("jobs").Usage = "how many runs (of a cluster: tasks) go on at the same time (default: one for each processor, or as many as the cluster allows); results do not depend on it"
	flags.Lookup("memory").Usage = "`GB` that each task of a cluster gets (default 2)"
	flags.BoolVar(&o.Redraw, "redraw", false, "run nothing: draw what earlier runs have kept in the output folder")
	flags.BoolVar(&o.Quick, "quick", false, "small sizes and one seed, to see that everything works; the numbers mean nothing")
	return cmd
}

// reproduce says where runs are computed.
func (f *engineFlags) reproduce(cmd *cobra.Command, o *experiment.Options) error {
	on, err := f.on(cmd, "")
	if err != nil {
		return err
	}
	if slurm, ok := on.(sweep.Slurm); ok {
		o.Cluster = &slurm
		return nil
	}
	if cmd.Flags().Changed("memory") {
		return errors.New("--memory is for clusters: say --engine slurm as well, or leave it away")
	}
	o.Jobs = f.jobs
	return nil
}
