package rls

// roster lists neurons in the order in which they first fired.
type roster struct {
	// fired lists the neurons that have.
	fired []int
	// place of each neuron in that list, -1 for one that has not.
	place []int
}

func newRoster(neurons int) roster {
	r := roster{fired: make([]int, 0, neurons), place: make([]int, neurons)}
	for j := range r.place {
		r.place[j] = -1
	}
	return r
}

// admit adds those of the given neurons that are new.
func (r *roster) admit(neurons []int) {
	for _, j := range neurons {
		if r.place[j] < 0 {
			r.place[j] = len(r.fired)
			r.fired = append(r.fired, j)
		}
	}
}

// entries lists, for each place in the order of first spikes, the entry in the
// order of neurons, of so many banks; neurons that have not fired come last.
func (r *roster) entries(banks int) []int {
	neurons := len(r.place)
	everyone := newRoster(neurons)
	everyone.admit(r.fired)
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
