package dale

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// ofSource names the state of the source in that of a network, train the
// filtered trains of a kind of synapses.
const ofSource = "source"

func train(kind int) string { return fmt.Sprintf("train_%d", kind) }

// State returns a copy of the state: that of the neurons, their filtered trains,
// and the state of the source.
func (l *live) State() recording.State {
	st := recording.State(l.net.State())
	for kind, k := range l.net.kinds {
		st[train(kind)] = slices.Clone(k.trains)
	}
	if numbers := l.state.Numbers(); numbers != nil {
		st[ofSource] = numbers
	}
	return st
}

// CheckState says whether a state is one of this network.
func (l *live) CheckState(st recording.State) error {
	if err := l.net.Fits(st); err != nil {
		return fmt.Errorf("dale: the initial state: %w", err)
	}
	for kind := range l.net.kinds {
		name := train(kind)
		if len(st[name]) != l.net.n {
			return fmt.Errorf("dale: the initial state has %q of %d neurons: the network has %d", name, len(st[name]), l.net.n)
		}
		if i := neuro.NotFinite(st[name]); i >= 0 {
			return fmt.Errorf("dale: the initial state's %q of neuron %d is %g: it must be finite", name, i, st[name][i])
		}
	}
	return nil
}

// SetState puts the network into a state that CheckState has passed.
func (l *live) SetState(st recording.State) error {
	for kind, k := range l.net.kinds {
		copy(k.trains, st[train(kind)])
	}
	l.state = task.NewState(st[ofSource]...)
	return l.net.Restore(st)
}

// Perturb adds noise to the voltages of neurons that are not refractory.
func (l *live) Perturb(sd float64, rng *rand.Rand) { l.net.Perturb(sd, rng) }
