package main

import (
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/choose"
	"github.com/spikewalk/spikewalk/data"
)

func dataCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "data",
		Short: "List recordings, fetch them, or show what is in a file",
		Args:  subcommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "list [NAME]",
		Short: "List the recordings and whether they are on this machine, or the files of a data set",
		Long:  listHelp,
		Args:  cobra.MaximumNArgs(1),
		RunE:  listData,
	}, &cobra.Command{
		Use:   "fetch [NAME...]",
		Short: "Download recordings, without a name those of the notebooks, and verify them",
		Long:  fetchHelp,
		RunE:  fetchData,
	}, showCommand())
	return cmd
}

func listData(cmd *cobra.Command, names []string) error {
	if err := data.CheckFolder(); err != nil {
		return err
	}
	if len(names) > 0 {
		return listDandiset(cmd, names[0])
	}
	var problems []string
	table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "NAME\tKILOBYTES\tLICENCE\tWHERE\tWHAT")
	for _, info := range data.List() {
		if info.Set {
			continue
		}
		where := info.Path
		switch {
		case info.Problem != "":
			where = "see below"
			problems = append(problems, info.Name+": "+info.Problem)
		case where == "":
			where = "not here (spikewalk data fetch " + info.Name + ")"
		}
		fmt.Fprintf(table, "%s\t%.0f\t%s\t%s\t%s\n", info.Name, float64(info.Size)/1e3, info.Licence, where, info.Title)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, p := range problems {
		fmt.Fprintln(cmd.OutOrStdout(), p)
	}
	return listSets(cmd.OutOrStdout())
}

func fetchData(cmd *cobra.Command, names []string) error {
	if err := data.CheckFolder(); err != nil {
		return err
	}
	var all []string
	for _, info := range data.List() {
		if !info.Set {
			all = append(all, info.Name)
		}
	}
	if len(names) == 0 {
		names = all
	}
	for i, name := range names {
		if err := notByHand(name); err != nil {
			return err
		}
		if isDandiset(name) {
			continue
		}
		var err error
		if names[i], err = choose.One("recording", name, all); err != nil {
			return err
		}
	}
	for _, name := range names {
		if isDandiset(name) {
			if err := fetchDandiset(cmd, name); err != nil {
				return err
			}
			continue
		}
		path, err := data.Fetch(cmd.Context(), name, downloadBar(name))
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", name, path)
	}
	return nil
}

// downloadBar shows a download's progress on a terminal.
func downloadBar(name string) func(done, total int64) {
	if !term.IsTerminal(int(os.Stderr.Fd())) {
		return nil
	}
	var bar *progressbar.ProgressBar
	return func(done, total int64) {
		if bar == nil {
			bar = progressbar.DefaultBytes(total, name)
		}
		// A bar that cannot be drawn is no reason to stop the download.
		_ = bar.Set64(done)
	}
}
