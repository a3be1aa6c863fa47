package rls

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// Configurations of before, with a name for the precision or none at all, are
// read; an unknown one is refused.
func TestConfigAsJSON(t *testing.T) {
	text, err := json.Marshal(Default())
	if want := `{"Alpha":1,"Pending":64,"Precision":"float64"}`; err != nil || string(text) != want {
		t.Errorf("%s, %v; want %s", text, err, want)
	}
	for text, want := range map[string]string{
		`{"Alpha": 1, "Pending": 64}`:                         "",
		`{"Alpha": 1, "Pending": 64, "Precision": "float32"}`: "",
		`{"Alpha": 1, "Pending": 64, "Precision": "float16"}`: "it must be rls.Float64",
	} {
		var cfg Config
		if err := json.Unmarshal([]byte(text), &cfg); err != nil {
			t.Fatal(err)
		}
		if err := cfg.Validate(); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// In float32 weights follow those in float64 to the rounding of P over
// thousands of samples.
func TestFloat32FollowsFloat64(t *testing.T) {
	const n, m, steps = 37, 5, 4000
	s, target := problem(n, m, steps)
	var weights [2]*mat.Dense
	var p [2]*mat.SymDense
	for i, precision := range []Precision{Float64, Float32} {
		r, err := New(n, Config{Alpha: 1, Pending: 16, Precision: precision})
		if err != nil {
			t.Fatal(err)
		}
		q, y := r.NewReadouts(m), make([]float64, m)
		for step := range steps {
			r.Present(s.RawRowView(step), true)
			q.Output(y)
			for k, want := range target.RawRowView(step) {
				y[k] -= want
			}
			if err := r.Correct(Target{Readouts: q, Error: y}); err != nil {
				t.Fatal(err)
			}
		}
		weights[i], p[i] = q.Weights(), r.Inverse()
	}
	if d := farApart(weights[1], weights[0]); d > 1e-5 || d == 0 {
		t.Errorf("weights are %g away", d)
	}
	if d := farApart(p[1], p[0]); d > 1e-3 || d == 0 {
		t.Errorf("P is %g away", d)
	}
}

func TestFilteredFloat32FollowsFloat64(t *testing.T) {
	const neurons, m = 23, 3
	trains := spikes(neurons, 3000, 0.03)
	var weights [2]*mat.Dense
	for i, precision := range []Precision{Float64, Float32} {
		f, _ := NewFiltered(neurons, m, math.Exp(-0.01), math.Exp(-0.2))
		if err := f.Learn(Config{Alpha: 1, Pending: 16, Precision: precision}); err != nil {
			t.Fatal(err)
		}
		y := make([]float64, m)
		for step, fired := range trains {
			f.Step(fired)
			f.Output(y)
			for k := range y {
				y[k] -= math.Sin(float64(step)/50 + float64(k))
			}
			if err := f.Update(y); err != nil {
				t.Fatal(err)
			}
			if step%1000 == 999 {
				f.Begin(t.Context(), true)
			}
		}
		weights[i] = f.State().Weights
	}
	if d := farApart(weights[1], weights[0]); d > 1e-3 || d == 0 {
		t.Errorf("weights are %g away", d)
	}
}

// A tiny ridge and samples that are nearly alike: float32 loses definiteness,
// says so, and leaves finite weights that change no more.
func TestFloat32SaysWhenDefinitenessIsLost(t *testing.T) {
	const n = 24
	rng := neuro.Stream(4, "alike")
	r, _ := New(n, Config{Alpha: 1e-7, Pending: 8, Precision: Float32})
	exact, _ := New(n, Config{Alpha: 1e-7, Pending: 8})
	w, exactW := mat.NewDense(1, n, nil), mat.NewDense(1, n, nil)
	s := make([]float64, n)
	for range 5000 {
		level := 10 * rng.NormFloat64()
		for i := range s {
			s[i] = level + 1e-3*rng.NormFloat64()
		}
		e := []float64{mat.Dot(w.RowView(0), mat.NewVecDense(n, s)) - level}
		before := mat.DenseCopyOf(w)
		err := r.Update(s, Target{Weights: w, Error: e})
		if exactErr := exact.Update(s, Target{Weights: exactW, Error: []float64{0}}); exactErr != nil {
			t.Fatalf("float64 fails as well: %v", exactErr)
		}
		if err == nil {
			continue
		}
		var ill *IllConditionedError
		if !errors.As(err, &ill) {
			t.Fatalf("error %v, want an IllConditionedError", err)
		}
		if !mat.Equal(before, w) || neuro.NotFinite(w.RawRowView(0)) >= 0 {
			t.Error("the refused update changed the weights, or they are not finite")
		}
		return
	}
	t.Error("definiteness was not lost: the problem is too easy")
}

// A diagonal that is no longer positive is found when changes are brought in,
// and from then on every update is refused.
func TestDiagonalIsWatched(t *testing.T) {
	for _, precision := range []Precision{Float64, Float32} {
		r, _ := New(3, Config{Alpha: 1, Pending: 2, Precision: precision})
		if err := r.SetInverse(mat.NewDiagDense(3, []float64{1, 1, -2})); err != nil {
			t.Fatal(err)
		}
		w := mat.NewDense(1, 3, nil)
		learn := func() error {
			return r.Update([]float64{1, 0.5, 0}, Target{Weights: w, Error: []float64{1}})
		}
		for range 2 {
			if err := learn(); err != nil {
				t.Fatal(err)
			}
		}
		before := mat.DenseCopyOf(w)
		for range 2 {
			err := learn()
			var ill *IllConditionedError
			if !errors.As(err, &ill) || ill.Entry != 2 || ill.Quadratic != -2 || !strings.Contains(err.Error(), "entry 2") {
				t.Fatalf("%s: %v", precision, err)
			}
		}
		if !mat.Equal(before, w) {
			t.Errorf("%s: weights went on changing", precision)
		}
		if err := r.SetInverse(mat.NewDiagDense(3, []float64{1, 1, 1})); err != nil || learn() != nil {
			t.Errorf("%s: a good P is refused", precision)
		}
	}
}
