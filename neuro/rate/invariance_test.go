package rate

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// Units have no numbers, and the unit of time means nothing: networks of any size
// and form whose units are renamed give the same outputs but for rounding, and those
// with all times four times as long the same bits.
func TestUnitsHaveNoNumbersAndTimeHasNoUnit(t *testing.T) {
	rng := neuro.Stream(1, "invariance")
	for _, form := range []Form{Current, Rate, Discrete} {
		for _, phi := range []Activation{Tanh, ReLU, Linear, HardTanh} {
			for range 3 {
				n, m, inputs, steps := 1+rng.IntN(50), 1+rng.IntN(3), 1+rng.IntN(3), 200
				net := &Network{
					Form: form, Activation: phi, Tau: 0.010, Dt: 0.001,
					Recurrent: normal(n, n, 0.4/math.Sqrt(float64(n)), rng), Input: normal(n, inputs, 1, rng),
					Feedback: normal(n, m, 0.1, rng), Readout: normal(m, n, 1/float64(n), rng),
					Bias: normal(1, n, 0.3, rng).RawRowView(0), ReadoutBias: make([]float64, m), Initial: normal(1, n, 1, rng).RawRowView(0),
				}
				in := normal(steps, inputs, 1, rng)
				want := outputs(net, in)
				if got := outputs(renamed(net, rng.Perm(n)), in); !mat.EqualApprox(got, want, 1e-10) {
					t.Errorf("%s, %s, %d units: renamed, the outputs are others", form, phi, n)
				}
				longer := *net
				longer.Tau, longer.Dt = 4*net.Tau, 4*net.Dt
				if got := outputs(&longer, in); !mat.Equal(got, want) {
					t.Errorf("%s, %s, %d units: in another unit of time the outputs are others", form, phi, n)
				}
				if mat.Max(want) == mat.Min(want) {
					t.Errorf("%s, %s, %d units: the output never changes, so nothing was compared", form, phi, n)
				}
			}
		}
	}
}

func outputs(net *Network, in *mat.Dense) *mat.Dense {
	steps, _ := in.Dims()
	m, _ := net.Readout.Dims()
	run, all := net.Runner(nil), mat.NewDense(steps, m, nil)
	for t := range steps {
		_, z := run.Step(in, t)
		all.SetRow(t, z)
		run.Advance()
	}
	return all
}

func renamed(net *Network, number []int) *Network {
	other := *net
	rows := func(m *mat.Dense) *mat.Dense {
		moved := mat.DenseCopyOf(m)
		for i, to := range number {
			moved.SetRow(to, m.RawRowView(i))
		}
		return moved
	}
	columns := func(m *mat.Dense) *mat.Dense { return mat.DenseCopyOf(rows(mat.DenseCopyOf(m.T())).T()) }
	vector := func(x []float64) []float64 {
		moved := slices.Clone(x)
		for i, to := range number {
			moved[to] = x[i]
		}
		return moved
	}
	other.Recurrent, other.Input, other.Feedback = columns(rows(net.Recurrent)), rows(net.Input), rows(net.Feedback)
	other.Readout, other.Bias, other.Initial = columns(net.Readout), vector(net.Bias), vector(net.Initial)
	return &other
}
