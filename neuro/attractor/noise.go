package attractor

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/spikewalk/spikewalk/neuro/internal/stream"
)

// WeightNoise lets every one of the N² weights take a random walk of its
// own. In each step of dt,
//
//	ω_ji ← ω_ji + σ |ω_ji(0)| ξ,  σ = Eta √(dt/Over),
//
// with a standard Gaussian ξ for each weight and step, and ω(0) the weights
// as they were when the noise began. The walk is thus relative to the
// original weights and not to the current ones: noise and learning add, and
// neither changes the other's law. After Over seconds without learning the
// weights are, in law, those of [Attractor.Perturb] with the fraction Eta.
//
// The zero value is no noise. It marshals to JSON.
type WeightNoise struct {
	// Eta is the standard deviation, relative to the original weight, that
	// has accumulated after a time of Over, in s. MacNeil & Eliasmith (2011)
	// take up to 0.3 over 1200 s.
	Eta, Over float64
}

// validate says what is wrong with the noise, or nil.
func (n WeightNoise) validate() error {
	switch {
	case !(n.Eta >= 0) || math.IsInf(n.Eta, 1):
		return fmt.Errorf("attractor: weight noise with Eta %g: want a finite number of at least 0 (0.3 for 30 %%)", n.Eta)
	case n.Eta > largestFraction:
		return fmt.Errorf("attractor: weight noise with Eta %g, %g times the weights: for %g %% write %g", n.Eta, n.Eta, n.Eta, n.Eta/100)
	case n.Eta > 0 && !positive(n.Over):
		return fmt.Errorf("attractor: weight noise that reaches %g over %g s: Over must be positive (the paper's is 1200)", n.Eta, n.Over)
	}
	return nil
}

// disturb starts noise on the attractor's weights, relative to what they are
// now and instead of any noise so far; the zero [WeightNoise] ends it. The
// attractor must be in weight form, the only one that can hold it. The
// recurrence uses the full noisy matrix, the readout becomes its
// least-squares decoders, pinv(α e) ω.
//
// The noise is drawn when it is needed. Weights ω_ji are read when neuron i
// spikes (and when all are settled) and at no time in between. The m steps
// since the last spike have added the sum of m independent ξ to the weight,
// and that is a Gaussian of variance m, independent of all other weights and
// of all before. One number √m ξ per weight and spike therefore gives the
// weights exactly the joint law that noise in every step gives them, at all
// times at which they are read. What is learned adds to it either way.
//
// A spike travels over the weights it finds; current that flows already flows
// on as it is. (It could instead follow ω(t) at once. The difference is what
// the noise does within τ_syn: 0.3 % of a weight for the paper's 30 % in
// 20 min.) With its weights the decoder of neuron i is solved anew, one
// product of length N for each dimension.
//
// Cost: about 0.3 µs a spike for 40 neurons, where noise in every step would
// take some 8 µs a step. It allocates nothing.
func (s *Simulation) disturb(noise WeightNoise, seed uint64) error {
	if err := noise.validate(); err != nil {
		return err
	}
	s.settleAll()
	s.walk = nil
	if noise.Eta == 0 {
		return nil
	}
	a := s.attractor
	if a.outgoing == nil {
		return fmt.Errorf("attractor: Form %q cannot hold noise on single weights: want %q", a.Config.Form, Weights)
	}
	reader, err := a.reader()
	if err != nil {
		return err
	}
	drawn := stream.New(seed, string(purposeWeightNoise))
	w := &walk{
		sd:     copyRows(nil, a.outgoing),
		reader: make([][]float64, len(a.readout)),
		last:   make([]int, len(a.outgoing)),
		draw:   drawn.Rand, drawn: drawn,
	}
	for k := range w.reader {
		w.reader[k] = reader.RawRowView(k)
	}
	sigma := noise.Eta * math.Sqrt(a.Config.Step/noise.Over)
	for _, row := range w.sd {
		for j, weight := range row {
			row[j] = sigma * math.Abs(weight)
		}
	}
	s.walk = w
	return nil
}

// walk is the random walk of an attractor's weights.
type walk struct {
	sd     [][]float64 // N × N, of a step of each weight, like Attractor.outgoing
	reader [][]float64 // D × N, of pinv(α e)
	now    int         // steps since the noise began
	last   []int       // the step up to which each neuron's weights have walked
	draw   interface{ NormFloat64() float64 }
	drawn  stream.Stream // what draw is
}

// visit lets the weights of neuron i's synapses walk until now, and the
// neuron's decoder follow.
func (w *walk) visit(i int, weights []float64, readout [][]float64) {
	if w.last[i] == w.now {
		return
	}
	root := math.Sqrt(float64(w.now - w.last[i]))
	w.last[i] = w.now
	for j, sd := range w.sd[i] {
		weights[j] += root * sd * w.draw.NormFloat64()
	}
	for k, reader := range w.reader {
		readout[k][i] = floats.Dot(reader, weights)
	}
}
