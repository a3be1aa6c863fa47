package rate

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/task"
)

// New draws the random network of cfg for a task, which has learned nothing: J̃,
// u_in, biases, an initial state, and Feedback weights U(-TargetScale,
// TargetScale). The readout is zero. Methods start from it; driven by the
// targets (TestConfig.Driven) it is the teacher of full-FORCE by itself, but for
// hints, which it does not take.
func New(cfg Config, s task.Shape) (*Network, error) {
	if err := cmp.Or(cfg.Validate(), s.Validate()); err != nil {
		return nil, err
	}
	if _, err := cfg.checkStep(s.Dt); err != nil {
		return nil, err
	}
	recurrent, err := sparseNormal(cfg)
	if err != nil {
		return nil, err
	}
	n := &Network{
		Form:       cfg.Form,
		Activation: cfg.Activation,
		Tau:        cfg.Tau,
		Dt:         s.Dt,
		Recurrent:  single(recurrent),
		Input:      uniform(cfg.Units, s.Inputs, cfg.InputScale, cfg.stream(forInput)),
		Feedback:   uniform(cfg.Units, s.Outputs, cfg.TargetScale, cfg.stream(forTarget)),
		Readout:    mat.NewDense(s.Outputs, cfg.Units, nil),
		Initial:    make([]float64, cfg.Units),
		Noise:      cfg.RunningNoise,
	}
	if cfg.BiasScale > 0 {
		n.Bias = uniform(1, cfg.Units, cfg.BiasScale, cfg.stream(forBias)).RawRowView(0)
	}
	initial := cfg.stream(forInitial)
	for i := range n.Initial {
		n.Initial[i] = initial.NormFloat64()
	}
	return n, nil
}

// sparseNormal draws J̃. The weights come from a stream of their own, so that
// those that are there at a low connectivity are those of a high one, scaled.
func sparseNormal(cfg Config) (*mat.Dense, error) {
	inputs := cfg.Connectivity * float64(cfg.Units) // of a unit, on average
	j := normal(cfg.Units, cfg.Units, cfg.Gain/math.Sqrt(inputs), cfg.stream(forRecurrent))
	if cfg.Connectivity == 1 {
		return j, nil
	}
	connections := cfg.stream(forConnections)
	for i := range cfg.Units {
		var connected int
		for k, row := 0, j.RawRowView(i); k < len(row); k++ {
			if connections.Float64() < cfg.Connectivity {
				connected++
			} else {
				row[k] = 0
			}
		}
		if connected == 0 {
			return nil, fmt.Errorf("rate: unit %d has no recurrent input: a connectivity of %g gives each of the %d units %.3g on average; raise Connectivity or change Seed", i, cfg.Connectivity, cfg.Units, inputs)
		}
	}
	return j, nil
}

func normal(rows, cols int, sd float64, rng *rand.Rand) *mat.Dense {
	m := mat.NewDense(rows, cols, nil)
	m.Apply(func(_, _ int, _ float64) float64 { return sd * rng.NormFloat64() }, m)
	return m
}

// uniform returns nil for no columns, as everywhere here.
func uniform(rows, cols int, scale float64, rng *rand.Rand) *mat.Dense {
	if cols == 0 {
		return nil
	}
	m := mat.NewDense(rows, cols, nil)
	m.Apply(func(_, _ int, _ float64) float64 { return scale * (2*rng.Float64() - 1) }, m)
	return m
}
