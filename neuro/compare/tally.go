package compare

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// tally is the sums of a trial that its scores are made of, which add up over trials.
type tally struct {
	rows float64
	// For each channel: sums of what was observed less a constant, of its square, of
	// the squared error. A channel that does not vary has NaN for the error.
	values, squares, errors []float64
	// Of all channels: sums of squares of the error and of what was observed.
	off, power float64
}

// tallies are those of all trials. Values count from the channels' means, so that
// squares lose no digits.
func tallies(predicted, observed []*mat.Dense, s *scored, fit Fit) []tally {
	channels := len(fit.Channels)
	means := make([]float64, channels)
	for i, m := range observed {
		for k, use := range s.rows[i] {
			if use {
				floats.AddScaled(means, 1/float64(s.used), m.RawRowView(k))
			}
		}
	}
	out := make([]tally, len(observed))
	for i := range out {
		t := newTally(channels)
		for k, use := range s.rows[i] {
			if !use {
				continue
			}
			t.rows++
			for j := range channels {
				y, e := observed[i].At(k, j), observed[i].At(k, j)-predicted[i].At(k, j)
				t.values[j] += y - means[j]
				t.squares[j] += (y - means[j]) * (y - means[j])
				t.errors[j] += e * e
				t.off, t.power = t.off+e*e, t.power+y*y
			}
		}
		for j, w := range fit.Weights {
			if w == 0 {
				t.errors[j] = math.NaN()
			}
		}
		out[i] = t
	}
	return out
}

func newTally(channels int) tally {
	return tally{values: make([]float64, channels), squares: make([]float64, channels), errors: make([]float64, channels)}
}

// total adds up the drawn trials.
func total(trials []tally, drawn []float64) tally {
	sum := newTally(len(trials[0].values))
	for _, d := range drawn {
		t := trials[int(d)]
		sum.rows += t.rows
		floats.Add(sum.values, t.values)
		floats.Add(sum.squares, t.squares)
		floats.Add(sum.errors, t.errors)
		sum.off, sum.power = sum.off+t.off, sum.power+t.power
	}
	return sum
}

// varied is Σ (observed - mean)² of a channel.
func (t tally) varied(j int) float64 { return t.squares[j] - t.values[j]*t.values[j]/t.rows }

// channel is the R² of a channel.
func (t tally) channel(j int) float64 { return 1 - t.errors[j]/t.varied(j) }

// r2Of is the R² weighted by variance of the channels that vary.
func r2Of(t tally) float64 {
	off, varied := 0.0, 0.0
	for j, e := range t.errors {
		if !math.IsNaN(e) {
			off, varied = off+e, varied+t.varied(j)
		}
	}
	return 1 - off/varied
}

// nmseOf is task.NMSE of the trials.
func nmseOf(t tally) float64 {
	if t.off == 0 {
		return 0
	}
	return t.off / t.power
}
