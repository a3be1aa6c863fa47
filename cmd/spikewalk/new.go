package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/own"
)

func newCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "new NAME",
		Short: "Begin a task of your own: a folder with the task, its test and a notebook",
		Long: `Makes the folder NAME (or a path that ends in it) with a Go module: a task that
is made to be changed, its test, and a notebook that trains a network on it and
shows what comes out. All of it works as it stands. NAME becomes the name of the Go
package: small letters and digits. docs/your-own.md goes on from there.`,
		Example: `  spikewalk new delayedmatch
  spikewalk new ../delayedmatch`,
		Args: oneName,
		RunE: func(cmd *cobra.Command, args []string) error {
			at, err := places(cmd.Context())
			if err != nil {
				return err
			}
			folder, err := own.New(args[0], at.Source)
			if err != nil {
				return err
			}
			name := filepath.Base(folder)
			fmt.Fprintf(cmd.OutOrStdout(), `Made %[1]s:
  %[2]s.go        the task
  %[2]s_test.go   its test: go test, in that folder
  %[2]s.ipynb     the notebook:
    %[3]s lab --open %[4]s          to work in it
    %[3]s notebooks --folder %[4]s  to execute it
`, folder, name, at.called(), shellWord(folder))
			return nil
		},
	}
}

var plainWord = regexp.MustCompile(`^[\p{L}\p{N}_./-]+$`)

// shellWord writes a path so that a shell takes it as it is.
func shellWord(path string) string {
	if plainWord.MatchString(path) {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
