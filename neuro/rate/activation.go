package rate

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
)

// Activation is φ, the function from a unit's input to its activity. The empty
// Activation is [Tanh].
type Activation string

// The activations that networks can have.
const (
	Tanh          Activation = "tanh"           // tanh x
	Linear        Activation = "linear"         // x
	ReLU          Activation = "relu"           // max(0, x)
	LeakyReLU     Activation = "leaky relu"     // x above 0, 0.01 x below (PyTorch's slope)
	ELU           Activation = "elu"            // x above 0, exp(x) - 1 below
	Softplus      Activation = "softplus"       // log(1 + exp(x))
	Sigmoid       Activation = "sigmoid"        // 1 / (1 + exp(-x))
	HardTanh      Activation = "hard tanh"      // x between -1 and 1, these bounds outside
	RectifiedTanh Activation = "rectified tanh" // max(0, tanh x)
)

var activations = []Activation{Tanh, Linear, ReLU, LeakyReLU, ELU, Softplus, Sigmoid, HardTanh, RectifiedTanh}

// parseActivation returns the activation that goes by a name in some program.
func parseActivation(name Activation) (Activation, error) {
	fold := func(a Activation) string {
		return strings.NewReplacer(" ", "", "-", "", "_", "").Replace(strings.ToLower(string(a)))
	}
	for _, a := range activations {
		if fold(a) == fold(name) {
			return a, nil
		}
	}
	if a, ok := synonyms[fold(name)]; ok {
		return a, nil
	}
	return name, name.validate()
}

var synonyms = map[string]Activation{
	"identity": Linear, "none": Linear, "rectify": ReLU, "rectifiedlinear": ReLU,
	"logistic": Sigmoid, "retanh": RectifiedTanh, "rectanh": RectifiedTanh,
}

func (a Activation) validate() error {
	if a != "" && !slices.Contains(activations, a) {
		return fmt.Errorf("rate: no activation %q: there are %s", a, strings.Trim(fmt.Sprintf("%q", activations), "[]"))
	}
	return nil
}

// function returns dst = φ(x), element by element; the two may be one vector.
// Whatever is not known is Tanh, which
// validate has ruled out before.
func (a Activation) function() func(dst, x []float64) {
	switch a {
	case Linear:
		return func(dst, x []float64) { copy(dst, x) }
	case ReLU:
		return each(func(x float64) float64 { return max(x, 0) })
	case LeakyReLU:
		return each(func(x float64) float64 { return max(x, 0.01*x) })
	case ELU:
		return each(func(x float64) float64 { return max(x, math.Expm1(min(x, 0))) })
	case Softplus:
		return each(softplus)
	case Sigmoid:
		return sigmoid
	case HardTanh:
		return each(func(x float64) float64 { return max(-1, min(x, 1)) })
	case RectifiedTanh:
		return func(dst, x []float64) {
			kernel.Tanh(dst, x)
			each(func(r float64) float64 { return max(r, 0) })(dst, dst)
		}
	}
	return kernel.Tanh
}

func each(f func(float64) float64) func(dst, x []float64) {
	return func(dst, x []float64) {
		for i, v := range x {
			dst[i] = f(v)
		}
	}
}

// softplus overflows nowhere. Expm1 has the same bits on every x86 processor,
// Exp has not.
func softplus(x float64) float64 {
	return max(x, 0) + math.Log1p(math.Expm1(-math.Abs(x))+1)
}

// sigmoid is (1 + tanh(x/2))/2, for the same reason.
func sigmoid(dst, x []float64) {
	for i, v := range x {
		dst[i] = v / 2
	}
	kernel.Tanh(dst, dst)
	for i, v := range dst {
		dst[i] = 0.5 + float64(0.5*v)
	}
}
