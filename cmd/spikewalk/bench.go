package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/choose"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/room"
	"github.com/spikewalk/spikewalk/experiment/bench"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

func benchCommand() *cobra.Command {
	var out, profile string
	var quick bool
	cmd := &cobra.Command{
		Use:   "bench [ROW...]",
		Short: "Measure how fast it is, against other programs and the machine's limits",
		Long: fmt.Sprintf(`Measures the rows with the given names, or all of them, and writes bench.json,
machine.json, BENCH.md and two figures into the output folder. Other programs
do the same work in the same run; on Debian and Ubuntu

  %s

installs them. Where one is missing, its rows are measured without it and say
so. All rows take some minutes, in which the machine should do nothing else.
There is no --engine as other commands have it: times are those of one machine.

Each row is kept in the folder rows of the output folder until all are there, so that
a command that was interrupted goes on with the others, on the same machine and with
the same program.

Rows: %s.`, bench.Install, strings.Join(bench.Names(), ", ")),
		RunE: func(cmd *cobra.Command, names []string) error {
			all := bench.Names()
			for i, name := range names {
				var err error
				if names[i], err = choose.One("row", name, all); err != nil {
					return err
				}
			}
			// Rather now than after minutes.
			if err := room.Writable(out, scratch.Public, "the results", "choose another folder with --out"); err != nil {
				return err
			}
			if profile != "" {
				if err := room.Writable(profile, scratch.Public, "the profiles", "choose another folder with --profile"); err != nil {
					return err
				}
			}
			say := lineByLine(cmd.OutOrStdout())
			result, err := bench.Run(cmd.Context(), bench.Options{Quick: quick, Rows: names, Profile: profile, Kept: filepath.Join(out, "rows"), Say: say})
			if err != nil {
				return err
			}
			if err := result.Save(out); err != nil {
				return fmt.Errorf("the results cannot be written: %w; choose another folder with --out", err)
			}
			for _, sentence := range result.Missing() {
				say("%s", sentence)
			}
			say("Results are in %s.", out)
			if n := result.Failed(); n > 0 {
				return fmt.Errorf("%d of %d rows could not be measured, see %s", n, len(result.Rows), filepath.Join(out, "BENCH.md"))
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&out, "out", filepath.Join("out", "bench"), "folder for the results")
	flags.StringVar(&profile, "profile", "", "folder for CPU profiles of the three hot loops (rows training, full-force and the first free)")
	flags.BoolVar(&quick, "quick", false, "small sizes that show that everything works; the numbers mean nothing")
	return cmd
}
