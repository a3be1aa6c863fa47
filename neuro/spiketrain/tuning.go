package spiketrain

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro"
)

// CosineTuning is how the rates of neurons depend on a direction θ,
//
//	rate = Mean + Depth cos(θ - Preferred),
//
// A. P. Georgopoulos, J. F. Kalaska, R. Caminiti, J. T. Massey (1982), On the
// relations between the direction of two-dimensional arm movements and cell
// discharge in primate motor cortex, Journal of Neuroscience 2:1527-1537.
type CosineTuning struct {
	// Mean and Depth in the unit of the rates (Hz), Preferred in radians, from -π
	// to π, for each neuron. Depth is not negative.
	Mean, Depth, Preferred []float64
	// R2 is the part of the variance over directions that the cosine explains:
	// NaN where a rate is constant. Counts are directions.
	R2 Measure
}

// FitCosine fits a cosine to the rates of N neurons (directions × N) at directions in
// radians, by least squares. Three directions and more are needed; with three, any
// rates are a cosine. [Response.Between] gives such rates.
func FitCosine(directions []float64, rates mat.Matrix) (*CosineTuning, error) {
	if i := neuro.NotFinite(directions); i >= 0 {
		return nil, fmt.Errorf("spiketrain: direction %d is %g: it must be finite", i, directions[i])
	}
	if len(directions) < 3 {
		return nil, fmt.Errorf("spiketrain: %d directions: a cosine needs three", len(directions))
	}
	rows, n := 0, 0
	if rates != nil {
		rows, n = rates.Dims()
	}
	if rows != len(directions) || n == 0 {
		return nil, fmt.Errorf("spiketrain: %d directions and %d x %d rates: give a row for each direction, a column for each neuron", len(directions), rows, n)
	}
	x := mat.NewDense(rows, 3, nil)
	for k, a := range directions {
		sin, cos := math.Sincos(a)
		x.SetRow(k, []float64{1, cos, sin})
	}
	var w, fitted mat.Dense
	if err := w.Solve(x, rates); err != nil {
		return nil, fmt.Errorf("spiketrain: directions %.3g do not tell a cosine: three of them must differ", directions)
	}
	fitted.Mul(x, &w)
	c := new(CosineTuning)
	for i := range n {
		rate := mat.Col(nil, i, rates)
		if k := neuro.NotFinite(rate); k >= 0 {
			return nil, fmt.Errorf("spiketrain: the rate of neuron %d in direction %d is %g: it must be finite", i, k, rate[k])
		}
		c.Mean = append(c.Mean, w.At(0, i))
		c.Depth = append(c.Depth, math.Hypot(w.At(1, i), w.At(2, i)))
		c.Preferred = append(c.Preferred, math.Atan2(w.At(2, i), w.At(1, i)))
		r2 := math.NaN()
		if variance := stat.Variance(rate, nil); variance > 0 {
			r2 = stat.RSquaredFrom(mat.Col(nil, i, &fitted), rate, nil)
		}
		c.R2.Values, c.R2.Counts = append(c.R2.Values, r2), append(c.R2.Counts, rows)
	}
	return c, nil
}
