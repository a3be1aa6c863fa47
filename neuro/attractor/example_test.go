package attractor_test

import (
	"context"
	"fmt"
	"log"
	"math"

	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// A decision: two stable states, at ±0.7, and between them a threshold. A
// brief push decides, and the neurons remember.
func ExampleNew() {
	pop, err := nef.NewPopulation(nef.MacNeil2011())
	if err != nil {
		log.Fatal(err)
	}
	points, err := nef.Line(1, 0.01)
	if err != nil {
		log.Fatal(err)
	}
	decision, err := attractor.New(pop, attractor.Definition{
		Dynamics: func(x, _ []float64) []float64 { return []float64{3 * x[0] * (1 - x[0]*x[0]/0.49)} },
		Points:   points,
		Config:   attractor.DefaultConfig(),
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, push := range []float64{2, -2} {
		sim, err := decision.Simulate(1)
		if err != nil {
			log.Fatal(err)
		}
		for step := range 3000 {
			v := []float64{0}
			if step < 200 {
				v[0] = push // for 0.2 s of 3 s
			}
			if err := sim.Step(v, nil); err != nil {
				log.Fatal(err)
			}
		}
		fmt.Printf("%.1f\n", sim.X()[0])
	}
	// Output:
	// 0.7
	// -0.7
}

// metronome is a world: it shows an oscillator where its phase ought to be,
// or, silent, shows nothing.
type metronome struct {
	step, rate float64 // s, rad/s
	silent     bool
	now        float64
}

func (m *metronome) Start() []float64 { return []float64{0.7, 0} }

func (m *metronome) Step(x []float64, c *attractor.Command) {
	m.now += m.step
	sin, cos := math.Sincos(m.rate * m.now)
	c.Truth = []float64{0.7 * cos, 0.7 * sin}
	if !m.silent {
		c.Correction = []float64{2 * (c.Truth[0] - x[0]), 2 * (c.Truth[1] - x[1])}
	}
}

// An oscillator of a quarter of a hertz, a limit cycle in the plane, is spoiled and
// learns its rhythm again from a metronome.
func ExampleAttractor_Live() {
	const rate = math.Pi / 2 // rad/s
	cfg := nef.MacNeil2011()
	cfg.Neurons, cfg.Dimensions = 150, 2
	pop, err := nef.NewPopulation(cfg)
	if err != nil {
		log.Fatal(err)
	}
	points, err := nef.Ball(1, 2, 2000, 1)
	if err != nil {
		log.Fatal(err)
	}
	oscillator, err := attractor.New(pop, attractor.Definition{
		Dynamics: func(x, _ []float64) []float64 {
			pull := 2 * (1 - (x[0]*x[0]+x[1]*x[1])/0.49)
			return []float64{pull*x[0] - rate*x[1], pull*x[1] + rate*x[0]}
		},
		Points: points,
		Config: attractor.DefaultConfig(),
	})
	if err != nil {
		log.Fatal(err)
	}
	spoiled, err := oscillator.PerturbDecoders(0.3, 3)
	if err != nil {
		log.Fatal(err)
	}

	// live returns the cycles that seconds of silence or of the metronome hold.
	live := func(kappa float64, silent bool, seconds float64) float64 {
		world := &metronome{step: spoiled.Config.Step, rate: rate, silent: silent}
		run, err := spoiled.Live(context.Background(), world, attractor.LifeConfig{Seconds: seconds, Kappa: kappa, Sample: 0.02})
		if err != nil {
			log.Fatal(err)
		}
		angles, err := attractor.Unwind(run.X)
		if err != nil {
			log.Fatal(err)
		}
		return (angles.At(len(run.Time)-1, 0) - angles.At(0, 0)) / (2 * math.Pi)
	}
	before := live(0, true, 40)
	live(1e-6, false, 60)
	after := live(0, true, 40)
	fmt.Printf("cycles in 40 s: %.0f before, %.0f after\n", before, after)
	// Output:
	// cycles in 40 s: 6 before, 10 after
}
