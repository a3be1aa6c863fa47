package nb

import "github.com/spikewalk/spikewalk/neuro"

// Live is [Progress] with a figure.
func Live(label string) neuro.Watch { return Progress(label) }
