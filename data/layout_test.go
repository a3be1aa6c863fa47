package data

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	matfile "github.com/spikewalk/spikewalk/data/mat"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// The session in testdata/layouts: trials, units, muscles, rows of 10 ms.
const trialsOf, unitsOf, musclesOf, rowsOf = 4, 3, 2, 60

// spikeTimesOf are the times of a unit in a trial, from the start of it.
func spikeTimesOf(k, u int) (times []float64) {
	for i := range 4 + u + k {
		if k != 1 || u != 2 {
			times = append(times, float64(i+1)*0.05+0.01*float64(u)+0.002*float64(k))
		}
	}
	return times
}

// checkSession compares a recording with the session whose trial k starts at start(k).
func checkSession(t *testing.T, r *recording.Recording, start func(k int) float64, tolerance float64) {
	t.Helper()
	if r.Units != unitsOf {
		t.Errorf("%d units", r.Units)
		return
	}
	for u, got := range r.Spikes.ByUnit(unitsOf) {
		var want []float64
		for k := range trialsOf {
			for _, at := range spikeTimesOf(k, u) {
				want = append(want, start(k)+at)
			}
		}
		if !slices.EqualFunc(got, want, func(a, b float64) bool { return math.Abs(a-b) <= tolerance }) {
			t.Errorf("unit %d fired at %v, want %v", u, got, want)
		}
	}
	if len(r.Trials) > 0 && len(r.Trials) != trialsOf {
		t.Errorf("%d trials", len(r.Trials))
	}
	for k, trial := range r.Trials {
		if math.Abs(trial.Start-start(k)) > 1e-9 || math.Abs(trial.Stop-start(k)-0.6) > 1e-9 {
			t.Errorf("trial %d from %g to %g s", k, trial.Start, trial.Stop)
		}
	}
	if emg, ok := r.Series["emg"]; ok {
		steps, channels := emg.Dims()
		if steps != trialsOf*rowsOf || channels != musclesOf {
			t.Errorf("emg is %d x %d", steps, channels)
			return
		}
		for i := range steps {
			k, row := i/rowsOf, i%rowsOf
			if at := emg.Time(i); math.Abs(at-start(k)-float64(row)/100) > 1e-9 {
				t.Errorf("row %d of emg is at %g s", i, at)
				return
			}
			for c := range channels {
				if want := float64(k) + 10*float64(c) + float64(row)/100; emg.At(i, c) != want {
					t.Errorf("emg(%d, %d) = %g, want %g", i, c, emg.At(i, c), want)
					return
				}
			}
		}
	}
}

func inSession(k int) float64 { return 2*float64(k) + 1 }
func endToEnd(k int) float64  { return 0.6 * float64(k) }

