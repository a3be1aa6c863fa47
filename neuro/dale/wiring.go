package dale

import (
	"fmt"

	"github.com/spikewalk/spikewalk/neuro"
)

// wiring says which synapses there may be and what sign they have.
type wiring struct {
	presynaptic [][]int   // of each neuron, in rising order
	sign        []float64 // of each presynaptic neuron: +1 excites, -1 inhibits
}

// wire draws every neuron's presynaptic set. A neuron without any is an
// error that names it.
func wire(cfg Config) (wiring, error) {
	n := cfg.Neurons
	w := wiring{presynaptic: make([][]int, n), sign: make([]float64, n)}
	for j := range w.sign {
		w.sign[j] = 1
		if j >= cfg.excitatory() {
			w.sign[j] = -1
		}
	}
	rng := neuro.Stream(cfg.Seed, forConnections)
	for i := range w.presynaptic {
		for j := range n {
			if there := rng.Float64() < cfg.Connectivity; there && j != i {
				w.presynaptic[i] = append(w.presynaptic[i], j)
			}
		}
	}
	return w, w.validate(cfg.Connectivity)
}

func (w wiring) validate(connectivity float64) error {
	for i, from := range w.presynaptic {
		if len(from) == 0 {
			return fmt.Errorf("dale: neuron %d has no input: Connectivity %g of %d neurons is too sparse, take more of either", i, connectivity, len(w.presynaptic))
		}
	}
	return nil
}

// violations counts weights (N × N, row j: from neuron j) that break the
// rules: those of the wrong sign, and those where there is no synapse.
func (w wiring) violations(weights []float64) (wrongSign, noSynapse int) {
	n := len(w.sign)
	for i, from := range w.presynaptic {
		next := 0
		for j := range n {
			there := next < len(from) && from[next] == j
			if there {
				next++
			}
			x := weights[j*n+i]
			if !(x*w.sign[j] >= 0) {
				wrongSign++
			}
			if x != 0 && !there {
				noSynapse++
			}
		}
	}
	return wrongSign, noSynapse
}

// most is the largest number of presynaptic neurons.
func (w wiring) most() (most int) {
	for _, from := range w.presynaptic {
		most = max(most, len(from))
	}
	return most
}
