package verdict_test

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/verdict"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// wave is a sine of one period, ahead by a fraction of it.
func wave(height, ahead float64) *mat.Dense {
	m := mat.NewDense(200, 1, nil)
	m.Apply(func(t, _ int, _ float64) float64 { return height * math.Sin(2*math.Pi*(float64(t)/200+ahead)) }, m)
	return m
}

func kinds(warnings []neuro.Warning) string {
	var all []string
	for _, w := range warnings {
		all = append(all, string(w.Kind))
	}
	return strings.Join(all, ", ")
}

// An output of zero has an error of 1 and is warned of; one at half the height
// has 1/4. A rhythm out of phase is wrong where inputs mark its phase, with an
// error of 4 at half a period, and right where nothing does.
func TestWorseThanSilence(t *testing.T) {
	marked := task.Trial{Targets: wave(1, 0), Inputs: wave(1, 0)}
	free := task.Trial{Targets: wave(1, 0)}
	for name, c := range map[string]struct {
		trial task.Trial
		done  *mat.Dense
		says  string
	}{
		"silent":                    {marked, wave(0, 0), "the error of the output is 1, that of silence, or more in 3 of 3 trials (median 1)"},
		"half the height":           {marked, wave(0.5, 0), ""},
		"out of phase":              {marked, wave(1, 0.5), "(median 4)"},
		"twice too high":            {marked, wave(2, 0), "(median 1)"},
		"free, silent":              {free, wave(0, 0), "(median 1)"},
		"free, out of phase":        {free, wave(1, 0.5), ""},
		"free, of another form":     {free, wave(3, 0.5), "(median 16)"},
		"free, a tenth the height":  {free, wave(0.1, 0.5), "(median 1.21)"}, // 0.81 at the best phase
		"hardly anything":           {marked, wave(1e-6, 0), "(median 1)"},
		"a little":                  {marked, wave(0.01, 0), ""}, // 0.98
		"a target that is zero too": {task.Trial{Targets: wave(0, 0), Inputs: wave(1, 0)}, wave(1, 0), ""},
	} {
		var v verdict.Verdict
		for range 3 {
			v.Add(c.trial, c.done, nil)
		}
		w := v.Warnings("test", "try")
		if c.says == "" && w != nil || c.says != "" && (len(w) != 1 || w[0].Kind != neuro.WorseThanSilence || !strings.Contains(w[0].Message, c.says)) {
			t.Errorf("%s: %v, want %q", name, w, c.says)
		}
	}
}

// The majority of the trials decides, and those whose target is zero have no
// say.
func TestWorseThanSilenceInMostTrials(t *testing.T) {
	trial := task.Trial{Targets: wave(1, 0), Inputs: wave(1, 0)}
	for worse := range 10 {
		var v verdict.Verdict
		v.Add(task.Trial{Targets: wave(0, 0), Inputs: wave(1, 0)}, wave(1, 0), nil)
		for i := range 9 {
			height := 0.5
			if i < worse {
				height = 3
			}
			v.Add(trial, wave(height, 0), nil)
		}
		if got := len(v.Warnings("test", "try")); (got > 0) != (worse >= 5) {
			t.Errorf("%d of 9 trials are worse: %d warnings", worse, got)
		}
	}
}

// Of n questions of two answers, half of them each, a constant output is right
// in n/2, and two standard deviations are √n.
func TestAtChance(t *testing.T) {
	for _, c := range []struct {
		questions, right, ones int // ones: those whose answer is +1
		want                   string
	}{
		{100, 50, 50, "at chance"}, {100, 60, 50, "at chance"}, {100, 61, 50, ""}, {100, 5, 50, "at chance"},
		{100, 88, 80, "at chance"}, {100, 89, 80, ""}, // 80 + 2 √(100 · 0.8 · 0.2)
		{100, 100, 100, ""}, {100, 99, 100, "at chance"}, // all answers the same
		{19, 9, 10, ""}, // too few to say
		{20, 10, 10, "at chance"},
	} {
		var v verdict.Verdict
		for i := range c.questions {
			answer := 1.0
			if i >= c.ones {
				answer = -1
			}
			given := answer
			if i >= c.right {
				given = -answer
			}
			trial := task.Trial{
				Targets: mat.NewDense(1, 1, []float64{answer}), Inputs: mat.NewDense(1, 1, nil),
				Correct: func(z *mat.Dense) bool { return z.At(0, 0)*answer > 0 },
			}
			// Three times too high: an error of 4 or 16, whatever the answers.
			v.Add(trial, mat.NewDense(1, 1, []float64{3 * given}), nil)
		}
		got := v.Warnings("test", "try")
		if c.want != "" {
			c.want = "worse than silence, " + c.want
		}
		if c.questions < 20 {
			c.want = "worse than silence"
		}
		if kinds(got) != c.want || c.questions >= 20 && v.Good() != (c.want == "") {
			t.Errorf("%d of %d right, %d are +1: %v, good %t", c.right, c.questions, c.ones, got, v.Good())
		}
	}
}

func TestNoTrialsNoVerdict(t *testing.T) {
	var v verdict.Verdict
	if w := v.Warnings("test", "try"); w != nil || v.Good() {
		t.Errorf("warnings %v, good %t", w, v.Good())
	}
}

// A few trials that run away are said, whatever the median, and answers, are; one
// warning about a quantity is enough, and where targets are zero there is none.
func TestRanAway(t *testing.T) {
	marked := task.Trial{Targets: wave(1, 0), Inputs: wave(1, 0)}
	asked := marked
	asked.Correct = func(z *mat.Dense) bool { return z.At(50, 0) > 0.5 }
	const says = "in 2 of 30 trials the output ran away, to 40 where no target is beyond 1"
	for name, c := range map[string]struct {
		trial task.Trial
		often int // of 30 trials
		far   float64
		kinds string
	}{
		"two of thirty":              {marked, 2, 40, "ran away"},
		"four times as high":         {marked, 2, 4, ""},
		"most of them":               {marked, 20, 40, "worse than silence"},
		"whose answers are right":    {asked, 2, 40, "ran away"},
		"where the target is silent": {task.Trial{Targets: wave(0, 0), Inputs: wave(1, 0)}, 2, 40, ""},
	} {
		var v verdict.Verdict
		for i := range 30 {
			height := 1.0
			if i < c.often {
				height = c.far
			}
			v.Add(c.trial, wave(height, 0), nil)
		}
		w := v.Warnings("test", "try")
		if got := kinds(w); got != c.kinds || c.kinds == "ran away" && w[0].Message != says {
			t.Errorf("%s: %v, want %q", name, w, c.kinds)
		}
	}
	var v verdict.Verdict
	for range 3 { // factors, too
		marked.Factors = wave(1, 0)
		v.Add(marked, wave(1, 0), wave(6, 0))
	}
	if got := kinds(v.Warnings("test", "try")); got != "worse than silence" {
		t.Errorf("factors: %q", got)
	}
}
