package rate

import (
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/verdict"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// remedies are what to try where a rate network's output is no better than
// nothing.
const remedies = "train longer (TrainingTrials), take more Units, another Gain (1.2 to 1.5 are usual) or RLS.Alpha (1 is usual), or give hints; see that the task's step and Tau are both in seconds"

// doubts is what is doubtful about the trials that a network has done on its
// own.
func (n *Network) doubts(k task.Task, v *verdict.Verdict) []neuro.Warning {
	warnings := v.Warnings("rate network on its own", remedies)
	if !v.Good() && n.odd() {
		warnings = append(warnings, evenAnswer(k)...)
	}
	return warnings
}

// odd tells whether the opposite input, from the opposite state, gives the
// opposite output, whatever the weights.
func (n *Network) odd() bool {
	zero := func(x []float64) bool {
		for _, v := range x {
			if v != 0 {
				return false
			}
		}
		return true
	}
	switch n.Activation {
	case "", Tanh, Linear, HardTanh:
		return zero(n.Bias) && zero(n.ReadoutBias)
	}
	return false
}
