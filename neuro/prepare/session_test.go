package prepare

import (
	"reflect"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// A session is prepared as by its steps, and tells all that it leaves out.
func TestSession(t *testing.T) {
	rec := laboratory()
	cfg := SessionConfig{
		Units: UnitRules{Where: map[string][]string{"quality": {"good"}}}, Kept: "result=R|A", Target: "target_pos", Sectors: 4,
		Smooth: Gaussian(0.02), Config: Config{Align: "go", From: -0.1, To: 0.3, Dt: 0.02, Edges: LeftClosed, Unobserved: true},
	}
	got, err := Session(rec, cfg)
	if err != nil {
		t.Fatal(err)
	}
	directions, err := Directions(rec, "target_pos", "", 4)
	if err != nil {
		t.Fatal(err)
	}
	steps := cfg.Config
	steps.Units, steps.Trials, steps.Conditions = []int{0, 2}, []int{0, 1, 2, 4, 5, 6, 7, 8, 9}, directions
	want, err := Cut(rec, steps)
	if err != nil {
		t.Fatal(err)
	}
	if want, err = want.Rates(cfg.Smooth); err != nil {
		t.Fatal(err)
	}
	want.Dropped, want.DroppedUnits = []Drop{{"go has no time", []int{3}}}, []Drop{{"quality is not good", []int{1}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the session is\n%+v, its steps give\n%+v", got, want)
	}
	cfg.Trials.Where = map[string][]string{"result": {"R"}}
	if _, err := Session(rec, cfg); err == nil || !strings.Contains(err.Error(), "two rules") {
		t.Errorf("one column in two rules: %v", err)
	}
	cfg.Kept = ""
	if got, err := Session(rec, cfg); err != nil || len(got.Trials) != 5 || got.Dropped[0].Reason != "result is not R" {
		t.Errorf("%+v, %v: want the trials 0, 2, 4, 6, 8", got.Dropped, err)
	}
	cfg.Config.Trials = []int{1}
	if _, err := Session(rec, cfg); err == nil || !strings.Contains(err.Error(), "the rules beside it choose them") {
		t.Errorf("trials that rules do not choose: %v", err)
	}
}

// Parameters choose what the functions choose that they stand for.
func TestConditionsBy(t *testing.T) {
	rec := laboratory()
	n := len(rec.Trials)
	names := make([]string, n)
	for i := range names {
		names[i] = []string{"up", "down"}[i%2]
	}
	rec.TrialTable = &recording.Table{Columns: []recording.Column{{Name: "to", Texts: names}}}
	if c, err := conditionsBy(rec, "to", 0); err != nil || !reflect.DeepEqual(c.Names, []string{"down", "up"}) {
		t.Error(c, err)
	}
	if c, err := conditionsBy(rec, "", 0); err != nil || c.Of != nil {
		t.Error(c, err)
	}
	for want, by := range map[string]func() (Conditions, error){
		"holds no positions": func() (Conditions, error) { return conditionsBy(rec, "to", 8) },
		"give the column":    func() (Conditions, error) { return conditionsBy(rec, "", 8) },
		"-1 sectors":         func() (Conditions, error) { return conditionsBy(rec, "to", -1) },
	} {
		if _, err := by(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q: %v", want, err)
		}
	}
}

// Rules are read as they are written.
func TestWhere(t *testing.T) {
	for text, want := range map[string]map[string][]string{
		"":                               {},
		" ":                              {},
		"result=R":                       {"result": {"R"}},
		" result = R , split=train|val ": {"result": {"R"}, "split": {"train", "val"}},
	} {
		if got, err := where(text, nil); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{"R": "no rule", "=R": "no rule", "result=": "no rule", "a=1,a=2": "in two rules"} {
		if _, err := where(text, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: want %q: %v", text, want, err)
		}
	}
}
