package attractor_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// The weight and the decoder form are the same attractor with the same rule,
// with dynamics and controls too. Rounding differs, and thresholds amplify it
// slowly.
func TestFormsAgreeWhileLearning(t *testing.T) {
	decoders := smallRing(t, 2)
	weights := smallRing(t, 2, func(c *attractor.RingConfig) { c.Config.Form = attractor.Weights })
	if !mat.EqualApprox(decoders.Weights(), weights.Weights(), 1e-12) {
		t.Fatal("the forms begin differently")
	}
	before := weights.Weights()
	a, b := must[*attractor.Simulation](t)(decoders.Simulate(1)), must[*attractor.Simulation](t)(weights.Simulate(1))
	for _, s := range []*attractor.Simulation{a, b} {
		if err := s.Hold([]float64{1, 0}, []float64{0}, 0.5); err != nil {
			t.Fatal(err)
		}
	}
	for step := range 10_000 {
		now := float64(step) * 1e-3
		v, u := []float64{0.05 * math.Cos(1.3*now), 0}, []float64{0.3 * math.Sin(0.7*now)}
		e := []float64{0.1 * math.Sin(2*now), 0.1 * math.Cos(3*now)}
		for _, s := range []*attractor.Simulation{a, b} {
			if err := s.Learn(1e-6, e); err != nil {
				t.Fatal(err)
			}
			if err := s.Step(v, u); err != nil {
				t.Fatal(err)
			}
		}
		tol := 1e-9
		if now > 5 {
			tol = 1e-3
		}
		if diff := floats.Distance(a.X(), b.X(), math.Inf(1)); !(diff <= tol) {
			t.Fatalf("forms differ by %g after %g s", diff, now)
		}
	}
	if w := weights.Weights(); !mat.EqualApprox(decoders.Weights(), w, 1e-3*mat.Max(w)) || mat.EqualApprox(before, w, 1e-6*mat.Max(w)) {
		t.Error("what was learned differs between the forms, or nothing was")
	}
}

// The rule changes the weights by κ a_i α_j ⟨e_j, E⟩, and those that carry
// the controls by nothing else.
func TestLearnIsTheRule(t *testing.T) {
	a := smallRing(t, 1, func(c *attractor.RingConfig) { c.Config.Form = attractor.Weights })
	s := must[*attractor.Simulation](t)(a.Simulate(1))
	if err := s.Hold([]float64{0, 1}, []float64{0.5}, 0.5); err != nil {
		t.Fatal(err)
	}
	w, active, e := a.Weights(), append([]float64{}, s.Activity()...), []float64{0.3, -0.7}
	if err := s.Learn(1e-3, e); err != nil {
		t.Fatal(err)
	}
	pop := a.Population
	for j := range pop.Config.Neurons {
		along := pop.Gain[j] * (pop.Encoders.At(j, 0)*e[0] + pop.Encoders.At(j, 1)*e[1])
		for i, act := range active {
			w.Set(j, i, w.At(j, i)+1e-6*act*along)
		}
	}
	if !mat.EqualApprox(w, a.Weights(), 1e-12) {
		t.Error("the weights did not change by the rule")
	}
}

