package neuron_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// From one spike to the next the equations have a closed form, which leads from
// spike to spike without any step between.
func TestAdaptiveLIFIsItsClosedForm(t *testing.T) {
	const dt, steps = 0.0005, 4000
	for _, tau := range []float64{0.1, 0.02, 0.02 * (1 + 1e-12), 0.007} {
		for _, current := range []float64{-1, 3, 10, 60} {
			t.Run(fmt.Sprint(tau, current), func(t *testing.T) {
				m := neuron.AdaptiveLIF{LIF: neuron.DePasquale2016(), TauAdaptation: tau, Increment: 1.5}
				level, hold := m.LIF.Rest+m.LIF.Drive+current, 4
				voltage := func(w, time float64) float64 {
					pulled := time / m.LIF.Tau * math.Exp(-time/tau)
					if math.Abs(tau-m.LIF.Tau) > 1e-9 {
						pulled = tau / (tau - m.LIF.Tau) * (math.Exp(-time/tau) - math.Exp(-time/m.LIF.Tau))
					}
					return level + (m.LIF.Reset-level)*math.Exp(-time/m.LIF.Tau) - w*pulled
				}
				var want []int
				w, at := 2.0, 0 // as if there had been a spike, long enough ago not to be held
				for {
					k := 1
					for k <= steps && voltage(w, float64(k)*dt) < m.LIF.Threshold {
						k++
					}
					if at += k; at > steps {
						break
					}
					want = append(want, at)
					w = w*math.Exp(-float64(k)*dt/tau) + m.Increment
					w *= math.Exp(-float64(hold) * dt / tau)
					at += hold
				}
				p := one(t, m, dt, m.LIF.Reset, 2)
				got := times(p, current, steps)
				if fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("spikes in steps %v, want %v", got, want)
				}
				if current > 0 && len(got) < 10 {
					t.Errorf("only %d spikes", len(got))
				}
			})
		}
	}
	// Between spikes, to 1e-9.
	m := neuron.Adaptive()
	p := one(t, m, 0.001, -10, 4)
	for step := 1; step <= 50; step++ {
		times(p, -2, 1)
		time := float64(step) * 0.001
		v := -2 - 8*math.Exp(-time/0.01) - 4*0.1/0.09*(math.Exp(-time/0.1)-math.Exp(-time/0.01))
		st := p.State()
		if w := 4 * math.Exp(-time/0.1); math.Abs(st["voltages"][0]-v) > 1e-9 || math.Abs(st["w"][0]-w) > 1e-9 {
			t.Fatalf("step %d: v %g, w %g; want %g, %g", step, st["voltages"][0], st["w"][0], v, w)
		}
	}
}
