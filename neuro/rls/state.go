package rls

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// State is all of a [Filtered] that its future depends on, P apart, in the order
// of neurons: entry b N + j of a regressor belongs to bank b and neuron j.
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
	outputs, n := f.weights.Dims()
	st := State{
		Fired:   slices.Clone(f.order.fired),
		Banks:   mat.NewDense(banks, neurons, nil),
		Weights: mat.NewDense(outputs, n, nil),
	}
	for b, s := range f.s {
		for place, j := range f.order.fired {
			at := place*banks + b
			st.Banks.Set(b, j, s[at])
			for i := range outputs {
				st.Weights.Set(i, b*neurons+j, f.weights.At(i, at))
			}
		}
	}
	return st
}

// Restore sets the state. Weights of neurons that have not fired are set to zero;
// P stays as it is. All carried products are computed anew, as by
// [Filtered.Begin]. An error says what does not fit.
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
	f.reorder(order)
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
	f.resync()
	return nil
}

// reorder takes P into another order.
func (f *Filtered) reorder(order roster) {
	if f.rls == nil || slices.Equal(order.fired, f.order.fired) {
		f.order = order
		return
	}
	p := f.Inverse()
	f.order = order
	f.setInverse(p)
}

// Bank copies the filtered trains of one bank to dst, length N. It panics at
// another length, and if there is no such bank.
func (f *Filtered) Bank(dst []float64, b int) {
	if neurons := len(f.order.place); len(dst) != neurons || b < 0 || b >= len(f.decay) {
		panic(fmt.Sprintf("rls: bank %d into %d numbers: there are banks 0 to %d of %d neurons", b, len(dst), len(f.decay)-1, neurons))
	}
	clear(dst)
	for place, j := range f.order.fired {
		dst[j] = f.s[b][place*len(f.decay)+b]
	}
}

// Inverse returns P, n × n in the order of neurons, banks side by side; nil
// before [Filtered.Learn].
func (f *Filtered) Inverse() *mat.SymDense {
	if f.rls == nil {
		return nil
	}
	f.flush()
	return f.rls.inverse(f.order.entries(len(f.decay)))
}

// SetInverse sets P, n × n in the order of neurons, as when training continues
// from a file. [Filtered.Learn] comes first.
func (f *Filtered) SetInverse(p mat.Symmetric) error {
	n := len(f.s[0])
	switch {
	case f.rls == nil:
		return fmt.Errorf("rls: the filtered trains have no P to set: Learn comes first")
	case p == nil:
		return fmt.Errorf("rls: P is nil: the filtered trains have %d entries", n)
	case p.SymmetricDim() != n:
		return fmt.Errorf("rls: P is %d x %d, the filtered trains have %d entries", p.SymmetricDim(), p.SymmetricDim(), n)
	}
	f.setInverse(p)
	f.resync()
	return nil
}

func (f *Filtered) setInverse(p mat.Symmetric) {
	entries := f.order.entries(len(f.decay))
	f.rls.setInverse(func(i, j int) float64 { return p.At(entries[i], entries[j]) })
}
