package depasquale2016

import (
	"cmp"
	"context"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiketrain"
	"github.com/spikewalk/spikewalk/plotting"
)

// resembles is cortex.similarity.
func resembles() experiment.Experiment {
	e := experiment.Experiment{
		ID:         "cortex.similarity",
		Recordings: []string{"cycling", "reaching"},
		Statement:  "Model neurons resemble recorded ones: their rates are the population's factors seen through each neuron, and they rotate as motor cortex does.",
		Setup: "Cycling at the authors' gain 4: PSTHs over 40 trials (bins of 10 ms, a Gaussian of 25 ms). Factor-based rates are each neuron's best linear function of the recorded factors. " +
			"jPCA in six components of the one condition there is, so its mean is not taken off; R² of the best rotation and of the best linear dynamics, for the recorded factors and the model's PSTHs alike. " +
			"The recording holds the factors of motor cortex, not its single neurons, so neurons cannot be compared one by one. " + directionSetup,
		Seeds: 5,
	}
	return experiment.Define(e, similarityConfig{cyclingBase(4), reachingBase()}, append([]experiment.Measure[resemblance]{
		{Name: "factor-based rates: median R² over neurons", Of: func(s resemblance) float64 { return s.R2 }},
		{Name: "jPCA of the data, rotation", Unit: "R²", Of: func(s resemblance) float64 { return s.Data.SkewR2 }},
		{Name: "jPCA of the data, any linear dynamics", Unit: "R²", Of: func(s resemblance) float64 { return s.Data.FreeR2 }},
		{Name: "jPCA of the model, rotation", Unit: "R²", Of: func(s resemblance) float64 { return s.Model.SkewR2 }},
		{Name: "jPCA of the model, any linear dynamics", Unit: "R²", Of: func(s resemblance) float64 { return s.Model.FreeR2 }},
		{Name: "frequency of the data's leading plane", Unit: "Hz", Of: func(s resemblance) float64 { return leading(s.Data).Frequency }},
		{Name: "frequency of the model's leading plane", Unit: "Hz", Of: func(s resemblance) float64 { return leading(s.Model).Frequency }},
		{Name: "median angle between six temporal components of model and data", Unit: "°", Of: func(s resemblance) float64 { return s.Angle }},
		{Name: "trial-to-trial share of the variance of rates", Of: func(s resemblance) float64 { return s.OfRates }},
		{Name: "trial-to-trial share of the variance of factors", Of: func(s resemblance) float64 { return s.OfFactors }},
	}, directionMeasures...), runResembles, cyclingSimilarity, reachingSimilarity)
}

// cyclingSimilarity is the figure of cycling.
func cyclingSimilarity(all []resemblance) *plotting.Drawing {
	one := all[0]
	r2 := experiment.Groups(all, func(s resemblance) []float64 { return []float64{s.Data.SkewR2, s.Model.SkewR2} }, "recorded factors", "model neurons")
	return plotting.Figure(
		plotting.PSTH(one.PSTH, "model neuron").Add(one.Predicted, "predicted from the recorded factors").
			Neurons(one.Shown...).Title("cycling: rates of three model neurons"),
		plotting.Comparison(r2...).Role(plotting.Target, plotting.Learned).YLabel("R² of a rotation").Title("cycling: jPCA, one dot per seed").Height(6),
		plotting.Rotation(leading(one.Data).Projections[0]).Role(plotting.Target).Title("cycling: recorded factors, leading plane"),
		plotting.Rotation(leading(one.Model).Projections[0]).Role(plotting.Learned).Title("cycling: model neurons, leading plane"),
	).Columns(2)
}

// reachingSimilarity is the figure of reaching.
func reachingSimilarity(all []resemblance) *plotting.Drawing {
	one := all[0].Reaching
	r2 := experiment.Groups(all, func(s resemblance) []float64 {
		return []float64{s.Reaching.Muscles.SkewR2, s.Reaching.Units.SkewR2, s.Reaching.Neurons.SkewR2}
	}, "recorded muscles", "rate network", "model neurons")
	panels := plotting.SameScales(
		one.rates("reaching: rates of three model neurons", one.PSTH),
		one.rates("reaching: predicted from the factors", one.Predicted),
	)
	panels = append(panels,
		plotting.Rotation(matrices(leading(one.Muscles).Projections)...).Title("reaching: recorded muscles, their plane"),
		plotting.Rotation(matrices(leading(one.Neurons).Projections)...).Title("reaching: model neurons, leading plane"),
		plotting.Comparison(r2...).Role(plotting.Target, plotting.Other, plotting.Learned).YLabel("R² of a rotation").Title("reaching: jPCA, one dot per seed"),
	)
	return plotting.Figure(panels...).Columns(2)
}

