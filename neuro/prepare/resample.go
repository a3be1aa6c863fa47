package prepare

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Resample returns the series, and its targets, at another rate in Hz. What is
// faster than half the lower of both rates is filtered out by a windowed sinc
// (Kaiser, β = 5, ten zero crossings on either side), applied polyphase, as
// scipy.signal.resample_poly does it; the line between the first and the last value
// is taken off before and added after, so that ends do not fall to zero and a line
// stays one. Stretches between gaps are resampled each by itself, from their first
// row on.
//
// The ratio of the rates is taken as a fraction of whole numbers up to 10,000, to
// 1e-6; the step of the result follows from the fraction. Rows become samples in
// time at their timestamps, whatever bins the timestamps stood for. Cost: rows of
// the faster rate × 20 × channels.
func Resample(s recording.Series, rate float64) (recording.Series, error) {
	c, err := clockOf("the series to resample", s)
	if err != nil {
		return s, err
	}
	if err := finite(s.Values); err != nil {
		return s, err
	}
	if !(rate > 0) || math.IsInf(rate, 1) {
		return s, fmt.Errorf("prepare: a rate of %g Hz: it must be positive", rate)
	}
	up, down, err := fraction(rate * c.dt)
	if err != nil {
		return s, err
	}
	if float64(c.rows)*float64(up)/float64(down) > mostBins {
		return s, fmt.Errorf("prepare: %d rows every %g s resampled to %g Hz are more than %d", c.rows, c.dt, rate, mostBins)
	}
	if up == down {
		return s, nil
	}
	h := lowpassKernel(max(up, down), up)
	return eachStretch("the series to resample", s, c, func(m *mat.Dense, dt float64) (*mat.Dense, float64, error) {
		return polyphase(m, up, down, h), dt * float64(down) / float64(up), nil
	})
}

// eachStretch changes each stretch of a series, and of its targets, by itself.
func eachStretch(name string, s recording.Series, c clock, change func(m *mat.Dense, dt float64) (*mat.Dense, float64, error)) (recording.Series, error) {
	var values, targets []*mat.Dense
	var times []float64
	stretches := c.stretches()
	for _, stretch := range stretches {
		dt, err := c.even(name, stretch)
		if err != nil {
			return s, err
		}
		_, channels := s.Values.Dims()
		part, after, err := change(s.Values.Slice(stretch[0], stretch[1], 0, channels).(*mat.Dense), dt)
		if err != nil {
			return s, err
		}
		values = append(values, part)
		if s.Targets != nil {
			wanted, _, err := change(s.Targets.Slice(stretch[0], stretch[1], 0, channels).(*mat.Dense), dt)
			if err != nil {
				return s, err
			}
			targets = append(targets, wanted)
		}
		rows, _ := part.Dims()
		for i := range rows {
			times = append(times, c.at(stretch[0])+float64(i)*after)
		}
		s.Dt = after
	}
	var err error
	if s.Values, err = Stack(values); err != nil {
		return s, err
	}
	if s.Targets != nil {
		if s.Targets, err = Stack(targets); err != nil {
			return s, err
		}
	}
	if s.Start, s.Times = times[0], nil; len(stretches) > 1 {
		s.Times, s.Dt, s.Start = times, 0, 0
	}
	return s, nil
}

const mostTimes = 10_000

// fraction returns whole numbers up / down that are a ratio to 1e-6, by its
// continued fraction.
func fraction(ratio float64) (up, down int, err error) {
	p0, q0, p1, q1 := 0.0, 1.0, 1.0, 0.0
	for x := ratio; ; x = 1 / (x - math.Floor(x)) {
		a := math.Floor(x)
		p0, q0, p1, q1 = p1, q1, a*p1+p0, a*q1+q0
		if !(p1 <= mostTimes && q1 <= mostTimes) {
			return 0, 0, fmt.Errorf("prepare: rates in a ratio of %g, which is no fraction of whole numbers up to %d: resample in two steps, or to another rate", ratio, mostTimes)
		}
		if p1 > 0 && math.Abs(p1/q1/ratio-1) <= 1e-6 {
			return int(p1), int(q1), nil
		}
	}
}

// lowpassKernel is a windowed sinc of 20 · highest + 1 weights that sum to gain.
func lowpassKernel(highest, gain int) []float64 {
	const crossings, beta = 10, 5
	half := crossings * highest
	h := make([]float64, 2*half+1)
	sum := 0.0
	for i := range h {
		x := float64(i-half) / float64(highest)
		edge := float64(i-half) / float64(half)
		h[i] = bessel(beta * math.Sqrt(1-edge*edge))
		if i != half {
			h[i] *= math.Sin(math.Pi*x) / (math.Pi * x)
		}
		sum += h[i]
	}
	for i := range h {
		h[i] *= float64(gain) / sum
	}
	return h
}

// bessel is I0, the modified Bessel function of the first kind and order zero.
func bessel(x float64) float64 {
	sum, term := 1.0, 1.0
	for k := 1.0; term > 1e-17*sum; k++ {
		term *= x / (2 * k) * x / (2 * k)
		sum += term
	}
	return sum
}

// polyphase returns y[m] = Σ_k h[half + m down - k up] x[k].
func polyphase(m *mat.Dense, up, down int, h []float64) *mat.Dense {
	rows, channels := m.Dims()
	half := len(h) / 2
	after := (rows*up + down - 1) / down
	out := mat.NewDense(after, channels, nil)
	line := make([]float64, channels)
	first, last := m.RawRowView(0), m.RawRowView(rows-1)
	for j := range line {
		line[j] = (last[j] - first[j]) / float64(max(rows-1, 1))
	}
	for t := range after {
		y := out.RawRowView(t)
		at := t * down
		for k := max(0, (at-half+up-1)/up); k < rows && k*up <= at+half; k++ {
			w := h[half+at-k*up]
			for j, x := range m.RawRowView(k) {
				y[j] += w * (x - first[j] - float64(k)*line[j])
			}
		}
		for j := range y {
			y[j] += first[j] + line[j]*float64(at)/float64(up)
		}
	}
	return out
}
