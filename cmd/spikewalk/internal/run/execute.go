package run

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/kernel"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/page"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/process"
	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/internal/scratch"
	"github.com/spikewalk/spikewalk/notebooks/nb"
)

// results are the files made from one notebook, "" where there is none.
type results struct {
	notebook, html, figures, log string
}

// runOne executes one notebook in a scratch folder and turns it into HTML, in
// the folder stage. What goes wrong in the notebook is in the entry; the error
// reports an interruption or a failure of our own disk.
func (o *Options) runOne(ctx context.Context, j job, stage string) (Entry, results, error) {
	entry := Entry{Name: j.Name, Cells: len(j.Code()), Figures: []string{}, Parameters: j.set}
	var made results
	here, remove, err := scratch.Temp()
	if err != nil {
		return entry, made, fmt.Errorf("there is no folder to execute notebooks in: %w; choose another one with TMPDIR", err)
	}
	defer remove()
	if err := scratch.Folder(stage, scratch.Public); err != nil {
		return entry, made, err
	}
	start := time.Now()
	executed, err := o.execute(ctx, j, here, stage)
	entry.Seconds = math.Round(100*time.Since(start).Seconds()) / 100
	if ctx.Err() != nil {
		return entry, made, context.Cause(ctx)
	}
	if err != nil {
		entry.Error = err.Error()
		made.log = existing(filepath.Join(stage, j.Name+logEnding))
		return entry, made, nil
	}
	made.notebook = executed.Path
	made.figures = filepath.Join(stage, figuresFolder)
	entry.Error = o.judge(j, executed)
	if o.InPlace && entry.Error == "" {
		if err := writeBack(j, executed); err != nil {
			entry.add(err.Error())
		}
	}

	made.html = filepath.Join(stage, j.Name+page.Ending)
	if err := o.html(executed, filepath.Dir(j.committed.Path), made.figures, made.html); err != nil {
		entry.add(err.Error())
	}
	return entry, made, nil
}

// writeBack gives the notebook that was read the outputs of its execution. One
// that somebody has changed meanwhile keeps its prose, and its outputs if it
// was the code.
func writeBack(j job, executed *notebook.Notebook) error {
	path := j.committed.Path
	now, err := notebook.Read(path)
	if err != nil {
		return err
	}
	if err := now.TakeOutputs(executed); err != nil {
		return fmt.Errorf("%s was changed while it was executed, and its outputs were left as they were: %w", path, err)
	}
	return now.Write(path)
}

// judge says what is wrong with an executed notebook, "" if nothing is.
func (o *Options) judge(j job, executed *notebook.Notebook) string {
	if got, want := len(executed.Code()), len(j.Code()); got != want {
		return fmt.Sprintf("nbconvert returned %d code cells of %d", got, want)
	}
	var wrong []string
	for _, f := range executed.Failures() {
		wrong = append(wrong, f.String())
	}
	switch {
	case !o.Check || len(wrong) > 0:
	case !j.committed.HasOutputs():
		wrong = append(wrong, "the committed notebook holds no outputs to compare with: --in-place writes them")
	default:
		for _, d := range notebook.Compare(j.committed, executed) {
			wrong = append(wrong, "differs from the committed notebook: "+d.String())
		}
	}
	const most = 5
	if more := len(wrong) - most; more > 0 {
		wrong = append(wrong[:most], fmt.Sprintf("and %d more cells", more))
	}
	return strings.Join(wrong, "\n")
}

// working is what a notebook is called while it is executed: nbconvert takes
// names of files for patterns and for flags.
const working = "notebook" + notebook.Ending

