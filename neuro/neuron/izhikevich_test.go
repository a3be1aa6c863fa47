package neuron_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// The traces are those of testdata/izhikevich.py, an independent program.
func TestIzhikevichFollowsTheReferenceTraces(t *testing.T) {
	data, err := os.ReadFile("testdata/izhikevich.json")
	if err != nil {
		t.Fatal(err)
	}
	var traces []struct {
		Kind        string
		A, B, C, D  float64
		Current, Ms float64
		Steps       int
		Spikes      []int
		V, U        []float64
	}
	if err := json.Unmarshal(data, &traces); err != nil {
		t.Fatal(err)
	}
	presets := map[string]neuron.Izhikevich{"RS": neuron.Izhikevich2003(), "FS": neuron.Izhikevich2003FastSpiking()}
	total := 0
	for _, want := range traces {
		m := neuron.Izhikevich{A: want.A, B: want.B, C: want.C, D: want.D}
		if preset, ok := presets[want.Kind]; ok && preset != m {
			t.Fatalf("%s is %+v, want %+v", want.Kind, preset, m)
		}
		p := one(t, m, want.Ms/1000, m.C, m.B*m.C)
		var spikes []int
		for step := range want.Steps {
			if len(times(p, want.Current, 1)) > 0 {
				spikes = append(spikes, step)
			}
			if step%10 != 9 {
				continue
			}
			st := p.State()
			v, u := want.V[step/10], want.U[step/10]
			if math.Abs(st["voltages"][0]-v) > 1e-9 || math.Abs(st["u"][0]-u) > 1e-9 {
				t.Fatalf("%s, current %g, %g ms, step %d: v %g, u %g; want %g, %g", want.Kind, want.Current, want.Ms, step, st["voltages"][0], st["u"][0], v, u)
			}
		}
		if fmt.Sprint(spikes) != fmt.Sprint(want.Spikes) {
			t.Errorf("%s, current %g, %g ms: spikes %v, want %v", want.Kind, want.Current, want.Ms, spikes, want.Spikes)
		}
		total += len(spikes)
	}
	if total < 100 {
		t.Errorf("only %d spikes: the comparison says nothing", total)
	}
}

// Its steady rates converge to those of the equation with the step, in first order.
func TestIzhikevichConverges(t *testing.T) {
	rate := func(dt float64) float64 {
		m := neuron.Izhikevich2003()
		spikes := times(one(t, m, dt, m.C, m.B*m.C), 10, int(5/dt))
		half := len(spikes) / 2
		return float64(len(spikes)-1-half) / (float64(spikes[len(spikes)-1]-spikes[half]) * dt)
	}
	exact := 2*rate(1e-6*5) - rate(1e-5)
	for _, c := range []struct{ dt, error float64 }{{1e-3, 0.06}, {5e-4, 0.05}, {1e-4, 0.015}} {
		if e := math.Abs(rate(c.dt)/exact - 1); e > c.error {
			t.Errorf("a step of %g s: the rate is off by %.3g of %.4g Hz", c.dt, e, exact)
		} else {
			t.Logf("a step of %g s: %.4f of %.4g Hz", c.dt, rate(c.dt)/exact-1, exact)
		}
	}
}
