package depasquale2016

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// testTrials are drawn at random.
const testTrials neuro.Purpose = "test trials"

// relativeGain is g = g0 √(N/N_r): u's entries then keep their size when the
// number of neurons changes.
func relativeGain(g0 float64, neurons, units int) float64 {
	return g0 * math.Sqrt(float64(neurons)/float64(units))
}

// transferConfig is a rate network, a spiking network that is taught by it, and the
// latter's test.
type transferConfig struct {
	// Rate is trained by full-FORCE.
	Rate rate.Config `sweep:"-Seed"`
	// Spiking has the gain g = Gain √(N/N_r).
	Spiking spiking.Config `sweep:"-Seed -Gain"`
	Gain    float64
	Test    spiking.TestConfig `sweep:"-Seed -Initial -Record"`
}

// follow sets what follows from the seed, and from other fields.
func (c *transferConfig) follow(seed uint64) {
	c.Rate.Seed, c.Spiking.Seed, c.Test.Seed = seed, seed, testSeed(seed)
	c.Spiking.Gain = relativeGain(c.Gain, c.Spiking.Neurons, c.Rate.Units)
}

// Quick makes all of it small.
func (c *transferConfig) Quick() {
	quickRate(&c.Rate)
	quickSpiking(&c.Spiking)
	quickTest(&c.Test)
}

func quickRate(c *rate.Config) { c.Units, c.TrainingTrials, c.TestTrials = 60, 5, 2 }

func quickSpiking(c *spiking.Config) {
	c.Neurons = min(c.Neurons, 100)
	c.WarmUpTrials, c.DemeaningTrials, c.TrainingTrials = 1, 2, 3
}

func quickTest(c *spiking.TestConfig) { c.WarmUpTrials, c.Trials = 1, 2 }

// testSeed is that of tests: their trials differ between seeds, and from every
// seed's training.
func testSeed(seed uint64) uint64 { return 1000 + seed }

// hundredTrials is a test of trials that taught nothing, the first of which are
// recorded in full.
func hundredTrials() spiking.TestConfig {
	cfg := spiking.DefaultTest()
	cfg.Recorded = recordedTrials
	return cfg
}

// recordedTrials is how many of the test trials are recorded in full.
const recordedTrials = 40

// fullForce trains a rate network by full-FORCE.
func fullForce(ctx context.Context, cfg rate.Config, k task.Task) (*rate.Fit, error) {
	return rate.Train(experiment.Part(ctx, "full-FORCE"), rate.FullForce{}, cfg, k)
}

// seenThrough is a trained rate network as a source, seen through the components
// that hold 99 % of its variance.
func seenThrough(fit *rate.Fit, k task.Task) (task.Source, *factor.Basis, error) {
	basis, err := factor.PCA(everyNth(fit.Activity.Values, 10), factor.Variance(0.99))
	if err != nil {
		return nil, nil, err
	}
	src, err := rate.NewSource(fit.Network, basis, k)
	return src, basis, err
}

// transfer trains a spiking network and tests it.
func transfer(ctx context.Context, cfg spiking.Config, src task.Source, test spiking.TestConfig) (*recording.Recording, error) {
	model, err := spiking.Transfer(experiment.Part(ctx, "spikes"), cfg, src)
	if err != nil {
		return nil, err
	}
	return model.Test(experiment.Part(ctx, "test"), src, test)
}

// tested is what is kept of a network's test: the nMSE of each trial, and the
// first seconds.
type tested struct {
	Factors, Outputs []float64
	Shown            excerpt
}

// testOf keeps the first two seconds, which are a trial of most tasks.
func testOf(rec *recording.Recording) tested {
	return tested{rec.FactorErrors, rec.OutputErrors, beginning(rec, 2)}
}

func (t tested) factorError() float64 { return stats.Median(t.Factors) }
func (t tested) outputError() float64 { return stats.Median(t.Outputs) }

// medians are both.
func (t tested) medians() []float64 { return []float64{t.factorError(), t.outputError()} }

// transferFigure shows what a spiking network does, in its first recorded
// seconds, and how well over all seeds. Its outputs are numbered if there are several.
func transferFigure(all []tested, output string) *plotting.Drawing {
	one := all[0].Shown
	outputs, outputsName := one.outputPanel().YLabel(output), output
	if _, n := one.Outputs.Dims(); n > 1 {
		outputs, outputsName = one.outputPanel().Names(numbered(output, n)...), output+"s"
	}
	groups := experiment.Groups(all, tested.medians, "factors", outputsName)
	return plotting.Figure(
		outputs.Title(outputsName+", seed 1"),
		one.factorPanel(4).Title("first four factors, seed 1"),
		one.rasterPanel().Title("spikes of 100 neurons"),
		plotting.Comparison(groups...).LogY().Title("test, one dot per seed").YLabel("nMSE"),
	).Columns(2)
}

// factorError and outputError are medians over test trials.
func factorError(rec *recording.Recording) float64 { return stats.Median(rec.FactorErrors) }
func outputError(rec *recording.Recording) float64 { return stats.Median(rec.OutputErrors) }

// columns is the first channels of a time-major matrix.
func columns(m *mat.Dense, channels int) *mat.Dense {
	rows, cols := m.Dims()
	return m.Slice(0, rows, 0, min(cols, channels)).(*mat.Dense)
}
