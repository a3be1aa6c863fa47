package sweep

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spikewalk/spikewalk/internal/kept"
)

// taskEnv tells a program that it is a task: another machine's part of a sweep. Its
// value is NAME:FOLDER:ROWS, ROWS being a file with a row's number in each
// line, of which the task takes those from FIRST to LAST.
const taskEnv = "SPIKEWALK_SWEEP_TASK"

// task is the part of a sweep that this program has been started for.
type task struct {
	name, folder, list string
	first, last        int
}

// theTask reads taskEnv; nil means that there is none.
func theTask() (*task, error) {
	text := os.Getenv(taskEnv)
	if text == "" {
		return nil, nil
	}
	f := strings.Split(text, "\x1f")
	if len(f) == 5 {
		first, err1 := strconv.Atoi(f[3])
		last, err2 := strconv.Atoi(f[4])
		if errors.Join(err1, err2) == nil {
			return &task{f[0], f[1], f[2], first, last}, nil
		}
	}
	return nil, fmt.Errorf("%s is %q: it is set by sweep.Slurm, for the tasks it starts", taskEnv, text)
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
	text, err := os.ReadFile(filepath.Join(t.folder, t.list))
	if err != nil {
		return nil, err
	}
	lines := strings.Fields(string(text))
	if t.first < 0 || t.first > t.last || t.last >= len(lines) {
		return nil, fmt.Errorf("the list %s has %d rows, and the task takes those from %d to %d", t.list, len(lines), t.first, t.last)
	}
	var rows []int
	for _, line := range lines[t.first : t.last+1] {
		i, err := strconv.Atoi(line)
		if err != nil || i < 0 || i >= most {
			return nil, fmt.Errorf("the list %s names row %q of %d", t.list, line, most)
		}
		rows = append(rows, i)
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
