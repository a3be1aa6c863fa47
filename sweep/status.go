package sweep

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// Status is how far a sweep is.
type Status struct {
	Name string
	// Rows of the plan, those that are done, and of these those that failed.
	Rows, Done, Failed int
	// Running and Pending are rows of tasks that are alive on a cluster, done or not;
	// Missing those that nobody is at.
	Running, Pending, Missing int
	// Reason is why Slurm lets the first that waits do so, in its words.
	Reason string
	// Seconds is how long the rows that are done have taken together.
	Seconds float64
}

// StatusOf looks at the folder of a sweep, and asks Slurm for its tasks if it was
// swept on a cluster.
func StatusOf(folder string) (Status, error) {
	table, err := Collect(folder)
	if err != nil {
		return Status{}, err
	}
	d, err := describe(folder)
	if err != nil {
		return Status{}, notASweep(folder, err)
	}
	s := Status{Name: d.Name, Rows: d.Rows, Done: table.Len(), Failed: table.Failed().Len()}
	seconds, err := table.Floats("Seconds")
	if err != nil {
		return s, err
	}
	for _, x := range seconds {
		s.Seconds += x
	}
	missing, err := d.missing(folder)
	if err != nil {
		return s, err
	}
	s.Missing = len(missing)
	c, err := readCluster(folder)
	if err != nil || len(c.Arrays) == 0 {
		return s, err
	}
	alive, err := c.alive()
	if err != nil {
		return s, fmt.Errorf("sweep: who is alive cannot be told: %w", err)
	}
	s.Missing = len(without(missing, alive.rows))
	s.Reason = alive.reason
	for _, i := range missing {
		switch running, is := alive.rows[i]; {
		case running:
			s.Running++
		case is:
			s.Pending++
		}
	}
	return s, nil
}

// Cancel ends all tasks of a sweep on a cluster, and a [Run] that waits for them.
// Rows that are finished stay; [Run] or [Resume] goes on from there.
func Cancel(ctx context.Context, folder string) error {
	if _, err := describe(folder); err != nil {
		return notASweep(folder, err)
	}
	c, err := readCluster(folder)
	if err == nil && len(c.Arrays) == 0 {
		err = fmt.Errorf("%s was not swept on a cluster: there is nothing to cancel", folder)
	}
	if err == nil {
		err = hasSlurm()
	}
	if err == nil {
		err = c.end(ctx)
	}
	if err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	return nil
}

// cancelFile is there from Cancel to the next Run or Resume.
const cancelFile = "cancelled"

var errCancelled = errors.New("the tasks were cancelled; the same call goes on with what is missing")

func (c *cluster) cancelled() bool {
	_, err := os.Stat(filepath.Join(c.folder, cancelFile))
	return err == nil
}

func (c *cluster) revive() error {
	err := os.Remove(filepath.Join(c.folder, cancelFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// end cancels all tasks. A job that ended long ago Slurm does not know any more,
// and need not.
func (c *cluster) end(ctx context.Context) error {
	if err := scratch.WriteFile(filepath.Join(c.folder, cancelFile), nil, scratch.Public); err != nil {
		return err
	}
	args := []string{"--quiet"}
	for _, a := range c.Arrays {
		args = append(args, a.Job)
	}
	_, wrong := slurm(ctx, "scancel", args...)
	if alive, err := c.alive(); err == nil && len(alive.rows) == 0 {
		return nil
	}
	return wrong
}
