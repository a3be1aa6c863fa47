package nwb

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

var alike = []cmp.Option{
	cmp.Comparer(func(a, b *mat.Dense) bool { return a == nil && b == nil || a != nil && b != nil && mat.Equal(a, b) }),
	cmpopts.EquateNaNs(), cmpopts.EquateEmpty(),
}

// counted is from, from+1, … in rows.
func counted(rows, columns int, value func(k int) float64) *mat.Dense {
	m := mat.NewDense(rows, columns, nil)
	for k := range rows * columns {
		m.Set(k/columns, k%columns, value(k))
	}
	return m
}

func plain(k int) float64 { return float64(k) }

func units() *recording.Table {
	const left = "left in the file: %d of /units/waveforms"
	const shank = "/general/extracellular_ephys/shank"
	return &recording.Table{Columns: []recording.Column{
		{Name: "id", Numbers: []float64{10, 11, 12, 13}},
		{Name: "quality", Description: "the quality", Texts: []string{"good", "", "mūa", "good"}},
		{Name: "heldout", Description: "the heldout", Flags: []bool{false, true, false, true}},
		{Name: "electrodes", Description: "the electrodes", Lists: [][]float64{{0, 1}, {}, {2}, {2}}},
		{Name: "electrode_group", Description: "the electrode_group", Texts: []string{shank, shank, shank, ""}},
		{Name: "waveforms", Description: "the waveforms", Unit: "volts", Texts: []string{
			fmt.Sprintf(left, 1), fmt.Sprintf(left, 0), fmt.Sprintf(left, 1), fmt.Sprintf(left, 1)}},
		{Name: "depth", Description: "below the pia", Unit: "um", Numbers: []float64{100, 200, 300, 400}},
		{Name: "position", Description: "the position", Rows: counted(4, 3, plain)},
		{Name: "serial", Description: "the serial", Texts: []string{"1", "2", "9007199254740993", "-5"}},
		{Name: "kind", Description: "the kind", Texts: []string{"narrow", "broad", "narrow", "broad"}},
	}}
}

func trialTable() *recording.Table {
	const vel = "/processing/behavior/cursor_vel"
	return &recording.Table{Columns: []recording.Column{
		{Name: "id", Numbers: []float64{10, 11, 12}},
		{Name: "start_time", Description: "the start_time", Numbers: []float64{0, 1, 2}},
		{Name: "stop_time", Description: "the stop_time", Numbers: []float64{0.9, 1.8, 2.9}},
		{Name: "split", Description: "the split", Texts: []string{"train", "val", "none"}},
		{Name: "success", Description: "the success", Flags: []bool{true, false, true}},
		{Name: "go_cue_time", Description: "the go_cue_time", Numbers: []float64{0.25, math.NaN(), 2.5}},
		{Name: "target_pos", Description: "the target_pos", Lists: [][]float64{{0, 1}, {}, {2, 3, 4, 5, 6, 7}}},
		{Name: "corners", Description: "the corners", Rows: counted(3, 4, plain)},
		{Name: "words", Description: "the words", TextLists: [][]string{{"a", "b"}, {}, {"", "d"}}},
		{Name: "tries", Description: "the tries", Lists: [][]float64{{}, {1}, {0}}},
		{Name: "series.idx_start", Description: "the series", Lists: [][]float64{{0}, {1}, {2}}},
		{Name: "series.count", Description: "the series", Lists: [][]float64{{2}, {2}, {2}}},
		{Name: "series.timeseries", Description: "the series", TextLists: [][]string{{vel}, {vel}, {vel}}},
		{Name: "block", Description: "the block", Numbers: []float64{1, 2, 2}},
		{Name: "epoch_ref", Description: "the epoch_ref ([2 4] a row)", Rows: counted(3, 8, plain)},
	}}
}

