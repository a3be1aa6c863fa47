package depasquale2016

import (
	"context"
	"strings"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// shown begins the purposes of the trials, each of which goes on with its task's
// name.
const shown = "shown "

// shownTask is a task and how many of its trials are shown.
type shownTask struct {
	purpose neuro.Purpose
	task    task.Task
	trials  int
}

// allTasks is tasks: nothing is measured, a few trials of each are drawn.
func allTasks() experiment.Experiment {
	e := experiment.Experiment{
		ID:         "tasks",
		Recordings: []string{"cycling", "reaching"},
		Statement:  "The tasks.",
		Setup:      "A few trials of each: what the networks are shown (inputs), what helps them to learn (hints), and what they are asked for (targets). Where only part of a trial is judged, that part is shaded.",
		Seeds:      1,
	}
	return experiment.Define(e, nil, runTasks, func(all [][]plotting.Panel) *plotting.Drawing {
		return plotting.Figure(all[0]...).Columns(2)
	})
}

func runTasks(ctx context.Context, r experiment.Run) ([]plotting.Panel, error) {
	tasks, err := tasksShown(ctx, r)
	if err != nil {
		return nil, err
	}
	var panels []plotting.Panel
	for _, s := range tasks {
		shape := s.task.Shape()
		var trials []task.Trial
		for i := range s.trials {
			trial, err := task.NewTrial(s.task, neuro.Stream(r.Seed, s.purpose, i))
			if err != nil {
				return nil, err
			}
			trials = append(trials, trial)
		}
		panels = append(panels, plotting.Trials(shape, trials...).Title(strings.TrimPrefix(string(s.purpose), shown)).Height(4))
	}
	return panels, nil
}

func tasksShown(ctx context.Context, r experiment.Run) ([]shownTask, error) {
	cycling, err := cyclingTask(ctx, r)
	if err != nil {
		return nil, err
	}
	reaching, err := reachingTask(ctx, r)
	if err != nil {
		return nil, err
	}
	hinted := task.NewReadySetGo()
	hinted.Hint = true
	rested := cycling
	rested.Rest = 1
	both := task.Mix{Tasks: []task.Task{reaching, rested}, Shares: []float64{0.5, 0.5}}
	return []shownTask{
		{shown + "swept oscillation", task.SweptOscillation(), 2},
		{shown + "sum of four sinusoids", task.SumOfSinusoids(), 2},
		{shown + "sawtooth", task.NewSawtooth(), 2},
		{shown + "ready-set-go, with its hint", hinted, 2},
		{shown + "temporal XOR", task.NewTemporalXOR(), 4},
		{shown + "input integration", task.NewInputIntegration(), 2},
		{shown + "contextual integration", task.NewContextualIntegration(), 3},
		{shown + "reaching", reaching, 2},
		{shown + "cycling", cycling, 1},
		{shown + "reaching + cycling", both, 6},
	}, nil
}
