package depasquale2016

import (
	"context"
	"strings"

	"gonum.org/v1/gonum/mat"

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
		Statement:  "The tasks that the networks are trained on.",
		Setup:      "A few trials of each: what the networks are shown (inputs), what helps them to learn (hints), and what they are asked for (targets). Where only part of a trial is judged, that part is shaded.",
		Seeds:      1,
	}
	// Without pulses to compare or signals to integrate; with these; with muscles.
	return experiment.Define(e, struct{}{}, nil, runTasks, tasksFrom(0, 4, 2), tasksFrom(4, 7, 1), tasksFrom(7, 10, 1))
}

// tasksFrom draws some of the tasks in a number of columns.
func tasksFrom(first, end, columns int) func([][]drawnTask) *plotting.Drawing {
	return func(all [][]drawnTask) *plotting.Drawing {
		var panels []plotting.Panel
		for _, d := range all[0][first:end] {
			panels = append(panels, d.panel())
		}
		return plotting.Figure(panels...).Columns(columns)
	}
}

// drawnTask is trials of a task, without their judge.
type drawnTask struct {
	Name   string
	Shape  task.Shape
	Trials []drawnTrial
}

type drawnTrial struct {
	Inputs, Hints, Targets, Factors *mat.Dense
	Score                           task.Window
}

func (d drawnTask) panel() *plotting.TrialsPanel {
	var trials []task.Trial
	for _, t := range d.Trials {
		trials = append(trials, task.Trial{Inputs: t.Inputs, Hints: t.Hints, Targets: t.Targets, Factors: t.Factors, Score: t.Score})
	}
	return plotting.Trials(d.Shape, trials...).Title(d.Name).Height(5)
}

func runTasks(ctx context.Context, r experiment.Run, _ struct{}) ([]drawnTask, error) {
	tasks, err := tasksShown(ctx, r)
	if err != nil {
		return nil, err
	}
	var drawn []drawnTask
	for _, s := range tasks {
		d := drawnTask{Name: strings.TrimPrefix(string(s.purpose), shown), Shape: s.task.Shape()}
		for i := range s.trials {
			trial, err := task.NewTrial(s.task, neuro.Stream(r.Seed, s.purpose, i))
			if err != nil {
				return nil, err
			}
			d.Trials = append(d.Trials, drawnTrial{trial.Inputs, trial.Hints, trial.Targets, trial.Factors, trial.Score})
		}
		drawn = append(drawn, d)
	}
	return drawn, nil
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