func allSeries() map[string]recording.Series {
	times := make([]float64, 30)
	for k := range times {
		times[k] = float64(k) * 0.1
		if k >= 20 {
			times[k] = float64(k-20)*0.1 + 9
		}
	}
	vel := counted(6, 2, func(k int) float64 { return float64(float64(k-3)*0.001) + 0.5 })
	emg := mat.NewDense(5, 3, nil)
	for i := range 5 {
		emg.SetRow(i, []float64{float64(i), float64(i) + 10, float64(i) + 20})
	}
	return map[string]recording.Series{
		"cursor_vel":       {Values: vel, Dt: 0.001, Start: 0.1, Names: []string{"x", "y"}, Unit: "m/s"},
		"cursor_pos":       {Values: counted(6, 1, plain), Dt: 0.001, Start: 0.1, Names: []string{"cursor_pos"}, Unit: "m"},
		"copy":             {Values: vel, Dt: 0.001, Start: 0.1, Unit: "m/s"},
		"preprocessed_emg": {Values: emg, Dt: 0.02, Start: 0.02, Names: []string{"BIC", "DELT", "TRI"}, Unit: "mV"},
		"eval_mask":        {Values: mat.NewDense(5, 1, []float64{1, 0, 1, 1, 0}), Dt: 0.02, Start: 0.02, Names: []string{"eval_mask"}, Unit: "none"},
		"lfp": {Values: mat.NewDense(3, 2, []float64{2e-6 + 0.125, float64(-2e-6*4) + 0.125, 6e-6 + 0.125, 16e-6 + 0.125, 10e-6 + 0.125, 24e-6 + 0.125}),
			Dt: 0.001, Start: 0.25, Names: []string{"electrode 12", "electrode 10"}, Unit: "V"},
		"gaps":                              {Values: counted(30, 1, plain), Times: times, Names: []string{"gaps"}, Unit: "V"},
		"acquisition.gaze.data_of_eye":      {Values: counted(3, 1, plain), Times: []float64{0, 0.3, 0.4}, Names: []string{"data_of_eye"}, Unit: "V"},
		"stimulus.presentation.data_of_eye": {Values: counted(2, 1, plain), Dt: 0.1, Names: []string{"data_of_eye"}, Unit: "V"},
		"ndx":                               {Values: counted(4, 1, plain), Dt: 0.5, Names: []string{"ndx"}, Unit: "a.u."},
	}
}

// A session with all that is read, as the older and the newer library write it, is
// what was put into it.
func TestSessionIsARecording(t *testing.T) {
	for _, name := range []string{"session.nwb", "session_old.nwb"} {
		t.Run(name, func(t *testing.T) {
			rec, err := made(t, name).Recording(Joined("preprocessed_emg"))
			if err != nil {
				t.Fatal(err)
			}
			want := &recording.Recording{
				Units:  4,
				Spikes: recording.Spikes{Times: []float64{0.05, 0.1, 0.2, 0.2, 1.5, 1.75, 2.5, 2.75}, Units: []int{2, 0, 0, 0, 0, 2, 2, 3}},
				Trials: []recording.Trial{
					{Start: 0, Stop: 0.9, Events: map[string]float64{"go_cue_time": 0.25}}, {Start: 1, Stop: 1.8},
					{Start: 2, Stop: 2.9, Events: map[string]float64{"go_cue_time": 0.5}},
				},
				UnitTable: units(), TrialTable: trialTable(),
				Electrodes: &recording.Table{Columns: []recording.Column{
					{Name: "id", Numbers: []float64{10, 11, 12}},
					{Name: "location", Description: "the location", Texts: []string{"M1", "M1", "PMd"}},
					{Name: "group", Description: "the group", Texts: slices3("/general/extracellular_ephys/shank")},
				}},
				Observed: [][]recording.Interval{{{From: 0, To: 1}, {From: 1, To: 3}}, {}, {{From: 0, To: 3}}, {{From: 0, To: 3}}},
				Series:   allSeries(),
				Provenance: recording.Provenance{Subject: "N", Session: "first", Identifier: "made-up",
					Description: "reaches that nobody made", Lab: "none"},
			}
			says := rec.Warnings
			rec.Warnings = nil
			if d := cmp.Diff(want, rec, alike...); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			var all []string
			for _, w := range says {
				all = append(all, w.Where+": "+w.Message)
			}
			text := strings.Join(all, "\n")
			for _, want := range []string{
				"1 of 8 spikes come at the same time",
				"/units: /units/waveforms, int16 of dimensions [6 4], is left in the file",
				"/units/spike_times: 1 of 4 units have no spikes",
				"/intervals/trials/go_cue_time: 1 of 3 trials have no go_cue_time",
				"/acquisition/gaps: gaps has gaps, 1 of 29 steps: rows are 0.1 s apart, and up to 7.1 s, after 1.9 s",
				"/acquisition/gaze/data_of_eye: the rows of data_of_eye are not evenly spaced: 0.1 to 0.3 s apart",
				"/acquisition/video: video was left out: its data are in other files",
				"/acquisition/images: images was left out: its data have 3 dimensions",
				"/acquisition/notes: notes was left out: its data are string",
				"/acquisition/nothing: nothing was left out: it has no data",
				"/acquisition/elsewhere: elsewhere was left out: ",
			} {
				if !strings.Contains(text, want) {
					t.Errorf("no warning says %q", want)
				}
			}
			if len(says) != 11 {
				t.Errorf("%d warnings:\n%s", len(says), text)
			}
			path := filepath.Join(t.TempDir(), "r.npz")
			if err := rec.Save(path); err != nil {
				t.Fatal(err)
			}
			again, err := recording.Load(path)
			if err != nil || !cmp.Equal(rec, again, alike...) {
				t.Errorf("it is saved as something else: %v", err)
			}
		})
	}
}

func slices3(s string) []string { return []string{s, s, s} }
