package sweep

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spikewalk/spikewalk/internal/kept"
)

// Environment variables that tell a program that it is a task: another machine's part
// of a sweep. They are set by the script that Slurm starts.
const (
	taskEnv       = "SPIKEWALK_SWEEP"        // the sweep's name
	taskFolderEnv = "SPIKEWALK_SWEEP_FOLDER" // its folder
	taskListEnv   = "SPIKEWALK_SWEEP_ROWS"   // a file in it with the number of a row in each line
	taskLinesEnv  = "SPIKEWALK_SWEEP_LINES"  // which of these lines, FIRST-LAST from 0
)

// task is the part of a sweep that this program has been started for.
type task struct {
	name, folder, list string
	first, last        int
}

// IsTask tells whether this program is a task of a sweep on a cluster, which ends in
// [Run]: nobody sees what it prints before, and what it writes it writes in every task.
func IsTask() bool { return os.Getenv(taskEnv) != "" }

// theTask reads the environment; nil means that there is none.
func theTask() (*task, error) {
	name := os.Getenv(taskEnv)
	if name == "" {
		return nil, nil
	}
	t := &task{name: name, folder: os.Getenv(taskFolderEnv), list: os.Getenv(taskListEnv)}
	first, last, _ := strings.Cut(os.Getenv(taskLinesEnv), "-")
	var err1, err2 error
	t.first, err1 = strconv.Atoi(first)
	t.last, err2 = strconv.Atoi(last)
	if errors.Join(err1, err2) != nil || t.first < 0 || t.last < t.first || !filepath.IsLocal(t.list) {
		return nil, fmt.Errorf("sweep: %s is set, and %s is %q: both are for the tasks that sweep.Slurm starts; unset them", taskEnv, taskLinesEnv, os.Getenv(taskLinesEnv))
	}
	return t, nil
}

// asTask does this program's part, if it was started for one, and ends the
// program. A sweep that comes before it in the program must be complete.
func (w *work) asTask(ctx context.Context, folder string) (table *Table, isTask bool, err error) {
	t, err := theTask()
	if err != nil || t == nil {
		return nil, err != nil, err
	}
	if t.name != w.Name {
		table, err = Collect(folder)
		if err == nil && table.Len() < w.Rows {
			err = fmt.Errorf("sweep %s: a task of the sweep %s finds only %d of its %d rows in %s: sweep them first", w.Name, t.name, table.Len(), w.Rows, folder)
		}
		return table, true, err
	}
	ctx, stop := signal.NotifyContext(ctx, endings...)
	defer stop()
	if err := w.part(ctx, *t); err != nil {
		fmt.Fprintf(os.Stderr, "sweep %s: %v\n", w.Name, err)
		os.Exit(1)
	}
	os.Exit(0)
	return nil, true, nil
}

// part computes the task's rows that are still missing.
func (w *work) part(ctx context.Context, t task) error {
	there, err := describe(t.folder)
	if err != nil {
		return fmt.Errorf("the folder of the sweep cannot be read on %s: is it on a disk that all nodes share? %w", host(), err)
	}
	if there.Identity != w.Identity || there.Numerics != w.Numerics {
		return fmt.Errorf("this program sweeps other configs than %s was made for", t.folder)
	}
	if w.Version == "" && there.Program != w.Program {
		return fmt.Errorf("the program on %s is another than the one that began the sweep", host())
	}
	rows, err := t.rows(w.Rows)
	if err != nil {
		return err
	}
	var missing []int
	for _, i := range rows {
		if _, err := readRow(t.folder, i, w.Identity); err == nil {
			continue
		} else if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, kept.ErrTorn) {
			return err
		}
		missing = append(missing, i)
	}
	if len(missing) == 0 {
		return nil
	}
	return Local{Jobs: taskCores()}.compute(ctx, w, t.folder, missing)
}

// rows are the task's lines of the list.
func (t task) rows(most int) ([]int, error) {
	all, err := readList(filepath.Join(t.folder, t.list))
	if err != nil {
		return nil, err
	}
	if t.first >= len(all) {
		return nil, fmt.Errorf("the list %s has %d rows, and the task begins with line %d", t.list, len(all), t.first)
	}
	rows := all[t.first:min(t.last+1, len(all))]
	for _, i := range rows {
		if i < 0 || i >= most {
			return nil, fmt.Errorf("the list %s names row %d of %d", t.list, i, most)
		}
	}
	return rows, nil
}

// taskCores is how many cores the task was given, 1 if nobody says.
func taskCores() int {
	if n, err := strconv.Atoi(os.Getenv("SLURM_CPUS_PER_TASK")); err == nil && n > 0 {
		return n
	}
	return 1
}
