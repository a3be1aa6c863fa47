package rate_test

import (
	"context"
	"fmt"
	"log"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Delta corrects the readout down the gradient of the squared error (Widrow &
// Hoff 1960): W -= Rate e rᵀ. It is a method like those of the package.
type Delta struct{ Rate float64 }

// Start implements rate.Method.
func (d Delta) Start(cfg rate.Config, s task.Shape) (rate.Learner, error) {
	net, err := rate.New(cfg, s)
	if err != nil {
		return nil, err
	}
	return &descending{rate: d.Rate, net: net, runner: net.Runner(nil)}, nil
}

type descending struct {
	rate   float64
	net    *rate.Network
	runner *rate.Runner
	trial  task.Trial
}

func (d *descending) Begin(_ context.Context, trial task.Trial) { d.trial = trial }

func (d *descending) Step(t int, mode rate.Mode) ([]float64, error) {
	activity, output := d.runner.Step(d.trial.Inputs, t)
	if mode == rate.Learning {
		for i, want := range d.trial.Targets.RawRowView(t) {
			floats.AddScaled(d.net.Readout.RawRowView(i), -d.rate*(output[i]-want), activity)
		}
	}
	d.runner.Advance()
	return output, nil
}

func (d *descending) Network() *rate.Network {
	net := *d.net
	net.Initial = d.runner.State()
	return &net
}

// constant asks for 1 as long as an input is 1.
type constant struct{}

func (constant) Shape() task.Shape {
	return task.Shape{Name: "constant", Dt: 0.001, Inputs: 1, Outputs: 1}
}

func (constant) Trial(*rand.Rand) (task.Trial, error) {
	ones := func() *mat.Dense {
		m := mat.NewDense(100, 1, nil)
		m.Apply(func(_, _ int, _ float64) float64 { return 1 }, m)
		return m
	}
	return task.Trial{Inputs: ones(), Targets: ones()}, nil
}

// A learning rule of one's own: the delta rule for the readout. Where nothing but
// a constant input drives the units their activity r stands still, and the error
// falls as (1 - Rate |r|²)^t.
func ExampleMethod() {
	cfg := rate.DePasquale2018()
	cfg.Units, cfg.Gain, cfg.TargetScale = 20, 0, 0
	cfg.UpdateProbability, cfg.WarmUpTrials, cfg.TrainingTrials = 1, 10, 1 // 10 trials are 100 Tau
	cfg.TestTrials, cfg.RecordedTrials = 1, 1
	rule := Delta{Rate: 0.001}
	fit, err := rate.Train(context.Background(), rule, cfg, constant{})
	if err != nil {
		log.Fatal(err)
	}
	r := fit.Activity.Values.RawRowView(0)
	want := math.Pow(1-rule.Rate*floats.Dot(r, r), 100)
	fmt.Println("as the closed form:", math.Abs((1-fit.Outputs.At(0, 0))/want-1) < 1e-10)
	// Output: as the closed form: true
}
