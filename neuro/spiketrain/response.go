package spiketrain

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// Response is the mean over trials, by condition, of what a population does:
// firing rates ([Trains.PSTH]), factors, or any other signal ([Average]).
type Response struct {
	// Start is the time of the beginning of the first sample, in seconds from
	// the event to which trials are aligned; Dt is the time between samples.
	Start, Dt float64
	// Trials is the number of trials of each condition.
	Trials []int
	// Mean has for each condition the mean over trials, T × N.
	Mean []*mat.Dense
	// SEM has for each condition the standard error of the mean, T × N: the
	// standard deviation over trials (dividing by n - 1) over √n. It is nil for
	// a condition of one trial, and in a response that was not averaged.
	SEM []*mat.Dense
	// Warnings of [Trains.PSTH] say that spike times look like milliseconds:
	// trials last 100 s and more, and no neuron of 20 spikes or more fires at
	// 0.2 Hz.
	Warnings []neuro.Warning `json:",omitempty"`
}

// Average averages signals (each T × N, sampled every dt seconds from start)
// over the trials of each condition. Conditions count from 0 without gaps.
func Average(start, dt float64, signals []*mat.Dense, conditions []int) (*Response, error) {
	if len(signals) == 0 || len(signals) != len(conditions) {
		return nil, fmt.Errorf("spiketrain: %d signals and %d conditions: give one of each per trial, at least one", len(signals), len(conditions))
	}
	if !(dt > 0) || math.IsInf(dt, 1) || neuro.NotFinite([]float64{start}) >= 0 {
		return nil, fmt.Errorf("spiketrain: samples from %g s in steps of %g s: the start must be finite, the step positive", start, dt)
	}
	for i, c := range conditions {
		if c < 0 {
			return nil, fmt.Errorf("spiketrain: trial %d is of condition %d: conditions count from 0", i, c)
		}
	}
	counts, err := perCondition(conditions)
	if err != nil {
		return nil, err
	}
	if signals[0] == nil || signals[0].IsEmpty() {
		return nil, errors.New("spiketrain: the signal of trial 0 is empty")
	}
	steps, n := signals[0].Dims()
	m := newMoments(len(counts), steps, n)
	for i, s := range signals {
		if s == nil {
			return nil, fmt.Errorf("spiketrain: the signal of trial %d is nil", i)
		}
		if t, k := s.Dims(); t != steps || k != n {
			return nil, fmt.Errorf("spiketrain: the signal of trial %d is %d x %d, that of trial 0 %d x %d: cut all to the same", i, t, k, steps, n)
		}
		for k := range steps {
			if j := neuro.NotFinite(s.RawRowView(k)); j >= 0 {
				return nil, fmt.Errorf("spiketrain: the signal of trial %d is %g at step %d, channel %d: every value must be finite", i, s.At(k, j), k, j)
			}
		}
		m.add(conditions[i], s)
	}
	return m.response(start, dt), nil
}

// moments accumulates means and squared deviations (Welford 1962).
type moments struct {
	trials        []int
	mean, squares []*mat.Dense
}

func newMoments(conditions, steps, n int) *moments {
	m := &moments{trials: make([]int, conditions)}
	for range conditions {
		m.mean = append(m.mean, mat.NewDense(steps, n, nil))
		m.squares = append(m.squares, mat.NewDense(steps, n, nil))
	}
	return m
}

func (m *moments) add(condition int, x *mat.Dense) {
	m.trials[condition]++
	count := float64(m.trials[condition])
	steps, _ := x.Dims()
	for t := range steps {
		mean, squares := m.mean[condition].RawRowView(t), m.squares[condition].RawRowView(t)
		for j, v := range x.RawRowView(t) {
			off := v - mean[j]
			mean[j] += off / count
			squares[j] += off * (v - mean[j])
		}
	}
}

func (m *moments) response(start, dt float64) *Response {
	r := &Response{Start: start, Dt: dt, Trials: m.trials, Mean: m.mean, SEM: make([]*mat.Dense, len(m.trials))}
	for c, n := range m.trials {
		if n < 2 {
			continue
		}
		r.SEM[c] = m.squares[c]
		r.SEM[c].Apply(func(_, _ int, s float64) float64 { return math.Sqrt(s / float64((n-1)*n)) }, r.SEM[c])
	}
	return r
}

// check reports a response that is not complete: one put together by hand.
func (r *Response) check() error {
	if r == nil || len(r.Mean) == 0 {
		return errors.New("spiketrain: there is no response: make it with PSTH or Average")
	}
	for c, m := range r.Mean {
		if m == nil || m.IsEmpty() {
			return fmt.Errorf("spiketrain: the response has nothing for condition %d", c)
		}
		steps, n := m.Dims()
		if n != r.Neurons() {
			return fmt.Errorf("spiketrain: condition %d has %d neurons, condition 0 has %d", c, n, r.Neurons())
		}
		for t := range steps {
			if j := neuro.NotFinite(m.RawRowView(t)); j >= 0 {
				return fmt.Errorf("spiketrain: the response is %g in condition %d at step %d, channel %d: every value must be finite", m.At(t, j), c, t, j)
			}
		}
	}
	return nil
}

// Neurons returns the number of neurons, or channels.
func (r *Response) Neurons() int {
	if len(r.Mean) == 0 || r.Mean[0] == nil {
		return 0
	}
	_, n := r.Mean[0].Dims()
	return n
}

// course is neuron n's mean in all conditions, one after the other.
func (r *Response) course(n int) []float64 {
	var out []float64
	for _, m := range r.Mean {
		out = append(out, mat.Col(nil, n, m)...)
	}
	return out
}
