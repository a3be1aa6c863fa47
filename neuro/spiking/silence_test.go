package spiking

import (
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// The spikes that others hear say what a network of which some are silent does:
// they alone are recorded, and they alone make the traces.
func TestSilentNeuronsAreNotHeard(t *testing.T) {
	m, _ := trained(t)
	before := m.State()
	c, err := m.Silence(3, 7)
	if err != nil {
		t.Fatal(err)
	}
	again, err := c.Silence(8)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		m      *Model
		silent []int
	}{{m, nil}, {c, []int{3, 7}}, {again, []int{3, 7, 8}}} {
		rec := test(t, x.m, wave.Source(300), TestConfig{Trials: 1, Recorded: 1, Record: recording.Keep{Quantities: []string{SlowTrain, Voltage}}})
		for i := range rec.Units {
			count, silent := len(rec.Spikes.Of(i)), slices.Contains(x.silent, i)
			if silent && count > 0 {
				t.Errorf("%d spikes of neuron %d, which is silent", count, i)
			}
			fades := rec.Series[SlowTrain].At(299, i) < before["slow"][i]*0.05+1e-12 // e^-3
			if silent && !fades {
				t.Errorf("the trace of neuron %d is %g after 300 ms", i, rec.Series[SlowTrain].At(299, i))
			}
		}
		if len(rec.Spikes.Times) < 100 {
			t.Fatalf("%d spikes: the test says nothing", len(rec.Spikes.Times))
		}
	}
	if len(m.net.silent) > 0 {
		t.Error("the model itself was changed")
	}
}

// A copy without silent neurons is the model to the bit, and one with them is
// itself when it has been saved and loaded.
func TestSilenceCopiesTheModel(t *testing.T) {
	m, _ := trained(t)
	same, err := m.Silence()
	if err != nil {
		t.Fatal(err)
	}
	c, err := m.Silence(0, 1, 2, 3, 4)
	if err != nil {
		t.Fatal(err)
	}
	data, err := c.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	loaded := new(Model)
	if err := loaded.UnmarshalBinary(data); err != nil {
		t.Fatal(err)
	}
	cfg := TestConfig{Trials: 1, Recorded: 1}
	run := func(m *Model) mat.Matrix { return test(t, m, wave.Source(300), cfg).Factors.Values }
	if !mat.Equal(run(same), run(m)) {
		t.Error("a copy with no silent neuron is another network")
	}
	if mat.Equal(run(c), run(m)) || !mat.Equal(run(c), run(loaded)) {
		t.Error("silence was lost, or lost in the file")
	}
}

func TestSilenceSaysWhichNeuronsThereAre(t *testing.T) {
	m, _ := trained(t)
	all := make([]int, m.Config().Neurons)
	for i := range all {
		all[i] = i
	}
	for want, neurons := range map[string][]int{"neurons 0 to": {-1}, "neuron 1000": {1000}, "at least one": all} {
		if _, err := m.Silence(neurons...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want an error with %q", err, want)
		}
	}
}

// The fixed weights are those that the network's currents are made with: the
// current through slow synapses is J0s s, as recorded.
func TestFixedRecurrentMakesTheCurrents(t *testing.T) {
	m, _ := trained(t)
	slow, fast := m.FixedRecurrent()
	keep := recording.Keep{Quantities: []string{SlowTrain, FastTrain, SlowInput, FastInput, Input}}
	rec := test(t, m, wave.Source(50), TestConfig{Trials: 1, Recorded: 1, Record: keep})
	for _, x := range []struct {
		weights        *mat.Dense
		trace, current string
	}{{slow, SlowTrain, SlowInput}, {fast, FastTrain, FastInput}} {
		var want mat.VecDense
		want.MulVec(x.weights, rec.Series[x.trace].Values.RowView(19)) // what step 19 leaves acts in 20
		if got := rec.Series[x.current].Values.RowView(20); !mat.EqualApprox(got, &want, 1e-10) {
			t.Errorf("%s is not its weights times %s", x.current, x.trace)
		}
	}
	// The pulse is 1 in the first 20 steps.
	if got := rec.Series[Input].Values.RowView(5); !mat.EqualApprox(got, m.InputWeights().ColView(0), 1e-12) {
		t.Error("the current of the input is not u_in f_in")
	}
}
