package experiment

import (
	"context"
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro/spiketrain"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// triedGains are the gains between the authors' and our preset's.
var triedGains = []float64{4, 6, 8, accurateGain}

// fanoWindow is the window, in seconds, in which spikes are counted.
const fanoWindow = 0.1

// fixedWeights is variability.fixed.
func fixedWeights() Experiment {
	e := Experiment{
		ID:        "variability.fixed",
		Statement: "Fixed random synapses make spiking irregular and different from trial to trial, while factors repeat.",
		Setup: fmt.Sprintf("Cycling, 800 neurons, with the fixed random weights J0 and without them (uniform inhibition stays), at the authors' gain 4; "+
			"Fano factors over %d trials in windows of 100 ms, medians over neurons. A larger gain buys accuracy with regularity.", recordedTrials),
		Seeds: 5,
		Measures: []Measure{
			{Name: "Fano factor with J0", Bars: []Bar{atLeast(0.7)}},
			{Name: "Fano factor without", Bars: []Bar{atMost(0.05)}},
			{Name: "CV2 with J0"},
			{Name: "CV2 without"},
			{Name: "CV2 with J0 less without", Bars: []Bar{eachOver(0)}},
			{Name: "CV with J0"},
			{Name: "CV without"},
			{Name: "own preset: Fano factor"},
			{Name: "own preset: CV2"},
			{Name: "factors without J0"},
		},
	}
	return define(e, runFixedWeights, func(all []gainCurve) *plotting.Drawing {
		var with, without plotting.Samples
		fano, cv2 := plotting.Samples{Name: "Fano factor"}, plotting.Samples{Name: "CV2"}
		for k, g := range triedGains {
			var e, f, c []float64
			for _, seed := range all {
				e = append(e, task.Median(seed.with[k].rec.FactorErrors))
				f, c = append(f, seed.with[k].fano), append(c, seed.with[k].cv2)
			}
			with.X, with.Values = append(with.X, g), append(with.Values, e)
			fano.X, fano.Values = append(fano.X, g), append(fano.Values, f)
			cv2.X, cv2.Values = append(cv2.X, g), append(cv2.Values, c)
		}
		with.Name, without = "with J0", plotting.Samples{Name: "without", X: []float64{4}, Values: [][]float64{nil}}
		for _, seed := range all {
			without.Values[0] = append(without.Values[0], task.Median(seed.without.rec.FactorErrors))
		}
		one := all[0]
		return plotting.Figure(
			neuronOverTrials(one.with[0].rec).Title("one neuron, trial by trial, with J0"),
			neuronOverTrials(one.without.rec).Title("without J0"),
			plotting.Curve(with, without).LogY().XLabel("gain g").YLabel("nMSE of factors").Title("accuracy"),
			plotting.Curve(fano, cv2).XLabel("gain g").YLabel("with J0").Title("variability"),
		).Columns(2)
	})
}

// gainCurve is one seed's networks: with J0 at each of triedGains, and
// without at the authors' gain.
type gainCurve struct {
	with    []irregular
	without irregular
}

// irregular is how irregularly a network fires, medians over neurons.
type irregular struct {
	rec           *spiking.Recording
	fano, cv, cv2 float64
}

func runFixedWeights(ctx context.Context, r Run) (Values, gainCurve, error) {
	var c gainCurve
	at := map[float64]irregular{}
	for _, g := range triedGains {
		one, err := irregularity(ctx, r, variant{gain: g, fixed: true})
		if err != nil {
			return nil, c, err
		}
		c.with = append(c.with, one)
		at[g] = one
	}
	var err error
	if c.without, err = irregularity(ctx, r, variant{gain: 4}); err != nil {
		return nil, c, err
	}
	with, own := at[4], at[accurateGain]
	return Values{
		"Fano factor with J0": with.fano, "Fano factor without": c.without.fano,
		"CV2 with J0": with.cv2, "CV2 without": c.without.cv2, "CV2 with J0 less without": with.cv2 - c.without.cv2,
		"CV with J0": with.cv, "CV without": c.without.cv,
		"own preset: Fano factor": own.fano, "own preset: CV2": own.cv2,
		"factors without J0": task.Median(c.without.rec.FactorErrors),
	}, c, nil
}

func irregularity(ctx context.Context, r Run, v variant) (irregular, error) {
	net, err := cycle(ctx, r, v)
	if err != nil {
		return irregular{}, err
	}
	trains, err := trialsOf(net.rec)
	if err != nil {
		return irregular{}, err
	}
	fano, err := trains.Fano(fanoWindow)
	if err != nil {
		return irregular{}, err
	}
	return irregular{net.rec, fano.Median(), trains.CV().AtLeast(10).Median(), trains.CV2().AtLeast(10).Median()}, nil
}

// trialsOf cuts a recording into its trials.
func trialsOf(rec *spiking.Recording) (*spiketrain.Trains, error) {
	var windows []spiketrain.Window
	for _, t := range rec.Trials {
		windows = append(windows, spiketrain.Window{
			Condition: t.Condition, Zero: float64(t.From) * rec.Dt, Stop: float64(t.To-t.From) * rec.Dt,
		})
	}
	return spiketrain.Cut(rec.Spikes.Times, rec.Spikes.Neurons, rec.Neurons, windows)
}

// neuronOverTrials is a raster of the neuron whose rate is the population's
// median, one row a trial.
func neuronOverTrials(rec *spiking.Recording) *plotting.RasterPanel {
	typical, median := 0, task.Median(rec.Rates)
	for j, rate := range rec.Rates {
		if math.Abs(rate-median) < math.Abs(rec.Rates[typical]-median) {
			typical = j
		}
	}
	var times []float64
	var rows []int
	for i, t := range rec.Trials {
		from, to := float64(t.From)*rec.Dt, float64(t.To)*rec.Dt
		trial := rec.Spikes.Window(from, to)
		for k, j := range trial.Neurons {
			if j == typical {
				times, rows = append(times, trial.Times[k]-from), append(rows, i)
			}
		}
	}
	return plotting.Raster(times, rows).Neurons(len(rec.Trials)).YLabel("trial")
}
