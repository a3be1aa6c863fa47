package prepare

import (
	"fmt"
	"strings"
)

// Drop is why some units or trials were left out.
type Drop struct {
	// Reason, such as "move_onset_time has no time".
	Reason string
	// Index holds the rows, in the recording's table, of what was left out.
	Index []int
}

// Choice is the units or trials that were chosen.
type Choice struct {
	// Kept are rows of the recording's table, ascending.
	Kept []int
	// Dropped are the others; each is listed once, under the first reason found.
	Dropped []Drop

	what string
}

// String says in one line what was kept and what was dropped:
//
//	61 of 64 units; dropped: 2 (below 0.5 Hz), 1 (no spikes)
func (c Choice) String() string {
	all := len(c.Kept)
	for _, d := range c.Dropped {
		all += len(d.Index)
	}
	return fmt.Sprintf("%d of %d %s%s", len(c.Kept), all, c.what, because(c.Dropped))
}

// because lists what was dropped, for the end of a sentence.
func because(dropped []Drop) string {
	if len(dropped) == 0 {
		return ""
	}
	parts := make([]string, len(dropped))
	for i, d := range dropped {
		parts[i] = fmt.Sprintf("%d (%s)", len(d.Index), d.Reason)
	}
	return "; dropped: " + strings.Join(parts, ", ")
}

// drops collects what is dropped, by reason in order of appearance.
type drops []Drop

func (d *drops) add(index int, reason string) {
	for i := range *d {
		if (*d)[i].Reason == reason {
			(*d)[i].Index = append((*d)[i].Index, index)
			return
		}
	}
	*d = append(*d, Drop{reason, []int{index}})
}
