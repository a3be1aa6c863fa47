package spiketrain

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// responses of n neurons in two conditions.
func responses(n int, f func(c, t, j int) float64) *Response {
	r := &Response{Dt: 0.01, Trials: []int{1, 1}}
	for c := range 2 {
		r.Mean = append(r.Mean, signal(50, n, func(t, j int) float64 { return f(c, t, j) }))
	}
	return r
}

func waves(c, t, j int) float64 {
	return 10 + math.Sin(0.1*float64(t*(j+1))+float64(c))
}

func TestBestMatch(t *testing.T) {
	a := responses(4, waves)
	// The same neurons in another order, scaled; and one that is silent.
	b := responses(5, func(c, t, j int) float64 {
		if j == 4 {
			return 3
		}
		return 2 + 5*waves(c, t, 3-j)
	})
	m, partner, err := BestMatch(a, b)
	if err != nil {
		t.Fatal(err)
	}
	for i := range partner {
		near(t, "best match", m.Values[i], 1, 1e-9)
		if partner[i] != 3-i {
			t.Errorf("neuron %d goes with %d, want %d", i, partner[i], 3-i)
		}
	}
	back, partner, err := BestMatch(b, a)
	if err != nil || back.LeftOut() != 1 || partner[4] != -1 {
		t.Errorf("a silent neuron: %v, %v, %v", back, partner, err)
	}
}

func TestFitRates(t *testing.T) {
	factors := responses(3, waves)
	weights := mat.NewDense(3, 5, []float64{1, -2, 0.5, 0, 0, 3, 1, 0, -1, 0, 2, 2, 2, 0.5, 0})
	psth := &Response{Dt: 0.01, Trials: factors.Trials}
	for _, y := range factors.Mean {
		var rates mat.Dense
		rates.Mul(y, weights)
		rates.Apply(func(_, j int, v float64) float64 { return v + float64(5*j) }, &rates)
		psth.Mean = append(psth.Mean, &rates)
	}
	model, err := FitRates(psth, factors, 0)
	if err != nil {
		t.Fatal(err)
	}
	if !mat.EqualApprox(model.Weights, weights, 1e-9) {
		t.Errorf("weights %v", mat.Formatted(model.Weights))
	}
	for j, o := range model.Offset {
		near(t, "offset", o, float64(5*j), 1e-8)
	}
	predicted, err := model.Predict(factors)
	if err != nil {
		t.Fatal(err)
	}
	fit, err := R2(psth, predicted)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "R²", fit.Mean(), 1, 1e-9)
	if fit.LeftOut() != 1 { // the last neuron has no weights
		t.Errorf("%d left out, want 1", fit.LeftOut())
	}
	// Of orthogonal factors of equal variance, a ridge of 1 halves the weights.
	square := &Response{Dt: 0.01, Trials: []int{1}, Mean: []*mat.Dense{mat.NewDense(4, 2, []float64{1, 1, 1, -1, -1, 1, -1, -1})}}
	half, err := FitRates(square, square, 1)
	if err != nil {
		t.Fatal(err)
	}
	if !mat.EqualApprox(half.Weights, mat.NewDense(2, 2, []float64{0.5, 0, 0, 0.5}), 1e-12) {
		t.Errorf("weights with a ridge of 1: %v", mat.Formatted(half.Weights))
	}
}

// Responses whose samples are of different times are not compared: that of a
// factor a second later is another answer.
func TestResponsesOfDifferentTimesAreRefused(t *testing.T) {
	signal := func(start float64) *Response {
		x := mat.NewDense(50, 1, nil)
		for i := range 50 {
			x.Set(i, 0, math.Sin(10*(start+0.01*float64(i))))
		}
		r, err := Average(start, 0.01, []*mat.Dense{x}, []int{0})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for start, refused := range map[float64]bool{0: false, 0.005: false, 0.01: true, -0.2: true} {
		_, err := R2(signal(0), signal(start))
		if got := err != nil && strings.Contains(err.Error(), "cut both to the same time"); got != refused {
			t.Errorf("from %g s on: error %v", start, err)
		}
		if _, fitErr := FitRates(signal(0), signal(start), 0); (fitErr != nil) != refused {
			t.Errorf("fit from %g s on: error %v", start, fitErr)
		}
	}
}
