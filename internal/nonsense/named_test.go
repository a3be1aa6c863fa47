package nonsense

import (
	"context"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/nef"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Mistakes that were once not told, and what is said of them: the thing that is
// wrong, by name or number.
func TestMistakesAreTold(t *testing.T) {
	ctx := context.Background()
	second := func(_ any, err error) error { return err }
	huge := spoiltTask{shape: cycling().Shape(), trial: must(cycling().Trial(nil))}
	huge.trial.Targets = filled(1e300)
	var none context.Context
	drift := integrator.DefaultDrift()
	for _, c := range []struct {
		name string
		call func() error
		want string
	}{
		{"a nil task", func() error { return second(rate.Train(ctx, rate.Force{}, rateConfig(), nil)) }, "no task"},
		{"a nil task to test", func() error {
			return second(readable().Test(ctx, nil, rate.TestConfig{Trials: 1, Recorded: 1, Seed: 1}))
		}, "no task"},
		{"a nil task to record", func() error { return second(task.NewSource(nil)) }, "no task"},
		{"a nil network", func() error { return second(rate.NewSource(nil, basis(), cycling())) }, "network is nil"},
		{"a nil basis", func() error { return second(rate.NewSource(readable(), nil, cycling())) }, "no components"},
		{"a nil source", func() error { return second(spiking.Transfer(ctx, spikingConfig(), nil)) }, "no source"},
		{"a nil source among two", func() error { return second(task.MixSources(source(), nil)) }, "no source"},
		{"a nil population", func() error { return second(integrator.New(nil, integrator.MacNeil2011())) }, "population is nil"},
		{"a nil context", func() error { return second(integrator.MeasureDrift(none, integrate(), drift)) }, "context is nil"},
		{"-5 trials", func() error { return model().Train(ctx, source(), -5) }, "trials is -5"},
		{"a drift of 1e300 s", func() error {
			c := drift
			c.Free = 1e300
			return second(integrator.MeasureDrift(ctx, integrate(), c))
		}, "a drift of 1e+300 s"},
		{"a grid of 30 dimensions", func() error { return second(nef.Grid(1, 0.1, 30)) }, "30 dimensions"},
		{"targets of 1e300", func() error { return second(rate.Train(ctx, rate.Force{}, rateConfig(), huge)) }, "1e+300"},
		{"decoders of 1e307", func() error {
			f := func(x []float64) []float64 { return []float64{1e307 * (1 + x[0])} }
			pop := must(nef.NewPopulation(nef.MacNeil2011()))
			return second(nef.Decoders(pop, f, must(nef.Line(1, 0.001)), nef.Regularisation{Sigma: 0.1, Form: nef.NoiseDemo}))
		}, "not finite"},
		{"a population of a million", func() error {
			c := nef.MacNeil2011()
			c.Neurons = math.MaxInt
			return second(nef.NewPopulation(c))
		}, "GB"},
		{"a P of 80 GB", func() error { return second(rls.New(100_000, rls.Default())) }, "80 GB"},
		{"100,000 spiking neurons", func() error {
			c := spikingConfig()
			c.Neurons = 100_000
			return second(spiking.New(c, source()))
		}, "320 GB"},
		{"a PCA that chooses nothing", func() error { return second(factor.PCA(waves(40, 2), nil)) }, ""},
		{"100 million inputs", func() error {
			return second(rate.New(rateConfig(), task.Shape{Dt: 0.001, Inputs: 1e8, Outputs: 1}))
		}, "100000000 inputs"},
		{"an empty P", func() error { return must(rls.New(2, rls.Default())).SetInverse(nil) }, "P is nil"},
		{"points of no matrix", func() error {
			return second(nef.Product(nef.Points{X: new(mat.Dense)}, must(nef.Line(1, 0.1))))
		}, "no points"},
	} {
		if err := c.call(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want a sentence with %q", c.name, err, c.want)
		}
	}
}
