package attractor_test

import (
	"context"
	"fmt"
	"log"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/attractor"
)

// A head turns in the dark for a second, and its direction is carried along.
func ExampleNewRing() {
	cfg := attractor.Ring()
	ring, err := attractor.NewRing(cfg)
	if err != nil {
		log.Fatal(err)
	}
	cfg.Wander.Correction = attractor.Correction{} // nothing is seen
	wander, err := attractor.NewWander(cfg, 1)
	if err != nil {
		log.Fatal(err)
	}
	run, err := ring.Live(context.Background(), wander, attractor.LifeConfig{Seconds: 1, Sample: 0.01, Seed: 1})
	if err != nil {
		log.Fatal(err)
	}
	last := len(run.Time) - 1
	is, ought := heading(run.X.RawRowView(last)), heading(run.Truth.RawRowView(last))
	fmt.Println("wrong by less than 10°:", math.Abs(math.Remainder(is-ought, 2*math.Pi)) < 10*math.Pi/180)
	// Output: wrong by less than 10°: true
}

// heading is the angle of a state (cos φ, sin φ), in rad.
func heading(x []float64) float64 { return math.Atan2(x[1], x[0]) }

// Angles that go round and round are made to go on.
func ExampleUnwind() {
	states := mat.NewDense(5, 2, nil)
	for t := range 5 {
		sin, cos := math.Sincos(float64(t) * 0.75 * math.Pi)
		states.SetRow(t, []float64{cos, sin})
	}
	angles, err := attractor.Unwind(states)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.2f turns, and not %.2f\n", angles.At(4, 0)/(2*math.Pi), heading(states.RawRowView(4))/(2*math.Pi))
	// Output: 1.50 turns, and not 0.50
}
