package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/internal/regular"
	"github.com/spikewalk/spikewalk/internal/scratch"
	"github.com/spikewalk/spikewalk/neuro"
)

// clusterFile is the file that says how a folder's sweep is computed on a cluster.
const clusterFile = "slurm.json"

// cluster is how a sweep is computed on a cluster, and what was handed in.
type cluster struct {
	folder string

	Format      int    // 1; files without one have no checksum
	Program     string // below the folder
	Arguments   []string
	Dir         string
	Environment []string // what the program is told by SPIKEWALK_ variables
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

// clusterFormat is the version of the file.
const clusterFormat = 1

func readCluster(folder string) (*cluster, error) {
	c := &cluster{folder: folder}
	path := filepath.Join(folder, clusterFile)
	text, err := regular.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return nil, err
	}
	err = json.Unmarshal(text, c)
	if err == nil {
		_, err = kept.Unseal(text, c.Format > 0)
	}
	if err == nil && c.Format > clusterFormat {
		return nil, fmt.Errorf("%s is of format %d, and this program writes %d: take another folder", path, c.Format, clusterFormat)
	}
	if err != nil {
		return nil, fmt.Errorf("%s is damaged (%w): remove it, and sweep again; finished rows stay", path, err)
	}
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("%s is not as it was written (%w): remove it, and sweep again; finished rows stay", path, err)
	}
	return c, nil
}

// check refuses what would run another program than the folder's.
func (c *cluster) check() error {
	if c.Program != "" && !filepath.IsLocal(c.Program) {
		return fmt.Errorf("its program %q is not in the folder", c.Program)
	}
	for _, v := range c.Environment {
		if !ownSetting.MatchString(v) {
			return fmt.Errorf("%q is no setting of this module", v)
		}
	}
	return nil
}

func (c *cluster) save() error {
	c.Format = clusterFormat
	text, err := json.MarshalIndent(c, "", " ")
	if err != nil {
		return err
	}
	return scratch.WriteFile(filepath.Join(c.folder, clusterFile), kept.Seal(text), scratch.Public)
}

func writeProgram(path string, content []byte) error {
	return scratch.WriteFile(path, content, scratch.Program)
}

// mostBarren is how often rows are handed in again when no row was finished meanwhile.
const mostBarren = 2

// finish hands in what is missing and waits for it, until nothing is missing or the
// watch has seen enough.
func (c *cluster) finish(ctx context.Context, missing func() ([]int, error)) error {
	if err := c.all(ctx, missing); !errors.Is(err, errEnough) {
		return err
	}
	return nil
}

func (c *cluster) all(ctx context.Context, missing func() ([]int, error)) error {
	barren, before := 0, -1
	for {
		rows, err := missing()
		if err != nil || len(rows) == 0 {
			return err
		}
		if before < 0 || len(rows) < before {
			barren = 0
		} else if barren++; barren > mostBarren || !c.spoke() {
			often := ""
			if barren > 1 {
				often = fmt.Sprintf(" %d times", barren)
			}
			return fmt.Errorf("%d rows (%s) were handed in%s, and no task finished any: %s", len(rows), some(rows), often, c.lastWords())
		}
		before = len(rows)
		if c.cancelled() {
			return errCancelled
		}
		if err := c.handInIdle(ctx, rows); err != nil {
			return err
		}
		if err := c.wait(ctx, missing); err != nil {
			return err
		}
	}
}

// handInIdle hands in those rows that no task is at. What the cluster does not take is no
// error as long as there are tasks to wait for: centres bound how many one may have.
func (c *cluster) handInIdle(ctx context.Context, rows []int) error {
	alive, err := c.alive()
	if err != nil {
		return err
	}
	idle := without(rows, alive.rows)
	if err := c.discard(ctx, alive.stuck); err != nil || len(idle) == 0 {
		return err
	}
	if c.TasksAtOnce > 0 && len(alive.rows) > 0 {
		return nil // arrays know nothing of each other's tasks: one after the other
	}
	before := len(c.Arrays)
	if err := c.submit(ctx, idle); err != nil && (ctx.Err() != nil || len(c.Arrays) == before && len(alive.rows) == 0) {
		return err
	}
	return nil
}

// discard cancels tasks that Slurm holds back for ever.
func (c *cluster) discard(ctx context.Context, tasks []string) error {
	if len(tasks) == 0 {
		return nil
	}
	_, err := slurm(ctx, "scancel", append([]string{"--quiet"}, tasks...)...)
	return err
}

// patience is how long whoever waits bears a scheduler that does not answer.
const patience = 10 * time.Minute

// wait returns when no task is alive any more. The watch of ctx sees how many rows
// are done.
func (c *cluster) wait(ctx context.Context, missing func() ([]int, error)) error {
	watch := neuro.WatchOf(ctx)
	d, err := describe(c.folder)
	if err != nil {
		return err
	}
	begun := time.Now()
	for answered := begun; ; {
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w: the tasks go on; the same call goes on waiting for them, and spikewalk sweep cancel %s ends them", context.Cause(ctx), c.folder)
		case <-time.After(c.pause(time.Since(begun))):
		}
		if c.cancelled() {
			return errCancelled
		}
		alive, err := c.alive()
		if err != nil && time.Since(answered) > patience {
			return err
		} else if err != nil {
			continue
		}
		answered = time.Now()
		rows, err := missing()
		if err != nil {
			return err
		}
		if watch != nil {
			stop, err := watch.Report(neuro.Progress{Stage: "sweep", Done: d.Rows - len(rows), Total: d.Rows, Error: math.NaN()})
			if stop && err == nil {
				err = errEnough
			}
			if err != nil {
				return err
			}
		}
		if len(alive.rows) == 0 || len(rows) == 0 {
			return nil
		}
	}
}

// pause is the time between two looks. Schedulers are many people's: whoever has
// waited for long is asked to look less often.
func (c *cluster) pause(waited time.Duration) time.Duration {
	if c.Poll > 0 {
		return c.Poll
	}
	return min(max(waited/10, time.Second), 30*time.Second)
}

// spoke tells whether any task has begun to write a log.
func (c *cluster) spoke() bool { return len(c.logs()) > 0 }

func (c *cluster) logs() []string {
	entries, _ := os.ReadDir(filepath.Join(c.folder, "jobs"))
	var logs []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".log") {
			logs = append(logs, filepath.Join(c.folder, "jobs", e.Name()))
		}
	}
	return logs
}

// lastWords are what the task that wrote last has said.
func (c *cluster) lastWords() string {
	newest, when := "", time.Time{}
	for _, path := range c.logs() {
		if info, err := os.Stat(path); err == nil && info.ModTime().After(when) {
			newest, when = path, info.ModTime()
		}
	}
	if newest == "" {
		return "none has begun to write its log; is " + c.folder + " on a disk that all nodes see under this path, or were they cancelled?"
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
