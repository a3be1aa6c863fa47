package data_test

import (
	"cmp"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// opened is a file as a user opens it.
func opened(t *testing.T, path string, layout data.Layout) *recording.Recording {
	t.Helper()
	f, err := data.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := f.Recording(layout)
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

func exampleTruth(t *testing.T) *recording.Recording {
	t.Helper()
	s, err := data.SyntheticSession(data.ExampleConfig())
	if err != nil {
		t.Fatal(err)
	}
	return s.Recording
}

// The file that comes along is the session that its configuration makes, to the bit.
func TestTheExampleSessionIsWhatItsConfigurationMakes(t *testing.T) {
	t.Setenv("SPIKEWALK_CACHE", t.TempDir())
	path, err := data.ExampleSession()
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() > 900_000 {
		t.Fatalf("%v, %v", info, err)
	}
	if rec := opened(t, path, data.Layout{}); runtime.GOARCH == "amd64" { // others fuse products and sums
		same(t, rec, exampleTruth(t))
	}
	// A damaged one is written anew.
	if err := os.WriteFile(path, []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := data.ExampleSession(); err != nil {
		t.Fatal(err)
	}
	opened(t, path, data.Layout{})
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SPIKEWALK_CACHE", blocked)
	if _, err := data.ExampleSession(); err == nil {
		t.Error("a cache that is no folder was written to")
	}
}

// same compares all that laboratories' files hold of a session.
func same(t *testing.T, got, want *recording.Recording) {
	t.Helper()
	sameSpikes(t, got, want)
	for name, s := range want.Series {
		g, there := got.Series[name]
		if !there {
			t.Fatalf("there is no series %s", name)
		}
		sameSeries(t, name, g, s)
		if !slices.Equal(g.Names, s.Names) || g.Unit != s.Unit {
			t.Errorf("%s: %v in %s, want %v in %s", name, g.Names, g.Unit, s.Names, s.Unit)
		}
	}
	for unit, spans := range want.Observed {
		if !slices.Equal(got.Observed[unit], spans) {
			t.Errorf("unit %d was observed %v, want %v", unit, got.Observed[unit], spans)
		}
	}
	for _, pair := range [][2]*recording.Table{{got.TrialTable, want.TrialTable}, {got.UnitTable, want.UnitTable}} {
		for _, c := range pair[1].Columns {
			g, err := pair[0].Column(c.Name)
			if err != nil {
				t.Fatal(err)
			}
			if !sameNumbers(g.Numbers, c.Numbers) || !slices.Equal(g.Texts, c.Texts) || !slices.Equal(g.Flags, c.Flags) ||
				(c.Rows != nil && !mat.Equal(g.Rows, c.Rows)) {
				t.Errorf("column %s differs", c.Name)
			}
		}
	}
	for i, trial := range want.Trials {
		if got.Trials[i].Start != trial.Start || got.Trials[i].Stop != trial.Stop {
			t.Errorf("trial %d from %g to %g s, want %g to %g", i, got.Trials[i].Start, got.Trials[i].Stop, trial.Start, trial.Stop)
		}
	}
}

func sameSpikes(t *testing.T, got, want *recording.Recording) {
	t.Helper()
	if got.Units != want.Units || !slices.Equal(got.Spikes.Times, want.Spikes.Times) || !slices.Equal(got.Spikes.Units, want.Spikes.Units) {
		t.Errorf("%d spikes of %d units, want %d of %d, or others", len(got.Spikes.Times), got.Units, len(want.Spikes.Times), want.Units)
	}
}

func sameSeries(t *testing.T, name string, got, want recording.Series) {
	t.Helper()
	if !mat.Equal(got, want) {
		t.Errorf("%s: values differ", name)
		return
	}
	steps, _ := want.Dims()
	for i := range steps {
		if math.Abs(got.Time(i)-want.Time(i)) > 1e-9 {
			t.Fatalf("%s: row %d is at %g s, want %g", name, i, got.Time(i), want.Time(i))
		}
	}
}

// sameNumbers takes NaN for equal.
func sameNumbers(a, b []float64) bool {
	return slices.CompareFunc(a, b, cmp.Compare[float64]) == 0
}

// written is the session as h5py writes it.
func written(t *testing.T, rec *recording.Recording, layout, ending string) string {
	t.Helper()
	dir := t.TempDir()
	saved, path := filepath.Join(dir, "session.npz"), filepath.Join(dir, "session"+ending)
	if err := rec.Save(saved); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("/usr/bin/python3", "testdata/write_session.py", saved, layout, path).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

func TestTheExampleSessionIsWhatH5pyWrites(t *testing.T) {
	testkit.Needs(t, "Python with h5py")
	path := written(t, exampleTruth(t), "nlb", ".nwb")
	if os.Getenv("SPIKEWALK_WRITE_EXAMPLE") != "" {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("testdata/session.nwb", content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("SPIKEWALK_CACHE", t.TempDir())
	example, err := data.ExampleSession()
	if err != nil {
		t.Fatal(err)
	}
	got, want := opened(t, example, data.Layout{}), opened(t, path, data.Layout{})
	same(t, got, want)
	same(t, want, exampleTruth(t))
}

// FALCON's files have one series for each muscle.
func TestASessionInFALCONsLayout(t *testing.T) {
	testkit.Needs(t, "Python with h5py")
	want := exampleTruth(t)
	got := opened(t, written(t, want, "falcon", ".nwb"), data.Layout{})
	sameSpikes(t, got, want)
	emg := want.Series["emg"]
	for j, name := range emg.Names {
		s, there := got.Series[name]
		if !there {
			t.Fatalf("there is no series %s: %v", name, got.Series)
		}
		rows, _ := emg.Dims()
		sameSeries(t, name, s, recording.Series{Values: emg.Values.Slice(0, rows, j, j+1).(*mat.Dense), Times: emg.Times})
	}
}

func TestASessionInMATLABsLayout(t *testing.T) {
	testkit.Needs(t, "Python with h5py")
	want := exampleTruth(t)
	got := opened(t, written(t, want, "matlab", ".mat"), data.Layout{
		TimeUnit: "s", Clock: "session",
		Spikes: data.SpikeLayout{Times: "spikes{u}"},
		Series: map[string]data.SeriesLayout{
			"emg":      {Values: []string{"emg"}, Axes: "time channel", Times: "emg_times", Unit: "mV"},
			"hand_pos": {Values: []string{"hand_pos"}, Axes: "time channel", Rate: 50, Unit: "m"},
		},
		Trials: data.TrialLayout{
			Start: "trials.start_time", Stop: "trials.stop_time", Condition: "trials.target_dir",
			Events: map[string]string{"move_onset_time": "trials.move_onset_time"},
		},
	})
	sameSpikes(t, got, want)
	for _, name := range []string{"emg", "hand_pos"} {
		sameSeries(t, name, got.Series[name], want.Series[name])
	}
	onsets, err := want.TrialTable.Column("move_onset_time")
	if err != nil {
		t.Fatal(err)
	}
	for i, trial := range want.Trials {
		g := got.Trials[i]
		if g.Start != trial.Start || g.Stop != trial.Stop || got.Conditions[g.Condition] != want.Conditions[trial.Condition] {
			t.Errorf("trial %d: %+v, want %+v", i, g, trial)
		}
		if at, there := g.Events["move_onset_time"]; !math.IsNaN(onsets.Numbers[i]) && (!there || math.Abs(trial.Start+at-onsets.Numbers[i]) > 1e-12) {
			t.Errorf("trial %d: movement begins at %g s, want %g", i, trial.Start+at, onsets.Numbers[i])
		}
	}
}
