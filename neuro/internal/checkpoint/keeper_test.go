package checkpoint

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/persist"
)

// work is a computation that counts.
type work struct {
	done int
	sums []float64
}

func (w *work) state(s *persist.State) {
	s.Int(&w.done)
	s.Vector(&w.sums)
}

// told opens the checkpoints of a folder and keeps what is told.
func told(t *testing.T, folder string) (context.Context, *[]string) {
	t.Helper()
	var texts []string
	c := neuro.Checkpoints{Folder: folder, Trials: 1, Tell: func(text string) { texts = append(texts, text) }}
	return neuro.WithCheckpoints(t.Context(), c), &texts
}

func open(t *testing.T, ctx context.Context) *Keeper {
	t.Helper()
	k, err := Open(ctx, "work", 7)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// two leaves states after two trials.
func two(t *testing.T) (folder string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "states")
	ctx, texts := told(t, folder)
	k := open(t, ctx)
	for n := range 2 {
		w := work{n + 1, []float64{1, 2, 3}}
		k.After(n+1, false, w.state)
	}
	if k.At() != 2 || len(*texts) > 0 {
		t.Fatalf("at %d, told %q", k.At(), *texts)
	}
	return folder
}

// Wherever the newest state is torn, and whichever byte of it is another, the one
// before it is taken, and it is said.
func TestTornAtEveryByte(t *testing.T) {
	folder := two(t)
	ctx, texts := told(t, folder)
	newest := open(t, ctx).files[1]
	whole, err := os.ReadFile(newest)
	if err != nil {
		t.Fatal(err)
	}
	for at := range whole {
		flipped := append([]byte(nil), whole...)
		flipped[at] ^= 1 << (at % 8)
		for what, content := range map[string][]byte{"torn": whole[:at], "flipped": flipped} {
			if err := os.WriteFile(newest, content, 0o600); err != nil {
				t.Fatal(err)
			}
			*texts = nil
			k, w := open(t, ctx), work{}
			if k.At() != 1 || len(*texts) != 1 || !strings.Contains((*texts)[0], newest) {
				t.Fatalf("%s at byte %d: at %d, told %q", what, at, k.At(), *texts)
			}
			if err := k.Restore(w.state); err != nil || w.done != 1 || w.sums[2] != 3 {
				t.Fatalf("%s at byte %d: %v, restored %v", what, at, err, w)
			}
			if k.files[k.next] != newest {
				t.Fatal("the whole one is replaced next")
			}
		}
	}
	older := open(t, ctx).files[0]
	if err := os.Truncate(older, 5); err != nil {
		t.Fatal(err)
	}
	*texts = nil
	if k := open(t, ctx); k.At() != 0 || len(*texts) != 2 || !strings.Contains((*texts)[0], "anew") {
		t.Errorf("both torn: at %d, told %q", k.At(), *texts)
	}
}

