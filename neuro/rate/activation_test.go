package rate

import (
	"math"
	"testing"
)

func TestActivationsAreWhatTheirNamesSay(t *testing.T) {
	step := func(x float64) float64 { return max(0, math.Copysign(1, x)) }
	definitions := map[Activation]func(x float64) float64{
		"":            math.Tanh,
		Tanh:          math.Tanh,
		Linear:        func(x float64) float64 { return x },
		ReLU:          func(x float64) float64 { return x * step(x) },
		LeakyReLU:     func(x float64) float64 { return x * (step(x) + 0.01*(1-step(x))) },
		ELU:           func(x float64) float64 { return x*step(x) + (1-step(x))*(math.Exp(min(x, 0))-1) },
		Softplus:      func(x float64) float64 { return math.Log(1 + math.Exp(x)) },
		Sigmoid:       func(x float64) float64 { return 1 / (1 + math.Exp(-x)) },
		HardTanh:      func(x float64) float64 { return (math.Abs(x+1) - math.Abs(x-1)) / 2 },
		RectifiedTanh: func(x float64) float64 { return step(x) * math.Tanh(x) },
	}
	if len(definitions) != len(activations)+1 {
		t.Errorf("%d definitions of %d activations", len(definitions), len(activations))
	}
	for a, f := range definitions {
		var x, got []float64
		for v := -30.0; v <= 30; v += 0.37 {
			x = append(x, v)
		}
		got = append(got, x...)
		a.function()(got, got)
		for i, v := range x {
			if want := f(v); math.Abs(got[i]-want) > 1e-13*(1+math.Abs(want)) {
				t.Errorf("%s(%g) = %g, want %g", a, v, got[i], want)
			}
		}
		extreme := []float64{-1e6, 1e6}
		a.function()(extreme, extreme)
		for _, v := range extreme {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("%s of ±1e6 is %g", a, v)
			}
		}
	}
}

func TestParseActivation(t *testing.T) {
	for name, want := range map[Activation]Activation{
		"": "", "ReLU": ReLU, "identity": Linear, "leaky_relu": LeakyReLU, "LeakyReLU": LeakyReLU, "Hard-Tanh": HardTanh,
		"logistic": Sigmoid, "retanh": RectifiedTanh, "softplus": Softplus,
	} {
		if got, err := parseActivation(name); err != nil || got != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if _, err := parseActivation("gelu"); err == nil {
		t.Error("gelu was taken")
	}
}
