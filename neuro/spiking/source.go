package spiking

import "github.com/spikewalk/spikewalk/neuro/task"

// Source says which factors the spiking network should carry, and through which
// directions they act on it. rate.NewSource, [task.NewSource] and
// [task.MixSources] make one.
type Source = task.Source
