package nb

import (
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Train is [rate.Train], shown by [Live] under a label and kept by [Memo]: the
// network is trained once for a method, a configuration and a task, and read
// from the disk from then on, in whatever cell or notebook asks for it. The
// task's exported fields must say all that its trials depend on. What goes wrong
// ends the cell as [Check] does.
func Train(label string, method rate.Method, cfg rate.Config, k task.Task) *rate.Fit {
	key := struct {
		Method rate.Method
		Config rate.Config
		Task   task.Task
	}{method, cfg, k}
	return Get(Memo(label, key, func() (*rate.Fit, error) {
		return rate.Train(Live(label), method, cfg, k)
	}))
}
