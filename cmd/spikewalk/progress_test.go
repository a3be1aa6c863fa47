package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/pace"
	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro"
)

func TestNoProgressLineOutsideATerminal(t *testing.T) {
	var out bytes.Buffer
	say, watch := progressLine(&out)
	if watch != nil {
		t.Error("a buffer gets a progress line")
	}
	if say("%d of %d", 1, 2); out.String() != "1 of 2\n" {
		t.Errorf("said %q", out.String())
	}
}

func TestProgressText(t *testing.T) {
	p := experiment.Progress{Done: 3, Total: 20, Running: []experiment.Running{
		{ID: "int.learn", Seed: 4, Progress: neuro.Progress{Stage: "learn", Done: 61, Total: 100}},
		{ID: "int.noise", Seed: 1},
	}}
	want := "[3/20] int.learn 4: learn 61 %, int.noise 1: begins"
	if got := progressText(p); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := progressText(experiment.Progress{Done: 20, Total: 20}); got != "" {
		t.Errorf("at the end: %q", got)
	}
	if got := pace.Shortened(want, 10); got != "[3/20] in…" {
		t.Errorf("shortened to %q", got)
	}
	if got := pace.Shortened(want, len(want)); strings.Contains(got, "…") {
		t.Errorf("shortened to %q without need", got)
	}
}
