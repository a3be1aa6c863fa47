package sweep

import (
	"context"
	"fmt"
	"math"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// submit hands in tasks for rows, in as many arrays as the cluster needs; where the
// number of tasks is bounded, the first array alone.
func (c *cluster) submit(ctx context.Context, rows []int) error {
	jobs := filepath.Join(c.folder, "jobs")
	if err := scratch.Folder(jobs, scratch.Public); err != nil {
		return err
	}
	list := filepath.Join("jobs", fmt.Sprintf("%03d.rows", len(c.Arrays)))
	var text strings.Builder
	for _, i := range rows {
		fmt.Fprintln(&text, i)
	}
	if err := scratch.WriteFile(filepath.Join(c.folder, list), []byte(text.String()), scratch.Public); err != nil {
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
		if err := c.save(); err != nil || c.TasksAtOnce > 0 {
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
	if err := scratch.WriteFile(script, []byte(c.script(d.Name, *a)), scratch.Program); err != nil {
		return err
	}
	tasks := a.tasks()
	if c.TasksAtOnce > 0 {
		tasks += "%" + strconv.Itoa(c.TasksAtOnce)
	}
	args := []string{
		"--parsable", "--array=" + tasks, "--job-name=" + d.Name, "--chdir=" + c.Dir,
		"--time=" + strconv.Itoa(int(math.Ceil(c.Time.Minutes()))), "--signal=B:USR1@" + strconv.Itoa(warning),
		"--mem=" + strconv.FormatInt(int64(math.Ceil(c.Memory/(1<<20))), 10) + "M", "--cpus-per-task=" + strconv.Itoa(max(c.Cores, 1)), "--ntasks=1",
		"--output=" + filepath.Join(strings.ReplaceAll(c.folder, "%", "%%"), "jobs", "%A-%a.log"), "--open-mode=append",
		"--no-requeue", // what is missing is handed in anew
	}
	// What was handed in must be known, whoever loses patience meanwhile.
	out, err := slurm(context.WithoutCancel(ctx), "sbatch", append(append(args, c.Options...), script)...)
	if err != nil {
		return err
	}
	a.Job, _, _ = strings.Cut(strings.TrimSpace(out), ";")
	return nil
}

// tasks are the numbers of an array's tasks, as sbatch takes them.
func (a array) tasks() string { return "0-" + strconv.Itoa((a.Rows+a.PerTask-1)/a.PerTask-1) }

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
	for _, v := range c.Environment {
		name, value, _ := strings.Cut(v, "=")
		fmt.Fprintf(&b, "export %s=%s\n", name, quoted(value))
	}
	b.WriteString("unset GONB_PIPE GONB_PIPE_BACK GONB_TMP_DIR\n") // a notebook's, which is not where the task is
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
	if err == nil {
		return string(out), nil
	}
	words := strings.ReplaceAll(strings.TrimSpace(said.String()), name+": error: ", "")
	if words == "" {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return "", fmt.Errorf("%s: %s", name, strings.Join(strings.Split(words, "\n"), "; "))
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
