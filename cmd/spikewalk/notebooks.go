package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/here"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/jupyter"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/kernel"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/module"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/room"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/run"
	"github.com/spikewalk/spikewalk/notebooks/nb"
)

type notebooksFlags struct {
	folder, copies, out, memo          string
	fresh, check, inPlace, quick, html bool
	set                                []string
	jobs                               int
	timeout                            time.Duration
}

func notebooksCommand() *cobra.Command {
	var f notebooksFlags
	cmd := &cobra.Command{
		Use:   "notebooks [NAME...]",
		Short: "Execute notebooks and write them as notebook and HTML, with figures and a report",
		Long: fmt.Sprintf(`Executes the notebooks of the walk, or those with the given names (02 is enough for
02_pca). In a working copy they are those of its folder notebooks; elsewhere they are
copied to %s first, and copies that you changed stay as you left them.
Into the output folder it writes, for each of them,
the executed notebook, a self-contained page of HTML and its figures, and for all
of them index.html, which leads to the pages, and report.json. The pages need no network and no server; --html
makes them of the notebooks with the outputs they have, and executes nothing.

What is missing is set up first: Jupyter, and a kernel of our own that does not
touch the ones you have. The first time this takes some minutes, and %s of
disk. Before that, names, parameters, folders, recordings and disks are checked.

Notebooks of your own are executed with --folder DIR, and all else is as for
ours; cells find the Go module that the folder is in. Constants in a cell tagged "parameters" can be set; what --set gives is a
Go literal of the constant's type; a text needs no quotes.

Results that take long are kept from one run to the next (in the folder that
SPIKEWALK_CACHE names, by default "spikewalk" in your cache folder); --fresh
forgets them all. The exit status is 1 if any cell failed in any way.

With --check it is 1 also if any text or any pixel is not that of the notebook as
it is, and if a notebook holds no outputs. --in-place writes the outputs into the
notebooks themselves, those that --check then compares with. Both compute
everything anew, with an empty memo of their own, and leave what is kept alone;
--memo DIR keeps theirs, for other runs to use with SPIKEWALK_MEMO=DIR. And both
run without recordings, whatever SPIKEWALK_DATA names and the cache holds, as if
SPIKEWALK_DATA were none: what is committed is what everybody gets, and where a
notebook would read a recording its outputs are those of synthetic data. Nothing
else about the machine, the folder, the time or the number of processors changes
them, but another architecture than amd64 may, in the last digits.`, copiesFolder, room.Size(firstNeeds)),
		Example: `  spikewalk notebooks
  spikewalk notebooks 02_pca --set TrainingTrials=50 --set Seed=2
  spikewalk notebooks --quick --out /tmp/try
  spikewalk notebooks --in-place 02_pca    # before a commit
  spikewalk notebooks --folder ~/my-notebooks --out ~/my-results
  spikewalk notebooks --check`,
		RunE: func(cmd *cobra.Command, names []string) error {
			return f.run(cmd.Context(), names, cmd.OutOrStdout())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", "folder for the results (default out/notebooks)")
	flags.StringVar(&f.folder, "folder", "", "execute the notebooks of this folder of your own instead of ours")
	flags.StringVar(&f.copies, "copies", "", "copy our notebooks into this folder first, and execute the copies (default "+copiesFolder+", and in a working copy none)")
	flags.BoolVar(&f.fresh, "fresh", false, "forget all kept results first, so that everything is computed anew")
	flags.BoolVar(&f.check, "check", false, "compare all outputs, computed anew, with those of the notebooks as they are; exit 1 if one differs")
	flags.BoolVar(&f.inPlace, "in-place", false, "write the outputs, computed anew, into the notebooks themselves")
	flags.StringVar(&f.memo, "memo", "", "keep the memo of --check or --in-place in this folder, which must be new or empty")
	flags.BoolVar(&f.html, "html", false, "only make the pages, of the notebooks as they are; execute nothing")
	flags.BoolVar(&f.quick, "quick", false, "use the parameters that each notebook gives for a quick run")
	flags.StringArrayVar(&f.set, "set", nil, "set a parameter of the notebooks, NAME=VALUE; may be repeated")
	flags.IntVar(&f.jobs, "jobs", min(2, runtime.NumCPU()), "how many notebooks to execute at the same time")
	flags.DurationVar(&f.timeout, "timeout", time.Hour, "time limit of one cell")
	return cmd
}

func (f *notebooksFlags) run(ctx context.Context, names []string, out io.Writer) error {
	at, err := places(ctx)
	if err != nil {
		return err
	}
	say := lineByLine(out)
	o, err := f.options(at, names, say)
	if err != nil {
		return err
	}
	o.Say = say
	o.Here = sync.OnceValues(func() (here.Program, error) {
		work, err := at.Work(at.programs)
		if err != nil {
			return here.Program{}, err
		}
		return here.Build(ctx, work)
	})
	if f.html {
		if err := run.Pages(o); err != nil {
			return err
		}
		o.Say("The pages are in %s: begin with index.html.", o.Out)
		return nil
	}
	a, err := f.ahead(&o, at)
	if err != nil {
		return err
	}
	if f.fresh {
		n, err := nb.ForgetMemo()
		if err != nil {
			return err
		}
		a.times.Forget()
		o.Say("Forgot %d kept results.", n)
	}
	o.Say("%s", a.track.Plan())
	if !a.kernel.Built() {
		o.Say("Before that, once, what executes them is set up: that takes some minutes and needs a network.")
	}
	if err := ready(ctx, at.programs, a, &o); err != nil {
		return err
	}
	report, err := a.execute(ctx, o, out)
	if err != nil {
		return err
	}
	o.Say("Results are in %s: begin with index.html.", o.Out)
	if n := report.Failed(); n > 0 {
		return fmt.Errorf("%d of %d notebooks failed", n, len(report))
	}
	return nil
}

// startTimeout is how long Jupyter and the kernel may take to start.
const startTimeout = 2 * time.Minute

// options turns the flags into the run's options, as far as nothing need be
// set up for it.
func (f *notebooksFlags) options(at place, names []string, say func(string, ...any)) (run.Options, error) {
	o := run.Options{
		Out: f.out, Jobs: f.jobs, CellTimeout: f.timeout, StartTimeout: startTimeout,
		Quick: f.quick, Check: f.check, InPlace: f.inPlace,
	}
	if err := f.validate(); err != nil {
		return o, err
	}
	if f.folder == "" {
		o.Home = at.notebooks()
	}
	var err error
	if o.Set, err = assignments(f.set); err != nil {
		return o, err
	}
	folder, err := f.prepare(at, names, say)
	if err != nil {
		return o, err
	}
	if f.memo != "" {
		if o.Memo, err = filepath.Abs(f.memo); err != nil {
			return o, err
		}
	}
	if o.Notebooks, err = notebook.Select(folder, names); err != nil {
		return o, err
	}
	if o.Out == "" {
		o.Out = at.out("notebooks")
	}
	o.Out, err = filepath.Abs(o.Out)
	return o, err
}

// prepare returns the folder of the notebooks: the reader's own, or the module's, which
// are copied unless they are those of a working copy.
func (f *notebooksFlags) prepare(at place, names []string, say func(string, ...any)) (string, error) {
	copies := f.copies
	switch {
	case f.folder != "":
		return f.folder, nil
	case copies == "" && at.Version == "":
		return at.notebooks(), nil
	case copies == "":
		copies = copiesFolder
	}
	if _, err := notebook.Select(at.notebooks(), names); err != nil {
		return "", err
	}
	return copies, copyNotebooks(at.notebooks(), copies, "--copies", say)
}

// validate refuses flags that contradict each other, and values that make no
// sense.
func (f *notebooksFlags) validate() error {
	changed := f.quick || len(f.set) > 0
	if f.check && f.inPlace {
		return fmt.Errorf("--check compares with the outputs in the notebooks, and --in-place replaces them: use one or the other")
	}
	if (f.check || f.inPlace) && changed {
		return fmt.Errorf("--check and --in-place are about the outputs as committed, which --quick and --set change: use one or the other")
	}
	if f.html && (f.check || f.inPlace || f.fresh || changed) {
		return fmt.Errorf("--html makes pages of the notebooks as they are, and --check, --in-place, --quick, --fresh and --set execute them: use one or the other")
	}
	if f.folder != "" && f.copies != "" {
		return fmt.Errorf("--copies is for copies of our notebooks, and --folder is for notebooks of your own: use one or the other")
	}
	if f.memo != "" && !f.check && !f.inPlace {
		return fmt.Errorf("--memo is for --check and --in-place, which have a memo of their own: set SPIKEWALK_MEMO to have all results in another folder")
	}
	if f.jobs < 1 {
		return fmt.Errorf("--jobs is %d: at least one notebook must run at a time", f.jobs)
	}
	if f.timeout <= 0 {
		return fmt.Errorf("--timeout is %v: a cell needs some time, for instance 10m", f.timeout)
	}
	return nil
}

// assignments parses NAME=VALUE.
func assignments(set []string) (map[string]string, error) {
	out := map[string]string{}
	for _, s := range set {
		name, value, ok := strings.Cut(s, "=")
		if !ok || name == "" {
			return nil, fmt.Errorf("--set %s: want NAME=VALUE, for instance --set TrainingTrials=5", s)
		}
		if _, twice := out[name]; twice {
			return nil, fmt.Errorf("--set gives %s two values", name)
		}
		out[name] = value
	}
	return out, nil
}

// ready finds or installs Jupyter and makes the kernel ready.
func ready(ctx context.Context, cache string, a *ahead, o *run.Options) (err error) {
	if o.Jupyter, err = jupyter.Find(ctx, cache, jupyter.Convert, o.Say); err != nil {
		return err
	}
	if err := a.kernel.Ensure(ctx, o.Say); err != nil {
		return err
	}
	o.Kernel, o.JupyterPath = kernel.Name, a.kernel.JupyterPath()
	k, err := a.kernel.For(ctx, filepath.Dir(o.Notebooks[0]), o.Say)
	if err != nil {
		return err
	}
	return k.Warm(ctx, a.packages, o.Say)
}

// imported lists the packages of this module that the notebooks import. It
// refuses notebooks that are not in Go.
func imported(paths []string) ([]string, error) {
	all := map[string]bool{}
	for _, path := range paths {
		n, err := notebook.Read(path)
		if err == nil {
			err = n.CheckGo()
		}
		if err != nil {
			return nil, err
		}
		for _, p := range n.Imports() {
			if strings.HasPrefix(p, module.Path+"/") {
				all[p] = true
			}
		}
	}
	var list []string
	for p := range all {
		list = append(list, p)
	}
	return list, nil
}

// lineByLine prints what several notebooks say at the same time without
// mixing it.
func lineByLine(out io.Writer) func(format string, args ...any) {
	if out == nil {
		out = os.Stdout
	}
	var mu sync.Mutex
	return func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintf(out, format+"\n", args...)
	}
}
