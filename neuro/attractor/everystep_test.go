package attractor

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// given hands out given numbers in place of random ones.
type given struct {
	t       *testing.T
	numbers []float64
}

func (s *given) NormFloat64() float64 {
	if len(s.numbers) == 0 {
		s.t.Fatal("more noise is drawn than there is")
	}
	first := s.numbers[0]
	s.numbers = s.numbers[1:]
	return first
}

// everyStep is an integrator with noise and learning taken literally: each of
// the N² weights changes in every step.
type everyStep struct {
	g              *Attractor
	neurons        *nef.Spiking
	synapse        *nef.Synapse
	start, weights [][]float64 // as Attractor.outgoing
	current        []float64   // recurrent
	noise          WeightNoise
	draw           interface{ NormFloat64() float64 }
	sum            [][]float64 // of each weight's ξ since its neuron's last spike
	since          []int       // steps since then
	kappa          float64
}

func (r *everyStep) step(v, e []float64) []nef.Spike {
	sigma := r.noise.Eta * math.Sqrt(r.g.Config.Step/r.noise.Over)
	for i, a := range r.synapse.Activity {
		r.since[i]++
		for j := range r.weights[i] {
			xi := r.draw.NormFloat64()
			r.sum[i][j] += xi
			r.weights[i][j] += sigma * math.Abs(r.start[i][j]) * xi
			learned := 0.0
			for k := range e {
				learned += r.kappa * r.g.Config.Step * a * r.g.encode[k][j] * e[k]
			}
			r.weights[i][j] += learned
			r.current[j] += learned * a
		}
	}
	input := slices.Clone(r.g.Population.Bias)
	floats.Add(input, r.current)
	for k := range v {
		floats.AddScaled(input, r.g.Config.TauSyn*v[k], r.g.encode[k])
	}
	spikes := r.neurons.Step(input)
	r.synapse.Step(spikes)
	floats.Scale(r.synapse.Decay(), r.current)
	for _, k := range spikes {
		floats.AddScaled(r.current, r.synapse.Impulse(k), r.weights[k.Neuron])
	}
	return spikes
}

// take gives what the m steps since neuron i's last spike have added to its
// synapses, Σ ξ, as multiples of √m.
func (r *everyStep) take(i int) []float64 {
	taken := slices.Clone(r.sum[i])
	if r.since[i] == 0 {
		return nil
	}
	floats.Scale(1/math.Sqrt(float64(r.since[i])), taken)
	clear(r.sum[i])
	r.since[i] = 0
	return taken
}

// Noise drawn when a spike comes is noise in every step: given the same ξ,
// whose sum over m steps is √m times a standard Gaussian, the event-driven
// simulation is the literal one to rounding, with learning and without.
func TestNoiseIsThatOfEveryStep(t *testing.T) {
	for name, c := range map[string]struct {
		g     *Attractor
		kappa float64
	}{
		"line": {paper(t, 9), 0}, "line, learning": {paper(t, 9), 4e-5}, "plane, learning": {plane(t, Weights), 4e-5},
	} {
		noise := WeightNoise{Eta: 0.3, Over: 2}
		fast := simulate(t, c.g)
		n, d := c.g.Population.Encoders.Dims()
		slow := &everyStep{
			g: c.g, noise: noise, kappa: c.kappa, draw: neuro.Stream(1, "test"),
			neurons: must[*nef.Spiking](t)(nef.NewSpiking(n, c.g.Population.Config.LIF(), 1e-4, nef.SubStep)),
			synapse: must[*nef.Synapse](t)(nef.NewSynapse(n, c.g.Config.TauSyn, 1e-4)),
			start:   copyRows(nil, c.g.outgoing), weights: copyRows(nil, c.g.outgoing),
			current: make([]float64, n), sum: zeros(n, n), since: make([]int, n),
		}
		copy(slow.neurons.Voltage, fast.neurons.Voltage)
		if err := fast.disturb(noise, 1); err != nil {
			t.Fatal(err)
		}
		handed := &given{t: t}
		fast.walk.draw = handed

		v, e := make([]float64, d), make([]float64, d)
		for step := range 6000 {
			visit(v, e, float64(step)*1e-4)
			for _, k := range slow.step(v, e) {
				handed.numbers = append(handed.numbers, slow.take(k.Neuron)...)
			}
			if err := fast.Learn(c.kappa, e); err != nil {
				t.Fatal(err)
			}
			if err := fast.Step(v, nil); err != nil {
				t.Fatal(err)
			}
			if len(handed.numbers) > 0 {
				t.Fatalf("%s: %d numbers of noise too few drawn in step %d", name, len(handed.numbers), step)
			}
		}
		for i := range n {
			handed.numbers = append(handed.numbers, slow.take(i)...)
		}
		fast.settleAll()
		if !floats.EqualApprox(fast.Activity(), slow.synapse.Activity, 1e-7) || floats.Sum(fast.Activity()) == 0 {
			t.Errorf("%s: activities differ by %g Hz", name, floats.Distance(fast.Activity(), slow.synapse.Activity, math.Inf(1)))
		}
		for i := range n {
			if scale := floats.Norm(slow.weights[i], 2); !floats.EqualApprox(c.g.outgoing[i], slow.weights[i], 1e-11*scale) {
				t.Errorf("%s: the weights of neuron %d differ by %g of %g", name, i, floats.Distance(c.g.outgoing[i], slow.weights[i], 2), scale)
			}
		}
		readoutIsLeastSquares(t, c.g)
	}
}
