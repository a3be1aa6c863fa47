package nef_test

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/nef"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// What was put together by hand and does not go together is said in words, whoever is
// asked, and no NaN or Inf comes out where numbers were wanted.
func TestWhatDoesNotGoTogether(t *testing.T) {
	points := line(t, 0.1)
	whole := population(t, 1)
	d, err := nef.Decoders(whole, nef.Identity, points, paperNoise)
	if err != nil {
		t.Fatal(err)
	}
	for words, spoil := range map[string]func(*nef.Population) *nef.Population{
		"the population is nil":       func(*nef.Population) *nef.Population { return nil },
		"without Encoders":            func(p *nef.Population) *nef.Population { p.Encoders = nil; return p },
		"39 gains":                    func(p *nef.Population) *nef.Population { p.Gain = p.Gain[:39]; return p },
		"all must be finite":          func(p *nef.Population) *nef.Population { p.Bias[3] = math.NaN(); return p },
		"in 1 dimensions has 40 x 2 ": func(p *nef.Population) *nef.Population { p.Encoders = mat.NewDense(40, 2, nil); return p },
	} {
		p := spoil(population(t, 1))
		for what, call := range map[string]func() error{
			"TuningCurves": func() error { _, err := p.TuningCurves(points.X); return err },
			"Decoders":     func() error { _, err := nef.Decoders(p, nef.Identity, points, paperNoise); return err },
			"Estimate":     func() error { _, err := nef.Estimate(p, d, points); return err },
			"StaticRMSE":   func() error { _, err := nef.StaticRMSE(p, nef.Identity, d, points); return err },
		} {
			if err := call(); err == nil || !strings.Contains(err.Error(), words) {
				t.Errorf("%s: error %v, want %q", what, err, words)
			}
		}
		if words == "all must be finite" {
			continue // what takes no time looks at sizes alone
		}
		for what, call := range map[string]func() error{
			"Rates":    func() error { _, err := p.Rates([]float64{0}); return err },
			"Currents": func() error { _, err := p.Currents([]float64{0}); return err },
		} {
			if err := call(); err == nil || !strings.Contains(err.Error(), words) {
				t.Errorf("%s: error %v, want %q", what, err, words)
			}
		}
	}

	large := mat.NewDense(40, 1, nil)
	large.Apply(func(int, int, float64) float64 { return 1e308 }, large)
	uneven := func(x []float64) []float64 { return make([]float64, 1+int(1+x[0])) }
	huge := func([]float64) []float64 { return []float64{1.7e308} }
	for words, call := range map[string]func() error{
		"the function to decode is nil":        func() error { _, err := nef.Decoders(whole, nil, points, paperNoise); return err },
		"the function that was decoded is nil": func() error { _, err := nef.StaticRMSE(whole, nil, d, points); return err },
		"gives 1 values at one point and 2":    func() error { _, err := nef.Decoders(whole, uneven, points, paperNoise); return err },
		"no decoders: want a 40 x K":           func() error { _, err := nef.Estimate(whole, nil, points); return err },
		"no points to take tuning curves":      func() error { _, err := nef.Estimate(whole, d, nef.Points{}); return err },
		"the estimate is +Inf at point":        func() error { _, err := nef.Estimate(whole, large, points); return err },
		"the decoders give 1 values, the funct": func() error {
			_, err := nef.StaticRMSE(whole, func([]float64) []float64 { return []float64{0, 0} }, d, points)
			return err
		},
		"is too large for a number": func() error { _, err := nef.StaticRMSE(whole, huge, d, points); return err },
		"the decoders are not finite": func() error {
			_, err := nef.Decoders(whole, func([]float64) []float64 { return []float64{1e308} }, points, paperNoise)
			return err
		},
		"the volume for each point in 1000 dim": func() error { _, err := nef.Ball(1, 1000, 10, 1); return err },
		"no grid of spacing 0.1 within ±-1":     func() error { _, err := nef.Grid(-1, 0.1, 2); return err },
		"Threshold must be 1, Reset, Rest and": func() error {
			_, err := nef.NewSpiking(1, neuron.LIF{Tau: 0.02, Threshold: 2, Refractory: 0.002}, 1e-4, nef.SubStep)
			return err
		},
	} {
		if err := call(); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("error %v, want %q", err, words)
		}
	}
}

// A step is asked for a million times, and says what is wrong by a panic that does.
func TestStepsOfAnotherSize(t *testing.T) {
	neurons, err := nef.NewSpiking(3, neuron.LIF{Tau: 0.02, Threshold: 1, Refractory: 0.002}, 1e-4, nef.SubStep)
	if err != nil {
		t.Fatal(err)
	}
	synapse, err := nef.NewSynapse(3, 0.1, 1e-4)
	if err != nil {
		t.Fatal(err)
	}
	for words, call := range map[string]func(){
		"2 currents and 3 voltages for 3 neurons": func() { neurons.Step(make([]float64, 2)) },
		"a spike of neuron 3":                     func() { synapse.Step([]nef.Spike{{Neuron: 3}}) },
		"a spike of neuron -1":                    func() { synapse.Step([]nef.Spike{{Neuron: -1}}) },
	} {
		func() {
			defer func() {
				if said, _ := recover().(string); !strings.Contains(said, words) {
					t.Errorf("the panic is %q, want %q", said, words)
				}
			}()
			call()
		}()
	}
}
