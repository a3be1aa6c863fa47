package sweep

import "github.com/spikewalk/spikewalk/neuro/stats"

// Summary is what the rows of one condition say together.
type Summary struct {
	// Settings say which condition: "Gain = 4".
	Settings string
	// N is how many rows did not fail, and Failed how many did.
	N, Failed int
	// Median and quartiles, and Low and High, the ends of the 95 % confidence
	// interval of the median (stats.Bootstrap with 2,000 resamples).
	Median, LowerQuartile, UpperQuartile, Low, High float64
}

const resamples = 2000

// Summarise puts the rows of each combination of values of the columns by together,
// in the order of the plan.
func (t *Table) Summarise(y string, by ...string) ([]Summary, error) {
	ys, err := t.Floats(y)
	if err != nil {
		return nil, err
	}
	names, err := t.named(by)
	if err != nil {
		return nil, err
	}
	var out []Summary
	at, values := map[string]int{}, [][]float64{}
	for i, name := range names {
		k, ok := at[name]
		if !ok {
			k = len(out)
			at[name] = k
			out, values = append(out, Summary{Settings: name}), append(values, nil)
		}
		if t.failed(i) {
			out[k].Failed++
			continue
		}
		values[k] = append(values[k], ys[i])
	}
	for k, v := range values {
		s := &out[k]
		s.N, s.Median = len(v), stats.Median(v)
		s.LowerQuartile, s.UpperQuartile = stats.Quartiles(v)
		s.Low, s.High = stats.Bootstrap(v, stats.Median, 0.95, resamples, 1)
	}
	return out, nil
}
