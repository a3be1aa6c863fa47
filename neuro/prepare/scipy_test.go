package prepare

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os/exec"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

const scipyProgram = `
import json, sys
import numpy as np
from scipy import signal, ndimage
x = np.array(json.loads(sys.stdin.readline()))
out = {}
for order in 1, 2, 3, 4, 7:
    for kind in "lowpass", "highpass":
        sos = signal.butter(order, 10, kind, fs=500, output="sos")
        out["%s %d" % (kind, order)] = signal.sosfiltfilt(sos, x, axis=0).tolist()
        out["%s %d once" % (kind, order)] = signal.sosfilt(sos, x, axis=0, zi=signal.sosfilt_zi(sos)[:, :, None] * x[0])[0].tolist()
for up, down in (1, 20), (2, 5), (3, 1), (7, 3):
    line = lambda t: x[0] + (x[-1] - x[0]) * (t / (len(x) - 1))[:, None]
    y = signal.resample_poly(x - line(np.arange(len(x))), up, down, axis=0)
    out["resample %d/%d" % (up, down)] = (y + line(np.arange(len(y)) * down / up)).tolist()
out["zeros"] = ndimage.gaussian_filter1d(x, 3.0, axis=0, mode="constant").tolist()
one = ndimage.gaussian_filter1d(np.ones(len(x)), 3.0, mode="constant")
out["normalised"] = (np.array(out["zeros"]) / one[:, None]).tolist()
emg = np.abs(signal.sosfiltfilt(signal.butter(4, 50, "highpass", fs=500, output="sos"), x, axis=0))
out["emg"] = np.maximum(0, signal.sosfiltfilt(signal.butter(4, 10, fs=500, output="sos"), emg, axis=0)).tolist()
spikes = np.sort(np.abs(x[:, 0]))
out["left"] = np.histogram(spikes, bins=0.25 + 0.05 * np.arange(21))[0].reshape(-1, 1).tolist()
json.dump(out, sys.stdout)
`

// noise is a matrix of normal numbers on a slope.
func noise(rows, columns int) *mat.Dense {
	rng := neuro.Stream(3, "noise")
	m := mat.NewDense(rows, columns, nil)
	m.Apply(func(i, j int, _ float64) float64 { return rng.NormFloat64() + 0.01*float64(i*j) + 1 }, m)
	return m
}

func TestSciPyAgrees(t *testing.T) {
	testkit.Needs(t, "Python with SciPy")
	x := noise(400, 2)
	series := recording.Series{Values: x, Dt: 1. / 500}
	got := map[string]*mat.Dense{}
	for _, order := range []int{1, 2, 3, 4, 7} {
		for kind, pass := range map[string]func(int, float64, float64) (*Butterworth, error){"lowpass": LowPass, "highpass": HighPass} {
			f, err := pass(order, 10, 500)
			if err != nil {
				t.Fatal(err)
			}
			name := fmt.Sprintf("%s %d", kind, order)
			got[name], _ = f.ZeroPhase(x)
			got[name+" once"], _ = f.OneWay(x)
		}
	}
	for _, r := range [][2]int{{1, 20}, {2, 5}, {3, 1}, {7, 3}} {
		s, err := Resample(series, 500*float64(r[0])/float64(r[1]))
		if err != nil {
			t.Fatal(err)
		}
		got[fmt.Sprintf("resample %d/%d", r[0], r[1])] = s.Values
	}
	k := Gaussian(0.006)
	got["normalised"], _ = Smooth(x, 0.002, k)
	k.Zeros = true
	got["zeros"], _ = Smooth(x, 0.002, k)
	envelope, err := EMG(series, DefaultEMG())
	if err != nil {
		t.Fatal(err)
	}
	got["emg"] = envelope.Values
	spikes := make([]float64, 400)
	for i := range spikes {
		spikes[i] = math.Abs(x.At(i, 0))
	}
	counts, _ := Bin(spikes, 0.25, 0.05, 20, LeftClosed)
	got["left"] = mat.NewDense(20, 1, counts)

	want := scipy(t, x)
	for name, rows := range want {
		m := got[name]
		if m == nil {
			t.Fatalf("%s was not computed", name)
		}
		if n, _ := m.Dims(); n != len(rows) {
			t.Fatalf("%s: %d rows, want %d", name, n, len(rows))
		}
		worst := 0.0
		for i, row := range rows {
			for j, v := range row {
				worst = math.Max(worst, math.Abs(m.At(i, j)-v))
			}
		}
		if t.Logf("%s: %.1g", name, worst); worst > 1e-9 {
			t.Errorf("%s differs by %g", name, worst)
		}
	}
}

func scipy(t *testing.T, x *mat.Dense) (want map[string][][]float64) {
	t.Helper()
	rows := make([][]float64, x.RawMatrix().Rows)
	for i := range rows {
		rows[i] = x.RawRowView(i)
	}
	input, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	python := exec.Command("/usr/bin/python3", "-c", scipyProgram)
	python.Stdin = bytes.NewReader(append(input, '\n'))
	var says bytes.Buffer
	python.Stderr = &says
	out, err := python.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &says)
	}
	if err := json.Unmarshal(out, &want); err != nil {
		t.Fatal(err)
	}
	return want
}
