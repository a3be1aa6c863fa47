package experiment

import (
	"math"
	"math/rand/v2"

	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// replayed is a source that keeps its trials, for a second network that is
// taught with the same seed. Trials of a large rate network cost as much as
// teaching with them.
type replayed struct {
	*rate.Source
	kept map[moment]madeTrial
	keep bool // else only what is kept is replayed
}

// moment is what a trial depends on: the stream that it is drawn from, known
// by its next number, and the state before it, known by its first.
type moment struct {
	drawn uint64
	state float64
}

type madeTrial struct {
	trial task.Trial
	next  []float64
}

func replay(src *rate.Source) *replayed {
	return &replayed{Source: src, kept: map[moment]madeTrial{}, keep: true}
}

// Trial implements [spiking.Source].
func (s *replayed) Trial(rng *rand.Rand, state []float64) (task.Trial, []float64, error) {
	at := moment{drawn: rng.Uint64(), state: math.Inf(1)}
	if len(state) > 0 {
		at.state = state[0]
	}
	if m, ok := s.kept[at]; ok {
		return m.trial, m.next, nil
	}
	trial, next, err := s.Source.Trial(rng, state)
	if err == nil && s.keep {
		s.kept[at] = madeTrial{trial, next}
	}
	return trial, next, err
}
