package integrator

import (
	"context"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"math"
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// dead are the neurons without gain.
func dead(g *attractor.Attractor) (silent []int) {
	for i, gain := range g.Population.Gain {
		if gain == 0 {
			silent = append(silent, i)
		}
	}
	return silent
}

// Silenced neurons never fire, send nothing, receive nothing and learn
// nothing, and what the others send to each other is as before; in both forms,
// with noise, and after saving.
func TestSilencedNeuronsStaySilent(t *testing.T) {
	for name, form := range map[string]attractor.Form{"decoders": attractor.Decoders, "weights": attractor.Weights, "noise": attractor.Weights} {
		whole := must[*attractor.Attractor](t)(paper(t, 2, func(c *attractor.Config) { c.Form = form }).PerturbDecoders(0.15, 1))
		g := must[*attractor.Attractor](t)(whole.Lesion(0.25, 7))
		silent := dead(g)
		if len(silent) != 10 || len(dead(whole)) != 0 {
			t.Fatalf("%s: %d of 40 neurons silenced, %d of the original; want 10 and 0", name, len(silent), len(dead(whole)))
		}
		is := map[int]bool{}
		for _, i := range silent {
			is[i] = true
		}
		w, u := whole.Weights(), g.Weights()
		for j := range 40 {
			for i := range 40 {
				want := w.At(j, i)
				if is[i] || is[j] {
					want = 0
				}
				if got := u.At(j, i); got != want {
					t.Fatalf("%s: weight from %d to %d is %g, want %g", name, i, j, got, want)
				}
			}
		}
		life := Light(3)
		if name == "noise" {
			life = noisy(4e-7)
		}
		again := reloaded(t, g)
		a, b := must[Run](t)(Live(context.Background(), g, life)), must[Run](t)(Live(context.Background(), again, life))
		if !reflect.DeepEqual(a, b) || !reflect.DeepEqual(g, again) {
			t.Errorf("%s: saved and loaded, a lesioned integrator lives differently", name)
		}
		d := g.Decoders()
		for _, i := range silent {
			if d.At(i, 0) != 0 || mat.Norm(g.Weights().ColView(i), 1) != 0 || mat.Norm(g.Weights().RowView(i), 1) != 0 {
				t.Errorf("%s: neuron %d, which is silent, learned", name, i)
			}
		}
		s := must[*attractor.Simulation](t)(g.Simulate(1))
		if err := s.Hold([]float64{0.9}, nil, 0.3); err != nil {
			t.Fatal(err)
		}
		for step := range 3000 {
			if err := s.Step([]float64{3 * math.Sin(float64(step))}, nil); err != nil {
				t.Fatal(err)
			}
			for _, i := range silent {
				if s.Activity()[i] != 0 {
					t.Fatalf("%s: neuron %d fired", name, i)
				}
			}
		}
		if mat.Norm(mat.NewVecDense(40, s.Activity()), 1) == 0 {
			t.Errorf("%s: nobody fired", name)
		}
	}
}

// The static readout lacks just what the silenced neurons said, drift becomes
// worse, and single weights can be perturbed after a lesion.
func TestLesionTakesAwayWhatWasSaid(t *testing.T) {
	whole := paper(t, 2)
	g := must[*attractor.Attractor](t)(whole.Silence(3, 17, 3))
	before, after := must[Transfer](t)(MeasureTransfer(whole)), must[Transfer](t)(MeasureTransfer(g))
	for k := 0; k < len(before.X); k += 200 {
		rates := must[[]float64](t)(whole.Population.Rates([]float64{before.X[k]}))
		d := whole.Decoders()
		if want := before.Decoded[k] - rates[3]*d.At(3, 0) - rates[17]*d.At(17, 0); math.Abs(after.Decoded[k]-want) > 1e-12 {
			t.Errorf("decoded at %g: %g, want %g", before.X[k], after.Decoded[k], want)
		}
	}
	lesioned := must[*attractor.Attractor](t)(whole.Lesion(0.25, 1))
	if a, b := drift(t, whole).MeanSpeed, drift(t, lesioned).MeanSpeed; b < 2*a {
		t.Errorf("drift %g degrees/s before a lesion of 25 %%, %g after", a, b)
	}
	bad := must[*attractor.Attractor](t)(lesioned.Perturb(0.15, 1))
	if !reflect.DeepEqual(dead(bad), dead(lesioned)) || neuro.NotFinite(mat.Col(nil, 0, bad.Decoders())) >= 0 {
		t.Error("perturbing a lesioned integrator brought neurons back, or NaN in")
	}
}

func TestLesionCounts(t *testing.T) {
	g := paper(t, 1)
	for fraction, want := range map[float64]int{0: 0, 0.001: 1, 0.01: 1, 0.05: 2, 0.1: 4, 0.25: 10, 0.97: 39} {
		if got := len(dead(must[*attractor.Attractor](t)(g.Lesion(fraction, 1)))); got != want {
			t.Errorf("a lesion of %g silenced %d neurons, want %d", fraction, got, want)
		}
	}
	if a, b := dead(must[*attractor.Attractor](t)(g.Lesion(0.1, 1))), dead(must[*attractor.Attractor](t)(g.Lesion(0.1, 2))); reflect.DeepEqual(a, b) {
		t.Errorf("two seeds silence the same neurons %v", a)
	}
	for want, call := range map[string]func() (*attractor.Attractor, error){
		"all 40":           func() (*attractor.Attractor, error) { return g.Lesion(0.99, 1) },
		"all 40 neurons":   func() (*attractor.Attractor, error) { return g.Lesion(1, 1) },
		"fraction of -0.1": func() (*attractor.Attractor, error) { return g.Lesion(-0.1, 1) },
		"fraction of 1.1":  func() (*attractor.Attractor, error) { return g.Lesion(1.1, 1) },
		"fraction of NaN":  func() (*attractor.Attractor, error) { return g.Lesion(math.NaN(), 1) },
		"neuron 40":        func() (*attractor.Attractor, error) { return g.Silence(40) },
		"neuron -1":        func() (*attractor.Attractor, error) { return g.Silence(2, -1) },
	} {
		if _, err := call(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error is %v", want, err)
		}
	}
}
