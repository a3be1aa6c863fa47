package nwb

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Each file has one thing that the format does not allow. The error says where.
func TestWhatIsRefused(t *testing.T) {
	for _, c := range []struct{ file, says string }{
		{"index_decreases.nwb", "/units/spike_times_index: entry 1 is 2, after 3"},
		{"index_beyond.nwb", "/units/spike_times_index: entry 2 is 6, and what it counts has 5 entries"},
		{"index_short.nwb", "/units/spike_times_index has 2 rows and the table /units has 3"},
		{"no_index.nwb", "/units/spike_times has no index"},
		{"nan_spike.nwb", "/units/spike_times: spike 1 of unit 1 is at NaN s"},
		{"column_short.nwb", "/units/depth has 3 rows and the table /units has 4"},
		{"no_start.nwb", "/intervals/trials has no column start_time of numbers: it has id, start"},
		{"trials_short.nwb", "/intervals/trials/a has 2 rows and the table /intervals/trials has 3"},
		{"backwards.nwb", "/acquisition/x/timestamps: entry 2 is 0.1 s, after 0.2 s"},
		{"backwards.nwb", `nwb.Without("/acquisition/x") leaves the series out`},
		{"nan_time.nwb", "/acquisition/x/timestamps: entry 1 is NaN"},
		{"transposed.nwb", "its data has 2 rows: there must be one time for each; it may be channels × time"},
		{"conversions.nwb", "/acquisition/x/channel_conversion has 1 entries, and the data have 2 channels"},
		{"emg_times.nwb", "row 2 of /acquisition/emg/B is at another time than that of /acquisition/emg/A"},
		{"emg_rows.nwb", "/acquisition/emg/B has 2 rows and /acquisition/emg/A has 3"},
		{"emg_unit.nwb", `/acquisition/emg/B is in "uV" and /acquisition/emg/A in "mV"`},
		{"promises.nwb", "/acquisition/2: with this series"},
		{"version1.nwb", "an NWB file of version NWB-1.0.6: versions from 2 are read"},
		{"plain.nwb", "an HDF5 file, and no NWB file"},
		{"other_kind.nwb", `its root says that it is a "Subject" of version "2.6.0"`},
	} {
		b := content(t, c.file)
		f, err := NewReader(bytes.NewReader(b), int64(len(b)))
		if err == nil {
			var options []Option
			if strings.HasPrefix(c.file, "emg") {
				options = append(options, Joined("emg"))
			}
			_, err = f.Recording(options...)
		}
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "nwb: ") || strings.Count(err.Error(), "nwb: ") != 1 {
			t.Errorf("%s: error %v, want one that says %q", c.file, err, c.says)
		}
	}
}

