package experiment

import (
	"fmt"
	"slices"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
)

// What a run warns of is said, watched or not, but where the numbers mean
// nothing.
func TestWarningsOfRunsAreSaid(t *testing.T) {
	warning := neuro.Warning{Kind: neuro.AtChance, Where: "test", Message: "4 of 10", Try: "train longer"}
	for quick, want := range map[bool][]string{
		true:  {"[1/1] done"},
		false: {"xor.spiking, seed 7, spikes, test: warning: " + warning.String(), "[1/1] done"},
	} {
		var said []string
		track := &tracker{total: 1, quick: quick, say: func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }}
		watch, end := track.begin("xor.spiking", 7)
		part := neuro.WatchOf(Part(neuro.WithWatch(t.Context(), watch), "spikes"))
		for _, p := range []neuro.Progress{{Stage: "test", Done: 1, Total: 2}, {Stage: "test", Done: 2, Total: 2, Warnings: []neuro.Warning{warning}}} {
			if err := part(p); err != nil {
				t.Fatal(err)
			}
		}
		end("done")
		if !slices.Equal(said, want) {
			t.Errorf("quick %t: said %q, want %q", quick, said, want)
		}
	}
}
