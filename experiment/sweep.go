package experiment

import (
	"context"
	"errors"
	"fmt"

	"github.com/spikewalk/spikewalk/sweep"
)

// Fields are the fields of the experiment's config that a sweep can change, with what
// they hold where it is reproduced, or run quickly.
func (e Experiment) Fields(quick bool) []sweep.Field {
	if e.config.fields == nil {
		return nil
	}
	return e.config.fields(quick)
}

// Columns are what the table of a sweep calls the experiment's measures: by their
// names, with the unit in brackets.
func (e Experiment) Columns() (names []string) {
	for _, m := range e.measures {
		if m.Unit == "" {
			names = append(names, m.Name)
			continue
		}
		names = append(names, fmt.Sprintf("%s (%s)", m.Name, m.Unit))
	}
	return names
}

// Sweep runs the experiment for every config of a plan, whose axes are among its
// [Experiment.Fields], with the plan's seeds, or with seed 1. A row of the table has the
// config, the seed, and the number of each measure, by the names of
// [Experiment.Columns]. Quick is that of [Options].
//
// Rows are computed one by one: nothing is shared between them.
func (e Experiment) Sweep(ctx context.Context, plan sweep.Plan, quick bool, on sweep.Engine) (*sweep.Table, error) {
	if ctx == nil {
		return nil, errors.New("experiment: the context is nil: context.Background() is the one that never ends")
	}
	if e.run == nil {
		return nil, fmt.Errorf("experiment: %q has no run, no figure, no struct for a config, or a measure that is not computed: complete it with Define", e.ID)
	}
	if len(e.measures) == 0 {
		return nil, fmt.Errorf("experiment: %s measures nothing: a row of its sweep would hold no number", e.ID)
	}
	if !quick {
		if _, _, err := withRecordings(ctx, []Experiment{e}); err != nil {
			return nil, err
		}
	}
	return e.config.sweep(ctx, e, plan, quick, on)
}
