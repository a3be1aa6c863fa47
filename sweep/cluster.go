package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spikewalk/spikewalk/internal/scratch"
	"github.com/spikewalk/spikewalk/neuro"
)

// clusterFile is the file that says how a folder's sweep is computed on a cluster.
const clusterFile = "slurm.json"

// cluster is how a sweep is computed on a cluster, and what was handed in.
type cluster struct {
	folder string

	Program     string // below the folder
	Arguments   []string
	Dir         string
	Time        time.Duration
	Memory      float64
	Cores       int
	RowsPerTask int
	TasksAtOnce int
	Options     []string
	Poll        time.Duration
	Arrays      []array
}

// array is an array of tasks that was handed in. The rows of task k are lines
// k*PerTask to (k+1)*PerTask-1 of the file List.
type array struct {
	Job     string
	List    string
	First   int // line of task 0
	Rows    int
	PerTask int
}

func readCluster(folder string) (*cluster, error) {
	c := &cluster{folder: folder}
	path := filepath.Join(folder, clusterFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, c); err != nil {
		return nil, fmt.Errorf("%s is damaged (%w): remove it, and sweep again; finished rows stay", path, err)
	}
	return c, nil
}

func (c *cluster) save() error {
	text, err := json.MarshalIndent(c, "", " ")
	if err != nil {
		return err
	}
	return scratch.WriteFile(filepath.Join(c.folder, clusterFile), append(text, '\n'), 0o644)
}

func writeProgram(path string, content []byte) error { return scratch.WriteFile(path, content, 0o755) }

// mostBarren is how often rows are handed in again when no row was finished meanwhile.
const mostBarren = 2

// finish hands in what is missing and waits for it, until nothing is missing.
func (c *cluster) finish(ctx context.Context, missing func() ([]int, error)) error {
	barren, before := 0, -1
	for {
		rows, err := missing()
		if err != nil || len(rows) == 0 {
			return err
		}
		if before >= 0 && len(rows) >= before {
			if barren++; barren > mostBarren {
				return fmt.Errorf("%d rows (%s) were handed in %d times, and no task finished any: %s", len(rows), some(rows), barren, c.lastWords())
			}
		} else {
			barren = 0
		}
		before = len(rows)
		alive, err := c.alive()
		if err != nil {
			return err
		}
		if idle := without(rows, alive); len(idle) > 0 {
			if err := c.submit(ctx, idle); err != nil {
				return err
			}
		}
		if err := c.wait(ctx, missing); err != nil {
			return err
		}
	}
}

// wait returns when no task is alive any more. The watch of ctx sees how many rows
// are done.
func (c *cluster) wait(ctx context.Context, missing func() ([]int, error)) error {
	watch := neuro.WatchOf(ctx)
	d, err := describe(c.folder)
	if err != nil {
		return err
	}
	for {
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w: the tasks go on; the same call goes on waiting, and spikewalk sweep cancel %s ends them", context.Cause(ctx), c.folder)
		case <-time.After(c.Poll):
		}
		alive, err := c.alive()
		if err != nil {
			return err
		}
		rows, err := missing()
		if err != nil {
			return err
		}
		if watch != nil {
			stop, err := watch.Report(neuro.Progress{Stage: "sweep", Done: d.Rows - len(rows), Total: d.Rows, Error: math.NaN()})
			if stop || err != nil {
				return err
			}
		}
		if len(alive) == 0 || len(rows) == 0 {
			return nil
		}
	}
}

// submit hands in tasks for rows, in as many arrays as the cluster needs.
func (c *cluster) submit(ctx context.Context, rows []int) error {
	jobs := filepath.Join(c.folder, "jobs")
	if err := os.MkdirAll(jobs, 0o755); err != nil {
		return err
	}
	list := filepath.Join("jobs", fmt.Sprintf("%03d.rows", len(c.Arrays)))
	var text strings.Builder
	for _, i := range rows {
		fmt.Fprintln(&text, i)
	}
	if err := scratch.WriteFile(filepath.Join(c.folder, list), []byte(text.String()), 0o644); err != nil {
		return err
	}
	most := arrayLimit(ctx)
	for first := 0; first < len(rows); first += most * c.RowsPerTask {
		a := array{List: list, First: first, Rows: min(most*c.RowsPerTask, len(rows)-first), PerTask: c.RowsPerTask}
		if err := c.handIn(ctx, &a); err != nil {
			return err
		}
		c.Arrays = append(c.Arrays, a)
		// Saved at once: what is handed in and not known would be computed twice.
		if err := c.save(); err != nil {
			return err
		}
	}
	return nil
}

// warning is how long before a task's limit it is told.
const warning = 30

func (c *cluster) handIn(ctx context.Context, a *array) error {
	d, err := describe(c.folder)
	if err != nil {
		return err
	}
	script := filepath.Join(c.folder, "jobs", fmt.Sprintf("%03d.sh", len(c.Arrays)))
	if err := scratch.WriteFile(script, []byte(c.script(d.Name, *a)), 0o755); err != nil {
		return err
	}
	tasks := strconv.Itoa((a.Rows+a.PerTask-1)/a.PerTask - 1)
	if c.TasksAtOnce > 0 {
		tasks += "%" + strconv.Itoa(c.TasksAtOnce)
	}
	args := []string{
		"--parsable", "--array=0-" + tasks, "--job-name=" + d.Name, "--chdir=" + c.Dir,
		"--time=" + strconv.Itoa(int(math.Ceil(c.Time.Minutes()))), "--signal=B:USR1@" + strconv.Itoa(warning),
		"--mem=" + strconv.FormatInt(int64(math.Ceil(c.Memory/(1<<20))), 10) + "M", "--cpus-per-task=" + strconv.Itoa(max(c.Cores, 1)), "--ntasks=1",
		"--output=" + filepath.Join(c.folder, "jobs", "%A-%a.log"), "--open-mode=append",
	}
	out, err := slurm(ctx, "sbatch", append(append(args, c.Options...), script)...)
	if err != nil {
		return err
	}
	a.Job, _, _ = strings.Cut(strings.TrimSpace(out), ";")
	return nil
}

