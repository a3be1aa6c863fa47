package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/kernel"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

func kernelCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "kernel",
		Short: "Install our kernel for your own Jupyter, or remove it",
		Args:  subcommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "install",
		Short: "Add the kernel \"Go (spikewalk)\" to your own Jupyter's; the others stay as they are",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			at, err := places(cmd.Context())
			if err != nil {
				return err
			}
			say := lineByLine(cmd.OutOrStdout())
			k, err := at.kernel()
			if err != nil {
				return err
			}
			if err := readyFor(cmd.Context(), k, at.notebooks(), say); err != nil {
				return err
			}
			names, folder, err := k.Install()
			if err != nil {
				return err
			}
			for _, name := range names {
				say("Installed the kernel %q as %s.", kernel.DisplayName(name), filepath.Join(folder, name))
			}
			if !slices.Contains(names, kernel.GoNB) {
				say("The notebooks name the kernel %s, of which you have one: choose \"Go (spikewalk)\" when you open them.", kernel.GoNB)
			}
			return nil
		},
	}, &cobra.Command{
		Use:   "remove",
		Short: "Take that kernel out again",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			removed, err := kernel.Remove()
			for _, folder := range removed {
				fmt.Fprintf(cmd.OutOrStdout(), "Removed the kernel %q: %s.\n", kernel.DisplayName(filepath.Base(folder)), folder)
			}
			return err
		},
	})
	return cmd
}

// readyFor makes the kernel ready for the notebooks of a folder.
func readyFor(ctx context.Context, k *kernel.Setup, folder string, say func(format string, args ...any)) error {
	if err := k.Ensure(ctx, say); err != nil {
		return err
	}
	packages, err := usedIn(folder)
	if err != nil {
		return err
	}
	if k, err = k.For(ctx, folder, say); err != nil {
		return err
	}
	return k.Warm(ctx, packages, say)
}

// usedIn lists what the notebooks of a folder import. A reader may keep
// notebooks of another language there too, or broken ones: they are for
// Jupyter to show.
func usedIn(folder string) (packages []string, err error) {
	paths, err := notebook.List(folder)
	for _, path := range paths {
		if used, err := imported([]string{path}); err == nil {
			packages = append(packages, used...)
		}
	}
	return packages, err
}
