package prepare

import (
	"reflect"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Parameters choose what the functions choose that they stand for.
func TestConditionsBy(t *testing.T) {
	rec := laboratory()
	n := len(rec.Trials)
	names := make([]string, n)
	for i := range names {
		names[i] = []string{"up", "down"}[i%2]
	}
	rec.TrialTable = &recording.Table{Columns: []recording.Column{{Name: "to", Texts: names}}}
	if c, err := ConditionsBy(rec, "to", 0); err != nil || !reflect.DeepEqual(c.Names, []string{"down", "up"}) {
		t.Error(c, err)
	}
	if c, err := ConditionsBy(rec, "", 0); err != nil || c.Of != nil {
		t.Error(c, err)
	}
	for want, by := range map[string]func() (Conditions, error){
		"holds no positions": func() (Conditions, error) { return ConditionsBy(rec, "to", 8) },
		"give the column":    func() (Conditions, error) { return ConditionsBy(rec, "", 8) },
		"-1 sectors":         func() (Conditions, error) { return ConditionsBy(rec, "to", -1) },
	} {
		if _, err := by(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q: %v", want, err)
		}
	}
}

// Rules are read as they are written.
func TestWhere(t *testing.T) {
	for text, want := range map[string]map[string][]string{
		"":                               nil,
		" ":                              nil,
		"result=R":                       {"result": {"R"}},
		" result = R , split=train|val ": {"result": {"R"}, "split": {"train", "val"}},
	} {
		if got, err := Where(text); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{"R": "no rule", "=R": "no rule", "result=": "no rule", "a=1,a=2": "in two rules"} {
		if _, err := Where(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: want %q: %v", text, want, err)
		}
	}
}
