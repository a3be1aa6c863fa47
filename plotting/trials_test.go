package plotting_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// Rows, shading and legend follow from what the task has.
func TestTrialsHaveARowForEachKindOfChannel(t *testing.T) {
	hinted := task.NewReadySetGo()
	hinted.Hint = true
	cycling, err := task.NewCycling(mat.NewDense(300, 12, nil), mat.NewDense(300, 1, nil), 0.001)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		task   task.Task
		rows   string
		legend string
	}{
		{task.NewSawtooth(), "target", ""},
		{task.SweptOscillation(), "input target", ""},
		{hinted, "input hint target", "channel 1 2"},
		{task.NewTemporalXOR(), "input target", "scored"},
		{task.NewContextualIntegration(), "input target", "channel 1 2 3 4 scored"},
		{cycling, "input target factor", ""},
	} {
		var trials []task.Trial
		end := 0.0
		for i := range 3 {
			trials = append(trials, trialOf(c.task, neuro.Stream(1, "trials", i)))
			end += float64(trials[i].Steps()) * 0.001
		}
		content, err := plotting.Trials(c.task.Shape(), trials...).Content()
		if err != nil {
			t.Fatal(err)
		}
		var rows []string
		for _, f := range content.Frames {
			rows = append(rows, f.Y.Label)
			if math.Abs(f.X.Max-end) > 1e-9 {
				t.Errorf("%s: the x axis ends at %g s, the last trial at %g s", c.task.Shape().Name, f.X.Max, end)
			}
		}
		legend := inLegend(content)
		if got := strings.Join(rows, " "); got != c.rows {
			t.Errorf("%s has rows %s, want %s", c.task.Shape().Name, got, c.rows)
		}
		if got := strings.Join(legend, " "); got != c.legend {
			t.Errorf("%s has the legend %q, want %q", c.task.Shape().Name, got, c.legend)
		}
	}
}

func TestTrialsWithOutputs(t *testing.T) {
	k := task.NewSawtooth()
	trial := trialOf(k, nil)
	content, err := plotting.Trials(k.Shape(), trial, trial).Outputs(trial.Targets, trial.Targets).Content()
	if err != nil {
		t.Fatal(err)
	}
	// A border, a target and an output.
	if len(content.Frames) != 1 || drawnMarks(content.Frames[0]) != 3 || len(inLegend(content)) != 2 {
		t.Errorf("%d rows, %d marks, %d in the legend", len(content.Frames), drawnMarks(content.Frames[0]), len(inLegend(content)))
	}
	// Several inputs: the output's colour is that of channel 1.
	context := task.NewContextualIntegration()
	trial = trialOf(context, neuro.Stream(1, "trial"))
	content, err = plotting.Trials(context.Shape(), trial).Outputs(trial.Targets).Content()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(inLegend(content), "; "), "target; output, channel 1; 2; 3; 4; scored"; got != want {
		t.Errorf("the legend is %q, want %q", got, want)
	}
}

func TestBadTrialsAreNamed(t *testing.T) {
	k := task.NewSawtooth()
	shape, trial := k.Shape(), trialOf(k, nil)
	hole := mat.DenseCopyOf(trial.Targets)
	hole.Set(3, 0, math.NaN())
	for want, p := range map[string]*plotting.TrialsPanel{
		"there are no trials":        plotting.Trials(shape),
		"the time step must":         plotting.Trials(task.Shape{Name: "mine", Outputs: 1}, trial),
		"trial 0: sawtooth: targets": plotting.Trials(shape, task.Trial{Targets: hole}),
		"outputs of 2 trials for 1":  plotting.Trials(shape, trial).Outputs(hole, hole),
		"is NaN at row 3":            plotting.Trials(shape, trial).Outputs(hole),
		"the output of trial 0 is 5": plotting.Trials(shape, trial).Outputs(mat.NewDense(5, 1, nil)),
		"2 names for 1 outputs":      plotting.Trials(shape, trial).Names("a", "b"),
		"is nil":                     plotting.Trials(shape, trial).Outputs([]mat.Matrix{nil}...),
	} {
		_, err := plotting.Figure(p).PNG()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one that says %q", err, want)
		}
	}
}

// drawnMarks is how many marks are more than an entry in the legend.
func drawnMarks(f plotting.Frame) (n int) {
	for _, m := range f.Marks {
		if m.Plot != nil {
			n++
		}
	}
	return n
}

// inLegend are the texts of a panel's legend.
func inLegend(c plotting.Content) (names []string) {
	for _, f := range c.Frames {
		for _, m := range f.Marks {
			if m.Legend != "" {
				names = append(names, m.Legend)
			}
		}
	}
	return names
}

// trialOf makes a trial of a task that can make one.
func trialOf(k task.Task, rng *rand.Rand) task.Trial {
	trial, err := task.NewTrial(k, rng)
	if err != nil {
		panic(err)
	}
	return trial
}
