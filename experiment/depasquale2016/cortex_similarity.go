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
		Measures: []experiment.Measure{
			{Name: "factor-based rates: median R² over neurons"},
			{Name: "jPCA of the data, rotation", Unit: "R²"},
			{Name: "jPCA of the data, any linear dynamics", Unit: "R²"},
			{Name: "jPCA of the model, rotation", Unit: "R²"},
			{Name: "jPCA of the model, any linear dynamics", Unit: "R²"},
			{Name: "frequency of the data's leading plane", Unit: "Hz"},
			{Name: "frequency of the model's leading plane", Unit: "Hz"},
			{Name: "median angle between six temporal components of model and data", Unit: "°"},
			{Name: "trial-to-trial share of the variance of rates"},
			{Name: "trial-to-trial share of the variance of factors"},
		},
	}
	e.Measures = append(e.Measures, directionMeasures...)
	return experiment.Define(e, runResembles, func(all []resemblance) *plotting.Drawing {
		one := all[0]
		r2 := experiment.Groups(all, func(s resemblance) []float64 {
			return []float64{s.data.SkewR2, s.model.SkewR2, s.reaching.muscles.SkewR2, s.reaching.neurons.SkewR2}
		}, "cycling,\ndata", "cycling,\nmodel", "reaching,\nmuscles", "reaching,\nmodel")
		return plotting.Figure(
			plotting.PSTH(one.psth, "PSTH").Add(one.predicted, "factor-based rate").
				Neurons(one.shown...).Title("cycling: three model neurons"),
			plotting.Comparison(r2...).YLabel("R² of a rotation").Title("jPCA, one point a seed"),
			plotting.Rotation(leading(one.data).Projections[0]).Title("cycling: recorded factors, leading plane"),
			plotting.Rotation(leading(one.model).Projections[0]).Title("cycling: model neurons, leading plane"),
			one.reaching.rates("reaching: PSTHs by direction", one.reaching.psth),
			one.reaching.rates("reaching: factor-based rates", one.reaching.predicted),
			plotting.Rotation(matrices(leading(one.reaching.muscles).Projections)...).Title("reaching: recorded muscles, their plane"),
			plotting.Rotation(matrices(leading(one.reaching.neurons).Projections)...).Title("reaching: model neurons, leading plane"),
		).Columns(2)
	})
}

// resemblance is what one seed's model and the data have in common.
type resemblance struct {
	psth, predicted *spiketrain.Response
	shown           []int // neurons of the figure
	data, model     *factor.Rotations
	reaching        *directions
}

func runResembles(ctx context.Context, r experiment.Run) (experiment.Values, resemblance, error) {
	var out resemblance
	rec, err := cycle(ctx, r, 4)
	if err != nil {
		return nil, out, err
	}
	trains, err := rec.Trains()
	if err != nil {
		return nil, out, err
	}
	if out.psth, err = trains.PSTH(spiketrain.DefaultPSTH()); err != nil {
		return nil, out, err
	}
	recorded, carried, err := factorsAs(out.psth, rec)
	if err != nil {
		return nil, out, err
	}
	fit, err := spiketrain.FitRates(out.psth, recorded, 1e-3)
	if err != nil {
		return nil, out, err
	}
	if out.predicted, err = fit.Predict(recorded); err != nil {
		return nil, out, err
	}
	r2, err := spiketrain.R2(out.psth, out.predicted)
	if err != nil {
		return nil, out, err
	}
	if err := out.rotate(recorded); err != nil {
		return nil, out, err
	}
	out.shown = typical(rec.Rates, 0.9, 0.7, 0.5)
	like, err := factor.Compare(out.psth.Mean[0], recorded.Mean[0], 6, factor.PCA)
	if err != nil {
		return nil, out, err
	}
	ofRates, err := out.psth.Variability()
	if err != nil {
		return nil, out, err
	}
	ofFactors, err := carried.Variability()
	if err != nil {
		return nil, out, err
	}
	if out.reaching, err = directionsOf(ctx, r); err != nil {
		return nil, out, err
	}
	v := out.reaching.values()
	for name, value := range map[string]float64{
		"factor-based rates: median R² over neurons":                     r2.Median(),
		"jPCA of the data, rotation":                                     out.data.SkewR2,
		"jPCA of the data, any linear dynamics":                          out.data.FreeR2,
		"jPCA of the model, rotation":                                    out.model.SkewR2,
		"jPCA of the model, any linear dynamics":                         out.model.FreeR2,
		"frequency of the data's leading plane":                          leading(out.data).Frequency,
		"frequency of the model's leading plane":                         leading(out.model).Frequency,
		"median angle between six temporal components of model and data": degrees(like.MedianAngle()),
		"trial-to-trial share of the variance of rates":                  ofRates.Pooled,
		"trial-to-trial share of the variance of factors":                ofFactors.Pooled,
	} {
		v[name] = value
	}
	return v, out, nil
}

// rotate looks for rotations in the data and in the model, in the same way
// but for the normalisation: factors are no rates.
func (s *resemblance) rotate(recorded *spiketrain.Response) (err error) {
	cfg := factor.Churchland2012(recorded.Dt)
	cfg.RemoveMean, cfg.Forward = false, false
	if s.model, err = factor.JPCA(s.psth.Mean, cfg); err != nil {
		return err
	}
	cfg.Normalise = false
	s.data, err = factor.JPCA(recorded.Mean, cfg)
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