// script is what Slurm starts: the program takes the place of the shell, so that
// it gets the signal before the limit.
func (c *cluster) script(name string, a array) string {
	var b strings.Builder
	b.WriteString("#!/bin/sh\n")
	fmt.Fprintf(&b, "first=$((%d + SLURM_ARRAY_TASK_ID * %d))\n", a.First, a.PerTask)
	fmt.Fprintf(&b, "last=$((first + %d))\n", a.PerTask-1)
	fmt.Fprintf(&b, "[ $last -lt %d ] || last=%d\n", a.First+a.Rows, a.First+a.Rows-1)
	for _, v := range [][2]string{{taskEnv, name}, {taskFolderEnv, c.folder}, {taskListEnv, a.List}} {
		fmt.Fprintf(&b, "export %s=%s\n", v[0], quoted(v[1]))
	}
	fmt.Fprintf(&b, "export %s=$first-$last\n", taskLinesEnv)
	b.WriteString("exec " + quoted(filepath.Join(c.folder, c.Program)))
	for _, arg := range c.Arguments {
		b.WriteString(" " + quoted(arg))
	}
	b.WriteString("\n")
	return b.String()
}

// quoted is a text that the shell takes as it is.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// slurm runs a command of Slurm; an error has its words.
func slurm(ctx context.Context, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(said.String()))
	}
	return string(out), nil
}

// arrayLimit is how many tasks an array may have.
func arrayLimit(ctx context.Context) int {
	const usual = 1000 // Slurm's own default is 1001
	out, err := slurm(ctx, "scontrol", "show", "config")
	if err != nil {
		return usual
	}
	for line := range strings.Lines(out) {
		if name, value, ok := strings.Cut(line, "="); ok && strings.TrimSpace(name) == "MaxArraySize" {
			if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && n > 1 {
				return n - 1 // it is the first index that is not allowed
			}
		}
	}
	return usual
}

// alive are the rows of the tasks that wait (false) or run (true). Who is alive is all that Slurm is
// asked: what became of the others, the rows' files say.
func (c *cluster) alive() (map[int]bool, error) {
	rows := map[int]bool{}
	if len(c.Arrays) == 0 {
		return rows, nil
	}
	var err error
	var out string
	for range 10 { // slurmctld may be restarting
		// A job that squeue has forgotten is an error where it is named: so all are asked for.
		if out, err = slurm(context.Background(), "squeue", "--noheader", "--array", "--me", "--format=%F %K %T"); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	if err != nil {
		return nil, err
	}
	jobs := map[string]array{}
	for _, a := range c.Arrays {
		jobs[a.Job] = a
	}
	lists := map[string][]int{}
	for line := range strings.Lines(out) {
		f := strings.Fields(line)
		if len(f) != 3 {
			continue
		}
		a, mine := jobs[f[0]]
		k, err := strconv.Atoi(f[1])
		if !mine || err != nil || slices.Contains([]string{"COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "OUT_OF_MEMORY"}, f[2]) {
			continue
		}
		if lists[a.List] == nil {
			if lists[a.List], err = readList(filepath.Join(c.folder, a.List)); err != nil {
				return nil, err
			}
		}
		from := a.First + k*a.PerTask
		for _, i := range lists[a.List][min(from, len(lists[a.List])):min(from+a.PerTask, a.First+a.Rows, len(lists[a.List]))] {
			rows[i] = f[2] == "RUNNING" || f[2] == "COMPLETING"
		}
	}
	return rows, nil
}

func readList(path string) (rows []int, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		i, err := strconv.Atoi(strings.TrimSpace(line))
		if err != nil {
			return nil, fmt.Errorf("%s is damaged: it has the line %q", path, line)
		}
		rows = append(rows, i)
	}
	return rows, nil
}

// lastWords are what the task that wrote last has said.
func (c *cluster) lastWords() string {
	logs, _ := filepath.Glob(filepath.Join(c.folder, "jobs", "*.log"))
	newest, when := "", time.Time{}
	for _, path := range logs {
		if info, err := os.Stat(path); err == nil && info.ModTime().After(when) {
			newest, when = path, info.ModTime()
		}
	}
	if newest == "" {
		return "none has written a line; is " + c.folder + " on a disk that all nodes see under this path?"
	}
	text, err := os.ReadFile(newest)
	if err != nil {
		return err.Error()
	}
	said := strings.TrimSpace(string(text))
	if len(said) > 1000 {
		said = "… " + said[len(said)-1000:]
	}
	if said == "" {
		return "its log " + newest + " is empty"
	}
	return "the last said (" + newest + "): " + said
}

func without(rows []int, alive map[int]bool) (idle []int) {
	for _, i := range rows {
		if _, is := alive[i]; !is {
			idle = append(idle, i)
		}
	}
	return idle
}

// some are the first rows of many, in words.
func some(rows []int) string {
	text := ""
	for k, i := range rows {
		if k == 5 {
			return text + ", …"
		}
		if k > 0 {
			text += ", "
		}
		text += strconv.Itoa(i)
	}
	return text
}
