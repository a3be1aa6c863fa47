package bound

import (
	"fmt"
	"strings"

	"github.com/spikewalk/spikewalk/neuro"
)

// Explored is a parameter, and the range in which it is known what comes of it.
// Source says which part of the range is whose: "3 to 7 in DePasquale et al. (2016,
// 2023), 1 to 100 here".
type Explored struct {
	Name            string
	Value, From, To float64
	Source          string
}

// Unexplored is one warning that names all parameters outside their ranges, or none.
func Unexplored(where string, parameters ...Explored) []neuro.Warning {
	var outside []string
	for _, p := range parameters {
		// Rounding, as of a unit, is no excursion.
		if slack := 1e-9 * max(-p.From, p.To); p.Value < p.From-slack || p.Value > p.To+slack {
			outside = append(outside, fmt.Sprintf("%s is %.4g (%s)", p.Name, p.Value, p.Source))
		}
	}
	if outside == nil {
		return nil
	}
	return []neuro.Warning{{
		Kind: neuro.Unexplored, Where: where,
		Message: "outside what was explored: " + strings.Join(outside, ", "),
		Try:     "expect nothing of what the papers and docs/results say without a test of your own",
	}}
}
