package spiking

import (
	"errors"

	"github.com/spikewalk/spikewalk/neuro/task"
)

// Source says which factors the spiking network should carry, and through which
// directions they act on it. rate.NewSource, [task.NewSource] and
// [task.MixSources] make one.
type Source = task.Source

// errNoSource says that a source is nil.
var errNoSource = errors.New("spiking: there is no source of factors: it is nil; rate.NewSource and task.NewSource make one")
