package recording

import (
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// parts of a session as three tables of text have them.
func parts() (spikes, muscles, trials *Recording) {
	whole := regular()
	spikes = &Recording{Units: whole.Units, Spikes: whole.Spikes}
	muscles = &Recording{Series: whole.Series}
	trials = &Recording{Trials: whole.Trials, TrialTable: &Table{Columns: []Column{{Name: "result", Texts: []string{"R", "R", "F", "R"}}}}}
	return spikes, muscles, trials
}

// Parts become the recording that one file would have given.
func TestCombine(t *testing.T) {
	spikes, muscles, trials := parts()
	r, err := Combine(trials, spikes, muscles)
	if err != nil {
		t.Fatal(err)
	}
	if r.Units != 3 || len(r.Spikes.Times) != 600 || len(r.Trials) != 4 || r.TrialTable.Len() != 4 || len(r.Series) != 1 || len(r.Warnings) != 0 {
		t.Errorf("%d units, %d spikes, %d trials, %d series, %v", r.Units, len(r.Spikes.Times), len(r.Trials), len(r.Series), r.Warnings)
	}
	for i := range trials.Trials {
		trials.Trials[i].Start += 1e4
		trials.Trials[i].Stop += 1e4
	}
	if r, err = Combine(trials, spikes, muscles); err != nil || len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0].Message, "no trial has a spike") {
		t.Errorf("clocks that differ: %v, %v", err, r.Warnings)
	}
}

// What two parts have, nobody chooses between.
func TestCombineRefuses(t *testing.T) {
	spikes, muscles, trials := parts()
	network := &Recording{Factors: Series{Values: mat.NewDense(1, 1, nil), Dt: 1}}
	for want, parts := range map[string][]*Recording{
		"nothing to combine":             nil,
		"part 1 is nil":                  {spikes, nil},
		"parts 0 and 2 both have units":  {spikes, muscles, spikes},
		"parts 0 and 1 both have trials": {trials, trials},
		`a series "hand"`:                {muscles, muscles},
		"record of a network":            {network},
	} {
		if _, err := Combine(parts...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q: %v", want, err)
		}
	}
}
