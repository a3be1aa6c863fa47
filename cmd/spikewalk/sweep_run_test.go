package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Two conditions and two seeds, asked for by the names of fields, are a table, a
// figure and lines of medians; the same command again computes nothing.
func TestSweepRun(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "few")
	args := []string{"sweep", "run", "osc.fullforce", "--quick", "--over", "Rate.Gain=1.2,1.5", "--seeds", "2", "--out", folder}
	out, err := printed(args...)
	if err != nil {
		t.Fatal(err)
	}
	for _, says := range []string{"full-FORCE\n  Rate.Gain = 1.2  ", "  Rate.Gain = 1.5  ", "n = 2\n", "4 of 4 rows are in " + folder, "mean nothing"} {
		if !strings.Contains(out, says) {
			t.Errorf("%q does not say %q", out, says)
		}
	}
	for _, name := range []string{"table.parquet", "table.csv", "figure.png", "figure.pdf", "figure.svg"} {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Error(err)
		}
	}
	before, err := os.ReadFile(filepath.Join(folder, "table.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := printed(args...); err != nil {
		t.Fatal(err)
	}
	if after, err := os.ReadFile(filepath.Join(folder, "table.csv")); err != nil || string(after) != string(before) {
		t.Errorf("the same command again has other rows (%v)", err)
	}
	// The folder is of that sweep alone.
	for _, other := range [][]string{{"--over", "Rate.Gain=1.2,1.6"}, {"--over", "Rate.Gain=1.2,1.5", "--seeds", "3"}, {"--over", "Rate.Tau=0.01,0.02"}} {
		_, err := printed(append([]string{"sweep", "run", "osc.fullforce", "--quick", "--seeds", "2", "--out", folder}, other...)...)
		if err == nil || !strings.Contains(err.Error(), "take another folder") {
			t.Errorf("%q into the folder: %v", other, err)
		}
	}
	if out, err = printed("sweep", "status", folder); err != nil || !strings.Contains(out, "4 of 4 rows") {
		t.Errorf("%q, %v", out, err)
	}
}

// A measure that a condition does not have is NaN there, and left out of the figure.
func TestSweepRunWithoutAMeasure(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "few")
	out, err := printed("sweep", "run", "pcs.few", "--quick", "--over", "Gain=8,12", "--over", "Components=[2,0]", "--out", folder)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out, "  NaN    n = 1\n") {
		t.Errorf("%q", out)
	}
	if _, err := os.Stat(filepath.Join(folder, "figure.png")); err != nil {
		t.Error(err)
	}
}

// What cannot be swept is refused in a sentence, and no folder is made.
func TestSweepRunOfNonsense(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("SPIKEWALK_ENGINE", "")
	t.Setenv("PATH", t.TempDir()) // no sbatch
	for _, c := range []struct{ args, says string }{
		{"", "wants one name"},
		{"pcs.fwe", "pcs.few"},
		{"pcs", "sweep one of pcs.few, pcs.variance, pcs.angle"},
		{"pcs.few --over Gian=8", "did you mean Gain"},
		{"pcs.few --over Spiking.Gain=8", "follows from others"},
		{"pcs.few --over Seed=8", "seeds are no axis"},
		{"pcs.few --over Gain=high", `"high" is no float64`},
		{"pcs.few --over Spiking.Neurons=30.5", `"30.5" is no int`},
		{"pcs.few --over Spiking.Neurons=-3", "Neurons"},
		{"pcs.few --over Components=12,0", `"12" is no []int`},
		{"pcs.few --over Gain", "wants a field and its values"},
		{"pcs.few --over =3", "wants a field and its values"},
		{"pcs.few --over Gain=", "value 1 of Gain is empty"},
		{"pcs.few --over Gain=8,,9", "value 2 of Gain is empty"},
		{"pcs.few --over Gain=8,8.0", "twice"},
		{"pcs.few --over Gain=8 --over Gain=9", "two axes"},
		{"pcs.few --seeds 0", "at least one is needed"},
		{"pcs.few --seeds -1", "at least one is needed"},
		{"pcs.few --first-seed 0", "the first is 1"},
		{"pcs.few --jobs 0", "at least one"},
		{"pcs.few --memory 0", "must be positive"},
		{"pcs.few --engine slrum", "did you mean slurm"},
		{"pcs.few --engine slurm", "there is no sbatch"},
		{"pcs.few --engine slurm --time 5s", "a minute at least"},
		{"pcs.few --time 2h", "--engine slurm"},
		{"pcs.few --sbatch --partition=cpu", "--engine slurm"},
		{"tasks", "measures nothing"},
	} {
		args := append([]string{"sweep", "run"}, strings.Fields(c.args)...)
		out, err := printed(args...)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want an error that says %q", c.args, err, c.says)
		}
		if strings.Contains(out, "n = ") {
			t.Errorf("%s was run", c.args)
		}
	}
	if _, err := printed("sweep", "fields", "pcs.fwe"); err == nil || !strings.Contains(err.Error(), "pcs.few") {
		t.Errorf("fields of no experiment: %v", err)
	}
	if rows, err := filepath.Glob("out/sweeps/*/rows"); err != nil || len(rows) > 0 {
		t.Errorf("there are rows of what was refused: %v", rows)
	}
}

func TestOver(t *testing.T) {
	for text, want := range map[string][]string{
		"Gain=8,12": {"8", "12"}, "Gain= 8, 12": {"8", "12"}, "C=[1,2],[3]": {"[1,2]", "[3]"},
		`C={"a":"x,]"},{}`: {`{"a":"x,]"}`, "{}"}, "Name=a=b": {"a=b"}, "µ=ä,ö": {"ä", "ö"},
	} {
		if _, got, err := over(text); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v, want %q", text, got, err, want)
		}
	}
}

// Another plan has another folder, whatever the values are.
func TestSweepLabels(t *testing.T) {
	seen := map[string]string{}
	long := "Components=" + strings.Repeat("[12,0],", 40) + "[1]"
	for _, f := range []sweepFlags{
		{seeds: 5, first: 1}, {seeds: 6, first: 1}, {seeds: 5, first: 2}, {seeds: 5, first: 1, quick: true},
		{seeds: 5, first: 1, over: []string{"Gain=8,12"}}, {seeds: 5, first: 1, over: []string{"Gain=8", "Gain2=12"}},
		{seeds: 5, first: 1, over: []string{"C=[1,2]"}}, {seeds: 5, first: 1, over: []string{"C=[1],[2]"}},
		{seeds: 5, first: 1, over: []string{"File=../../x"}}, {seeds: 5, first: 1, over: []string{long}}, {seeds: 5, first: 1, over: []string{long + ",[2]"}},
	} {
		label := f.label("pcs.few")
		if other, ok := seen[label]; ok || len(label) > 110 || strings.ContainsAny(label, "/\\ []{}\"'*") {
			t.Errorf("%v is labelled %s (as %s)", f.over, label, other)
		}
		seen[label] = strings.Join(f.over, " ")
	}
}

// fields says which fields there are, what they hold, and what follows from others.
func TestSweepFields(t *testing.T) {
	out, err := printed("sweep", "fields", "pcs.few")
	if err != nil {
		t.Fatal(err)
	}
	var gain string
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "Gain ") {
			gain = strings.Join(strings.Fields(line), " ")
		}
	}
	if gain != "Gain float64 12" || strings.Contains(out, "Seed") || strings.Contains(out, "Spiking.Gain") {
		t.Errorf("%s", out)
	}
}
