package neuron_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"

	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// small is a recurrent network that testdata/brian.py simulates, too: every spike
// moves the synaptic current of every neuron by a weight, and each neuron is given
// a current of its own.
type small struct {
	neuron.LIF
	TauAdaptation, Increment, TauSynapse, Dt float64
	Start                                    []float64
	Weights, Input                           [][]float64 // from × to; steps × neurons
}

func newSmall(m neuron.AdaptiveLIF, n, steps int, dt float64) small {
	rng := neuro.Stream(5, "small network")
	net := small{LIF: m.LIF, TauAdaptation: m.TauAdaptation, Increment: m.Increment, TauSynapse: 0.005, Dt: dt}
	for range n {
		net.Start = append(net.Start, m.LIF.Reset+(m.LIF.Threshold-m.LIF.Reset)*rng.Float64())
		row := make([]float64, n)
		for j := range row {
			row[j] = 15 / math.Sqrt(float64(n)) * rng.NormFloat64()
		}
		net.Weights = append(net.Weights, row)
	}
	for range steps {
		row := make([]float64, n)
		for j := range row {
			row[j] = 3 + 8*rng.NormFloat64()
		}
		net.Input = append(net.Input, row)
	}
	return net
}

// spikes simulates the network with p: steps and neurons of all spikes.
func (net small) spikes(t *testing.T, p *neuron.Population) (all [][2]int) {
	st := p.State()
	st["voltages"] = net.Start
	if err := p.Restore(st); err != nil {
		t.Fatal(err)
	}
	n := len(net.Start)
	synaptic, current := make([]float64, n), make([]float64, n)
	for step, given := range net.Input {
		for i := range current {
			current[i] = p.Drive() + given[i] + synaptic[i]
		}
		fired := p.Step(current)
		floats.Scale(math.Exp(-net.Dt/net.TauSynapse), synaptic)
		for _, j := range fired {
			floats.Add(synaptic, net.Weights[j])
			all = append(all, [2]int{step, j})
		}
	}
	return all
}

// Brian2, which solves the equations by itself, finds every spike in the same step
// of the same neuron.
func TestBrianFindsTheSameSpikes(t *testing.T) {
	python := testkit.Python(t, "brian2")
	adaptive, refractory := neuron.Adaptive(), neuron.DePasquale2016()
	cases := []struct {
		name  string
		model neuron.Model
		as    neuron.AdaptiveLIF // the same, for Brian2
		dt    float64
	}{
		{"LIF", neuron.DePasquale2023(), neuron.AdaptiveLIF{LIF: neuron.DePasquale2023(), TauAdaptation: 1}, 0.001},
		{"refractory LIF", refractory, neuron.AdaptiveLIF{LIF: refractory, TauAdaptation: 1}, 0.0005},
		{"adaptive", adaptive, adaptive, 0.001},
		{"adaptive and refractory", neuron.AdaptiveLIF{LIF: refractory, TauAdaptation: 0.05, Increment: 2}, neuron.AdaptiveLIF{LIF: refractory, TauAdaptation: 0.05, Increment: 2}, 0.0002},
	}
	ours, args := make([][][2]int, len(cases)), []string{"testdata/brian.py"}
	for k, c := range cases {
		p, err := neuron.New(c.model, 40, c.dt)
		if err != nil {
			t.Fatal(err)
		}
		net := newSmall(c.as, 40, 500, c.dt)
		ours[k] = net.spikes(t, p)
		text, err := json.Marshal(net)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), c.name+".json")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	var theirs [][][2]int
	if err := json.Unmarshal([]byte(testkit.Run(t, python, args...)), &theirs); err != nil {
		t.Fatal(err)
	}
	for k, c := range cases {
		if !slices.Equal(ours[k], theirs[k]) {
			t.Errorf("%s: %d spikes, Brian2 finds %d:\n%v\n%v", c.name, len(ours[k]), len(theirs[k]), ours[k], theirs[k])
		}
		if len(ours[k]) < 100 {
			t.Errorf("%s: only %d spikes: the comparison says nothing", c.name, len(ours[k]))
		}
		t.Logf("%s: %d spikes in the same steps of the same neurons", c.name, len(ours[k]))
	}
}
