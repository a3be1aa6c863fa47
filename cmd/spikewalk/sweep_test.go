package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/sweep"
)

type point struct {
	X    float64
	Seed uint64
}

// squares is the folder of a sweep of four rows, of which one failed.
func squares(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "squares")
	_, err := sweep.Run(context.Background(), sweep.Sweep[point, float64]{
		Name: "squares", Plan: sweep.Grid(sweep.Values("X", 1.0, 2)).Seeds(2),
		Run: func(_ context.Context, p point) (float64, error) {
			if p.X == 2 && p.Seed == 2 {
				return 0, errors.New("diverged")
			}
			return p.X * p.X, nil
		},
	}, sweep.Local{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// printed runs a command and returns what it prints.
func printed(args ...string) (string, error) {
	root, out := command(), &bytes.Buffer{}
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(out)
	err := root.ExecuteContext(context.Background())
	return out.String(), err
}

func TestSweepCommands(t *testing.T) {
	folder := squares(t)
	csv := filepath.Join(t.TempDir(), "a.csv")
	for _, c := range []struct {
		args  []string
		wants string // in what is printed, or in the error
	}{
		{[]string{"status", folder}, "squares: 4 of 4 rows done (1 failed); computed for 0s so far\n"},
		{[]string{"collect", folder}, "table.parquet: 4 of 4 rows"},
		{[]string{"collect", folder, "--out", csv}, "a.csv: 4 of 4 rows"},
		{[]string{"collect", folder, "--out", "a.xls"}, "must end in .parquet or .csv"},
		{[]string{"cancel", folder}, "was not swept on a cluster"},
		{[]string{"status", t.TempDir()}, "is no folder of a sweep"},
		{[]string{"collect", t.TempDir()}, "is no folder of a sweep"},
		{[]string{"resume", t.TempDir()}, "is no folder of a sweep"},
		{[]string{"cancel", t.TempDir()}, "is no folder of a sweep"},
		{[]string{"stauts", folder}, "status"},
	} {
		out, err := printed(append([]string{"sweep"}, c.args...)...)
		if err != nil {
			out += err.Error()
		}
		if !strings.Contains(out, c.wants) {
			t.Errorf("sweep %s: %q, want %q in it", strings.Join(c.args, " "), out, c.wants)
		}
	}
	text, err := os.ReadFile(csv)
	if err != nil || strings.Count(string(text), "\n") != 5 || !strings.Contains(string(text), "diverged") {
		t.Errorf("%s, %v", text, err)
	}
}
