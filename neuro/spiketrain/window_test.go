package spiketrain

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// A response whose neuron i in condition c is at time t what c + 10 i + t says.
func sloping(t *testing.T) *Response {
	t.Helper()
	var all []*mat.Dense
	for c := range 2 {
		x := mat.NewDense(10, 3, nil)
		x.Apply(func(t, i int, _ float64) float64 { return float64(c) + 10*float64(i) + 0.1*float64(t) - 0.2 }, x)
		all = append(all, x, x)
	}
	r, err := Average(-0.2, 0.1, all, []int{0, 0, 1, 1})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWindowOfAResponse(t *testing.T) {
	r := sloping(t)
	r.SEM[1] = nil
	w, err := r.Window(0.1, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	if steps, n := w.Mean[1].Dims(); steps != 4 || n != 3 || math.Abs(w.Start-0.1) > 1e-12 || w.Dt != 0.1 {
		t.Fatalf("%d x %d from %g s", steps, n, w.Start)
	}
	if got := w.Mean[1].At(1, 2); math.Abs(got-21.2) > 1e-12 {
		t.Errorf("condition 1, neuron 2 at 0.2 s: %g, want 21.2", got)
	}
	if steps, _ := w.SEM[0].Dims(); steps != 4 || w.SEM[1] != nil {
		t.Errorf("standard errors %v", w.SEM)
	}
	means, err := r.Between(0.1, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	for c := range 2 {
		for i := range 3 {
			if got, want := means.At(c, i), float64(c)+10*float64(i)+0.25; math.Abs(got-want) > 1e-12 {
				t.Errorf("condition %d, neuron %d: mean %g, want %g", c, i, got, want)
			}
		}
	}
}

func TestWindowsThatThereAreNot(t *testing.T) {
	nan := math.NaN()
	for _, w := range [][2]float64{{-0.3, 0}, {0, 0.9}, {0.3, 0.3}, {0.3, 0.1}, {nan, 1}, {0, nan}, {0, math.Inf(1)}} {
		_, err := sloping(t).Between(w[0], w[1])
		says(t, err, "condition 0 is from -0.2 to 0.8 s, which has no window from")
	}
	_, err := new(Response).Window(0, 1)
	says(t, err, "there is no response")
	r := sloping(t)
	r.SEM[0] = mat.NewDense(1, 1, nil)
	_, err = r.Window(0, 0.1)
	says(t, err, "are 1 x 1, its mean is 10 x 3")
}

// Rates that are cosines give back their depth and direction; two peaks opposite each
// other are no cosine at all, and noise as the fit by hand says.
func TestFitCosine(t *testing.T) {
	directions, rates := make([]float64, 8), mat.NewDense(8, 4, nil)
	for k := range directions {
		a := float64(k+1) * math.Pi / 4
		directions[k] = a
		rates.SetRow(k, []float64{20 + 8*math.Cos(a-2.5), 3 + math.Cos(2*a), 7, 5 + 2*math.Sin(a) + math.Cos(2*a)})
	}
	c, err := FitCosine(directions, rates)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(c.Mean[0]-20)+math.Abs(c.Depth[0]-8)+math.Abs(c.Preferred[0]-2.5)+math.Abs(c.R2.Values[0]-1) > 1e-12 {
		t.Errorf("a cosine: mean %g, depth %g, preferred %g, R² %g", c.Mean[0], c.Depth[0], c.Preferred[0], c.R2.Values[0])
	}
	if c.Depth[1] > 1e-12 || math.Abs(c.R2.Values[1]) > 1e-12 {
		t.Errorf("two peaks: depth %g, R² %g, want 0", c.Depth[1], c.R2.Values[1])
	}
	if !math.IsNaN(c.R2.Values[2]) || c.R2.LeftOut() != 1 {
		t.Errorf("a constant rate has R² %g, want none", c.R2.Values[2])
	}
	// Variances 2²/2 of the cosine and 1/2 of the rest: R² is 0.8.
	if math.Abs(c.R2.Values[3]-0.8)+math.Abs(c.Preferred[3]-math.Pi/2) > 1e-12 {
		t.Errorf("cosine and second harmonic: R² %g, preferred %g", c.R2.Values[3], c.Preferred[3])
	}
}

func TestFitCosineRefuses(t *testing.T) {
	good := []float64{0, 2, 4}
	for says, call := range map[string]func() (*CosineTuning, error){
		"2 directions: a cosine needs three": func() (*CosineTuning, error) { return FitCosine(good[:2], mat.NewDense(2, 1, nil)) },
		"direction 1 is NaN":                 func() (*CosineTuning, error) { return FitCosine([]float64{0, math.NaN(), 1}, mat.NewDense(3, 1, nil)) },
		"3 directions and 2 x 1 rates":       func() (*CosineTuning, error) { return FitCosine(good, mat.NewDense(2, 1, nil)) },
		"three of them must differ":          func() (*CosineTuning, error) { return FitCosine([]float64{0, 1, 1}, mat.NewDense(3, 1, nil)) },
		"neuron 0 in direction 2 is +Inf": func() (*CosineTuning, error) {
			return FitCosine(good, mat.NewDense(3, 1, []float64{1, 2, math.Inf(1)}))
		},
		"3 directions and 0 x 0 rates": func() (*CosineTuning, error) { return FitCosine(good, nil) },
	} {
		if _, err := call(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
}
