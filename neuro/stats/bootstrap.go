package stats

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
)

const resampling neuro.Purpose = "bootstrap"

const maxResamples = 10_000_000

// Bootstrap returns an interval for a statistic of the population that the
// values were drawn from. It contains the middle part, of the given level (0.95
// for 95 %), of the statistics of resamples, each drawn with replacement and as
// large as v. This is the percentile interval of Efron (1979), Bootstrap
// methods, doi:10.1214/aos/1176344552; of fewer than ten values it is too
// narrow. 2,000 resamples settle its ends to some per cent of its width.
//
// The same seed gives the same interval. The statistic, such as [Median], must
// not keep its argument. Of no values, or where the statistic of a
// resample is NaN, the ends are NaN. A level of 0 or less or above 1 panics, and
// so do fewer than one resample or more than ten million. Cost: as many calls of
// the statistic as there are resamples.
func Bootstrap(v []float64, statistic func([]float64) float64, level float64, resamples int, seed uint64) (low, high float64) {
	switch {
	case statistic == nil:
		panic("stats: there is no statistic to bootstrap: give one, such as stats.Median")
	case !(level > 0 && level <= 1):
		panic(fmt.Sprintf("stats: the level is %g: it must be above 0 and at most 1", level))
	case resamples < 1 || resamples > maxResamples:
		panic(fmt.Sprintf("stats: %d resamples: there must be 1 to %d", resamples, maxResamples))
	case len(v) == 0:
		return math.NaN(), math.NaN()
	}
	rng := neuro.Stream(seed, resampling)
	drawn := make([]float64, len(v))
	found := make([]float64, resamples)
	for i := range found {
		for k := range drawn {
			drawn[k] = v[rng.IntN(len(v))]
		}
		found[i] = statistic(drawn)
	}
	s := ascending(found)
	return quantile(s, (1-level)/2), quantile(s, (1+level)/2)
}
