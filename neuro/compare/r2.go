package compare

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// NMSE returns the normalised mean squared error of a prediction, Σ|y - ŷ|² / Σ|y|²
// over all rows and channels: [task.NMSE], of any matrices and without the rows where
// nothing was observed. Silence has an error of 1. Where all that was observed is zero
// the error is +Inf, unless the prediction is zero as well. Unlike 1 - R² it is relative
// to zero and not to the mean, so that it depends on where zero is.
func NMSE(predicted, observed mat.Matrix) (float64, error) {
	p, o, err := comparable(predicted, observed)
	if err != nil {
		return 0, err
	}
	return task.NMSE(p, o, task.Window{}), nil
}

// Fit is the R² of a number of channels.
type Fit struct {
	// Channels is the R² of each (stats.R2): NaN where it does not vary.
	Channels []float64
	// Weights says how much each channel varied, Σ (observed - mean)²; 0 where it did
	// so by rounding only.
	Weights []float64
	// Rows were compared, LeftOut had nothing observed.
	Rows, LeftOut int

	exact []bool // constant, and predicted exactly
}

// R2 returns the R² of each channel of a prediction: 1 where it is right, 0 where the
// mean of what was observed would do as well. The mean is that of the very rows that
// are scored, and not of those that a model was fitted to.
func R2(predicted, observed mat.Matrix) (Fit, error) {
	p, o, err := comparable(predicted, observed)
	if err != nil {
		return Fit{}, err
	}
	all, _ := observed.Dims()
	return r2(p, o, all), nil
}

// r2 is [R2] of finite values, of which there were all rows at first.
func r2(p, o *mat.Dense, all int) Fit {
	rows, n := o.Dims()
	f := Fit{Channels: make([]float64, n), Weights: make([]float64, n), Rows: rows, LeftOut: all - rows, exact: make([]bool, n)}
	for j := range n {
		x, y := mat.Col(nil, j, p), mat.Col(nil, j, o)
		f.Channels[j] = stats.R2(x, y)
		if stats.Constant(y) {
			f.exact[j] = floats.Equal(x, y)
			continue
		}
		mean := stat.Mean(y, nil)
		for _, v := range y {
			f.Weights[j] += (v - mean) * (v - mean)
		}
	}
	return f
}

// Mean is the mean over channels, as scikit-learn's r2_score gives it by default
// (uniform_average) and the Neural Latents Benchmark reports it: a channel that does
// not vary counts as 0, or as 1 if it was predicted exactly. NaN of no channels.
func (f Fit) Mean() float64 {
	sum := 0.0
	for j, v := range f.Channels {
		switch {
		case !math.IsNaN(v):
			sum += v
		case j < len(f.exact) && f.exact[j]:
			sum++
		}
	}
	return sum / float64(len(f.Channels))
}

// Weighted is the mean over channels with their variance as the weight, 1 - Σ|y - ŷ|²
// / Σ|y - mean|² over all channels at once: scikit-learn's variance_weighted, which
// FALCON reports. Channels that do not vary do not count; NaN where none does.
func (f Fit) Weighted() float64 {
	sum, weights := 0.0, 0.0
	for j, v := range f.Channels {
		if j < len(f.Weights) && f.Weights[j] > 0 {
			sum, weights = sum+f.Weights[j]*v, weights+f.Weights[j]
		}
	}
	return sum / weights
}

// OverFiles returns the mean and the standard deviation over sessions of the R²
// weighted by variance, as FALCON reports them: each session is scored by itself, and
// the deviation divides by their number, not by one less. FALCON joins the files of
// one date before it scores them. NaN of no sessions.
func OverFiles(sessions ...Fit) (mean, sd float64) {
	scores := make([]float64, len(sessions))
	for i, f := range sessions {
		scores[i] = f.Weighted()
	}
	return stat.PopMeanStdDev(scores, nil)
}
