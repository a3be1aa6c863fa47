package data

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A session in one file is what its file says, and one in three tables has the parts of
// all of them.
func TestReadSession(t *testing.T) {
	here := t.TempDir()
	at := func(names ...string) string {
		for i, name := range names {
			names[i] = filepath.Join(here, name)
		}
		return strings.Join(names, ", ")
	}
	for name, text := range map[string]string{
		"spikes.csv":   "time [ms],unit\n1,0\n2,1\n12,0\n25,1\n",
		"spikes.json":  `{"Spikes": {"Times": "time", "Units": "unit"}}`,
		"muscles.csv":  "time [s],emg_biceps (mV)\n0,1\n0.01,2\n0.02,4\n0.03,1\n",
		"muscles.json": `{"Series": {"emg": {"Values": ["emg_*"], "Times": "time"}}}`,
		"trials.csv":   "start (s),stop (s),target\n0,0.01,left\n0.01,0.03,right\n",
		"trials.json":  `{"Clock": "session", "Trials": {"Start": "start", "Stop": "stop", "Condition": "target"}}`,
	} {
		if err := os.WriteFile(at(name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	rec, err := ReadSession(at("spikes.csv", "muscles.csv", "trials.csv"), at("spikes.json", "muscles.json", "trials.json"))
	if err != nil {
		t.Fatal(err)
	}
	if rec.Units != 2 || len(rec.Spikes.Times) != 4 || len(rec.Trials) != 2 || rec.Series["emg"].Values.At(2, 0) != 4 || !slices.Equal(rec.Conditions, []string{"left", "right"}) {
		t.Errorf("%d units, %d spikes, %d trials, %v, muscles %v", rec.Units, len(rec.Spikes.Times), len(rec.Trials), rec.Conditions, rec.Series)
	}
	for _, layout := range []string{at("spikes.json"), `{"Spikes": {"Times": "time", "Units": "unit"}}`} {
		if rec, err := ReadSession(at("spikes.csv"), layout); err != nil || rec.Units != 2 || len(rec.Series) != 0 {
			t.Errorf("one file: %v, %v", rec, err)
		}
	}
	if rec, err := ReadSession("", ""); err != nil || rec.Provenance.File != "synthetic_session.nwb" || len(rec.Trials) != ExampleConfig().Trials {
		t.Errorf("no file: %v, want the example", err)
	}
	for says, c := range map[string][2]string{
		"2 files and 1 layouts: a session in several files needs a layout for each": {at("spikes.csv", "trials.csv"), ""},
		"parts 0 and 1 both have units":                                             {at("spikes.csv", "spikes.csv"), at("spikes.json", "spikes.json")},
		"none.json":                                                                 {at("spikes.csv"), at("none.json")},
		"none.csv":                                                                  {at("none.csv"), ""},
		"time":                                                                      {at("muscles.csv"), at("spikes.json")},
	} {
		if _, err := ReadSession(c[0], c[1]); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: error %v, want one that says %q", c, err, says)
		}
	}
}