// Each file has something that is possible and doubtful. It is kept, and said with
// counts.
func TestWhatIsSaid(t *testing.T) {
	for _, c := range []struct {
		file string
		kind neuro.WarningKind
		says []string
	}{
		{"index_lacks.nwb", neuro.MissingValues, []string{"2 of 5 spikes are of no unit"}},
		{"messy_spikes.nwb", neuro.DoubtfulTimes, []string{"1 of 3 units are not in order of time: they were sorted", "1 of 3 units have no spikes",
			"1 of 5 spike times are negative", "1 of 5 spikes come at the same time"}},
		{"observed.nwb", neuro.DoubtfulTimes, []string{"1 intervals in which units were observed end before they begin", "1 units have spikes and no interval",
			"2 of 3 spikes are outside of the intervals"}},
		{"milliseconds.nwb", neuro.UnlikelyUnit, []string{"they are likely to be milliseconds", "as seconds would be", "hours"}},
		{"samples.nwb", neuro.UnlikelyUnit, []string{"all are whole numbers: they are likely to be samples"}},
		{"unix.nwb", neuro.UnlikelyUnit, []string{"they are likely to be seconds since 1970"}},
		{"short_session.nwb", neuro.UnlikelyUnit, []string{"and trials end at 90: they are likely to be milliseconds"}},
		{"long_trials.nwb", neuro.UnlikelyUnit, []string{"trials go on until 900000, spikes until 900.5: the times of trials are likely to be milliseconds"}},
		{"messy_trials.nwb", neuro.MissingValues, []string{"1 of 6 trials have a start or a stop that is no number", "1 of 6 trials stop before they start",
			"2 of 6 trials start before the one above them", "1 of 6 trials start before the one above them stops", "4 of 5 trials have a go_time outside of themselves",
			"1 of 8 spikes come at the same time", "1 of 4 units have no spikes", "1 of 6 trials have no go_time"}},
		{"stated.nwb", neuro.UnlikelyUnit, []string{`/units/spike_times: the file says that these times are in "ms"`, `/acquisition/x/timestamps: the file says that these times are in "samples"`}},
		{"rate_zero.nwb", neuro.MissingValues, []string{"/acquisition/x/starting_time: its rate is 0 Hz", "no units, no trials and no series"}},
		{"no_times.nwb", neuro.MissingValues, []string{"neither timestamps nor a starting_time", "no units, no trials and no series"}},
		{"equal_times.nwb", neuro.DoubtfulTimes, []string{"1 of 5 rows of x are at the time of the one before", "the rows of x are not evenly spaced"}},
		{"no_trials.nwb", neuro.MissingValues, []string{"no units, no trials and no series", "the table of trials, /intervals/trials, has no rows"}},
	} {
		rec, err := made(t, c.file).Recording()
		if err != nil {
			t.Errorf("%s: %v", c.file, err)
			continue
		}
		var text []string
		kinds := make(map[neuro.WarningKind]bool)
		for _, w := range rec.Warnings {
			text, kinds[w.Kind] = append(text, w.String()), true
		}
		for _, says := range c.says {
			if !strings.Contains(strings.Join(text, "\n"), says) {
				t.Errorf("%s: nothing says %q:\n%s", c.file, says, strings.Join(text, "\n"))
			}
		}
		if len(rec.Warnings) != len(c.says) && c.kind != neuro.UnlikelyUnit || !kinds[c.kind] {
			t.Errorf("%s: %d warnings, want %d and one of %s:\n%s", c.file, len(rec.Warnings), len(c.says), c.kind, strings.Join(text, "\n"))
		}
		if err := rec.Save(filepath.Join(t.TempDir(), "r.npz")); err != nil {
			t.Errorf("%s: %v", c.file, err)
		}
	}
}

// Indexes of all widths say the same.
func TestWidthsOfIndexes(t *testing.T) {
	for _, name := range []string{"session.nwb", "index_u2.nwb", "index_u4.nwb", "index_u8.nwb"} {
		f := made(t, name)
		for i, want := range [][]float64{{0.1, 0.2, 0.2, 1.5}, {}, {0.05, 1.75, 2.5}, {2.75}} {
			if got, err := f.Unit(i); err != nil || !cmp.Equal(want, got, alike...) {
				t.Errorf("%s, unit %d: %v, %v", name, i, got, err)
			}
		}
		for _, i := range []int{-1, 4} {
			if _, err := f.Unit(i); err == nil || !strings.Contains(err.Error(), "there are 4") {
				t.Errorf("unit %d: error %v", i, err)
			}
		}
	}
}

// Times in another unit, or from another origin, are converted when it is asked for.
func TestTimesAreConvertedOnRequest(t *testing.T) {
	rec, err := made(t, "milliseconds.nwb").Recording(TimeUnit("units", 0.001))
	if err != nil || len(rec.Warnings) != 0 || math.Abs(rec.Spikes.Of(1)[3]-9.0015) > 1e-12 {
		t.Errorf("%v, %v", err, rec.Warnings)
	}
	rec, err = made(t, "samples.nwb").Recording(TimeUnit("units", 1.0/30000))
	if err != nil || rec.Spikes.Of(0)[199] != 199*25 {
		t.Errorf("%v, %g s", err, rec.Spikes.Of(0)[199])
	}
	rec, err = made(t, "unix.nwb").Recording(TimeOrigin(1.7e9))
	if err != nil || len(rec.Warnings) != 0 || rec.Spikes.Times[3] != 0.75 {
		t.Errorf("%v, %v, %v", err, rec.Warnings, rec.Spikes.Times[3])
	}
	rec, err = made(t, "samples.nwb").Recording(TimeUnit("units", 1))
	if err != nil || len(rec.Warnings) != 0 {
		t.Errorf("%v, %v: seconds are taken for what they were said to be", err, rec.Warnings)
	}
	rec, err = made(t, "session.nwb").Recording(Only("cursor_vel", "gaps"), TimeUnit("trials", 10), TimeUnit("gaps", 2), TimeUnit("/processing/behavior/cursor_vel", 3), TimeOrigin(1))
	if err != nil {
		t.Fatal(err)
	}
	if c, _ := rec.TrialTable.Column("start_time"); c.Numbers[1] != 9 {
		t.Errorf("the table of trials has %v", c.Numbers)
	}
	vel, gaps := rec.Series["cursor_vel"], rec.Series["gaps"]
	if rec.Trials[1].Start != 9 || math.Abs(rec.Trials[2].Events["go_cue_time"]-5) > 1e-12 || math.Abs(vel.Dt-0.003) > 1e-15 || math.Abs(vel.Start+0.7) > 1e-12 ||
		math.Abs(gaps.Times[20]-17) > 1e-12 || rec.Observed[0][1].To != 2 || rec.Spikes.Times[0] != 0.05-1 {
		t.Errorf("trials %v, %v and %g s, %v, %v", rec.Trials, vel.Dt, vel.Start, gaps.Times[20], rec.Observed[0])
	}
}

