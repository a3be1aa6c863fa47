package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/jupyter"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/process"
)

func labCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "lab [-- JUPYTER-FLAGS...]",
		Short: "Open the notebooks in Jupyter; ctrl-C ends it",
		Long: `Starts JupyterLab, or Jupyter Notebook where there is no JupyterLab, in the
folder of the notebooks with a kernel that needs no set-up in the notebook.
What follows -- is handed to Jupyter, for instance --no-browser.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return lab(cmd.Context(), args, lineByLine(cmd.OutOrStdout()))
		},
	}
}

func lab(ctx context.Context, args []string, say func(format string, args ...any)) error {
	root, cache, err := places()
	if err != nil {
		return err
	}
	j, err := jupyter.Find(ctx, cache, jupyter.Server, say)
	if err != nil {
		return err
	}
	k, err := kernelFor(ctx, root, cache, say)
	if err != nil {
		return err
	}
	cmd := j.Serve(filepath.Join(root, "notebooks"), k.JupyterPath(), args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	say("Starting jupyter %s; ctrl-C ends it.", j.Sub)
	err = process.Run(ctx, cmd)
	if errors.Is(err, errInterrupted) {
		say("Ended.")
		return nil
	}
	if err != nil {
		return fmt.Errorf("jupyter %s failed: %w", j.Sub, err)
	}
	return nil
}
