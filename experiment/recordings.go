package experiment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/data"
)

// Skip is an experiment that was not run, and why.
type Skip struct{ ID, Why string }

// withRecordings leaves out the experiments whose recordings are neither on
// this machine nor to be downloaded. A recording that is there and wrong, or a
// folder that is none, is an error.
func withRecordings(ctx context.Context, chosen []Experiment) (run []Experiment, skipped []Skip, err error) {
	if err := data.CheckFolder(); err != nil {
		return nil, nil, err
	}
	missing := map[string]string{} // why, by recording; "" for one that is there
	for _, e := range chosen {
		for _, name := range e.Recordings {
			if _, known := missing[name]; known {
				continue
			}
			_, err := data.Fetch(ctx, name, nil)
			unavailable, ok := errors.AsType[*data.UnavailableError](err)
			if err != nil && !ok {
				return nil, nil, err
			}
			missing[name] = ""
			if ok {
				missing[name] = unavailable.Error()
			}
		}
	}
	for _, e := range chosen {
		if i := slices.IndexFunc(e.Recordings, func(name string) bool { return missing[name] != "" }); i >= 0 {
			skipped = append(skipped, Skip{e.ID, missing[e.Recordings[i]]})
			continue
		}
		run = append(run, e)
	}
	if len(run) == 0 && len(skipped) > 0 {
		var ids []string
		for _, s := range skipped {
			ids = append(ids, s.ID)
		}
		return nil, nil, fmt.Errorf("%s cannot be run: %s", strings.Join(ids, ", "), skipped[0].Why)
	}
	return run, skipped, nil
}
