package rate

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/factor"
)

// On all of its components a network does what it does; on fewer, its weights
// have their rank, and an input from the others is not heard.
func TestWithinKeepsTheComponentsOnly(t *testing.T) {
	for _, form := range []Form{Current, Rate, Discrete} {
		net, k := every(t, form, 0.001)
		net.Feedback = nil
		run := func(net *Network) mat.Matrix {
			rec, err := net.Test(context.Background(), k, TestConfig{Trials: 1, Recorded: 1, Seed: 1})
			if err != nil {
				t.Fatal(err)
			}
			return rec.Outputs.Values
		}
		whole := run(net)
		basis, err := factor.PCA(normal(40, 6, 1, neuro.Stream(1, "activity")), factor.Components(6))
		if err != nil {
			t.Fatal(err)
		}
		all, err := net.Within(basis)
		if err != nil {
			t.Fatal(err)
		}
		if !mat.EqualApprox(run(all), whole, 1e-9) {
			t.Errorf("%s: on all components the network does something else", form)
		}
		two, err := basis.First(2)
		if err != nil {
			t.Fatal(err)
		}
		few, err := net.Within(two)
		if err != nil {
			t.Fatal(err)
		}
		if mat.EqualApprox(run(few), whole, 1e-9) {
			t.Errorf("%s: on two components the network does the same", form)
		}
		var svd mat.SVD
		svd.Factorize(few.Recurrent, mat.SVDNone)
		if s := svd.Values(nil); s[1] < 1e-6*s[0] || s[2] > 1e-12*s[0] {
			t.Errorf("%s: singular values %v, want two", form, s)
		}
		var unheard mat.VecDense
		unheard.MulVec(few.Recurrent, basis.Vectors.ColView(2))
		if d := mat.Norm(&unheard, math.Inf(1)); d > 1e-12 {
			t.Errorf("%s: the third component is heard: %g", form, d)
		}
	}
}

func TestWithinNeedsComponentsOfTheNetwork(t *testing.T) {
	net, _ := every(t, Current, 0.001)
	activity := normal(40, 6, 1, neuro.Stream(1, "activity"))
	centred, err := factor.CentredPCA(activity, factor.Components(2))
	if err != nil {
		t.Fatal(err)
	}
	other, err := factor.All(5)
	if err != nil {
		t.Fatal(err)
	}
	for name, basis := range map[string]*factor.Basis{"nil": nil, "empty": {}, "centred": centred, "of other units": other} {
		if _, err := net.Within(basis); err == nil {
			t.Errorf("a basis that is %s was taken", name)
		}
	}
	right, err := factor.PCA(activity, factor.Components(2))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := new(Network).Within(right); err == nil {
		t.Error("a network without anything was taken")
	}
}
