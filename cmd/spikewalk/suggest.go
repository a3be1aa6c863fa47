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
	"github.com/spikewalk/spikewalk/experiment/depasquale2016"
	"github.com/spikewalk/spikewalk/experiment/macneil2011"
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
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		return invalidValue(invalid)
	}
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

// invalidValue says what a flag wants, in the place of how its value was parsed.
func invalidValue(err *pflag.InvalidValueError) error {
	var wants string
	switch f := err.GetFlag(); f.Value.Type() {
	case "int":
		wants = "a whole number"
	case "uint64":
		wants = "a whole number without a sign"
	case "duration":
		wants = "a time with its unit, for instance 90s or 10m"
	case "bool":
		wants = "true or false"
	default:
		return err
	}
	return fmt.Errorf("--%s is %q: it wants %s", err.GetFlag().Name, err.GetValue(), wants)
}

// emptyFlag refuses a text that is given and empty, as a variable of the shell is
// that was never set: the default is not what was meant.
func emptyFlag(cmd *cobra.Command) (err error) {
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Value.Type() == "string" && f.Value.String() == "" {
			err = fmt.Errorf("--%s is empty: name a folder, or leave the flag away", f.Name)
		}
	})
	return err
}

// oneName refuses no name, and more than one.
func oneName(cmd *cobra.Command, args []string) error {
	if len(args) == 1 {
		return nil
	}
	return fmt.Errorf("%s wants one name, and here are %d: for instance %s", cmd.CommandPath(), len(args), strings.TrimSpace(strings.Split(cmd.Example, "\n")[0]))
}

// statements are the experiments of all papers.
func statements() []experiment.Experiment {
	return slices.Concat(depasquale2016.Experiments(), macneil2011.Experiments())
}

// ids lists the IDs of all experiments.
func ids() (all []string) {
	for _, e := range statements() {
		all = append(all, e.ID)
	}
	return all
}

// experiments finds those of the ids and families that are meant. Families go
// first: "in" is all of int, not one of them.
func experiments(names []string) ([]experiment.Experiment, error) {
	ids := ids()
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
	return experiment.Find(statements(), chosen...)
}
