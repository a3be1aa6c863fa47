package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/pace"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/room"
	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/internal/scratch"
	"github.com/spikewalk/spikewalk/sweep"
)

// sweepFlags are those of sweep run.
type sweepFlags struct {
	over   []string
	seeds  int
	first  uint64
	quick  bool
	out    string
	engine engineFlags
}

func sweepRunCommand() *cobra.Command {
	var f sweepFlags
	cmd := &cobra.Command{
		Use:   "run ID",
		Short: "Run an experiment with other values in its config, or with more seeds",
		Long: fmt.Sprintf(`Runs one of our experiments for every combination of values of some fields of its
config, each with the same seeds, on this machine or on a cluster with Slurm. "spikewalk
sweep fields ID" lists the fields. Without --over there is one condition, that of
"spikewalk reproduce".

Rows are kept in a folder as they are done, and the same command goes on with those that are
missing. At the end there are a table (table.parquet, table.csv), a figure of each measure against the
first field of numbers (figure.png, .pdf, .svg), and medians with the bootstrap's 95 %% confidence
intervals, which are printed.

Experiments: %s.`, strings.Join(ids(), ", ")),
		Example: `  spikewalk sweep run pcs.few --seeds 20
  spikewalk sweep run pcs.few --over Gain=8,12,16 --over Spiking.Neurons=300,600
  spikewalk sweep run pcs.few --over 'Components=[12,0],[8,0]' --seeds 200 --engine slurm`,
		Args: oneName,
		RunE: func(cmd *cobra.Command, args []string) error {
			e, err := oneExperiment(args[0])
			if err != nil {
				return err
			}
			return f.run(cmd, e)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&f.over, "over", nil, "a `field` of the config and its values, such as Gain=8,12,16; may be given several times")
	flags.IntVar(&f.seeds, "seeds", 0, "number of seeds of each condition (default: the experiment's own)")
	flags.Uint64Var(&f.first, "first-seed", 1, fmt.Sprintf("the first seed; from %d on they are those on which parameters were chosen", experiment.ValidationSeed))
	flags.BoolVar(&f.quick, "quick", false, "small sizes and one seed, to see that everything works; the numbers mean nothing")
	flags.StringVar(&f.out, "out", "", "the sweep's folder (default: one in out/sweeps that is named by all that is asked for)")
	f.engine.add(flags)
	return cmd
}

func (f *sweepFlags) run(cmd *cobra.Command, e experiment.Experiment) error {
	if cmd.Flags().Changed("seeds") && f.seeds < 1 {
		return fmt.Errorf("--seeds is %d: at least one is needed", f.seeds)
	}
	if f.first < 1 {
		return errors.New("--first-seed is 0: the first is 1")
	}
	switch {
	case f.seeds > 0:
	case f.quick:
		f.seeds = 1
	default:
		f.seeds = e.Seeds
	}
	var axes []sweep.Axis
	var fields []string
	for _, text := range f.over {
		field, values, err := over(text)
		if err != nil {
			return err
		}
		axes, fields = append(axes, sweep.Texts(field, values...)), append(fields, field)
	}
	if f.out == "" {
		f.out = filepath.Join("out", "sweeps", f.label(e.ID))
	}
	on, err := f.engine.on(cmd, f.out)
	if err != nil {
		return err
	}
	if err := room.Writable(f.out, scratch.Public, "the rows", "choose another folder with --out"); err != nil {
		return err
	}
	ctx, end := watchRows(cmd)
	table, err := e.Sweep(ctx, sweep.Grid(axes...).Seeds(f.seeds).From(f.first), f.quick, on)
	end()
	if table == nil {
		return err
	}
	if err != nil && table.Len() < table.Total() && cmd.Context().Err() != nil {
		return fmt.Errorf("%w; %d of %d rows are kept in %s, and the same command goes on with the others", err, table.Len(), table.Total(), f.out)
	}
	err = errors.Join(err, reportSweep(cmd.OutOrStdout(), table, f.out, fields, e.Columns()))
	if f.quick {
		fmt.Fprintln(cmd.OutOrStdout(), "That was a quick run: the numbers mean nothing.")
	}
	return err
}

// oneExperiment is the one of that name, or the only one whose name begins so.
func oneExperiment(name string) (e experiment.Experiment, err error) {
	found, err := experiments([]string{name})
	if err != nil {
		return e, err
	}
	if len(found) > 1 {
		var ids []string
		for _, e := range found {
			ids = append(ids, e.ID)
		}
		return e, fmt.Errorf("%s are %d experiments: sweep one of %s", name, len(found), strings.Join(ids, ", "))
	}
	return found[0], nil
}

// over reads "Gain=8,12,16". What is in brackets or quotation marks is one value.
func over(text string) (field string, values []string, err error) {
	field, list, ok := strings.Cut(text, "=")
	if !ok || field == "" {
		return "", nil, fmt.Errorf("--over is %q: it wants a field and its values, for instance Gain=8,12,16", text)
	}
	depth, quoted, from := 0, false, 0
	for i, r := range list + "," {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted && i < len(list):
		case strings.ContainsRune("[{", r):
			depth++
		case strings.ContainsRune("]}", r):
			depth--
		case r == ',' && depth <= 0 || i == len(list):
			values, from = append(values, strings.TrimSpace(list[from:i])), i+1
		}
	}
	for i, v := range values {
		if v == "" {
			return "", nil, fmt.Errorf("--over is %q: value %d of %s is empty, for instance %s=8,12,16 would be right", text, i+1, field, field)
		}
	}
	return field, values, nil
}

// label names the folder of what is asked for: another plan, another folder.
func (f *sweepFlags) label(id string) string {
	parts := []string{id}
	if f.quick {
		parts = append(parts, "quick")
	}
	parts = append(append(parts, f.over...), fmt.Sprintf("seeds=%d-%d", f.first, f.first+uint64(f.seeds)-1))
	whole := strings.Join(parts, "_")
	short := regexp.MustCompile(`[^A-Za-z0-9._,=+-]+`).ReplaceAllString(whole, "")
	if short == whole && len(whole) <= 100 {
		return whole
	}
	return fmt.Sprintf("%.90s-%.4x", short, sha256.Sum256([]byte(whole)))
}

func sweepFieldsCommand() *cobra.Command {
	var quick bool
	cmd := &cobra.Command{
		Use:     "fields ID",
		Short:   "List the fields of an experiment's config, which sweep run changes",
		Example: "  spikewalk sweep fields pcs.few",
		Args:    oneName,
		RunE: func(cmd *cobra.Command, args []string) error {
			e, err := oneExperiment(args[0])
			if err != nil {
				return err
			}
			return listFields(cmd.OutOrStdout(), e.Fields(quick))
		},
	}
	cmd.Flags().BoolVar(&quick, "quick", false, "what --quick starts from")
	return cmd
}

func listFields(out io.Writer, fields []sweep.Field) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, f := range fields {
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\n", f.Name, f.Type, pace.Shortened(f.Value, 60)); err != nil {
			return err
		}
	}
	return w.Flush()
}