// What is chosen is read, and what cannot be is said.
func TestWhatIsChosen(t *testing.T) {
	f := made(t, "session.nwb")
	for _, c := range []struct {
		options []Option
		want    []string
		says    string
	}{
		{[]Option{Only("cursor_vel", "/acquisition/ndx")}, []string{"cursor_vel", "ndx"}, ""},
		{[]Option{Only("/processing/behavior/linked")}, []string{"cursor_vel"}, ""},
		{[]Option{Only("gaze/data_of_eye")}, []string{"data_of_eye"}, ""},
		{[]Option{Only()}, nil, ""},
		{[]Option{Only(), Joined("/acquisition/preprocessed_emg")}, []string{"preprocessed_emg"}, ""},
		{[]Option{Only("BIC", "TRI"), Without("TRI")}, []string{"BIC"}, ""},
		{[]Option{nil, Most(0)}, nil, ""},
		{[]Option{Only("cursor_val")}, nil, "did you mean cursor_vel"},
		{[]Option{Only("/processing/behavior/cursor_val")}, nil, "did you mean /processing/behavior/cursor_vel"},
		{[]Option{Only("data_of_eye")}, nil, "2 series are named"},
		{[]Option{Only("video")}, nil, "/acquisition/video cannot be read: its data are in other files"},
		{[]Option{Joined("preprocessed")}, nil, "did you mean preprocessed_emg"},
		{[]Option{Trials("epoch")}, nil, "did you mean /intervals/epochs"},
		{[]Option{TimeUnit("spikes", 1)}, nil, `"spikes", which is neither units`},
		{[]Option{TimeUnit("units", 0)}, nil, "must be above 0"},
		{[]Option{TimeOrigin(math.NaN())}, nil, "must be finite"},
	} {
		rec, err := f.Recording(c.options...)
		if c.says != "" {
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want one that says %q", err, c.says)
			}
			continue
		}
		if err != nil {
			t.Error(err)
			continue
		}
		if len(rec.Series) != len(c.want) {
			t.Errorf("%d series, want %v", len(rec.Series), c.want)
		}
		for _, name := range c.want {
			if rec.Series[name].Values == nil {
				t.Errorf("no series %q", name)
			}
		}
	}
	rec, err := f.Recording(Trials("epochs"), Only())
	if err != nil || len(rec.Trials) != 1 || rec.Trials[0].Stop != 3 || rec.TrialTable.Columns[3].Texts[0] != "all" {
		t.Errorf("%v, %v", rec.Trials, err)
	}
	table, err := f.Table("trials")
	if err != nil || !cmp.Equal(trialTable(), table, alike...) {
		t.Errorf("%v\n%s", err, cmp.Diff(trialTable(), table, alike...))
	}
	s, err := f.Join("preprocessed_emg")
	if err != nil || !cmp.Equal(allSeries()["preprocessed_emg"], s, alike...) {
		t.Errorf("%v, %v", s, err)
	}
	if s, err = f.ReadSeries("lfp"); err != nil || !cmp.Equal(allSeries()["lfp"], s, alike...) {
		t.Errorf("%v, %v", s, err)
	}
}

