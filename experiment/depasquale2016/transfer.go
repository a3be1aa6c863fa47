package depasquale2016

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/plotting"
)

// relativeGain is g = g0 √(N/N_r): u's entries then keep their size when the
// number of neurons changes.
func relativeGain(g0 float64, neurons, units int) float64 {
	return g0 * math.Sqrt(float64(neurons)/float64(units))
}

// spiking is the authors' preset with another number of neurons and of
// training trials.
func spikingConfig(r experiment.Run, neurons, trials int) spiking.Config {
	cfg := spiking.DePasquale2023()
	cfg.Seed, cfg.Neurons, cfg.TrainingTrials = r.Seed, neurons, trials
	if r.Quick {
		cfg.Neurons = min(neurons, 100)
		cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 1, 2, 3
	}
	return cfg
}

// recordedTrials is how many of the test trials are recorded in full.
const recordedTrials = 40

// test is how trained networks are tested: 100 trials that taught nothing.
func testConfig(r experiment.Run) spiking.TestConfig {
	cfg := spiking.DefaultTest()
	// Test trials differ between seeds, and from every seed's training.
	cfg.Seed = 1000 + r.Seed
	cfg.Recorded = recordedTrials
	if r.Quick {
		cfg.WarmUpTrials, cfg.Trials = 1, 2
	}
	return cfg
}

// transfer trains a spiking network and tests it.
func transfer(ctx context.Context, r experiment.Run, cfg spiking.Config, src spiking.Source) (*spiking.Model, *recording.Recording, error) {
	model, err := spiking.Transfer(experiment.Part(ctx, "spikes"), cfg, src)
	if err != nil {
		return nil, nil, err
	}
	rec, err := model.Test(experiment.Part(ctx, "test"), src, testConfig(r))
	return model, rec, err
}

// transferFigure shows what a spiking network does, in its first recorded
// seconds, and how well over all seeds.
func transferFigure(all []*recording.Recording, seconds float64) *plotting.Drawing {
	one := all[0]
	factors, outputs := plotting.Group{Name: "factors"}, plotting.Group{Name: "outputs"}
	for _, rec := range all {
		f, o := rec.MedianErrors()
		factors.Values, outputs.Values = append(factors.Values, f), append(outputs.Values, o)
	}
	return plotting.Figure(
		plotting.Outputs(one.Outputs.Window(0, seconds)).Title("output").YLabel("output"),
		plotting.Outputs(beginning(one.Factors, seconds, 4)).Title("first factors").YLabel("factor"),
		plotting.Raster(one.Spikes.Window(0, seconds).Below(100)).Rows(100).Title("spikes of 100 neurons"),
		plotting.Comparison(factors, outputs).LogY().Title("test, one point a seed").YLabel("nMSE"),
	).Columns(2)
}

// beginning is the first seconds of the first channels.
func beginning(s recording.Series, seconds float64, channels int) recording.Series {
	s = s.Window(0, seconds)
	steps, all := s.Dims()
	return s.Slice(0, steps, 0, min(channels, all))
}

// head is the first steps of a time-major matrix.
func head(m *mat.Dense, steps int) *mat.Dense {
	rows, cols := m.Dims()
	return m.Slice(0, min(rows, steps), 0, cols).(*mat.Dense)
}

// columns is the first channels of a time-major matrix.
func columns(m *mat.Dense, channels int) *mat.Dense {
	rows, cols := m.Dims()
	return m.Slice(0, rows, 0, min(cols, channels)).(*mat.Dense)
}
