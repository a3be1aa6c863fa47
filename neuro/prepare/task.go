package prepare

import "github.com/spikewalk/spikewalk/neuro/task"

// Task returns the task of making a series by condition, such as muscles, with the
// factors of the same trials: averages over the trials of each condition that has
// any, in order. [task.NewSource] makes of it what a spiking network learns from;
// a rate network learns the outputs alone. The cue is an input for each condition.
func (s *Set) Task(factors, outputs string) (task.Recorded, error) {
	carried, _, err := s.Averages(factors)
	if err != nil {
		return task.Recorded{}, err
	}
	wanted, _, err := s.Averages(outputs)
	if err != nil {
		return task.Recorded{}, err
	}
	return task.NewRecorded(carried, wanted, s.Dt)
}
