package spiketrain

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// numpyProgram draws spike trains of trials in two conditions, and measures them.
const numpyProgram = `
import json, sys
import numpy as np
rng = np.random.default_rng(1)
stop, width, out = 3.0, 0.25, []
for neurons in 1, 4, 9:
    conditions = [0, 1, 0, 1, 1, 0]
    hz = rng.uniform(5, 60, (2, neurons))
    trials = [[np.sort(rng.uniform(0, stop, rng.poisson(stop * hz[c, n]))).tolist() for n in range(neurons)] for c in conditions]
    edges = np.arange(0, stop + width / 2, width)
    counts = np.array([[np.histogram(t, edges)[0] for t in trial] for trial in trials])  # trial x neuron x window
    answers = {"cv": [], "cv2": [], "lv": [], "fano": []}
    for n in range(neurons):
        each = [np.diff(trial[n]) for trial in trials]
        a, b = np.concatenate([i[:-1] for i in each]), np.concatenate([i[1:] for i in each])
        i = np.concatenate(each)
        answers["cv"].append(i.std() / i.mean())
        answers["cv2"].append(np.mean(2 * abs(a - b) / (a + b)))
        answers["lv"].append(np.mean(3 * (a - b) ** 2 / (a + b) ** 2))
        windows = np.concatenate([counts[[k for k, d in enumerate(conditions) if d == c], n].T for c in (0, 1)])
        windows = windows[windows.sum(axis=1) > 0]
        answers["fano"].append(np.mean(windows.var(axis=1) / windows.mean(axis=1)))
    out.append({"conditions": conditions, "trials": trials, "stop": stop, "width": width, **answers})
json.dump(out, sys.stdout)
`

func TestNumPyMeasuresTheSame(t *testing.T) {
	python := testkit.Python(t, "numpy")
	var problems []struct {
		Conditions        []int
		Trials            [][][]float64
		Stop, Width       float64
		CV, CV2, LV, Fano []float64
	}
	if err := json.Unmarshal([]byte(testkit.Run(t, python, "-c", numpyProgram)), &problems); err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		var all []Trial
		for k, times := range p.Trials {
			all = append(all, Trial{Condition: p.Conditions[k], Stop: p.Stop, Times: times})
		}
		got := measured(t, all, p.Width)
		for name, want := range map[string][]float64{"CV": p.CV, "CV2": p.CV2, "LV": p.LV, "Fano factor": p.Fano} {
			for i, v := range want {
				if !(math.Abs(got[name][i]-v) < 1e-12*v) {
					t.Errorf("%d neurons: %s of neuron %d is %.15g, NumPy's %.15g", len(want), name, i, got[name][i], v)
				}
			}
		}
	}
	if len(problems) != 3 {
		t.Errorf("%d problems, want 3", len(problems))
	}
}