func TestContents(t *testing.T) {
	f := made(t, "session.nwb")
	c, err := f.Contents()
	if err != nil {
		t.Fatal(err)
	}
	if f.Trials() != 3 || c.Units != 4 || c.Spikes != 8 || len(c.Tables) != 4 || len(c.Series) != 12 || len(c.Left) != 5 || c.Subject != "N" {
		t.Errorf("%d tables, %d series, left %v", len(c.Tables), len(c.Series), c.Left)
	}
	for _, s := range c.Series {
		if s.Name == "gaps" && (s.Rows != 30 || !s.Timestamps || s.Stop != 9.9 || math.Abs(s.Rate-29/9.9) > 1e-12 || s.Bytes() != 240) {
			t.Errorf("%+v", s)
		}
		if s.Name == "lfp" && (s.Start != 0.25 || s.Stop != 0.252 || s.Rate != 1000 || s.Type != "ElectricalSeries" || s.Names[1] != "electrode 10") {
			t.Errorf("%+v", s)
		}
	}
	for _, table := range c.Tables {
		if table.Path == "/units" && (table.Columns[3].Type != "list of 2 × float64" || table.Columns[6].Type != "list of list of 4 × int16") {
			t.Errorf("%+v", table.Columns)
		}
	}
}

// Nothing of no file panics.
func TestNoFile(t *testing.T) {
	var f *File
	_, err := f.Recording()
	_, err1 := f.Unit(0)
	_, err2 := f.Series()
	_, err3 := f.Contents()
	if f.Units() != 0 || f.Trials() != 0 || f.Spikes() != 0 || err == nil || err1 == nil || err2 == nil || err3 == nil || f.Close() == nil || Is(nil) {
		t.Error("no file holds something")
	}
	path := filepath.Join(t.TempDir(), "x.nwb")
	if err := os.WriteFile(path, content(t, "plain.nwb"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path); err == nil || !strings.HasPrefix(err.Error(), path+": an HDF5 file, and no NWB file") {
		t.Errorf("error %v", err)
	}
	if _, err := Open(path + "x"); err == nil || !strings.Contains(err.Error(), path+"x") {
		t.Errorf("error %v", err)
	}
}

// Times on a grid, to a millionth of a step, are one; others are not.
func TestClocks(t *testing.T) {
	for name, c := range map[string]struct {
		time func(k int) float64
		want clock
	}{
		"a grid":               {func(k int) float64 { return 3 + float64(k)*0.02 }, clock{start: 3, dt: 0.02}},
		"a grid of no rate":    {func(k int) float64 { return float64(k) * 0.7 }, clock{dt: 0.7}},
		"since 1970":           {func(k int) float64 { return 1.7e9 + float64(k)*0.001 }, clock{start: 1.7e9, dt: 0.001}},
		"rounded to 10 places": {func(k int) float64 { return math.Round(float64(k)/30*1e10) / 1e10 }, clock{dt: 1.0 / 30}},
		"rounded to 4 places":  {func(k int) float64 { return math.Round(float64(k)/30*1e4) / 1e4 }, clock{}},
		"all at once":          {func(k int) float64 { return 1 }, clock{}},
		"one late":             {func(k int) float64 { return float64(k) + float64(k/99)*2e-6 }, clock{}},
	} {
		times := make([]float64, 100)
		for k := range times {
			times[k] = c.time(k)
		}
		got := clockOf(times)
		if c.want.dt == 0 {
			if got.times == nil {
				t.Errorf("%s: a grid of %g s", name, got.dt)
			}
			continue
		}
		if got.times != nil || got.start != c.want.start || math.Abs(got.dt-c.want.dt) > 1e-9*c.want.dt {
			t.Errorf("%s: %g s from %g s", name, got.dt, got.start)
		}
	}
}

func TestTimesOutsideOfIntervals(t *testing.T) {
	spans := []recording.Interval{{From: 4, To: 5}, {From: 0, To: 3}, {From: 1, To: 2}}
	if n := notWithin([]float64{6, 0, 3, 2.5, 3.5, 4.5, -1}, spans); n != 3 {
		t.Errorf("%d times outside, want 3", n)
	}
}