// resemblance is what one seed's model and the data have in common.
type resemblance struct {
	PSTH, Predicted *spiketrain.Response
	Shown           []int // neurons of the figure
	Data, Model     *factor.Rotations
	// r2 is the median over neurons, angle that between temporal components in
	// degrees; the others are trial-to-trial shares of variance.
	R2, Angle, OfRates, OfFactors float64
	Reaching                      *directions
}

// similarityConfig is the networks that cycle and reach.
type similarityConfig struct {
	Cycling  cyclingConfig
	Reaching reachingConfig `sweep:"-Own"`
}

// Quick makes both small.
func (c *similarityConfig) Quick() {
	c.Cycling.Quick()
	c.Reaching.Quick()
}

func runResembles(ctx context.Context, r experiment.Run, c similarityConfig) (resemblance, error) {
	var out resemblance
	rec, err := cycle(ctx, r, c.Cycling)
	if err != nil {
		return out, err
	}
	trains, err := rec.Trains()
	if err != nil {
		return out, err
	}
	if out.PSTH, err = trains.PSTH(spiketrain.DefaultPSTH()); err != nil {
		return out, err
	}
	recorded, carried, err := factorsAs(out.PSTH, rec)
	if err != nil {
		return out, err
	}
	fit, err := spiketrain.FitRates(out.PSTH, recorded, 1e-3)
	if err != nil {
		return out, err
	}
	if out.Predicted, err = fit.Predict(recorded); err != nil {
		return out, err
	}
	r2, err := spiketrain.R2(out.PSTH, out.Predicted)
	if err != nil {
		return out, err
	}
	if err := out.rotate(recorded); err != nil {
		return out, err
	}
	out.Shown = typical(rec.Rates, 0.9, 0.7, 0.5)
	like, err := factor.Compare(out.PSTH.Mean[0], recorded.Mean[0], 6, factor.PCA)
	if err != nil {
		return out, err
	}
	ofRates, err := out.PSTH.Variability()
	if err != nil {
		return out, err
	}
	ofFactors, err := carried.Variability()
	if err != nil {
		return out, err
	}
	out.R2, out.Angle, out.OfRates, out.OfFactors = r2.Median(), degrees(like.MedianAngle()), ofRates.Pooled, ofFactors.Pooled
	out.Reaching, err = directionsOf(ctx, r, c.Reaching)
	return out, err
}

// rotate looks for rotations in the data and in the model, in the same way
// but for the normalisation: factors are no rates.
func (s *resemblance) rotate(recorded *spiketrain.Response) (err error) {
	cfg := factor.Churchland2012(recorded.Dt)
	cfg.RemoveMean, cfg.Forward = false, false
	if s.Model, err = factor.JPCA(s.PSTH.Mean, cfg); err != nil {
		return err
	}
	cfg.Normalise = false
	s.Data, err = factor.JPCA(recorded.Mean, cfg)
	return err
}

// factorsAs returns the target factors, and those that the network carried in
// each trial, in the bins of a PSTH.
func factorsAs(psth *spiketrain.Response, rec *recording.Recording) (targets, carried *spiketrain.Response, err error) {
	bins, _ := psth.Mean[0].Dims()
	every := int(psth.Dt/rec.Dt + 0.5)
	var wanted, own []*mat.Dense
	var conditions []int
	for _, t := range rec.Kept() {
		wanted = append(wanted, binned(rec.Factors.Targets, t.From, bins, every))
		own = append(own, binned(rec.Factors.Values, t.From, bins, every))
		conditions = append(conditions, t.Condition)
	}
	if targets, err = spiketrain.Average(psth.Start, psth.Dt, wanted, conditions); err != nil {
		return nil, nil, err
	}
	carried, err = spiketrain.Average(psth.Start, psth.Dt, own, conditions)
	return targets, carried, err
}

// binned is the mean over each of the bins of a time-major matrix, from a
// step on.
func binned(x *mat.Dense, from, bins, every int) *mat.Dense {
	_, n := x.Dims()
	out := mat.NewDense(bins, n, nil)
	for b := range bins {
		row := out.RawRowView(b)
		for k := range every {
			for j, v := range x.RawRowView(from + b*every + k) {
				row[j] += v / float64(every)
			}
		}
	}
	return out
}

// leading is the plane that holds most of the variance.
func leading(r *factor.Rotations) factor.Plane {
	best := r.Planes[0]
	for _, p := range r.Planes {
		if p.Variance > best.Variance {
			best = p
		}
	}
	return best
}

// typical are neurons whose rates are at the given quantiles of the
// population's.
func typical(rates []float64, quantiles ...float64) []int {
	order := make([]int, len(rates))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rates[a], rates[b]) })
	var chosen []int
	for _, q := range quantiles {
		chosen = append(chosen, order[int(q*float64(len(order)-1))])
	}
	return chosen
}