// Velocity commands are integrated, whatever passes by the synapse.
func TestVelocityIsIntegrated(t *testing.T) {
	s := must[*attractor.Simulation](t)(disc(t, nil).Simulate(1))
	if err := s.Hold([]float64{-0.4, 0.2}, nil, 0.5); err != nil {
		t.Fatal(err)
	}
	for range 2000 {
		if err := s.Step([]float64{0.3, -0.15}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if want := []float64{0.2, -0.1}; floats.Distance(s.X(), want, 2) > 0.06 {
		t.Errorf("x is %v after 2 s, want %v", s.X(), want)
	}
}

// Dynamics with closed forms: decay, and a limit cycle.
func TestDynamicsAreFollowed(t *testing.T) {
	follow := func(f func(x, u []float64) []float64, from []float64, seconds float64, each func(now float64, x []float64)) {
		t.Helper()
		s, still := must[*attractor.Simulation](t)(disc(t, f).Simulate(2)), make([]float64, 2)
		if err := s.Hold(from, nil, 0.5); err != nil {
			t.Fatal(err)
		}
		for step := range int(seconds * 1000) {
			if err := s.Step(still, nil); err != nil {
				t.Fatal(err)
			}
			each(float64(step+1)/1000, s.X())
		}
	}
	follow(func(x, _ []float64) []float64 { return []float64{-x[0], -2 * x[1]} }, []float64{0.8, 0.6}, 2, func(now float64, x []float64) {
		// From g(x) = x + τ_syn f(x), where Hold leaves the state.
		if want := []float64{0.8 * 0.9 * math.Exp(-now), 0.6 * 0.8 * math.Exp(-2*now)}; floats.Distance(x, want, 2) > 0.06 {
			t.Fatalf("decayed to %v after %g s, want %v", x, now, want)
		}
	})
	const rate = 3.0
	turned, last := 0.0, 0.0
	follow(cycle(rate), []float64{0.7, 0}, 10, func(now float64, x []float64) {
		turned += math.Remainder(angle(x)-last, 2*math.Pi)
		last = angle(x)
		if r := floats.Norm(x, 2); r < 0.6 || r > 0.8 {
			t.Fatalf("radius %g after %g s, want 0.7", r, now)
		}
		if now == 10 && math.Abs(turned-10*rate) > 0.05*10*rate {
			t.Errorf("turned by %g rad in 10 s, want %g", turned, 10*rate)
		}
	})
}

// The decoders give the dynamics that were asked for, (ĝ(x) - x)/τ_syn, between
// the points that they were fitted on.
func TestDecodersGiveTheDynamics(t *testing.T) {
	f := cycle(2)
	a := disc(t, f)
	for _, x := range [][]float64{{0.5, 0.1}, {-0.3, 0.6}, {0, -0.7}} {
		points := nef.Points{X: mat.NewDense(1, 2, x), Measure: 1}
		flow := must[*mat.Dense](t)(nef.Estimate(a.Population, a.Decoders(), points)).RawRowView(0)
		floats.Sub(flow, x)
		floats.Scale(1/a.Config.TauSyn, flow)
		if want := f(x, nil); floats.Distance(flow, want, 2) > 0.15 {
			t.Errorf("flow %v at %v, want %v", flow, x, want)
		}
	}
}

// The bump turns as fast as it is told, and stays on the circle.
func TestRingTurns(t *testing.T) {
	a := smallRing(t, 5)
	for _, u := range []float64{-0.5, 0.25} {
		s := must[*attractor.Simulation](t)(a.Simulate(1))
		if err := s.Hold([]float64{1, 0}, []float64{u}, 0.5); err != nil {
			t.Fatal(err)
		}
		turned, last := 0.0, 0.0
		for range 5000 {
			if err := s.Step([]float64{0, 0}, []float64{u}); err != nil {
				t.Fatal(err)
			}
			turned += math.Remainder(angle(s.X())-last, 2*math.Pi)
			last = angle(s.X())
			if r := floats.Norm(s.X(), 2); r < 0.8 || r > 1.2 {
				t.Fatalf("radius %g", r)
			}
		}
		if want := 5 * u * attractor.Ring().Speed; math.Abs(turned-want) > 0.08*math.Abs(want) {
			t.Errorf("turned by %g rad in 5 s with u = %g, want %g", turned, u, want)
		}
	}
}

func TestStepAllocatesNothing(t *testing.T) {
	for _, form := range []attractor.Form{attractor.Weights, attractor.Decoders} {
		s := must[*attractor.Simulation](t)(smallRing(t, 1, func(c *attractor.RingConfig) { c.Config.Form = form }).Simulate(1))
		v, u := []float64{0, 0.1}, []float64{0.2}
		if got := testing.AllocsPerRun(2000, func() {
			if s.Learn(1e-6, v) != nil || s.Step(v, u) != nil {
				t.Fatal("step failed")
			}
		}); got != 0 {
			t.Errorf("%s: a step allocates %g times", form, got)
		}
	}
}
