package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/choose"
	"github.com/spikewalk/spikewalk/experiment"
)

// subcommand refuses a word after a command that only has commands below it.
func subcommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return choose.Unknown("command", args[0], names)
}

// flagError says which flag may have been meant.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return err
	}
	// Of "spikewalk notebook --quick" the command is what is wrong.
	if cmd.HasSubCommands() && cmd.Flags().NArg() > 0 {
		return subcommand(cmd, cmd.Flags().Args())
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if alike := choose.Alike(unknown.GetSpecifiedName(), names); len(alike) > 0 {
		return fmt.Errorf("%w: did you mean --%s?", err, strings.Join(alike, " or --"))
	}
	return err
}

// experiments finds the ids and families that are meant. Families go first:
// "in" is all of int, not one of them.
func experiments(names []string) ([]string, error) {
	ids := experiment.IDs()
	var families []string
	for _, id := range ids {
		family, _, _ := strings.Cut(id, ".")
		if !slices.Contains(families, family) {
			families = append(families, family)
		}
	}
	var chosen []string
	for _, name := range names {
		all := ids
		if slices.ContainsFunc(families, func(f string) bool { return name != "" && strings.HasPrefix(f, name) }) {
			all = families
		}
		one, err := choose.One("experiment", name, all)
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, one)
	}
	return chosen, nil
}