// A state of another version of the numerics is refused, and left alone.
func TestAnotherVersion(t *testing.T) {
	folder := two(t)
	ctx, _ := told(t, folder)
	file := open(t, ctx).files[1]
	err := kept.Stream(file, magic, 0o600, func(w io.Writer) error {
		return persist.Write(w, func(s *persist.State) {
			numerics, at := neuro.NumericsVersion-1, 2
			s.Int(&numerics)
			s.Int(&at)
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, "work", 7); err == nil || !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), "remove the file") {
		t.Errorf("error %v", err)
	}
	if k, err := Open(ctx, "work", 8); err != nil || k.At() != 0 {
		t.Errorf("of another key: %v", err)
	}
	if k, err := Open(ctx, "other work", 7); err != nil || k.At() != 0 {
		t.Errorf("of other work: %v", err)
	}
}

// What cannot be written is told, once for each reason, and the work goes on; the
// states that there were stay.
func TestADiskThatIsFull(t *testing.T) {
	folder := two(t)
	ctx, texts := told(t, folder)
	k, w := open(t, ctx), work{done: 3}
	full := func(s *persist.State) {
		w.state(s)
		s.Fail(errors.New("no space left on device"))
	}
	for trial := 3; trial < 6; trial++ {
		k.After(trial, false, full)
	}
	if k.At() != 2 || len(*texts) != 1 || !strings.Contains((*texts)[0], "no space left") || !strings.Contains((*texts)[0], "of trial 2") {
		t.Errorf("at %d, told %q", k.At(), *texts)
	}
	if left := open(t, ctx).At(); left != 2 {
		t.Errorf("on the disk there is a state of trial %d", left)
	}
	k.After(6, false, w.state)
	k.After(7, false, full)
	if k.At() != 6 || len(*texts) != 2 {
		t.Errorf("at %d, told %q", k.At(), *texts)
	}
	if files, err := os.ReadDir(folder); err != nil || len(files) != 2 {
		t.Errorf("in the folder are %v, %v", files, err)
	}
}

// A folder that somebody clears meanwhile is made again.
func TestAFolderThatIsCleared(t *testing.T) {
	folder := two(t)
	ctx, texts := told(t, folder)
	k := open(t, ctx)
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if k.After(3, false, new(work).state); k.At() != 3 || len(*texts) > 0 || open(t, ctx).At() != 3 {
		t.Errorf("at %d, told %q", k.At(), *texts)
	}
}

// A user who stops does not wait for a large state.
func TestStoppedWhileWriting(t *testing.T) {
	folder := two(t)
	ctx, texts := told(t, folder)
	ctx, cancel := context.WithCancel(ctx)
	k := open(t, ctx)
	k.After(3, false, func(s *persist.State) {
		cancel()
		s.Floats(make([]float64, 1<<20))
	})
	if k.At() != 2 || len(*texts) > 0 {
		t.Errorf("at %d, told %q", k.At(), *texts)
	}
}

// What cannot be is an error before time is spent, or where checkpoints are optional
// told.
func TestRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		how neuro.Checkpoints
		key any
	}{
		"no folder":      {neuro.Checkpoints{Trials: 1}, 1},
		"never":          {neuro.Checkpoints{Folder: t.TempDir()}, 1},
		"negative":       {neuro.Checkpoints{Folder: t.TempDir(), Trials: -1}, 1},
		"not a folder":   {neuro.DefaultCheckpoints(file), 1},
		"not to be told": {neuro.DefaultCheckpoints(t.TempDir()), struct{ F func() }{func() {}}},
	} {
		if k, err := Open(neuro.WithCheckpoints(t.Context(), c.how), "work", c.key); err == nil || k != nil {
			t.Errorf("%s: error %v", what, err)
		}
		var text string
		c.how.Optional, c.how.Tell = true, func(s string) { text = s }
		k, err := Open(neuro.WithCheckpoints(t.Context(), c.how), "work", c.key)
		if c.how.Validate() == nil && (err != nil || (text == "") != (what == "not to be told")) {
			t.Errorf("%s, optional: error %v, told %q", what, err, text)
		}
		k.After(1, true, nil)
	}
}

// A state is left in time, after so many trials, and at the end if that took more
// than hardly any time.
func TestWhenItIsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		folder := t.TempDir()
		c := neuro.DefaultCheckpoints(folder)
		k := open(t, neuro.WithCheckpoints(t.Context(), c))
		var left []int
		for trial := 1; trial <= 100; trial++ {
			time.Sleep(2 * time.Second)
			if k.After(trial, false, new(work).state); k.At() == trial {
				left = append(left, trial)
			}
		}
		if len(left) != 6 || left[0] != 15 || left[5] != 90 {
			t.Errorf("every 30 s in 200 s: after %v", left)
		}
		if k.After(101, true, new(work).state); k.At() != 101 {
			t.Error("the last was not left")
		}
		if k.After(102, true, new(work).state); k.At() != 101 {
			t.Error("one more was left at once")
		}
		c.Trials = 3
		k.how = c
		if k.After(104, false, new(work).state); k.At() != 104 {
			t.Error("three trials later none was left")
		}
	})
}

// Without checkpoints nothing is done, and nothing made.
func TestNone(t *testing.T) {
	k, err := Open(t.Context(), "work", func() {})
	if k != nil || err != nil || k.At() != 0 {
		t.Errorf("%v, %v", k, err)
	}
	k.After(1, true, nil)
}
