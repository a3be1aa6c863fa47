package rls

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// State is all of a [Filtered] that its future depends on, in the order of
// neurons: entry b N + j of a regressor belongs to bank b and neuron j.
type State struct {
	// Fired lists the neurons that have fired, in the order in which they
	// did. Sums are taken in this order, so it decides the last bits.
	Fired []int
	// Banks are the filtered trains, B × N.
	Banks *mat.Dense
	// Weights are w, m × n.
	Weights *mat.Dense
}

// State returns a copy of the state.
func (f *Filtered) State() State {
	banks, neurons := len(f.decay), len(f.order.place)
	st := State{
		Fired:   append([]int(nil), f.order.fired...),
		Banks:   mat.NewDense(banks, neurons, nil),
		Weights: f.Weights(),
	}
	for b, s := range f.s {
		for place, j := range f.order.fired {
			st.Banks.Set(b, j, s[place*banks+b])
		}
	}
	return st
}

// Restore sets the state, weights of neurons that have not fired excepted:
// those are zero. It resynchronises. An error says what does not fit.
func (f *Filtered) Restore(st State) error {
	banks, neurons := len(f.decay), len(f.order.place)
	outputs, n := f.weights.Dims()
	if st.Banks == nil || st.Weights == nil {
		return fmt.Errorf("rls: a state without Banks or Weights: want %d x %d filtered trains and %d x %d weights", banks, neurons, outputs, n)
	}
	if r, c := st.Banks.Dims(); r != banks || c != neurons {
		return fmt.Errorf("rls: filtered trains are %d x %d, want %d x %d", r, c, banks, neurons)
	}
	if r, c := st.Weights.Dims(); r != outputs || c != n {
		return fmt.Errorf("rls: weights are %d x %d, want %d x %d", r, c, outputs, n)
	}
	order := newRoster(neurons)
	for _, j := range st.Fired {
		if j < 0 || j >= neurons || order.place[j] >= 0 {
			return fmt.Errorf("rls: the list of neurons that have fired names %d, want each of 0 to %d once at most", j, neurons-1)
		}
		order.admit([]int{j})
	}
	f.order = order
	f.weights.Zero()
	for b, s := range f.s {
		clear(s)
		for place, j := range order.fired {
			at := place*banks + b
			s[at] = st.Banks.At(b, j)
			for i := range outputs {
				f.weights.Set(i, at, st.Weights.At(i, b*neurons+j))
			}
		}
	}
	f.Resync()
	return nil
}

// Weights returns a copy of w, m × n, banks side by side.
func (f *Filtered) Weights() *mat.Dense {
	banks, neurons := len(f.decay), len(f.order.place)
	outputs, n := f.weights.Dims()
	w := mat.NewDense(outputs, n, nil)
	for place, j := range f.order.fired {
		for b := range banks {
			for i := range outputs {
				w.Set(i, b*neurons+j, f.weights.At(i, place*banks+b))
			}
		}
	}
	return w
}

// Bank copies the filtered trains of one bank to dst, length N. It panics at
// another length, and at a bank that there is not.
func (f *Filtered) Bank(dst []float64, b int) {
	if neurons := len(f.order.place); len(dst) != neurons || b < 0 || b >= len(f.decay) {
		panic(fmt.Sprintf("rls: bank %d into %d numbers: there are banks 0 to %d of %d neurons", b, len(dst), len(f.decay)-1, neurons))
	}
	clear(dst)
	for place, j := range f.order.fired {
		dst[j] = f.s[b][place*len(f.decay)+b]
	}
}

// Inverse returns P of r, which has been learning on f, n × n in the order of
// neurons, banks side by side. It panics at an r of another n.
func (f *Filtered) Inverse(r *RLS) *mat.SymDense {
	f.mustFit(r)
	return r.permuted(f.entries())
}

// SetInverse sets r to a P in the order of neurons, for learning on f.
func (f *Filtered) SetInverse(r *RLS, p mat.Symmetric) error {
	n := len(f.s[0])
	if r == nil || r.n != n || p == nil {
		return fmt.Errorf("rls: the filtered trains have %d entries: want an RLS and a P of as many", n)
	}
	if p.SymmetricDim() != n {
		return fmt.Errorf("rls: P is %d x %d, the filtered trains have %d entries", p.SymmetricDim(), p.SymmetricDim(), n)
	}
	entries := f.entries()
	r.setInverse(func(i, j int) float64 { return p.At(entries[i], entries[j]) })
	return nil
}

// entries lists, for each place in the order of first spikes, the entry in
// the order of neurons; neurons that have not fired come last.
func (f *Filtered) entries() []int {
	banks, neurons := len(f.decay), len(f.order.place)
	everyone := f.order.clone()
	for j := range neurons {
		everyone.admit([]int{j})
	}
	entries := make([]int, 0, banks*neurons)
	for _, j := range everyone.fired {
		for b := range banks {
			entries = append(entries, b*neurons+j)
		}
	}
	return entries
}
