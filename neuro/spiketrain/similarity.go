package spiketrain

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro/stats"
)

// BestMatch finds for each neuron of a, such as a recording, the neuron of b,
// such as a model, whose mean response correlates most with its own over all
// times of all conditions. It returns the correlations and the neurons' numbers,
// -1 where the neuron of a is constant. Conditions and times must correspond. The
// best of many is high by chance too, so compare with the match of a to another
// network or to shuffled conditions. Counts are samples.
//
// Cost: N_a × N_b × T × conditions.
func BestMatch(a, b *Response) (Measure, []int, error) {
	if err := alike(a, b); err != nil {
		return Measure{}, nil, err
	}
	others := make([][]float64, b.Neurons())
	for j := range others {
		others[j] = b.course(j)
	}
	m := Measure{make([]float64, a.Neurons()), make([]int, a.Neurons())}
	partner := make([]int, a.Neurons())
	for i := range m.Values {
		x := a.course(i)
		m.Values[i], m.Counts[i], partner[i] = math.NaN(), len(x), -1
		for j, y := range others {
			if r := correlation(x, y); r > m.Values[i] || (partner[i] < 0 && !math.IsNaN(r)) {
				m.Values[i], partner[i] = r, j
			}
		}
	}
	return m, partner, nil
}

// alike reports responses whose samples do not correspond.
func alike(a, b *Response) error {
	for _, r := range []*Response{a, b} {
		if err := r.check(); err != nil {
			return err
		}
	}
	if len(a.Mean) != len(b.Mean) {
		return fmt.Errorf("spiketrain: responses in %d and %d conditions: both must have the same", len(a.Mean), len(b.Mean))
	}
	if math.Abs(a.Dt-b.Dt) > 1e-6*a.Dt {
		return fmt.Errorf("spiketrain: responses sampled every %g and %g s: bring both to one time step", a.Dt, b.Dt)
	}
	if math.Abs(a.Start-b.Start) > (1-1e-6)*a.Dt {
		return fmt.Errorf("spiketrain: responses from %g and from %g s on: cut both to the same time, or set Start where the two count from different events", a.Start, b.Start)
	}
	for c := range a.Mean {
		t, _ := a.Mean[c].Dims()
		if s, _ := b.Mean[c].Dims(); s != t {
			return fmt.Errorf("spiketrain: condition %d has %d and %d samples: cut both responses to the same time", c, t, s)
		}
	}
	return nil
}

// correlation is NaN where x or y is constant, up to rounding.
func correlation(x, y []float64) float64 {
	if stats.Constant(x) || stats.Constant(y) {
		return math.NaN()
	}
	return stat.Correlation(x, y, nil)
}
