package sweep

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// Slurm computes rows on a cluster: it copies this very program into the sweep's
// folder, and hands in arrays of tasks, each of which starts the program again
// with the arguments it has now, up to the same call of [Run], where it
// computes some rows and ends. Whatever the program does before that it does
// in every task.
//
// Run waits until all rows are there. Rows of tasks that were killed, cancelled or ran
// out of time are handed in again. When ctx ends, or its Watch has seen enough, the tasks
// go on; the same call goes on waiting for them, and so does [Resume].
type Slurm struct {
	// Folder is where rows are kept, on a disk that all nodes see under the same path;
	// "" stands for out/sweeps/NAME below the working folder.
	Folder string
	// Time is the limit of a task; 0 stands for an hour. Half a minute before it the
	// task gives up the row that it is at.
	Time time.Duration
	// Memory is the bytes a task is given; 0 stands for the most that any row needs
	// (Sweep.Needs), and for 2 GB where nothing tells.
	Memory float64
	// RowsPerTask is how many rows a task computes; 0 stands for as many as take a quarter of
	// Time by Sweep.Needs, and for a fiftieth of all where nothing tells.
	RowsPerTask int
	// TasksAtOnce bounds how many tasks run at the same time; 0 stands for as many
	// as the cluster allows.
	TasksAtOnce int
	// Options are further options of sbatch, such as "--partition=cpu" and
	// "--account=lab".
	Options []string
	// Poll is the time between two looks; 0 stands for a second at first, and for more
	// the longer Run has waited, up to half a minute.
	Poll time.Duration
}

func (s Slurm) place(name string) (string, error) {
	switch {
	case s.Time < 0 || s.Time > 0 && s.Time < time.Minute:
		return "", fmt.Errorf("a task may take %v: a minute at least is needed", s.Time)
	case s.Memory < 0 || math.IsNaN(s.Memory) || math.IsInf(s.Memory, 0):
		return "", fmt.Errorf("a task may take %g bytes: it must be positive", s.Memory)
	case s.RowsPerTask < 0 || s.TasksAtOnce < 0:
		return "", fmt.Errorf("%d rows in a task and %d tasks at once: they must be positive", s.RowsPerTask, s.TasksAtOnce)
	case s.Poll < 0:
		return "", fmt.Errorf("Run looks every %v: it must be positive", s.Poll)
	}
	return placeOf(s.Folder, name)
}

func (s Slurm) compute(ctx context.Context, w *work, folder string, rows []int) error {
	if err := hasSlurm(); err != nil {
		return err
	}
	c, err := s.cluster(w, folder, rows)
	if err != nil {
		return err
	}
	if err := c.revive(); err != nil {
		return err
	}
	return c.finish(ctx, w.missingIn(folder))
}

// hasSlurm says what is missing for a cluster.
func hasSlurm() error {
	for _, name := range []string{"sbatch", "squeue", "scancel"} {
		if _, err := exec.LookPath(name); err != nil {
			return fmt.Errorf("there is no %s on this machine: log in where jobs are handed in to Slurm, or take sweep.Local", name)
		}
	}
	return nil
}

// cluster puts down how the sweep is computed, so that it can be gone on with
// without the program's types.
func (s Slurm) cluster(w *work, folder string, rows []int) (*cluster, error) {
	c, err := readCluster(folder)
	if err != nil {
		return nil, err
	}
	c.Options, c.TasksAtOnce = s.Options, s.TasksAtOnce
	c.Time, c.Poll = s.Time, s.Poll
	if c.Time == 0 {
		c.Time = time.Hour
	}
	var most Needs
	for _, i := range rows {
		n := w.needs(i)
		most = Needs{max(most.Memory, n.Memory), max(most.Seconds, n.Seconds), max(most.Cores, n.Cores)}
	}
	c.Cores, c.Memory, c.RowsPerTask = most.Cores, s.Memory, s.RowsPerTask
	if c.Memory == 0 {
		c.Memory = max(most.Memory, 0)
	}
	if c.Memory == 0 {
		c.Memory = 2e9
	}
	if c.RowsPerTask == 0 && most.Seconds > 0 {
		c.RowsPerTask = max(1, int(c.Time.Seconds()/4/most.Seconds))
	}
	if c.RowsPerTask == 0 {
		c.RowsPerTask = max(1, w.Rows/50)
	}
	c.Arguments, c.Environment = os.Args[1:], settingsOf(os.Environ())
	if c.Dir, err = os.Getwd(); err != nil {
		return nil, err
	}
	if err := c.copyProgram(w.Program); err != nil {
		return nil, err
	}
	return c, c.save()
}

// ownSetting is a variable by which programs of this module are told something: its
// name, unlike its value, stands in the script as it is.
var ownSetting = regexp.MustCompile(`(?s)^SPIKEWALK_[A-Z0-9_]+=.*$`)

// settingsOf are those variables.
func settingsOf(environment []string) (own []string) {
	for _, v := range environment {
		if ownSetting.MatchString(v) && !strings.HasPrefix(v, taskEnv) {
			own = append(own, v)
		}
	}
	slices.Sort(own)
	return own
}

// copyProgram copies this program into the folder: the file it was started from may
// be gone before the last task begins.
func (c *cluster) copyProgram(sum string) error {
	from, err := os.Executable()
	if err != nil {
		return err
	}
	c.Program = filepath.Join("bin", filepath.Base(from)+"-"+sum[:min(12, len(sum))])
	to := filepath.Join(c.folder, c.Program)
	if _, err := os.Stat(to); err == nil {
		return nil
	}
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := scratch.Folder(filepath.Dir(to), scratch.Public); err != nil {
		return err
	}
	return writeProgram(to, content)
}

// Resume hands in again the rows of a sweep that are missing, computed by no task any more,
// and waits for them, as [Run] with [Slurm] does. It needs no types of the program
// that began the sweep: that program is in the folder.
func Resume(ctx context.Context, folder string) (*Table, error) {
	d, err := describe(folder)
	if err != nil {
		return nil, notASweep(folder, err)
	}
	if err := hasSlurm(); err != nil {
		return nil, fmt.Errorf("sweep: %w", err)
	}
	release, err := occupy(folder)
	if err != nil {
		return nil, fmt.Errorf("sweep: %w", err)
	}
	defer release()
	c, err := readCluster(folder)
	if err == nil && c.Program == "" {
		err = fmt.Errorf("%s was not swept on a cluster: call the program again, which goes on with what is missing", folder)
	}
	if err == nil {
		err = c.revive()
	}
	if err != nil {
		return nil, fmt.Errorf("sweep: %w", err)
	}
	ended := c.finish(ctx, d.missingIn(folder))
	table, err := Collect(folder)
	return table, errors.Join(ended, err)
}
