package spiketrain

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/linear"
	"github.com/spikewalk/spikewalk/neuro/stats"
)

// RateModel is firing rates as linear functions of factors.
type RateModel struct {
	// Weights is P × N, in Hz per unit of the factors; Offset has length N, in
	// Hz:
	//
	//	rate = factors · Weights + Offset.
	Weights *mat.Dense
	Offset  []float64
}

// FitRates fits each neuron's PSTH by a linear function of the factors, over all
// times of all conditions: least squares, with a penalty on the weights of ridge
// times the factors' mean variance (0: none; 1e-3 where factors are nearly
// dependent; the offset is free). The model predicts the neurons' factor-based
// firing rates, the part of the PSTHs that the population's factors account for
// (DePasquale et al. 2023). Predicted rates may be negative. PSTHs and factors
// must have the same sampling; smooth factors that change faster than the PSTHs'
// Gaussian.
func FitRates(psth, factors *Response, ridge float64) (*RateModel, error) {
	if err := alike(psth, factors); err != nil {
		return nil, err
	}
	if !(ridge >= 0) || math.IsInf(ridge, 1) {
		return nil, fmt.Errorf("spiketrain: a ridge of %g: it must not be negative", ridge)
	}
	moments := linear.New(factors.table(), psth.table())
	weights, offset, cond, err := moments.Solve(ridge * mat.Trace(moments.Gram) / float64(factors.Neurons()))
	if err != nil || cond > 1e12 {
		return nil, fmt.Errorf("spiketrain: the %d factors depend on each other: use fewer, or a ridge of 1e-3", factors.Neurons())
	}
	return &RateModel{Weights: weights, Offset: offset}, nil
}

// table is all conditions, one below the other.
func (r *Response) table() *mat.Dense {
	var all *mat.Dense
	for j := range r.Neurons() {
		column := r.course(j)
		if all == nil {
			all = mat.NewDense(len(column), r.Neurons(), nil)
		}
		all.SetCol(j, column)
	}
	return all
}

// Predict returns the rates for factors, those that the model was fitted to or
// others.
func (m *RateModel) Predict(factors *Response) (*Response, error) {
	if err := factors.check(); err != nil {
		return nil, err
	}
	if m == nil || m.Weights == nil {
		return nil, errors.New("spiketrain: the model has no weights: make it with FitRates")
	}
	p, n := m.Weights.Dims()
	if factors.Neurons() != p {
		return nil, fmt.Errorf("spiketrain: %d factors, the model has %d", factors.Neurons(), p)
	}
	if len(m.Offset) != n {
		return nil, fmt.Errorf("spiketrain: the model has %d offsets for %d neurons", len(m.Offset), n)
	}
	out := &Response{Start: factors.Start, Dt: factors.Dt, Trials: factors.Trials}
	for _, y := range factors.Mean {
		out.Mean = append(out.Mean, linear.Predict(y, m.Weights, m.Offset))
	}
	return out, nil
}

// R2 returns for each neuron the part of its PSTH's variance over all times of
// all conditions that a prediction explains, 1 - Σ (rate - predicted)² /
// Σ (rate - mean)²: NaN where the PSTH is constant, negative where the mean would
// predict better. What was recorded comes first, unlike in [stats.R2]. Counts are
// samples.
func R2(psth, predicted *Response) (Measure, error) {
	if err := alike(psth, predicted); err != nil {
		return Measure{}, err
	}
	if psth.Neurons() != predicted.Neurons() {
		return Measure{}, fmt.Errorf("spiketrain: rates of %d neurons predicted, there are %d", predicted.Neurons(), psth.Neurons())
	}
	m := Measure{make([]float64, psth.Neurons()), make([]int, psth.Neurons())}
	for i := range m.Values {
		rates := psth.course(i)
		m.Values[i], m.Counts[i] = stats.R2(predicted.course(i), rates), len(rates)
	}
	return m, nil
}