// Whatever the layout, the session is the same.
func TestLayouts(t *testing.T) {
	emg := map[string]SeriesLayout{"emg": {Values: []string{"emg"}, Axes: "trial time channel", Rate: 100}}
	for name, c := range map[string]struct {
		file   string
		layout Layout
		start  func(int) float64
		within float64
	}{
		"struct array, trials end to end": {"session.mat", Layout{
			TimeUnit: "s", Clock: "trial", Spikes: SpikeLayout{Times: "trial(k).spikes{u}"},
			Series: map[string]SeriesLayout{"emg": {Values: []string{"trial(k).emg"}, Axes: "time channel", Rate: 100}},
			Trials: TrialLayout{Condition: "trial(k).cond", Events: map[string]string{"go": "trial(k).go"}, Columns: map[string]string{"result": "trial(k).result"}},
		}, endToEnd, 1e-12},
		"struct array, starts known": {"session.mat", Layout{
			TimeUnit: "s", Clock: "trial", Spikes: SpikeLayout{Times: "trial(k).spikes{u}"},
			Series: map[string]SeriesLayout{"emg": {Values: []string{"trial(k).emg"}, Axes: "time channel", Rate: 100}},
			Trials: TrialLayout{Start: "trial(k).start", Condition: "trial(k).cond", Events: map[string]string{"go": "trial(k).go"}, Columns: map[string]string{"result": "trial(k).result"}},
		}, inSession, 1e-12},
		"matrix of cells, durations": {"session.mat", Layout{
			TimeUnit: "s", Clock: "trial", Spikes: SpikeLayout{Times: "cells{k,u}"}, Series: emg, Trials: TrialLayout{Condition: "condition"},
		}, endToEnd, 1e-12},
		"cells in ms": {"session.mat", Layout{
			TimeUnit: "s", Clock: "session", Spikes: SpikeLayout{Times: "units{u}", TimeUnit: "ms"}, Series: emg,
			Trials: TrialLayout{Start: "start", Stop: "stop", Condition: "condition", Events: map[string]string{"go": "go"}},
		}, inSession, 1e-12},
		"filled up with NaN": {"session.npz", Layout{
			TimeUnit: "s", Clock: "session", Spikes: SpikeLayout{Times: "padded", Axes: "unit spike"}, Series: emg,
			Trials: TrialLayout{Start: "start", Condition: "names", Events: map[string]string{"go": "go"}},
		}, inSession, 1e-12},
		"times and units": {"session.mat", Layout{
			TimeUnit: "s", Spikes: SpikeLayout{Times: "times", Units: "ids"}, Series: emg, Trials: TrialLayout{Start: "start", Stop: "stop"},
		}, inSession, 1e-12},
		"samples": {"session.npz", Layout{
			TimeUnit: "s", SampleRate: 30000, Spikes: SpikeLayout{Times: "samples", Units: "ids", TimeUnit: "samples"}, Trials: TrialLayout{Start: "start", Stop: "stop"},
		}, inSession, 1.0 / 60000},
		"ends of units": {"session.npz", Layout{TimeUnit: "s", Spikes: SpikeLayout{Times: "stacked", Index: "index"}}, inSession, 1e-12},
		"counts": {"session.mat", Layout{
			Spikes: SpikeLayout{Counts: "counts", Axes: "trial time unit", Bin: 0.01}, Series: emg, Trials: TrialLayout{Condition: "k"},
		}, endToEnd, 0.0051},
		"counts of NumPy": {"session.npz", Layout{
			TimeUnit: "s", Spikes: SpikeLayout{Counts: "counts", Axes: "trial time unit", Bin: 0.01}, Trials: TrialLayout{Start: "start"},
		}, inSession, 0.0051},
	} {
		files := []string{c.file}
		if c.file == "session.mat" {
			files = append(files, "session73.mat") // of MATLAB's version 7.3
		}
		for _, file := range files {
			t.Run(file+", "+name, func(t *testing.T) { checkLayout(t, file, name, c.layout, c.start, c.within) })
		}
	}
}

// checkLayout reads a file by a layout, which goes through JSON.
func checkLayout(t *testing.T, file, name string, layout Layout, start func(int) float64, within float64) {
	f, err := Open(filepath.Join("testdata", "layouts", file))
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(layout)
	if err != nil {
		t.Fatal(err)
	}
	var again Layout
	if err := json.Unmarshal(text, &again); err != nil || !reflect.DeepEqual(again, layout) {
		t.Errorf("%s: %s is read as %+v, %v", name, text, again, err)
	}
	r, err := f.Recording(again)
	if err != nil {
		t.Fatal(err)
	}
	checkSession(t, r, start, within)
	for k, trial := range r.Trials {
		if at, ok := trial.Events["go"]; ok && math.Abs(at-0.2-0.01*float64(k)) > 1e-9 {
			t.Errorf("trial %d: go at %g s", k, at)
		}
		if want := k % 2; len(r.Conditions) > 0 && trial.Condition != want {
			t.Errorf("trial %d is of condition %d", k, trial.Condition)
		}
	}
	if err := r.Save(filepath.Join(t.TempDir(), "x.npz")); err != nil {
		t.Error(err)
	}
	for _, w := range r.Warnings {
		if !strings.HasPrefix(name, "counts") || !strings.Contains(w.Message, "bins") {
			t.Error(w)
		}
	}
}

