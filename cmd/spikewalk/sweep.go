package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"github.com/spikewalk/spikewalk/sweep"
)

func sweepCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sweep",
		Short: "Run an experiment for many configs, here or on a cluster; see how far that is, collect its table",
		Long: `A sweep is a function of a config, run for many configs on this machine or on a cluster
(docs/sweeps.md says how): one of our experiments, by sweep run, or a function of a program of yours.
All other commands need its folder alone, and not the program.`,
		Args: subcommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	collect := &cobra.Command{
		Use:   "collect FOLDER",
		Short: "Write the table of the rows that are done, as Parquet or CSV",
		Example: `  spikewalk sweep collect out/sweeps/gain
  spikewalk sweep collect out/sweeps/gain --out gain.csv`,
		Args: cobra.ExactArgs(1),
	}
	out := collect.Flags().String("out", "", "the `file`, whose name ends in .parquet or .csv (default: table.parquet in the folder)")
	collect.RunE = func(cmd *cobra.Command, args []string) error { return collectSweep(cmd.OutOrStdout(), args[0], *out) }
	cmd.AddCommand(sweepRunCommand(), sweepFieldsCommand(), &cobra.Command{
		Use:     "status FOLDER",
		Short:   "Say how many rows are done, failed, run and wait, and why they wait",
		Example: "  spikewalk sweep status out/sweeps/gain",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := sweep.StatusOf(args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), statusText(s))
			return err
		},
	}, &cobra.Command{
		Use:     "cancel FOLDER",
		Short:   "End all tasks of a sweep on a cluster; finished rows stay",
		Example: "  spikewalk sweep cancel out/sweeps/gain",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return sweep.Cancel(cmd.Context(), args[0]) },
	}, &cobra.Command{
		Use:     "resume FOLDER",
		Short:   "Hand in the missing rows of a sweep on a cluster again, and wait for them",
		Example: "  spikewalk sweep resume out/sweeps/gain",
		Args:    cobra.ExactArgs(1),
		RunE:    resumeSweep,
	}, collect)
	return cmd
}

// statusText is how far a sweep is, in a line.
func statusText(s sweep.Status) string {
	text := fmt.Sprintf("%s: %d of %d rows done", s.Name, s.Done, s.Rows)
	if s.Failed > 0 {
		text += fmt.Sprintf(" (%d failed)", s.Failed)
	}
	if s.Running > 0 {
		text += fmt.Sprintf(", %d in tasks that run", s.Running)
	}
	if s.Pending > 0 {
		text += fmt.Sprintf(", %d in tasks that wait (%s)", s.Pending, s.Reason)
	}
	if s.Missing > 0 {
		text += fmt.Sprintf(", %d that nobody is at", s.Missing)
	}
	return text + fmt.Sprintf("; computed for %v so far", time.Duration(s.Seconds*1e9).Round(time.Second))
}

func collectSweep(w io.Writer, folder, out string) error {
	table, err := sweep.Collect(folder)
	if err != nil {
		return err
	}
	if out == "" {
		out = filepath.Join(folder, "table.parquet")
	}
	switch filepath.Ext(out) {
	case ".parquet":
		err = table.WriteParquet(out)
	case ".csv":
		err = table.WriteCSV(out)
	default:
		err = fmt.Errorf("--out is %s: its name must end in .parquet or .csv", out)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s: %d of %d rows\n", out, table.Len(), table.Total())
	return err
}

func resumeSweep(cmd *cobra.Command, args []string) error {
	ctx, end := watchRows(cmd)
	table, err := sweep.Resume(ctx, args[0])
	end()
	if table == nil {
		return err
	}
	_, said := fmt.Fprintf(cmd.OutOrStdout(), "%d of %d rows done, %d failed\n", table.Len(), table.Total(), table.Failed().Len())
	return errors.Join(err, said)
}
