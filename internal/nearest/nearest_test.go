package nearest

import (
	"strings"
	"testing"
)

func TestMissing(t *testing.T) {
	all := []string{"spike_times", "spike_times_index", "EMG", "trial.start", "position", "x"}
	for name, want := range map[string]string{
		"spike_tmes": "did you mean spike_times",
		"emg":        "did you mean EMG?",
		"start":      "did you mean trial.start?",
		"positon":    "did you mean position?",
		"psoition":   "did you mean position?",
		"y":          "did you mean x?",
		"velocity":   "there are spike_times, spike_times_index, EMG",
	} {
		if got := Missing(name, all); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := Missing("a", nil); got != "there are none" {
		t.Error(got)
	}
	many := strings.Split(strings.Repeat("channel,", 30), ",")[:30]
	if got := Missing("zzz", many); !strings.HasSuffix(got, "and 22 more") {
		t.Error(got)
	}
}

// Values of the textbook.
func TestDistance(t *testing.T) {
	for pair, want := range map[[2]string]int{
		{"kitten", "sitting"}: 3, {"", "abc"}: 3, {"abc", ""}: 3, {"abc", "abc"}: 0, {"flaw", "lawn"}: 2,
		{"gian", "gain"}: 1, {"ca", "abc"}: 3, {"ab", "ba"}: 1,
	} {
		if got := distance(pair[0], pair[1]); got != want {
			t.Errorf("%v: %d, want %d", pair, got, want)
		}
	}
}
