package carry

import (
	"fmt"

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
