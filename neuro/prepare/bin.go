package prepare

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
)

// Edges says which edge belongs to a bin from a to b.
type Edges string

const (
	// LeftClosed bins are [a, b), as NumPy's histogram has them, but for its last
	// bin. Edges are from + k dt in float64: a spike at 0.3 s is before the edge
	// 0.1 + 2 · 0.1.
	LeftClosed Edges = "[a, b)"
	// RightClosed bins are (a, b], as in simulated networks, whose spikes carry
	// the end of the step.
	RightClosed Edges = "(a, b]"
	// Truncated bins are those of the Neural Latents Benchmark: a spike at t seconds
	// is in millisecond int(round(1000 t, 6)) of the recording, so that one less
	// than 0.5 ns before an edge is counted after it. Bins are a whole number of
	// milliseconds wide, and begin at the whole millisecond nearest to from.
	Truncated Edges = "truncated"
)

// mostBins bounds the bins of a window: a day of milliseconds.
const mostBins = 86_400_000

// Bin counts the spikes in each of a number of bins of dt seconds, the first of
// which begins at from. Times in seconds need not be sorted; equal ones all count.
// Spikes outside are ignored, and times that are not numbers are an error.
func Bin(times []float64, from, dt float64, bins int, edges Edges) ([]float64, error) {
	at, err := binner(from, dt, bins, edges)
	if err != nil {
		return nil, err
	}
	counts := make([]float64, bins)
	for i, t := range times {
		if math.IsNaN(t) || math.IsInf(t, 0) {
			return nil, fmt.Errorf("prepare: spike %d is at %g s: times must be finite", i, t)
		}
		if k := at(t); k >= 0 && k < bins {
			counts[k]++
		}
	}
	return counts, nil
}

// binner returns the bin of a time; one below 0 or from bins on is outside.
func binner(from, dt float64, bins int, edges Edges) (func(t float64) int, error) {
	switch {
	case math.IsNaN(from) || math.IsInf(from, 0):
		return nil, fmt.Errorf("prepare: bins from %g s: it must be finite", from)
	case !(dt > 0) || dt > 1e6:
		return nil, fmt.Errorf("prepare: bins of %g s: they must be longer than 0", dt)
	case bins < 1 || bins > mostBins:
		return nil, fmt.Errorf("prepare: %d bins: there must be at least 1, and at most %d", bins, mostBins)
	}
	clip := func(k float64) int { return int(math.Max(-1, math.Min(float64(bins), k))) }
	edge := func(k int) float64 { return from + float64(k)*dt }
	switch edges {
	case LeftClosed:
		return func(t float64) int {
			k := clip(math.Floor((t - from) / dt))
			// Division may miss the edge that the sum defines.
			for k >= 0 && t < edge(k) {
				k--
			}
			for k < bins && t >= edge(k+1) {
				k++
			}
			return k
		}, nil
	case RightClosed:
		return func(t float64) int {
			k := clip(math.Ceil((t-from)/dt) - 1)
			for k >= 0 && t <= edge(k) {
				k--
			}
			for k < bins && t > edge(k+1) {
				k++
			}
			return k
		}, nil
	case Truncated:
		width := math.Round(1000 * dt)
		if math.Abs(1000*dt-width) > 1e-9*width || width < 1 {
			return nil, fmt.Errorf("prepare: truncated bins of %g s: they must be a whole number of milliseconds; 0.005 is the benchmark's", dt)
		}
		first := math.Round(1000 * from)
		return func(t float64) int {
			ms := math.Trunc(math.RoundToEven(1000*t*1e6) / 1e6)
			return clip(math.Floor((ms - first) / width))
		}, nil
	}
	return nil, fmt.Errorf("prepare: bins with edges %q: choose LeftClosed %q, RightClosed %q or Truncated %q%s",
		string(edges), string(LeftClosed), string(RightClosed), string(Truncated), neverGuessed)
}

const neverGuessed = " (it is not guessed)"

// checkDt says that a time step is none that anything is sampled with.
func checkDt(what string, dt float64) error {
	if !(dt > 0) || dt > 10*neuro.LongestStep {
		return fmt.Errorf("prepare: %s is %g s: it must be positive, and at most %g s", what, dt, 10*neuro.LongestStep)
	}
	return nil
}
