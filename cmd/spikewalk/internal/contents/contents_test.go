package contents

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

func open(t *testing.T, path string) *Source {
	t.Helper()
	s, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// fromData is a file in the folder of package data.
func fromData(name string) string { return filepath.Join("..", "..", "..", "..", "data", name) }

// nwbFile unpacks one of the sessions that h5py wrote for package nwb.
func nwbFile(t *testing.T, name string) string {
	t.Helper()
	archive, err := zip.OpenReader(fromData("nwb/testdata/files.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	in, err := archive.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// Each kind of file has a table of contents, of few and short lines.
func TestLines(t *testing.T) {
	saved := filepath.Join(t.TempDir(), "saved.npz")
	rec := &recording.Recording{Units: 2, Spikes: recording.Spikes{Times: []float64{0.5, 2.5}, Units: []int{0, 1}}, Dt: 0.01,
		Trials:  []recording.Trial{{From: 0, To: 100, Events: map[string]float64{"go": 0.1}}, {From: 100, To: 300, Condition: 1}},
		Outputs: recording.Series{Values: mat.NewDense(300, 2, nil), Dt: 0.01, Unit: "mV"}}
	if err := rec.Save(saved); err != nil {
		t.Fatal(err)
	}
	table := filepath.Join(t.TempDir(), "t.csv")
	if err := os.WriteFile(table, []byte("time (s),emg [mV],note\n0,1,a\n1,2,b\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for path, wants := range map[string][]string{
		nwbFile(t, "session.nwb"): {"an NWB file, version 2.6.0", "subject: N", "units: 4, 8 spikes from 0.05 to 2.75 s", "trials: 3; columns start_time float64", "series: 12",
			"/acquisition/preprocessed_emg/BIC: 5 x 1, with times, on average 50 Hz, 0.08 s in mV", "and 2 more that cannot be read"},
		fromData("testdata/layouts/session.mat"): {"session.mat: a MAT-file, 8.95 kB", "emg: 4x60x2 double", "trial: 1x4 struct: spikes 1x3 cell, emg 60x2 double", "units: 1x3 cell, the first 22x1 double"},
		fromData("testdata/layouts/session.npz"): {"arrays of NumPy", "counts: 4x60x3 uint8"},
		fromData("mat/testdata/h5py/v73.mat"):    {"a MAT-file of version 7.3", "trial: 1x3 struct: start ", "spc: 2x3 sparse complex double", "notext: 0x0 char", "tab is an object of class table"},
		saved:                                    {"a recording that spikewalk saved", "units: 2, 2 spikes from 0.5 to 2.5 s (2 s)", "trials: 2 of 2 conditions; events go", "outputs: 300 x 2, 100 Hz, 2.99 s in mV"},
		table:                                    {"a table of text", "emg: 2x1 double in mV", "note: 2x1 cell, the first 1x1 char"},
	} {
		lines, err := open(t, path).Lines()
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		text := strings.Join(lines, "\n")
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q:\n%s", path, want, text)
			}
		}
		for _, line := range lines {
			if len([]rune(line)) > mostWide+2 {
				t.Errorf("%s: %d characters: %s", path, len([]rune(line)), line)
			}
		}
		if len(lines) > 45 {
			t.Errorf("%s: %d lines", path, len(lines))
		}
	}
}

// listed is what JSON writes.
type listed struct {
	File, Kind string
	Bytes      int64
	Arrays     []Array
}

func listing(t *testing.T, s *Source) listed {
	t.Helper()
	var b bytes.Buffer
	if err := s.JSON(&b); err != nil {
		t.Fatal(err)
	}
	var l listed
	if err := json.Unmarshal(b.Bytes(), &l); err != nil {
		t.Fatalf("%v: %s", err, b.String())
	}
	return l
}

// Sums of integers are exact, those of floats count what is NaN.
func TestSums(t *testing.T) {
	var a adder
	a.ints([]int64{math.MaxInt64, math.MaxInt64, -1, math.MinInt64, math.MinInt64, 5})
	if got := a.String(); got != "2" {
		t.Error(got)
	}
	a = adder{}
	a.uints([]uint64{math.MaxUint64, math.MaxUint64})
	if got := a.String(); got != "36893488147419103230" {
		t.Error(got)
	}
	a = adder{}
	a.floats([]float64{0.1, 0.2, math.NaN(), 0.3})
	if got := a.String(); got != "0.6000000000000001" || a.nan != 1 {
		t.Error(got, a.nan)
	}
	want := map[string]float64{"emg": 720 + 2400 + 141.6, "ids": 22*10 + 26*20 + 23*30, "trial(2).emg": 240 + 600 + 35.4, "padded": 0}
	for _, array := range listing(t, open(t, fromData("testdata/layouts/session.mat"))).Arrays {
		if sum, ok := want[array.Path]; ok && array.Path != "padded" && math.Abs(sum-must(strconv.ParseFloat(array.Sum, 64))) > 1e-9 {
			t.Errorf("%+v, want %g", array, sum)
		}
		if array.Path == "padded" && array.NaN != 7 {
			t.Errorf("%+v", array)
		}
		delete(want, array.Path)
	}
	if len(want) > 0 {
		t.Errorf("not listed: %v", want)
	}
}

// h5py finds the same arrays in NWB files, with the same shapes and sums.
func TestSumsAreThoseOfH5py(t *testing.T) {
	testkit.Needs(t, "h5py")
	for _, name := range []string{"session.nwb", "session_old.nwb", "messy_trials.nwb"} {
		path := nwbFile(t, name)
		out, err := exec.Command("/usr/bin/python3", "-c", `
import sys, json, h5py, numpy as np
all = {}
def visit(path, d):
    if not isinstance(d, h5py.Dataset): return
    x = d[()]
    s = None
    if d.dtype.kind == "f": s = float(np.nancumsum(np.append(0., np.asarray(x, "f8").ravel()))[-1])
    elif d.dtype.kind in "iub": s = sum(int(v) for v in np.asarray(x).ravel())
    all["/" + path] = [list(d.shape), s, d.dtype.names is None]
with h5py.File(sys.argv[1], "r") as f: f.visititems(visit)
print(json.dumps(all))`, path).Output()
		if err != nil {
			t.Fatal(err)
		}
		var truth map[string][]any
		if err := json.Unmarshal(out, &truth); err != nil {
			t.Fatal(err)
		}
		found := make(map[string]Array)
		for _, a := range listing(t, open(t, path)).Arrays {
			found[a.Path] = a
		}
		compared := 0
		for path, want := range truth {
			if want[2] != true {
				continue // members of a compound have entries of their own
			}
			a, ok := found[path]
			if !ok {
				t.Errorf("%s: %s is not listed", name, path)
				continue
			}
			if got, _ := json.Marshal(a.Shape); string(got) != string(must(json.Marshal(want[0]))) {
				t.Errorf("%s: %s is %s, h5py has %v", name, path, got, want[0])
			}
			if sum, ok := want[1].(float64); ok {
				compared++
				if got, err := strconv.ParseFloat(a.Sum, 64); err != nil || got != sum {
					t.Errorf("%s: the sum of %s is %s, h5py has %v (%s)", name, path, a.Sum, sum, a.Problem)
				}
			}
		}
		if compared < 5 {
			t.Errorf("%s: only %d sums", name, compared)
		}
	}
}

func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

// Figures have the panels of what there is, and nothing in them makes drawing fail.
func TestFigures(t *testing.T) {
	layout := data.Layout{TimeUnit: "s", Clock: "trial", Spikes: data.SpikeLayout{Times: "trial(k).spikes{u}"},
		Series: map[string]data.SeriesLayout{"emg": {Values: []string{"trial(k).emg"}, Axes: "time channel", Rate: 100}},
		Trials: data.TrialLayout{Start: "trial(k).start"}}
	for path, wants := range map[string][]string{
		nwbFile(t, "session.nwb"):                {"8 spikes of 4 units", "trial starts", "BIC", "cursor_vel"},
		fromData("testdata/layouts/session.mat"): {"71 spikes of 3 units", "emg", "gaps are bridged"},
	} {
		s := open(t, path)
		l := layout
		if s.HasRecording() {
			l = data.Layout{}
		}
		rec, err := s.Recording(l)
		if err != nil {
			t.Fatal(err)
		}
		text, err := Figure(rec, filepath.Base(path)).JSON()
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !bytes.Contains(text, []byte(want)) {
				t.Errorf("%s lacks %q", path, want)
			}
		}
	}
	figure, err := open(t, fromData("testdata/layouts/session.npz")).FigureOfArrays()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := figure.PNG(); err != nil {
		t.Error(err)
	}
	if Figure(&recording.Recording{}, "x") != nil {
		t.Error("a figure of nothing")
	}
}

// A file on a server is shown without being downloaded as a whole.
func TestRemote(t *testing.T) {
	t.Setenv("SPIKEWALK_CACHE", t.TempDir())
	content, err := os.ReadFile(nwbFile(t, "session.nwb"))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/session.nwb" {
			http.NotFound(w, r)
			return
		}
		http.ServeContent(w, r, "session.nwb", time.Unix(1e9, 0), bytes.NewReader(content))
	}))
	defer server.Close()
	lines, err := open(t, server.URL+"/session.nwb").Lines()
	if err != nil || !strings.Contains(strings.Join(lines, "\n"), "units: 4, 8 spikes") {
		t.Error(lines, err)
	}
	if _, err := Open(context.Background(), server.URL+"/none.nwb"); err == nil || !strings.Contains(err.Error(), "404") {
		t.Error(err)
	}
}