// execute lets nbconvert execute the notebook. Errors in cells do not stop it:
// the executed notebook shows them in their place, and Failures finds them.
func (o *Options) execute(ctx context.Context, j job, here, stage string) (*notebook.Notebook, error) {
	if err := j.Write(filepath.Join(here, working)); err != nil {
		return nil, err
	}
	cmd := o.nbconvert(j.Name, here, stage,
		"--to", "notebook", "--execute", "--allow-errors",
		"--ExecutePreprocessor.kernel_name="+o.Kernel,
		fmt.Sprintf("--ExecutePreprocessor.timeout=%d", max(1, int(math.Ceil(o.CellTimeout.Seconds())))),
		fmt.Sprintf("--ExecutePreprocessor.startup_timeout=%d", max(1, int(o.StartTimeout.Seconds()))),
		// Times of execution would make two runs differ.
		"--ExecutePreprocessor.record_timing=False",
		"--output-dir", stage, "--output", working, working)
	folder, err := filepath.Abs(filepath.Dir(j.committed.Path))
	if err != nil {
		return nil, err
	}
	cmd.Env = append(cmd.Env, kernel.FolderEnv+"="+folder)
	limit := o.StartTimeout + time.Duration(len(j.Code())+1)*(o.CellTimeout+time.Second)
	said, err := runFor(ctx, limit, cmd)
	if err != nil {
		if !strings.Contains(said, noSpace) {
			_ = os.WriteFile(filepath.Join(stage, j.Name+logEnding), []byte(said), scratch.Public)
		}
		return nil, o.explain(j, said, err)
	}
	executed, err := notebook.Read(filepath.Join(stage, working))
	if err != nil {
		return nil, fmt.Errorf("nbconvert ended well but left no executed notebook: %w", err)
	}
	if err := executed.DescribeGo(); err != nil {
		return nil, fmt.Errorf("the executed notebook's metadata cannot be read: %w", err)
	}
	executed.Name = j.Name
	return executed, executed.Write(executed.Path)
}

// noSpace is what Python says where a disk is full.
const noSpace = "No space left on device"

// explain turns a failure of nbconvert itself into a sentence: a kernel that
// died, a cell that took too long.
func (o *Options) explain(j job, said string, err error) error {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return fmt.Errorf("nbconvert failed: %w", err)
	}
	where := ""
	if c := j.Find(said); c != nil {
		where = fmt.Sprintf(" in cell %d (%s)", c.Number, c.FirstLine())
	}
	switch {
	case strings.Contains(said, "CellTimeoutError"):
		return fmt.Errorf("a cell took longer than %v%s: give it more time with --timeout", o.CellTimeout, where)
	case strings.Contains(said, "DeadKernelError"):
		return fmt.Errorf("the kernel died%s: what it said is in %s, and in gonb.log in the folder of kept files", where, filepath.Join(o.Out, j.Name+logEnding))
	case strings.Contains(said, "NoSuchKernel"):
		return fmt.Errorf("the kernel %q has gone from %s: try again, which writes it anew", o.Kernel, o.JupyterPath)
	case strings.Contains(said, noSpace):
		return fmt.Errorf("the disk is full, where notebooks are executed (%s) or where results go (%s): make room, or choose other folders with TMPDIR and --out", os.TempDir(), o.Out)
	}
	lines := 6
	if strings.Contains(said, "Traceback (most recent call last)") {
		lines = 1 // that says what was wrong, and the others where in Python's own programs
	}
	return fmt.Errorf("nbconvert failed (%w); all it said is in %s:\n%s", err, filepath.Join(o.Out, j.Name+logEnding), process.LastLines(withoutLog(said), lines))
}

// runFor runs a command and returns what it said on standard error; one that
// takes longer than the limit is ended.
func runFor(ctx context.Context, limit time.Duration, cmd *exec.Cmd) (string, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("it did not end within %v", limit))
	defer cancel()
	var said strings.Builder
	cmd.Stderr = &said
	err := process.RunAndReap(ctx, cmd)
	return said.String(), err
}

// nbconvert is the command with the environment that cells need. It reads none
// of the user's configuration, which might change what comes out.
func (o *Options) nbconvert(name, here, stage string, args ...string) *exec.Cmd {
	cmd := o.Jupyter.Cmd(args...)
	cmd.Dir = here
	path := o.JupyterPath
	if old := os.Getenv("JUPYTER_PATH"); old != "" {
		path += string(filepath.ListSeparator) + old
	}
	cmd.Env = append(cmd.Env,
		"JUPYTER_PATH="+path,
		"JUPYTER_NO_CONFIG=1",
		"JUPYTER_RUNTIME_DIR="+filepath.Join(here, "runtime"),
		"IPYTHONDIR="+filepath.Join(here, "ipython"),
		// GoNB's folders go with the scratch folder, however it ends.
		"TMPDIR="+here,
		nb.FiguresEnv+"="+filepath.Join(stage, figuresFolder),
		nb.NotebookEnv+"="+name,
		nb.HeadlessEnv+"=1",
	)
	if o.memo != "" {
		cmd.Env = append(cmd.Env, nb.MemoEnv+"="+o.memo)
	}
	if o.anew() {
		cmd.Env = append(cmd.Env, data.FolderEnv+"="+data.Nowhere)
	}
	return cmd
}
