package rls

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// The estimate lies between what the eigenvalues say, less the third that it may
// miss, and n times that; P is the inverse of what the samples add up to.
func TestConditionIsThatOfTheEigenvalues(t *testing.T) {
	rng := neuro.Stream(5, "drawn problems")
	for range 20 {
		s, target, cfg := drawn(rng)
		_, n := s.Dims()
		r, err := New(n, cfg)
		if err != nil {
			t.Fatal(err)
		}
		if c := r.Condition(); math.Abs(c-1) > 1e-9 {
			t.Errorf("before the first sample the condition number is %g, want 1", c)
		}
		train(t, r, s, target)
		var eigen mat.EigenSym
		eigen.Factorize(r.Inverse(), false)
		values := eigen.Values(nil)
		want := values[n-1] / values[0]
		if c := r.Condition(); !(c > want/3 && c < 1.01*float64(n)*want) {
			t.Errorf("%d entries, %+v: condition number %g, by eigenvalues %g", n, cfg, c, want)
		}
		if w := cfg.CheckCondition("test", r.Condition()); w != nil {
			t.Errorf("%d entries, %+v: %v", n, cfg, w)
		}
	}
}

// Strong activity and a small Alpha, or float32, use up the digits, which is said
// before corrections fail.
func TestLostDigitsAreSaid(t *testing.T) {
	s, target := problem(20, 1, 500)
	s.Apply(func(i, j int, v float64) float64 { return v + 30 }, s) // a strong mean
	for name, c := range map[string]struct {
		cfg  Config
		says string
	}{
		"as usual":      {Config{Alpha: 1, Pending: 8}, ""},
		"a small Alpha": {Config{Alpha: 1e-8, Pending: 8}, "of its smallest eigenvalues in float64"},
		"float32":       {Config{Alpha: 1, Pending: 8, Precision: Float32}, "of its smallest eigenvalues in float32"},
	} {
		r, err := New(20, c.cfg)
		if err != nil {
			t.Fatal(err)
		}
		// Without samples along it, a direction keeps P = 1/Alpha.
		s.Apply(func(_, j int, v float64) float64 {
			if j == 0 {
				return 0
			}
			return v
		}, s)
		train(t, r, s, target)
		w := c.cfg.CheckCondition("test", r.Condition())
		if c.says == "" && w != nil || c.says != "" && (len(w) != 1 || w[0].Kind != neuro.IllConditioned || !strings.Contains(w[0].Message, c.says)) {
			t.Errorf("%s, condition number %g: %v, want %q", name, r.Condition(), w, c.says)
		}
	}
	lost := Config{Alpha: 1, Pending: 1, Precision: Float32, Forgetting: 0.1}
	r, _ := New(2, lost)
	if err := r.SetInverse(mat.NewSymDense(2, []float64{1, 2, 2, 1})); err != nil {
		t.Fatal(err)
	}
	w := lost.CheckCondition("test", r.Condition())
	if len(w) != 1 || !strings.Contains(w[0].String(), "test: P has lost positive definiteness in float32, and corrections by it are wrong; take a larger RLS.Alpha, RLS.Precision rls.Float64, a smaller RLS.Forgetting than 0.1, or") {
		t.Errorf("%v", w)
	}
}
