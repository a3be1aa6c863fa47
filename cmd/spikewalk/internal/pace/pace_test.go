package pace

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/run"
)

const s = time.Second

// What a run on this machine took goes before what the notebook says, and what
// took long once takes little again only while its results are kept.
func TestExpect(t *testing.T) {
	cache := filepath.Join(t.TempDir(), "not there yet")
	p := run.Planned{Name: "a", Code: "1", Seconds: notebook.Seconds{First: 100, Again: 10, Quick: 5}}
	expect := func(fresh, quick bool, want time.Duration) {
		t.Helper()
		if got := ReadTimes(cache).Expect(p, fresh, quick); got != want {
			t.Errorf("expects %v, want %v", got, want)
		}
	}
	expect(false, false, 100*s)
	expect(false, true, 5*s)
	ReadTimes(cache).Note(p, 80, true) // with a memo of its own
	expect(true, false, 80*s)
	expect(false, false, 80*s)
	ReadTimes(cache).Note(p, 70, false)
	expect(false, false, 10*s)
	expect(true, false, 70*s)
	ReadTimes(cache).Note(p, 12, false)
	expect(false, false, 12*s)
	ReadTimes(cache).Forget()
	expect(false, false, 70*s)
	p.Code = "2" // another parameter
	expect(false, false, 100*s)
	p.Seconds = notebook.Seconds{}
	expect(false, false, 0)
	if err := os.WriteFile(filepath.Join(cache, timesFile), []byte("garbage"), 0o644); err != nil {
		t.Fatal(err)
	}
	expect(false, false, 0)
}

func TestTrack(t *testing.T) {
	now := time.Unix(1000, 0)
	track := NewTrack([]Notebook{{"a", 100 * s}, {"b", 60 * s}, {"c", 50 * s}}, 2)
	want := "Executing 3 notebooks, 2 at a time, about 2 min: a (about 2 min), b (about 60 s), c (about 50 s)."
	if got := track.Plan(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	track.Begin("a", now)
	track.Begin("b", now)
	left := func(after, want time.Duration) {
		t.Helper()
		if got, known := track.Left(now.Add(after)); got != want || !known {
			t.Errorf("after %v: %v left (%t), want %v", after, got, known, want)
		}
	}
	left(0, 110*s)   // b, then c
	left(30*s, 80*s) // 30 s of b, then c
	left(90*s, 75*s) // b takes half as long again, and so do the others
	left(2000*s, 500*s)
	track.End("b", true, now.Add(90*s))
	track.Begin("c", now.Add(90*s))
	left(100*s, 65*s)
	got := track.Lines(now.Add(100*s), 100, 10)
	wantLines := []string{
		"  a  [=========     ]  about 50 s left",
		"  b  [==============]  done in 1m30s",
		"  c  [=             ]  about 65 s left",
		"1 of 3 notebooks done, about 65 s left",
	}
	if d := cmp.Diff(wantLines, got); d != "" {
		t.Error(d)
	}
	// On a low terminal only what runs, on a narrow one nothing that wraps.
	if d := cmp.Diff([]string{wantLines[0][:19] + "…", wantLines[2][:19] + "…", wantLines[3][:19] + "…"}, track.Lines(now.Add(100*s), 20, 3)); d != "" {
		t.Error(d)
	}
	track.End("a", false, now.Add(110*s))
	track.End("c", true, now.Add(140*s))
	if got := track.Total(now.Add(140 * s)); got != "3 of 3 notebooks done" {
		t.Errorf("at the end: %q", got)
	}
	if got := track.Lines(now.Add(140*s), 100, 10)[0]; !strings.HasSuffix(got, "FAILED after 1m50s") {
		t.Errorf("a failed one: %q", got)
	}
}

// Where nobody knows how long it takes nothing is made up.
func TestTrackOfUnknown(t *testing.T) {
	now := time.Unix(1000, 0)
	track := NewTrack([]Notebook{{Name: "own"}}, 2)
	if got := track.Plan(); got != "Executing 1 notebook, how long that takes is not known yet: own." {
		t.Errorf("%q", got)
	}
	track.Begin("own", now)
	if got := track.Total(now.Add(5 * s)); got != "0 of 1 notebooks done, how much longer is not known" {
		t.Errorf("%q", got)
	}
	if got := track.Running(now.Add(5 * s)); got != "own (for 5s)" {
		t.Errorf("%q", got)
	}
}

func TestRoughly(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "about 1 s", 4 * s: "about 4 s", 12 * s: "about 10 s", 43 * s: "about 45 s",
		99 * s: "about 100 s", 100 * s: "about 2 min", 400 * s: "about 7 min",
	} {
		if got := Roughly(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

// board is one whose time stands still, on a terminal or not.
func board(out *bytes.Buffer, terminal bool) *Board {
	b := &Board{out: out, now: func() time.Time { return time.Unix(1000, 0) }, stop: make(chan struct{})}
	b.track = NewTrack([]Notebook{{"a", 10 * s}, {"b", 20 * s}}, 1)
	if terminal {
		b.size = func() (int, int) { return 80, 24 }
	}
	return b
}

// screen is what a terminal shows of a text: it knows what the board uses.
func screen(text string) []string {
	var lines []string
	for text != "" {
		if rest, ok := strings.CutPrefix(text, "\x1b["); ok {
			n := int(rest[0] - '0')
			lines = lines[:len(lines)-n]
			text = strings.TrimPrefix(rest[1:], "A\r\x1b[J")
			continue
		}
		line, rest, _ := strings.Cut(text, "\n")
		lines, text = append(lines, line), rest
	}
	return lines
}

// Each notebook has one line, which is drawn again in its place, and what is
// said stands above.
func TestBoardOnATerminal(t *testing.T) {
	var out bytes.Buffer
	b := board(&out, true)
	b.Began("a")
	b.Say("a word")
	b.Ended(run.Entry{Name: "a"})
	b.Began("b")
	b.tell()
	b.Ended(run.Entry{Name: "b", Cells: 3, Error: "boom"})
	b.Close()
	want := []string{
		"a word", "FAILED b: 3 cells, 0 figures, 0.0 s", "    boom",
		"  a  [==============]  done in 0s", "  b  [==============]  FAILED after 0s", "2 of 2 notebooks done",
	}
	if d := cmp.Diff(want, screen(out.String())); d != "" {
		t.Error(d)
	}
}

// Elsewhere there are lines, none of which moves a cursor, and not too many.
func TestBoardElsewhere(t *testing.T) {
	var out bytes.Buffer
	b := board(&out, false)
	b.Began("a")
	b.tell() // too soon
	b.now = func() time.Time { return time.Unix(1010, 0) }
	b.Ended(run.Entry{Name: "a", Seconds: 10})
	b.Began("b")
	b.now = func() time.Time { return time.Unix(1026, 0) }
	b.tell()
	b.Close()
	want := `running a (about 10 s)
ok     a: 0 cells, 0 figures, 10.0 s
1 of 2 notebooks done, about 20 s left
running b (about 20 s)
1 of 2 notebooks done, about 4 s left; running b (about 4 s left)
`
	if d := cmp.Diff(want, out.String()); d != "" {
		t.Error(d)
	}
}
