package nb

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/spikewalk/spikewalk/neuro"
)

// recorder is a screen that remembers.
type recorder struct{ lives, finals []string }

func (r *recorder) open() screen                       { return r }
func (r *recorder) live(text string, _ neuro.Progress) { r.lives = append(r.lives, text) }
func (r *recorder) final(text string)                  { r.finals = append(r.finals, text) }

func TestProgressLastStateCarriesNoTimes(t *testing.T) {
	for _, pause := range []time.Duration{0, 30 * time.Millisecond} {
		var r recorder
		w := watchOn(r.open, "full-FORCE")
		for i := 1; i <= 10; i++ {
			time.Sleep(pause)
			if err := w(neuro.Progress{Stage: "train", Done: i, Total: 10, Error: 0.031 / float64(i)}); err != nil {
				t.Fatal(err)
			}
		}
		settleBars()
		want := []string{"full-FORCE: 10 of 10, done; error 0.0031"}
		if d := cmp.Diff(want, r.finals); d != "" {
			t.Errorf("pause %v: %s", pause, d)
		}
	}
}

func TestProgressEndsWithWarnings(t *testing.T) {
	var r recorder
	w := watchOn(r.open, "spikes")
	warning := neuro.Warning{Kind: neuro.WorseThanSilence, Where: "test", Message: "the error is 1180", Try: "train longer"}
	for _, p := range []neuro.Progress{
		{Done: 1, Total: 2, Error: 2},
		{Done: 2, Total: 2, Error: 1180, Warnings: []neuro.Warning{warning}},
	} {
		if err := w(p); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"spikes: 2 of 2, done; error 1.2e+03\nwarning: test: the error is 1180; train longer (docs/my-network-does-not-learn.md)"}
	if d := cmp.Diff(want, r.finals); d != "" {
		t.Error(d)
	}
}

func TestProgressThrottlesAndEstimates(t *testing.T) {
	var r recorder
	w := watchOn(r.open, "train")
	// 2 ms a trial, 300 of 3000 trials: about 5.4 s are left at the end.
	for i := 1; i <= 300; i++ {
		time.Sleep(2 * time.Millisecond)
		w(neuro.Progress{Stage: "train", Done: i, Total: 3000, Error: math.NaN()})
	}
	if n := len(r.lives); n < 2 || n > 10 {
		t.Errorf("drawn %d times in about 0.6 s, want about 3", n)
	}
	last := r.lives[len(r.lives)-1]
	if !strings.Contains(last, "/3000)") || strings.Contains(last, "NaN") || strings.Contains(last, "\r") {
		t.Errorf("the line is %q", last)
	}
	var done int
	var passed, left string
	if _, err := fmt.Sscanf(last[strings.Index(last, "("):], "(%d/3000) [%s", &done, &passed); err != nil {
		t.Fatalf("the line is %q: %v", last, err)
	}
	passed, left, _ = strings.Cut(strings.TrimSuffix(passed, "]"), ":")
	d, err := time.ParseDuration(left)
	if err != nil || d < 4*time.Second || d > 12*time.Second {
		t.Errorf("after %s, %s left in %q; want about 6 s", passed, left, last)
	}
}

func TestProgressOfTwoRunsOnOneWatch(t *testing.T) {
	var r recorder
	w := watchOn(r.open, "test")
	for range 2 {
		for i := 1; i <= 3; i++ {
			w(neuro.Progress{Done: i, Total: 3, Error: math.NaN()})
		}
	}
	want := []string{"test: 3 of 3, done", "test: 3 of 3, done"}
	if d := cmp.Diff(want, r.finals); d != "" {
		t.Error(d)
	}
}

func TestProgressOfStoppedAndUnmeasuredRuns(t *testing.T) {
	var r recorder
	watchOn(r.open, "a")(neuro.Progress{Done: 3, Total: 9, Error: math.NaN()})
	watchOn(r.open, "b")(neuro.Progress{Done: 3, Error: 1})
	settleBars()
	settleBars()
	want := []string{"a: stopped after 3 of 9", "b: 3, done; error 1"}
	if d := cmp.Diff(want, r.finals); d != "" {
		t.Error(d)
	}
}

func TestScreensOutsideNotebooks(t *testing.T) {
	var file bytes.Buffer
	lines := &textLines{to: &file}
	for i := 0; i <= 100; i++ {
		lines.live(fmt.Sprint(i), neuro.Progress{Done: i, Total: 100})
	}
	lines.live("?", neuro.Progress{Done: 1})
	lines.final("done")
	if want := "10\n20\n30\n40\n50\n60\n70\n80\n90\n100\ndone\n"; file.String() != want {
		t.Errorf("a file gets %q, want %q", file.String(), want)
	}
	var tty bytes.Buffer
	terminalLine{&tty}.live("half", neuro.Progress{})
	terminalLine{&tty}.final("done")
	if want := "\r\x1b[Khalf\r\x1b[Kdone\n"; tty.String() != want {
		t.Errorf("a terminal gets %q, want %q", tty.String(), want)
	}
}

func TestProvenance(t *testing.T) {
	build := func(own string) func() (*debug.BuildInfo, bool) {
		return func() (*debug.BuildInfo, bool) {
			return &debug.BuildInfo{
				Main: debug.Module{Path: "gonb_1234", Version: "(devel)"},
				Deps: []*debug.Module{
					{Path: modulePath, Version: own},
					{Path: "gonum.org/v1/gonum", Version: "v0.17.0"},
				},
			}, true
		}
	}
	numerics := fmt.Sprintf("numerics %d", neuro.NumericsVersion)
	for own, spikewalk := range map[string]string{
		"(devel)":                            "spikewalk " + numerics,
		"v1.2.3":                             "spikewalk v1.2.3, " + numerics,
		"v0.0.0-20260101000000-abcdef123456": "spikewalk " + numerics,
	} {
		want := regexp.MustCompile(`^seed 7; ` + regexp.QuoteMeta(spikewalk) + `; gonum v0\.17\.0; Go 1\.\d+$`)
		if got := provenance(7, build(own)); !want.MatchString(got) {
			t.Errorf("%s: %q, want %s", own, got, want)
		}
	}
	if got := provenance(7, func() (*debug.BuildInfo, bool) { return nil, false }); !strings.HasPrefix(got, "seed 7; spikewalk numerics") {
		t.Errorf("without build information: %q", got)
	}
}
