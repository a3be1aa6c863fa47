package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/jupyter"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/kernel"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/process"
)

// labFlags says which folder is opened.
type labFlags struct{ copies, own string }

func labCommand() *cobra.Command {
	var f labFlags
	cmd := &cobra.Command{
		Use:   "lab [-- JUPYTER-FLAGS...]",
		Short: "Open the notebooks in Jupyter; ctrl-C ends it",
		Long: `Starts JupyterLab, or Jupyter Notebook where there is no JupyterLab, with a
kernel that needs no set-up in the notebook. What it opens are copies, in the
folder spikewalk-notebooks (in a working copy out/lab) or the one that --folder
names: what you change there stays from one time to the next, and the notebooks of
the module stay as they are. A copy that you changed is never written over: move it
away to have it made anew.

--open DIR opens a folder of your own as it is, and copies nothing. Cells find the
packages of the Go module that the folder is in.

What follows -- is handed to Jupyter, for instance --no-browser.`,
		Example: `  spikewalk lab
  spikewalk lab --folder ~/walk -- --no-browser --port 8890
  spikewalk new mytask && spikewalk lab --open mytask`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if at := cmd.ArgsLenAtDash(); len(args) > 0 && at != 0 {
				return fmt.Errorf("%q is no flag of lab: --open names the folder to open, and what Jupyter is to have comes after --", args[0])
			}
			if f.copies != "" && f.own != "" {
				return fmt.Errorf("--folder is for copies of the module's notebooks, and --open opens a folder of your own: use one or the other")
			}
			return f.run(cmd.Context(), args, lineByLine(cmd.OutOrStdout()))
		},
	}
	cmd.Flags().StringVar(&f.copies, "folder", "", "folder for the copies (default "+copiesFolder+", in a working copy out/lab)")
	cmd.Flags().StringVar(&f.own, "open", "", "open this folder of your own instead, as it is")
	return cmd
}

func (f *labFlags) run(ctx context.Context, args []string, say func(format string, args ...any)) error {
	at, err := places(ctx)
	if err != nil {
		return err
	}
	k, err := at.kernel()
	if err != nil {
		return err
	}
	folder, err := f.prepare(at, say)
	if err != nil {
		return err
	}
	j, err := jupyter.Find(ctx, at.programs, jupyter.Server, say)
	if err != nil {
		return err
	}
	if err := readyFor(ctx, k, folder, say); err != nil {
		return err
	}
	kernel.RemoveLeftovers()
	cmd := j.Serve(folder, k.JupyterPath(), args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	say("Starting jupyter %s in %s; ctrl-C ends it.", j.Sub, folder)
	err = process.Run(ctx, cmd)
	if cmd.Process != nil {
		// Kernels that Jupyter left: it tells them its number.
		process.End(fmt.Sprintf("JPY_PARENT_PID=%d", cmd.Process.Pid))
	}
	kernel.RemoveLeftovers()
	if errors.Is(err, errInterrupted) {
		say("Ended.")
		return nil
	}
	if err != nil {
		return fmt.Errorf("jupyter %s failed: %w", j.Sub, err)
	}
	return nil
}

// prepare returns the folder to open: the user's own, or one in which the
// module's notebooks are copied.
func (f *labFlags) prepare(at place, say func(format string, args ...any)) (string, error) {
	if f.own != "" {
		info, err := os.Stat(f.own)
		if err == nil && !info.IsDir() {
			err = fmt.Errorf("%s is a file", f.own)
		}
		if err != nil {
			return "", fmt.Errorf("--open names a folder that is there: %w", err)
		}
		if err := kernel.CheckModule(f.own); err != nil {
			return "", err
		}
		return filepath.Abs(f.own)
	}
	folder := f.copies
	switch {
	case folder != "":
	case at.Version == "":
		folder = at.out("lab")
	default:
		folder = copiesFolder
	}
	folder, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	return folder, copyNotebooks(at.notebooks(), folder, "--folder", say)
}
