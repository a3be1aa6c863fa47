package experiment

import (
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/plotting"
)

// RESULTS.md opens with what was passed, and with what was not and why; tables
// and setups are folded.
func TestTheAnswerComesFirst(t *testing.T) {
	e := Experiment{ID: "a.b", Statement: "It works.", Setup: "Ten neurons.", Paper: Paper{Title: "One"}, measures: []Measure[any]{
		{Name: "error", Unit: "°", Thresholds: []Threshold{Median.AtMost(9), Median.AtMost(1)}, Why: "the noise is too large"},
		{Name: "right", Thresholds: []Threshold{Median.AtLeast(1)}, Why: "not said"},
	}}
	r := collect(e, 0, []*job{{seed: 1, outcome: outcome{values: []float64{2, 1}}}})
	draw := func() *plotting.Drawing { return nil }
	r.Figures = []func() *plotting.Drawing{draw, draw}
	text := (&Results{Experiments: []Result{r}}).markdown()
	at := 0
	for _, want := range []string{
		"**2 of 3 thresholds passed.**", "| [a.b](#ab) | error | 2 ° | median ≤ 1 | the noise is too large |", "## One", "### a.b", "**It works.** 2 of 3 thresholds passed.",
		"![It works.](a.b.png)", "[PDF](a.b.pdf)", "![It works.](a.b-2.png)", "<details>", "Ten neurons.", "| error | 2 ° | median ≤ 9, median ≤ 1 | yes, **no** | – |", "</details>",
	} {
		k := strings.Index(text[at:], want)
		if k < 0 {
			t.Fatalf("no %q after %d in\n%s", want, at, text)
		}
		at += k
	}
	if strings.Contains(text, "not said") {
		t.Error("a reason is given for what was passed")
	}
	if text := (&Results{Experiments: []Result{r}, Quick: true}).markdown(); strings.Contains(text, "passed") && !strings.Contains(text, "mean nothing") {
		t.Error("quick results are judged")
	}
}
