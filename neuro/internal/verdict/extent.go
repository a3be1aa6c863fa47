package verdict

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// extent is how far from zero something was in each trial, and should have been at
// most in any, where it is scored.
type extent struct {
	done   []float64
	wanted float64
}

func (e *extent) add(done, wanted *mat.Dense, scored task.Window) {
	e.done = append(e.done, largest(done, scored))
	e.wanted = max(e.wanted, largest(wanted, scored))
}

func largest(m *mat.Dense, w task.Window) float64 {
	size := 0.0
	for t := w.From; t < w.To; t++ {
		for _, v := range m.RawRowView(t) {
			size = max(size, math.Abs(v))
		}
	}
	return size
}

// farOff is how many times as far from zero as any target means that a network has
// run away: it is beyond what a wrong gain or phase explains.
const farOff = 5

// warnings says in how many trials a network has run away. A median, and answers that
// are right most of the time, do not show a few of them.
func (e extent) warnings(what, where, try string) []neuro.Warning {
	away := 0
	for _, size := range e.done {
		if size > farOff*e.wanted {
			away++
		}
	}
	if away == 0 || e.wanted == 0 {
		return nil
	}
	return []neuro.Warning{{
		Kind: neuro.RanAway, Where: where, Try: try,
		Message: fmt.Sprintf("in %d of %d trials the %s ran away, to %.3g where no target is beyond %.3g", away, len(e.done), what, slices.Max(e.done), e.wanted),
	}}
}
