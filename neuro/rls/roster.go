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

func (r *roster) clone() roster {
	c := newRoster(len(r.place))
	c.admit(r.fired)
	return c
}
