package main

import (
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/choose"
	"github.com/spikewalk/spikewalk/internal/cache"
	"github.com/spikewalk/spikewalk/internal/unpack"
	"github.com/spikewalk/spikewalk/notebooks/nb"
)

const (
	cacheListHelp = `List what is kept on this disk, how large it is and when it was used last.

Everything lies in one folder: the one that SPIKEWALK_CACHE names, or spikewalk in
your cache folder. Results of notebooks and parts of remote recordings take 20 GB of
it at most, or the megabytes that SPIKEWALK_CACHE_MB says; those that were used least
recently go first. Recordings and programs stay until you clear them, and where a
cell was that was stopped while it trained until it has ended.`

	cacheClearHelp = `Remove what is kept on this disk, all of it or some kinds, without a question, and
say how much was freed. Whatever is needed again is computed, downloaded or set up
again. What another program is writing stays.`
)

func cacheCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "cache",
		Short: "See or remove what is kept on this disk",
		Args:  subcommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(&cobra.Command{
		Use:     "list",
		Short:   "List what is kept, how large it is and when it was used last",
		Long:    cacheListHelp,
		Example: "  spikewalk cache list",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			folder, err := cache.Dir()
			if err != nil {
				return err
			}
			return listCache(cmd.OutOrStdout(), folder)
		},
	}, &cobra.Command{
		Use:     "clear [WHAT...]",
		Short:   "Remove what is kept: all, or memo, data, checkpoints, blocks, programs, other",
		Long:    cacheClearHelp,
		Example: "  spikewalk cache clear memo",
		RunE: func(cmd *cobra.Command, args []string) error {
			folder, err := cache.Dir()
			if err != nil {
				return err
			}
			kinds, err := chosenKinds(args)
			if err != nil {
				return err
			}
			return clearCache(cmd.OutOrStdout(), folder, kinds)
		},
	})
	return cmd
}

// chosenKinds are the kinds of these names, without any all of them.
func chosenKinds(names []string) ([]cache.Kind, error) {
	if len(names) == 0 {
		return cache.Kinds, nil
	}
	var all []string
	byName := map[string]cache.Kind{}
	for _, k := range cache.Kinds {
		all, byName[k.Name] = append(all, k.Name), k
	}
	var chosen []cache.Kind
	for _, name := range names {
		k, ok := byName[name]
		if !ok {
			return nil, choose.Unknown("kind of kept things", name, all)
		}
		chosen = append(chosen, k)
	}
	return chosen, nil
}

func listCache(out io.Writer, folder string) error {
	all, err := cache.List(folder)
	if err != nil {
		return err
	}
	most, err := cache.Limit()
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "KIND\tFILES\tSIZE\tLAST USED\tWHAT IT IS")
	var sum, itself int64
	for _, c := range all {
		fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%s\n", c.Name, c.Files, unpack.Size(c.Bytes), ago(c), c.About)
		if sum += c.Bytes; c.Name == cache.Memo || c.Name == cache.Blocks {
			itself += c.Bytes
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s in %s\n", unpack.Size(sum), folder)
	fmt.Fprintf(out, "memo and blocks take %s of %s (%s); those used least recently go first\n", unpack.Size(itself), unpack.Size(most), cache.LimitEnv)
	if memo := os.Getenv(nb.MemoEnv); memo != "" {
		fmt.Fprintf(out, "%s names another folder for the memo, which is not counted here: %s\n", nb.MemoEnv, memo)
	}
	return nil
}

// ago says how long ago something was used.
func ago(c cache.Content) string {
	if c.Files == 0 {
		return "-"
	}
	d := time.Since(c.Last)
	switch {
	case d < 2*time.Minute:
		return "just now"
	case d < 2*time.Hour:
		return fmt.Sprintf("%.0f min ago", d.Minutes())
	case d < 48*time.Hour:
		return fmt.Sprintf("%.0f h ago", d.Hours())
	}
	return fmt.Sprintf("%.0f days ago", d.Hours()/24)
}

func clearCache(out io.Writer, folder string, kinds []cache.Kind) error {
	freed, err := cache.Clear(folder, kinds)
	var sum int64
	for _, c := range freed {
		if c.Files > 0 {
			fmt.Fprintf(out, "removed %s: %d files, %s\n", c.Name, c.Files, unpack.Size(c.Bytes))
		}
		sum += c.Bytes
	}
	if err == nil || sum > 0 {
		fmt.Fprintf(out, "freed %s in %s\n", unpack.Size(sum), folder)
	}
	return err
}
