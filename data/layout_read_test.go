package data

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// A layout is read from a file and from a text, and nothing in it is passed over.
func TestReadLayout(t *testing.T) {
	const text = ` {"TimeUnit": "ms", "Spikes": {"Times": "units{u}"}, "Series": {"emg": {"Values": ["emg"], "Axes": "time channel", "Rate": 1000}}}`
	path := filepath.Join(t.TempDir(), "layout.json")
	if err := os.WriteFile(path, []byte(text+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	want := Layout{TimeUnit: "ms", Spikes: SpikeLayout{Times: "units{u}"}, Series: map[string]SeriesLayout{"emg": {Values: []string{"emg"}, Axes: "time channel", Rate: 1000}}}
	for _, from := range []string{text, path} {
		if l, err := ReadLayout(from); err != nil || !reflect.DeepEqual(l, want) {
			t.Errorf("%+v, %v", l, err)
		}
	}
	if l, err := ReadLayout(""); err != nil || !l.silent() {
		t.Error(l, err)
	}
	for from, want := range map[string]string{
		`{"Spike": {}}`:                              "unknown field",
		`{"TimeUnit": "ms"} {}`:                      "something follows it",
		`{"TimeUnit": "h"}`:                          `TimeUnit is "h"`,
		`{"Clock": "trial", "NWB": {"Trials": "x"}}`: "no other part",
		filepath.Join(t.TempDir(), "none.json"):      "none.json",
		t.TempDir():                                  "is a folder",
	} {
		if _, err := ReadLayout(from); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: want %q: %v", from, want, err)
		}
	}
}

// What an NWB file leaves open the layout says, and what the file says no layout changes.
func TestLayoutOfNWB(t *testing.T) {
	path, err := ExampleSession()
	if err != nil {
		t.Skip(err)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := f.Recording(Layout{NWB: NWBLayout{Only: []string{"emg"}, TimeOrigin: 1, TimeUnits: map[string]float64{"units": 0.001}}})
	if err != nil || len(r.Series) != 1 || r.Spikes.Times[len(r.Spikes.Times)-1] > 1 {
		t.Error(r, err)
	}
	if r, err = f.Recording(Layout{NWB: NWBLayout{Joined: []string{"acquisition"}, Only: []string{"acquisition"}, Without: []string{"x"}}}); err == nil {
		t.Error("a series that is not there is left out", r.Series)
	}
	if _, err = f.Recording(Layout{TimeUnit: "ms"}); err == nil || !strings.Contains(err.Error(), "only the part NWB") {
		t.Error(err)
	}
	if _, err = tableOf(t, "time [ms],unit\n1.5,B\n").Recording(Layout{NWB: NWBLayout{Joined: []string{"emg"}}}); err == nil || !strings.Contains(err.Error(), "is for NWB files") {
		t.Error(err)
	}
}

// A table of trials on its own is the trials of a recording.
func TestTrialsAlone(t *testing.T) {
	r, err := tableOf(t, "start (s),stop (s),go (ms),cond\n1,2,1500,up\n3,4,3500,down\n").Recording(Layout{
		Clock:  "session",
		Trials: TrialLayout{Start: "start", Stop: "stop", Condition: "cond", Events: map[string]string{"go": "go"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Trials) != 2 || r.Trials[1].Start != 3 || r.Trials[1].Events["go"] != 0.5 || r.Conditions[r.Trials[0].Condition] != "up" {
		t.Errorf("%+v", r)
	}
}

// Times in another unit than the layout says are not passed over in silence.
func TestWrongUnitInTrials(t *testing.T) {
	f, err := Open("testdata/layouts/session.mat")
	if err != nil {
		t.Fatal(err)
	}
	layout := Layout{Clock: "trial", Spikes: SpikeLayout{Times: "trial(k).spikes{u}"},
		Series: map[string]SeriesLayout{"emg": {Values: []string{"trial(k).emg"}, Axes: "time channel", Rate: 100}}}
	for unit, want := range map[string]string{"s": "", "ms": "all spikes come in the first"} {
		layout.TimeUnit = unit
		r, err := f.Recording(layout)
		if err != nil {
			t.Fatal(err)
		}
		var said string
		for _, w := range r.Warnings {
			said += w.Message
		}
		if want == "" && said != "" || !strings.Contains(said, want) {
			t.Errorf("%s: %q", unit, said)
		}
	}
}
