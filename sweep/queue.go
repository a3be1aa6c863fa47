package sweep

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// living is what Slurm says of the tasks of a sweep.
type living struct {
	rows   map[int]bool // those of tasks that wait (false) or run (true)
	stuck  []string     // tasks that Slurm holds back for ever
	reason string       // why the first of those that wait does so
}

// alive asks who is alive. That is all that Slurm is asked: what became of the
// others, the rows' files say.
func (c *cluster) alive() (living, error) {
	found := living{rows: map[int]bool{}}
	if len(c.Arrays) == 0 {
		return found, nil
	}
	out, err := queue()
	if err != nil {
		return found, err
	}
	jobs := map[string]array{}
	for _, a := range c.Arrays {
		jobs[a.Job] = a
	}
	lists := map[string][]int{}
	for line := range strings.Lines(out) {
		f := strings.SplitN(strings.TrimSpace(line), " ", 4)
		if len(f) != 4 {
			continue
		}
		a, mine := jobs[f[0]]
		k, err := strconv.Atoi(f[1])
		if !mine || err != nil || slices.Contains(over, f[2]) {
			continue
		}
		// After a failed launch a task waits until an operator has looked at it.
		if strings.Contains(strings.ReplaceAll(f[3], "_", " "), "launch failed requeued held") {
			found.stuck = append(found.stuck, f[0]+"_"+f[1])
			continue
		}
		if f[2] == "PENDING" && found.reason == "" {
			found.reason = f[3]
		}
		if lists[a.List] == nil {
			if lists[a.List], err = readList(filepath.Join(c.folder, a.List)); err != nil {
				return found, err
			}
		}
		for _, i := range a.task(k, lists[a.List]) {
			found.rows[i] = f[2] != "PENDING"
		}
	}
	return found, nil
}

// over are the states of tasks that have ended.
var over = []string{"BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED", "TIMEOUT"}

// queue is what squeue says of all of this user's tasks: a job that squeue has
// forgotten would be an error where it is named.
func queue() (out string, err error) {
	for range 3 { // slurmctld may be restarting
		if out, err = slurm(context.Background(), "squeue", "--noheader", "--array", "--me", "--format=%F %K %T %r"); err == nil {
			return out, nil
		}
		time.Sleep(time.Second)
	}
	return "", err
}

// task is the rows of task k, of all in the list.
func (a array) task(k int, list []int) []int {
	from := min(a.First+k*a.PerTask, len(list))
	return list[from:max(from, min(a.First+(k+1)*a.PerTask, a.First+a.Rows, len(list)))]
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
