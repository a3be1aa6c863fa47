package compare

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/prepare"
)

// Readers of what JSON gives.

func numbers(x any) []float64 {
	var out []float64
	for _, v := range x.([]any) {
		f, ok := v.(float64)
		if !ok {
			f = math.NaN()
		}
		out = append(out, f)
	}
	return out
}

func whole(x any) []int {
	var out []int
	for _, v := range numbers(x) {
		out = append(out, int(v))
	}
	return out
}

func matrix(x any) *mat.Dense {
	rows := x.([]any)
	m := mat.NewDense(len(rows), len(rows[0].([]any)), nil)
	for i, r := range rows {
		m.SetRow(i, numbers(r))
	}
	return m
}

func matrices(x any) []*mat.Dense {
	var out []*mat.Dense
	for _, m := range x.([]any) {
		out = append(out, matrix(m))
	}
	return out
}

// setOf is a set of trials with the given series and counts, either of which may be
// nil.
func setOf(dt float64, conditions []int, counts []*mat.Dense, series map[string][]*mat.Dense) *prepare.Set {
	s := &prepare.Set{Dt: dt, Conditions: []string{"left", "right"}}
	trials := len(counts)
	for _, m := range series {
		trials = len(m)
	}
	for i := range trials {
		t := prepare.Trial{Index: i, Series: map[string]*mat.Dense{}}
		if conditions != nil {
			t.Condition = conditions[i]
		}
		if counts != nil {
			t.Counts = counts[i]
			_, n := counts[i].Dims()
			s.Units = make([]int, n)
			for j := range s.Units {
				s.Units[j] = j
			}
		}
		for name, m := range series {
			t.Series[name] = m[i]
		}
		s.Trials = append(s.Trials, t)
	}
	return s
}

func fitted(f Fit) map[string]any {
	return map[string]any{"channels": f.Channels, "mean": f.Mean(), "weighted": f.Weighted()}
}

// solved answers a problem by this package.
func solved(q map[string]any) (map[string]any, error) {
	switch q["score"] {
	case "r2":
		f, err := R2(matrix(q["predicted"]), matrix(q["observed"]))
		if err != nil {
			return nil, err
		}
		a := fitted(f)
		a["left out"] = f.LeftOut
		a["nmse"], err = NMSE(matrix(q["predicted"]), matrix(q["observed"]))
		return a, err
	case "bits":
		l, err := BitsPerSpike(matrix(q["rates"]), matrix(q["counts"]))
		return map[string]any{"bits": l.Bits, "neurons": l.Neurons}, err
	case "ridge":
		return solvedRidge(q)
	case "decoder":
		return solvedDecoder(q)
	case "poisson":
		m, err := FitPoisson(matrix(q["x"]), matrix(q["counts"]), q["alpha"].(float64))
		if err != nil {
			return nil, err
		}
		rates, err := m.Rates(matrix(q["test x"]))
		return map[string]any{"rates": rates}, err
	case "cosmoothing":
		train, test := setOf(q["dt"].(float64), nil, matrices(q["counts"]), nil), setOf(q["dt"].(float64), nil, matrices(q["test counts"]), nil)
		l, rates, err := SmoothedSpikes(whole(q["held out"])...).Score(train, test)
		if err != nil {
			return nil, err
		}
		all, err := prepare.Stack(rates)
		return map[string]any{"bits": l.Bits, "rates": all}, err
	case "psth":
		f, err := PSTH(matrices(q["rates"]), whole(q["conditions"]), matrices(q["truth"]))
		return fitted(f), err
	case "make psth":
		ms := func(name string) float64 { return q[name].(float64) / 1000 }
		b := Benchmark{Name: "test", From: ms("from"), To: ms("to"), Bin: ms("bin"), Kernel: ms("sd")}
		psth, err := b.PSTH(setOf(0.001, whole(q["conditions"]), matrices(q["counts"]), nil))
		return map[string]any{"psth": psth}, err
	case "table":
		return solvedTable(q)
	case "files":
		var fits []Fit
		observed, predicted := matrices(q["observed"]), matrices(q["predicted"])
		for i := range observed {
			f, err := R2(predicted[i], observed[i])
			if err != nil {
				return nil, err
			}
			fits = append(fits, f)
		}
		mean, sd := OverFiles(fits...)
		return map[string]any{"mean": mean, "sd": sd}, nil
	}
	return nil, errors.New("no such score")
}

func solvedRidge(q map[string]any) (map[string]any, error) {
	l, err := Ridge(matrix(q["x"]), matrix(q["y"]), numbers(q["alphas"]), int(q["folds"].(float64)))
	if err != nil {
		return nil, err
	}
	p, err := l.Predict(matrix(q["test x"]))
	if err != nil {
		return nil, err
	}
	f, err := R2(p, matrix(q["test y"]))
	return map[string]any{"scores": l.Scores, "alpha": l.Alpha, "predicted": p, "r2": f.Mean()}, err
}

func solvedDecoder(q map[string]any) (map[string]any, error) {
	const dt = 0.005
	of := func(prefix string) *prepare.Set {
		return setOf(dt, nil, nil, map[string][]*mat.Dense{prepare.Rates: matrices(q[prefix+"activity"]), "hand": matrices(q[prefix+"behaviour"])})
	}
	cfg := NLBDecoder()
	cfg.Lag, cfg.History = q["lag"].(float64)*dt, int(q["history"].(float64))
	d, err := FitDecoder(of(""), "hand", cfg)
	if err != nil {
		return nil, err
	}
	f, err := d.Score(of("test "))
	a := fitted(f)
	a["scores"], a["alpha"] = d.Scores, d.Alpha
	from, to := d.covered(of("").Bins())
	a["bins"] = to - from
	return a, err
}

func solvedTable(q map[string]any) (map[string]any, error) {
	h := NewHeldOut(prepare.Split{
		Train: setOf(0.02, whole(q["conditions"]), nil, map[string][]*mat.Dense{"emg": matrices(q["train"])}),
		Test:  setOf(0.02, whole(q["test conditions"]), nil, map[string][]*mat.Dense{"emg": matrices(q["test"])}),
	}, "emg")
	mean, err := h.ConditionMean()
	if err != nil {
		return nil, err
	}
	chance, err := h.Chance()
	if err != nil {
		return nil, err
	}
	table, err := h.Compare(mean, chance)
	if err != nil {
		return nil, err
	}
	a := map[string]any{}
	for _, r := range table.Rows {
		var channels []float64
		for _, c := range r.Channels {
			channels = append(channels, c.Value)
		}
		a[r.Name] = map[string]any{"nmse": r.NMSE.Value, "weighted": r.R2.Value, "channels": channels, "averages": r.Averages, "errors": r.Errors}
	}
	return a, nil
}
