package sweep

import (
	"context"
	"errors"
	"fmt"
)

// Status is how far a sweep is.
type Status struct {
	Name string
	// Rows of the plan, those that are done, and of these those that failed.
	Rows, Done, Failed int
	// Running and Pending are rows of tasks that are alive on a cluster, done or not;
	// Missing those that nobody is at.
	Running, Pending, Missing int
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
	s.Missing = len(without(missing, alive))
	for _, i := range missing {
		switch running, is := alive[i]; {
		case running:
			s.Running++
		case is:
			s.Pending++
		}
	}
	return s, nil
}

// Cancel ends all tasks of a sweep on a cluster. Rows that are finished stay.
func Cancel(ctx context.Context, folder string) error {
	if _, err := describe(folder); err != nil {
		return notASweep(folder, err)
	}
	c, err := readCluster(folder)
	if err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	if len(c.Arrays) == 0 {
		return fmt.Errorf("sweep: %s was not swept on a cluster: there is nothing to cancel", folder)
	}
	var wrong error
	for _, a := range c.Arrays {
		// A job that has ended long ago is not known any more, and need not be.
		if _, err := slurm(ctx, "scancel", "--quiet", a.Job); err != nil {
			wrong = errors.Join(wrong, err)
		}
	}
	if alive, err := c.alive(); err == nil && len(alive) == 0 {
		return nil
	}
	return wrong
}
