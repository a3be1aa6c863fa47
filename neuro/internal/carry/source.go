package carry

import (
	"fmt"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/persist"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Given is an error if a source is nil.
func Given(who string, src task.Source) error {
	if src == nil {
		return fmt.Errorf("%s: there is no source of factors: it is nil; rate.NewSource and task.NewSource make one", who)
	}
	return nil
}

// Fits is an error if a source is nil, or not of the shape that a network was
// built for. Names and hints do not matter.
func Fits(who string, built task.Shape, src task.Source) error {
	if err := Given(who, src); err != nil {
		return err
	}
	s := src.Shape()
	s.Name, s.Hints = built.Name, built.Hints
	if s != built {
		return fmt.Errorf("%s: the network was built for %+v, the source is %+v", who, built, src.Shape())
	}
	return nil
}

// forKey is what the trial is drawn from that stands for a source.
const forKey neuro.Purpose = "checkpoint key"

// Key is all that trials of a source depend on: what it consists of, and the first
// trial it makes, which changes with its code.
func Key(src task.Source) (key []any, err error) {
	trial, _, err := src.Trial(neuro.Stream(0, forKey), task.State{})
	trial.Correct = nil // a function, of which a key cannot tell what it does
	return []any{src, trial}, err
}

// KeepSource names the state of a source.
func KeepSource(c *persist.State, s *task.State) {
	numbers := s.Numbers()
	if c.Vector(&numbers); c.Reading() {
		*s = task.NewState(numbers...)
	}
}
