package nb

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/sweep"
)

type loudness struct {
	Gain float64
	Seed uint64
}

// louder is a sweep of four rows, of which one fails, that counts how many it computes.
func louder(computed *int) sweep.Sweep[loudness, float64] {
	return sweep.Sweep[loudness, float64]{
		Name: "louder",
		Plan: sweep.Grid(sweep.Values("Gain", 1.0, 2)).Seeds(2),
		Run: func(_ context.Context, cfg loudness) (float64, error) {
			*computed++
			if cfg.Gain == 2 && cfg.Seed == 2 {
				return 0, errors.New("it diverged")
			}
			return cfg.Gain * float64(cfg.Seed), nil
		},
	}
}

// Rows are computed once, whatever the program; those of other configs and of another
// Version are others.
func TestSweepKeepsRows(t *testing.T) {
	t.Setenv(MemoEnv, t.TempDir())
	computed := 0
	one := []sweep.Engine{sweep.Local{Jobs: 1}}
	for k, c := range []struct {
		change func(s *sweep.Sweep[loudness, float64])
		want   int // computed so far
	}{
		{func(*sweep.Sweep[loudness, float64]) {}, 4},
		{func(*sweep.Sweep[loudness, float64]) {}, 4},
		{func(s *sweep.Sweep[loudness, float64]) { s.Version = "2" }, 8},
		{func(s *sweep.Sweep[loudness, float64]) {
			s.Plan = sweep.Grid(sweep.Values("Gain", 1.0)).Seeds(2)
		}, 10},
		{func(s *sweep.Sweep[loudness, float64]) { s.Base.Gain = 7 }, 14},
		{func(*sweep.Sweep[loudness, float64]) {}, 14},
	} {
		s := louder(&computed)
		c.change(&s)
		table, err := swept(s, one)
		if err != nil {
			t.Fatal(err)
		}
		if computed != c.want || table.Len() != table.Total() {
			t.Errorf("call %d: %d rows computed so far, want %d; %d of %d rows are there", k, computed, c.want, table.Len(), table.Total())
		}
	}
	n, err := ForgetMemo()
	if err != nil || n != 4 {
		t.Errorf("%d sweeps forgotten, want 4: %v", n, err)
	}
	if _, err := swept(louder(&computed), one); err != nil || computed != 18 {
		t.Errorf("after the memo was emptied %d rows were computed, want 18: %v", computed, err)
	}
}

// An engine with a folder of its own keeps its rows there.
func TestSweepInAFolderOfItsOwn(t *testing.T) {
	memo, own := t.TempDir(), t.TempDir()
	t.Setenv(MemoEnv, memo)
	computed := 0
	if _, err := swept(louder(&computed), []sweep.Engine{sweep.Local{Jobs: 1, Folder: own}}); err != nil {
		t.Fatal(err)
	}
	table, err := sweep.Collect(own)
	if err != nil || table.Len() != 4 {
		t.Errorf("the folder holds %v: %v", table, err)
	}
	if entries, _ := os.ReadDir(memo); len(entries) > 0 {
		t.Errorf("the memo holds %v", entries)
	}
}

// How many rows failed, and why the first, is told at every run, whether they were
// computed or found.
func TestSweepTellsOfRowsThatFailed(t *testing.T) {
	t.Setenv(MemoEnv, t.TempDir())
	computed := 0
	for range 2 {
		said := stderrOf(t, func() {
			if _, err := swept(louder(&computed), []sweep.Engine{sweep.Local{Jobs: 1}}); err != nil {
				t.Error(err)
			}
		})
		for _, want := range []string{"louder: 4 of 4, done", "1 of 4 rows failed, the first with: it diverged", "Table.Failed"} {
			if !strings.Contains(said, want) {
				t.Errorf("%q does not say %q", said, want)
			}
		}
	}
}

// What is wrong with a sweep or its engine is said in a sentence, before a folder is made.
func TestSweepRefuses(t *testing.T) {
	memo := t.TempDir()
	t.Setenv(MemoEnv, filepath.Join(memo, "m"))
	t.Setenv("SPIKEWALK_ENGINE", "slrum")
	computed := 0
	s := louder(&computed)
	two := []sweep.Engine{sweep.Local{}, sweep.Slurm{}}
	for says, err := range map[string]error{
		`no engine is called "slrum"`: second(swept(s, nil)),
		"2 engines":                   second(swept(s, two)),
		"there is no engine":          second(swept(s, []sweep.Engine{nil})),
		"cannot name a sweep":         second(swept(named(s, "../elsewhere"), two[:1])),
	} {
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
	if entries, _ := os.ReadDir(memo); len(entries) > 0 || computed > 0 {
		t.Errorf("%v were made, and %d rows computed", entries, computed)
	}
}

func second(_ *sweep.Table, err error) error { return err }

func named(s sweep.Sweep[loudness, float64], name string) sweep.Sweep[loudness, float64] {
	s.Name = name
	return s
}

// A cell that is a task of a cluster writes no figure of the notebook's.
func TestATaskWritesNoFigures(t *testing.T) {
	t.Setenv(FiguresEnv, t.TempDir())
	write := func() int {
		if err := show(wave(startOf(waveControls())), "wave"); err != nil {
			t.Fatal(err)
		}
		files, _ := os.ReadDir(os.Getenv(FiguresEnv))
		return len(files)
	}
	t.Setenv("SPIKEWALK_SWEEP", "louder")
	if n := write(); n > 0 {
		t.Errorf("a task wrote %d files", n)
	}
	t.Setenv("SPIKEWALK_SWEEP", "")
	if n := write(); n != 4 {
		t.Errorf("the notebook's program wrote %d files, want 4", n)
	}
}
