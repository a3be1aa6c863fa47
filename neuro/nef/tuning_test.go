package nef_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/nef"
)

// The tuning that was drawn for a population makes the same population, and
// the lengths of the encoders do not matter.
func TestFromTuningMakesTheSamePopulation(t *testing.T) {
	for _, d := range []int{1, 3} {
		drawn := population(t, 4, func(c *nef.Config) { c.Dimensions = d })
		given := nef.Tuning{Encoders: mat.DenseCopyOf(drawn.Encoders), MaxRates: drawn.MaxRates, Intercepts: drawn.Intercepts}
		given.Encoders.Scale(2, given.Encoders) // exact in binary
		pop, err := nef.FromTuning(nef.MacNeil2011(), given)
		if err != nil {
			t.Fatal(err)
		}
		if !mat.EqualApprox(pop.Encoders, drawn.Encoders, 1e-15) || !slices.Equal(pop.Gain, drawn.Gain) || !slices.Equal(pop.Bias, drawn.Bias) {
			t.Errorf("D = %d: another population", d)
		}
		if pop.Config.Neurons != 40 || pop.Config.Dimensions != d || pop.Config.MaxRate.High != slices.Max(drawn.MaxRates) {
			t.Errorf("D = %d: the configuration is %+v", d, pop.Config)
		}
		given.MaxRates[0], drawn.MaxRates[0] = 1, 1
		if pop.MaxRates[0] == 1 {
			t.Error("the tuning was not copied")
		}
	}
}

// A recorded neuron may fire over the whole range.
func TestInterceptOutsideTheRange(t *testing.T) {
	pop, err := nef.FromTuning(nef.MacNeil2011(), nef.Tuning{Encoders: mat.NewDense(1, 1, []float64{-3}), MaxRates: []float64{80}, Intercepts: []float64{-2}})
	if err != nil {
		t.Fatal(err)
	}
	rates, err := pop.TuningCurves(mat.NewDense(3, 1, []float64{-1, 1, 2.5}))
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(rates.At(0, 0)-80) > 1e-9 || rates.At(1, 0) <= 0 || rates.At(2, 0) != 0 {
		t.Errorf("rates %v Hz at -1, 1 and 2.5, want 80, more than 0, and 0", mat.Col(nil, 0, rates))
	}
}

func TestBadTuning(t *testing.T) {
	good := func() nef.Tuning {
		return nef.Tuning{Encoders: mat.NewDense(2, 2, []float64{1, 0, 0, 1}), MaxRates: []float64{50, 60}, Intercepts: []float64{0, 0.5}}
	}
	for want, change := range map[string]func(*nef.Config, *nef.Tuning){
		"without Encoders":                      func(_ *nef.Config, u *nef.Tuning) { u.Encoders = nil },
		"3 maximum rates":                       func(_ *nef.Config, u *nef.Tuning) { u.MaxRates = make([]float64, 3) },
		"1 intercepts":                          func(_ *nef.Config, u *nef.Tuning) { u.Intercepts = u.Intercepts[:1] },
		"neuron 1 is NaN in dimension 0":        func(_ *nef.Config, u *nef.Tuning) { u.Encoders.Set(1, 0, math.NaN()) },
		"no direction":                          func(_ *nef.Config, u *nef.Tuning) { u.Encoders.Set(1, 1, 0) },
		"rate of neuron 0 is 0":                 func(_ *nef.Config, u *nef.Tuning) { u.MaxRates[0] = 0 },
		"rate of neuron 1 is NaN":               func(_ *nef.Config, u *nef.Tuning) { u.MaxRates[1] = math.NaN() },
		"up to 500 Hz, which cannot be reached": func(_ *nef.Config, u *nef.Tuning) { u.MaxRates[1] = 500 },
		"intercept of neuron 1 is 1":            func(_ *nef.Config, u *nef.Tuning) { u.Intercepts[1] = 1 },
		"intercept of neuron 0 is NaN":          func(_ *nef.Config, u *nef.Tuning) { u.Intercepts[0] = math.NaN() },
		"intercept of neuron 0 is -Inf":         func(_ *nef.Config, u *nef.Tuning) { u.Intercepts[0] = math.Inf(-1) },
		"Radius is -1":                          func(c *nef.Config, _ *nef.Tuning) { c.Radius = -1 },
		"TauRef is NaN":                         func(c *nef.Config, _ *nef.Tuning) { c.TauRef = math.NaN() },
		"Gain":                                  func(c *nef.Config, _ *nef.Tuning) { c.Gain = "" },
		"neuron 0 is +Inf in dimension 1":       func(_ *nef.Config, u *nef.Tuning) { u.Encoders.Set(0, 1, math.Inf(1)) },
	} {
		cfg, tuning := nef.MacNeil2011(), good()
		change(&cfg, &tuning)
		if _, err := nef.FromTuning(cfg, tuning); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	if _, err := nef.FromTuning(nef.MacNeil2011(), good()); err != nil {
		t.Errorf("a good tuning: %v", err)
	}
}
