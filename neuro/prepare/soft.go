package prepare

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// SoftNormalised divides each channel of a series by its range over all conditions'
// averages plus soften, so that strong units do not outweigh the others and silent
// ones count less (Churchland et al. 2012: 5 Hz; as factor.JPCAConfig does by
// itself). It returns the divisors too: divide the test's trials by those of the
// training's with [Set.Divided].
func (s *Set) SoftNormalised(name string, soften float64) (*Set, []float64, error) {
	if !(soften >= 0) || math.IsInf(soften, 1) {
		return nil, nil, fmt.Errorf("prepare: ranges are softened by %g: it must be finite and not negative (5 Hz for rates)", soften)
	}
	averages, _, err := s.Averages(name)
	if err != nil {
		return nil, nil, err
	}
	_, channels := averages[0].Dims()
	by := make([]float64, channels)
	for j := range by {
		low, high := math.Inf(1), math.Inf(-1)
		for _, m := range averages {
			low, high = math.Min(low, mat.Min(m.ColView(j))), math.Max(high, mat.Max(m.ColView(j)))
		}
		// A channel that never changes has nothing to normalise.
		if by[j] = high - low + soften; by[j] == 0 {
			by[j] = 1
		}
	}
	divided, err := s.Divided(name, by)
	return divided, by, err
}

// Divided divides each channel of a series by a number of its own.
func (s *Set) Divided(name string, by []float64) (*Set, error) {
	if err := s.has(name); err != nil {
		return nil, err
	}
	if _, channels := s.Trials[0].Of(name).Dims(); len(by) != channels {
		return nil, fmt.Errorf("prepare: %d divisors for %d channels of %s", len(by), channels, name)
	}
	for j, v := range by {
		if !(v > 0) || math.IsInf(v, 1) {
			return nil, fmt.Errorf("prepare: channel %d of %s is divided by %g: divisors must be positive", j, name, v)
		}
	}
	return s.with(name, func(t Trial) (*mat.Dense, error) {
		m := mat.DenseCopyOf(t.Of(name))
		m.Apply(func(_, j int, v float64) float64 { return v / by[j] }, m)
		return m, nil
	})
}