// What was noted about trials and units is kept, and trials laid end to end on
// one grid have steps.
func TestLayoutKeepsTables(t *testing.T) {
	f, err := Open("testdata/layouts/session.mat")
	if err != nil {
		t.Fatal(err)
	}
	r, err := f.Recording(Layout{
		Series: map[string]SeriesLayout{
			"rates": {Values: []string{"D(k).xA"}, Axes: "time unit", Rate: 100, Unit: "Hz"},
			"emg":   {Values: []string{"D(k).zA"}, Axes: "time channel", Rate: 100, Names: []string{"biceps", "triceps"}},
		},
		Trials: TrialLayout{Condition: "k", Columns: map[string]string{"result": "trial(k).result", "cond": "condition"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if tr := r.Trials[2]; r.Dt != 0.01 || tr.From != 120 || tr.To != 180 || tr.Condition != 2 || tr.Start != 1.2 {
		t.Errorf("%g %+v", r.Dt, tr)
	}
	result, err := r.TrialTable.Column("result")
	if err != nil || !slices.Equal(result.Texts, []string{"R", "F", "R", "F"}) {
		t.Error(result, err)
	}
	if s := r.Series["rates"]; s.Dt != 0.01 || s.Times != nil || s.Unit != "Hz" || s.At(5, 0) != 100 {
		t.Errorf("%+v", s)
	}
	if s := r.Series["emg"]; !slices.Equal(s.Names, []string{"biceps", "triceps"}) {
		t.Errorf("%+v", s.Names)
	}
	r, err = f.Recording(Layout{TimeUnit: "s", Spikes: SpikeLayout{Times: "times", Units: "ids"}})
	if err != nil {
		t.Fatal(err)
	}
	if id, err := r.UnitTable.Column("id"); err != nil || !slices.Equal(id.Numbers, []float64{10, 20, 30}) {
		t.Error(id, err)
	}
}

// tableOf opens a table with the given text.
func tableOf(t *testing.T, text string) *File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.csv")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Tables say more than matrices: names, units, texts.
func TestTablesAsRecordings(t *testing.T) {
	r, err := tableOf(t, "time [ms],unit\n1.5,B\n2,A\n2.5,B\n").Recording(Layout{Spikes: SpikeLayout{Times: "time", Units: "unit"}})
	if err != nil {
		t.Fatal(err)
	}
	id, err := r.UnitTable.Column("id")
	if err != nil || !slices.Equal(id.Texts, []string{"A", "B"}) || !slices.Equal(r.Spikes.Units, []int{1, 0, 1}) || r.Spikes.Times[0] != 0.0015 {
		t.Error(id, r.Spikes, err)
	}
	r, err = tableOf(t, "time (s),emg_bic (mV),emg_tri (mV),x\n0,1,2,7\n0.01,3,,8\n").Recording(Layout{
		Series: map[string]SeriesLayout{"emg": {Values: []string{"emg_*"}, Times: "time"}, "x": {Values: []string{"x"}, Rate: 100}},
	})
	if err != nil {
		t.Fatal(err)
	}
	emg := r.Series["emg"]
	if emg.Unit != "mV" || !slices.Equal(emg.Names, []string{"emg_bic", "emg_tri"}) || emg.At(0, 1) != 2 || emg.Time(1) != 0.01 {
		t.Errorf("%+v", emg)
	}
	if len(r.Warnings) != 1 || r.Warnings[0].Kind != neuro.MissingValues {
		t.Error(r.Warnings)
	}
	r, err = tableOf(t, "1 2\n3 4\n5 6\n").Recording(Layout{Series: map[string]SeriesLayout{"y": {Values: []string{"table"}, Rate: 10}}})
	if err != nil || r.Series["y"].At(2, 0) != 5 || r.Series["y"].Dt != 0.1 {
		t.Error(r, err)
	}
}

// What the layout does not say, or says wrongly, is one sentence that tells what is
// missing.
func TestWrongLayouts(t *testing.T) {
	series := func(s SeriesLayout) Layout { return Layout{Series: map[string]SeriesLayout{"emg": s}} }
	spikes := func(s SpikeLayout) Layout { return Layout{TimeUnit: "s", Spikes: s} }
	emg := SeriesLayout{Values: []string{"emg"}, Axes: "trial time channel", Rate: 100}
	for want, l := range map[string]Layout{
		"the layout is empty: there are": {},
		`a layout to start from is data.Layout{TimeUnit: "s", Spikes: data.SpikeLayout{Times: "units{u}"}, Series: map[string]data.SeriesLayout{"emg"`: {},
		`Clock is "morning"`:                                   {Clock: "morning"},
		`TimeUnit is "min"`:                                    {TimeUnit: "min"},
		"SampleRate does not say how many a second has":        {TimeUnit: "samples"},
		"SampleRate is -1 Hz":                                  {SampleRate: -1},
		"neither Times nor Counts":                             {Spikes: SpikeLayout{Units: "ids"}},
		"both Times and Counts":                                spikes(SpikeLayout{Times: "times", Counts: "counts", Axes: "time unit", Bin: 1}),
		"nothing says which unit fired at times":               spikes(SpikeLayout{Times: "times"}),
		"told apart in 2 ways":                                 spikes(SpikeLayout{Times: "units{u}", Units: "ids"}),
		"Bin is 0 s":                                           spikes(SpikeLayout{Counts: "counts", Axes: "trial time unit"}),
		"Axes does not say what the dimensions of counts":      spikes(SpikeLayout{Counts: "counts", Bin: 0.01}),
		`there is no axis "neuron"`:                            spikes(SpikeLayout{Counts: "counts", Axes: "time neuron", Bin: 0.01}),
		"time stands there twice":                              series(SeriesLayout{Values: []string{"emg"}, Axes: "time time", Rate: 1}),
		"neither Rate nor Times":                               series(SeriesLayout{Values: []string{"emg"}, Axes: "time channel"}),
		"both Times and Rate":                                  series(SeriesLayout{Values: []string{"emg"}, Axes: "time channel", Rate: 1, Times: "t"}),
		"Values does not say":                                  series(SeriesLayout{Rate: 1}),
		"say with Axes what its dimensions are":                series(SeriesLayout{Values: []string{"emg"}, Rate: 100}),
		"2 words for 3 dimensions":                             series(SeriesLayout{Values: []string{"emg"}, Axes: "time channel", Rate: 100}),
		`no variable "emgs": did you mean emg?`:                series(SeriesLayout{Values: []string{"emgs"}, Axes: "time channel", Rate: 100}),
		`no variable begins with "kin"`:                        series(SeriesLayout{Values: []string{"kin*"}, Axes: "time channel", Rate: 100}),
		`has no field "emgs"`:                                  series(SeriesLayout{Values: []string{"trial(k).emgs"}, Axes: "time channel", Rate: 100}),
		"braces choose cells":                                  spikes(SpikeLayout{Times: "padded{u}"}),
		"round brackets choose elements of a struct array":     series(SeriesLayout{Values: []string{"emg(k)"}, Axes: "time channel", Rate: 100}),
		`"n" is no place`:                                      series(SeriesLayout{Values: []string{"trial(n).emg"}, Axes: "time channel", Rate: 100}),
		"is not closed by }":                                   spikes(SpikeLayout{Times: "trial(k).spikes{u"}),
		"Names has 3 names for 2 channels":                     series(SeriesLayout{Values: []string{"flat"}, Axes: "channel time", Rate: 100, Names: []string{"a", "b", "c"}}),
		`set TimeUnit to "s"`:                                  {Spikes: SpikeLayout{Times: "units{u}"}},
		`set Clock to "trial"`:                                 {TimeUnit: "s", Spikes: SpikeLayout{Times: "trial(k).spikes{u}"}, Series: map[string]SeriesLayout{"emg": emg}, Trials: TrialLayout{Start: "start"}},
		"nothing says when the 4 trials of trial(k).spikes{u}": {TimeUnit: "s", Clock: "trial", Spikes: SpikeLayout{Times: "trial(k).spikes{u}"}},
		"the time of spikes counts from the start of the":      {TimeUnit: "s", Spikes: SpikeLayout{Times: "times", Units: "ids"}, Series: map[string]SeriesLayout{"emg": emg}},
		"ids has":                                             {TimeUnit: "s", Spikes: SpikeLayout{Times: "times", Units: "ids"}, Trials: TrialLayout{Start: "ids"}, Series: map[string]SeriesLayout{"emg": emg}},
		"conditions are an axis":                              {Series: map[string]SeriesLayout{"emg": {Values: []string{"emg"}, Axes: "condition time channel", Rate: 100}}, Trials: TrialLayout{Condition: "condition"}},
		"Start does not say when trials start":                {Clock: "session", Trials: TrialLayout{Events: map[string]string{"go": "go"}}},
		"times for 240 rows":                                  {TimeUnit: "s", Series: map[string]SeriesLayout{"emg": {Values: []string{"flat"}, Axes: "channel time", Times: "start"}}},
		"nothing says how long trials are":                    {TimeUnit: "s", Spikes: SpikeLayout{Times: "times", Units: "ids"}, Trials: TrialLayout{Start: "start"}},
		"that is no number of spikes; rates are a series":     spikes(SpikeLayout{Counts: "padded", Axes: "unit time", Bin: 0.01}),
		"Stop is the duration of each trial":                  {TimeUnit: "s", Clock: "trial", Spikes: SpikeLayout{Times: "trial(k).spikes{u}"}, Trials: TrialLayout{Stop: "condition"}},
		"the times of unit 3 end at place 10: wanted a whole": {TimeUnit: "s", Spikes: SpikeLayout{Times: "times", Index: "ids"}},
		"ends at 0.6 s of trial 0, where another series":      {Series: map[string]SeriesLayout{"emg": emg, "b": {Values: []string{"D(k).zA"}, Axes: "time channel", Rate: 50}}},
		"flat has 240 rows, and D(0).zA has 2":                {Series: map[string]SeriesLayout{"b": {Values: []string{"D(0).zA", "flat"}, Axes: "channel time", Rate: 50}}},
	} {
		f, err := Open("testdata/layouts/session.mat")
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.Recording(l)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q is not in: %v", want, err)
		}
	}
}

// A trial without a start has no place for what counts from it.
func TestTrialWithoutAStart(t *testing.T) {
	f := tableOf(t, "start,stop\n1,2\nNaN,3\n")
	emg, err := Open("testdata/layouts/session.npz")
	if err != nil {
		t.Fatal(err)
	}
	f.names, f.variables["emg"] = append(f.names, "emg"), emg.variables["emg"]
	l := Layout{TimeUnit: "s", Series: map[string]SeriesLayout{"emg": {Values: []string{"emg"}, Axes: "channel time trial", Rate: 100}}, Trials: TrialLayout{Start: "start", Stop: "stop"}}
	if _, err := f.Recording(l); err == nil || !strings.Contains(err.Error(), "the start of trial 1 is no number") {
		t.Error(err)
	}
}

// A table of trials without trials is none.
func TestTrialTableWithoutTrials(t *testing.T) {
	f, err := Open("testdata/layouts/session.npz")
	if err != nil {
		t.Fatal(err)
	}
	empty, err := matfile.NewNumbers("none", matfile.Double, []int{0, 1}, binary.LittleEndian, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	f.names, f.variables["none"] = append(f.names, "none"), variable{array: empty}
	l := Layout{TimeUnit: "s", Spikes: SpikeLayout{Times: "times", Units: "ids"}, Trials: TrialLayout{Start: "none", Stop: "none"}}
	if _, err := f.Recording(l); err == nil || !strings.Contains(err.Error(), "none holds no trial") {
		t.Error(err)
	}
}

// Times that are not what they seem are refused, or counted.
func TestDoubtfulSpikeTimes(t *testing.T) {
	var reset, good strings.Builder
	for i := range 60 {
		fmt.Fprintf(&reset, "%g,1\n", float64(i%30)*2)
		fmt.Fprintf(&good, "%g,1\n", float64(i))
	}
	layout := Layout{TimeUnit: "s", Spikes: SpikeLayout{Times: "t", Units: "u"}}
	if _, err := tableOf(t, "t,u\n"+reset.String()).Recording(layout); err == nil || !strings.Contains(err.Error(), "the clock was reset") {
		t.Error(err)
	}
	for text, want := range map[string]string{
		good.String() + "NaN,1\n":           "1 of 61 spike times are no numbers and were left out",
		"5,1\n3,1\n7,1\n6,1\n":              "2 of 4 spike times are smaller than the one before",
		"1,1\n1,1\n2,2\n":                   "1 of 3 spikes come at the same time",
		"-1,1\n1,1\n2,2\n":                  "1 of 3 spike times are negative",
		"30000,1\n40000,1\n90000000000,1\n": "look like milliseconds or samples",
		"1700000000,1\n1700000009,1\n":      "looks like Unix time",
	} {
		r, err := tableOf(t, "t,u\n"+text).Recording(layout)
		if err != nil {
			t.Error(err)
			continue
		}
		if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0].Message, want) {
			t.Errorf("%q: %v", want, r.Warnings)
		}
	}
}
