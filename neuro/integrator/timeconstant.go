package integrator

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// confidence is the level of the intervals reported.
const confidence = 0.95

// TimeConstant returns the time constant τ = -1/Slope, in s, with which the
// represented position decays exponentially, negative where it grows, and the
// ends of its 95 % confidence interval, -1/SlopeLow and -1/SlopeHigh. Where the
// slope's interval includes 0, the integrator may be perfect and may even be
// unstable: low is then the shortest time constant of a leak that is
// compatible with the measurement, and high is +Inf.
func (d Drift) TimeConstant() (tau, low, high float64) {
	tau, low, high = timeConstant(d.Slope), timeConstant(d.SlopeLow), timeConstant(d.SlopeHigh)
	if d.SlopeLow <= 0 && d.SlopeHigh >= 0 {
		high = math.Inf(1)
	}
	return tau, low, high
}

// timeConstant returns the time constant of a slope, +Inf for none.
func timeConstant(slope float64) float64 {
	if slope == 0 {
		return math.Inf(1)
	}
	return -1 / slope
}

// slopeOf is the slope of the line fitted to y against x with its confidence
// interval, from the standard error of the slope and Student's t of n - 2
// degrees of freedom.
func slopeOf(x, y []float64) (slope, low, high float64) {
	offset, slope := stat.LinearRegression(x, y, nil, false)
	n := float64(len(x))
	if n < 3 {
		return slope, math.Inf(-1), math.Inf(1)
	}
	left := make([]float64, len(y))
	for i := range left {
		left[i] = y[i] - offset - slope*x[i]
	}
	residual := floats.Norm(left, 2) / math.Sqrt(n-2)
	spread := stat.StdDev(x, nil) * math.Sqrt(n-1)
	half := distuv.StudentsT{Sigma: 1, Nu: n - 2}.Quantile((1+confidence)/2) * residual / spread
	return slope, slope - half, slope + half
}
