package attractor

import (
	"math"
	"reflect"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/nef"
)

// visit is a velocity command, and a correction, that visit all there is.
func visit(v, e []float64, seconds float64) {
	for k := range v {
		v[k] = 0.5 * math.Cos(1.3*seconds+float64(k))
		e[k] = 0.3 * math.Sin(0.7*seconds+2*float64(k))
	}
}

// The two forms are the same integrator with the same rule. Rounding differs,
// and thresholds amplify it slowly.
func TestFormsAgreeWhileLearning(t *testing.T) {
	for name, pair := range map[string][2]*Attractor{
		"line":  {paper(t, 4), paper(t, 4, func(c *Config) { c.Form = Decoders })},
		"plane": {plane(t, Weights), plane(t, Decoders)},
	} {
		a, b := simulate(t, pair[0]), simulate(t, pair[1])
		d := len(a.X())
		v, e := make([]float64, d), make([]float64, d)
		for step := range 200_000 {
			now := float64(step) * 1e-4
			visit(v, e, now)
			for _, s := range []*Simulation{a, b} {
				if err := s.Learn(4e-5, e); err != nil {
					t.Fatal(err)
				}
				if err := s.Step(v, nil); err != nil {
					t.Fatal(err)
				}
			}
			tol := 1e-9
			if now > 5 {
				tol = 1e-3
			}
			if diff := floats.Distance(a.X(), b.X(), math.Inf(1)); !(diff <= tol) {
				t.Fatalf("%s: forms differ by %g after %.4f s, want at most %g", name, diff, now, tol)
			}
		}
		if a.X()[0] == 0 {
			t.Fatalf("%s: nothing happened", name)
		}
		a.settleAll()
		if w, u := pair[0].Weights(), pair[1].Weights(); !mat.EqualApprox(w, u, 1e-3*mat.Max(w)) {
			t.Errorf("%s: what was learned differs between the forms", name)
		}
	}
}

// The weights and the current they carry, kept up to date as spikes come,
// must be those of the equations taken literally: every weight changed in
// every step, every synapse summed in every step, for a noisy matrix too.
func TestWeightsFollowTheRuleLiterally(t *testing.T) {
	const kappa, dt = 4e-5, 1e-4
	for name, optimal := range map[string]*Attractor{"line": paper(t, 9), "plane": plane(t, Weights)} {
		g := must[*Attractor](t)(optimal.Perturb(0.15, 1))
		fast := simulate(t, g)

		n, d := g.Population.Encoders.Dims()
		w := g.Weights()
		neurons := must[*nef.Spiking](t)(nef.NewSpiking(n, g.Population.Config.LIF(), dt, nef.SubStep))
		copy(neurons.Voltage, fast.neurons.Voltage)
		synapse := must[*nef.Synapse](t)(nef.NewSynapse(n, g.Config.TauSyn, dt))
		decode := mat.NewDense(n, d, nil) // α_j e_j
		for j := range n {
			for k := range d {
				decode.Set(j, k, g.Population.Gain[j]*g.Population.Encoders.At(j, k))
			}
		}

		v, e, current := make([]float64, d), make([]float64, d), mat.NewVecDense(n, nil)
		for step := range 20_000 {
			visit(v, e, float64(step)*dt)
			for j := range n {
				for i, a := range synapse.Activity {
					w.Set(j, i, w.At(j, i)+kappa*dt*a*floats.Dot(decode.RawRowView(j), e))
				}
			}
			current.MulVec(w, mat.NewVecDense(n, synapse.Activity))
			for j := range n {
				current.SetVec(j, current.AtVec(j)+g.Config.TauSyn*floats.Dot(decode.RawRowView(j), v)+g.Population.Bias[j])
			}
			synapse.Step(neurons.Step(current.RawVector().Data))

			if err := fast.Learn(kappa, e); err != nil {
				t.Fatal(err)
			}
			if err := fast.Step(v, nil); err != nil {
				t.Fatal(err)
			}
		}
		if !floats.EqualApprox(fast.Activity(), synapse.Activity, 1e-7) {
			t.Errorf("%s: activities differ by %g Hz", name, floats.Distance(fast.Activity(), synapse.Activity, math.Inf(1)))
		}
		fast.settleAll()
		if !mat.EqualApprox(g.Weights(), w, 1e-12*mat.Norm(w, 2)) {
			t.Errorf("%s: weights differ", name)
		}
		if moved := mat.Norm(sub(w, optimal.Weights()), 2); moved == 0 {
			t.Errorf("%s: nothing was learned", name)
		}
		// The readout must still be the least-squares decoders of the weights.
		var want mat.Dense
		if err := want.Solve(decode, w); err != nil {
			t.Fatal(err)
		}
		if !mat.EqualApprox(g.Decoders().T(), &want, 1e-12*mat.Norm(&want, 2)) {
			t.Errorf("%s: the readout left pinv(α e) ω", name)
		}
	}
}

// A clone holds what was learned up to the last step, as settling would write
// it, and leaves the simulation as it was.
func TestCloneWhileLearning(t *testing.T) {
	g := paper(t, 1)
	s := simulate(t, g)
	if err := s.Hold([]float64{0.3}, nil, 0.5); err != nil {
		t.Fatal(err)
	}
	if err := s.Learn(4e-5, []float64{1}); err != nil {
		t.Fatal(err)
	}
	before := copyRows(nil, g.outgoing)
	clone := g.Clone()
	if !reflect.DeepEqual(g.outgoing, before) {
		t.Error("cloning changed the weights")
	}
	s.settleAll()
	if !reflect.DeepEqual(clone, g) || !mat.Equal(clone.Weights(), g.Weights()) || reflect.DeepEqual(before, g.outgoing) {
		t.Error("a clone is not what settling makes of the attractor, or nothing was learned")
	}
}

func sub(a, b mat.Matrix) mat.Matrix {
	var c mat.Dense
	c.Sub(a, b)
	return &c
}

func TestStepAllocatesNothing(t *testing.T) {
	for _, form := range []Form{Weights, Decoders} {
		s := simulate(t, paper(t, 1, func(c *Config) { c.Form = form }))
		v, e := []float64{0.1}, []float64{0.2}
		if got := testing.AllocsPerRun(5000, func() {
			if s.Learn(4e-7, e) != nil || s.Step(v, nil) != nil {
				t.Fatal("step failed")
			}
		}); got != 0 {
			t.Errorf("%s: a step allocates %g times", form, got)
		}
	}
	l := must[*life](t)(paper(t, 1).enter(t.Context(), rest{}, LifeConfig{Seconds: 1, Kappa: 4e-7, Sample: 1, Noise: WeightNoise{Eta: 0.3, Over: 1200}}))
	if got := testing.AllocsPerRun(20000, func() {
		if l.step() != nil {
			t.Fatal("step failed")
		}
	}); got != 0 {
		t.Errorf("a step of a life with noise allocates %g times", got)
	}
}

// rest is a world in which x ought to be 0.
type rest struct{}

func (rest) Start() []float64 { return []float64{0} }

func (rest) Step(_ []float64, c *Command) { c.Correction = small }

var small = []float64{0.01}

func BenchmarkStep(b *testing.B) {
	for _, form := range []Form{Weights, Decoders} {
		b.Run(string(form), func(b *testing.B) {
			s := simulate(b, paper(b, 1, func(c *Config) { c.Form = form }))
			v, e := []float64{0}, []float64{0.01}
			if err := s.Hold([]float64{0.3}, nil, 0.5); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				s.Learn(4e-7, e)
				s.Step(v, nil)
			}
		})
	}
}
