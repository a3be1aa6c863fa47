package prepare

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// reader reads a series on the grid of trials.
type reader struct {
	clock
	name  string
	names []string
	m     *mat.Dense
	shift float64 // from a timestamp to the middle of what it stands for, less the lag
	mean  bool    // rows are faster than bins
}

// exact is how far, in steps of a series, the middle of a row may be from that of a
// bin to be taken as it is.
const exact = 1e-6

func newReader(name string, s recording.Series, stamps Stamps, lag, dt float64) (reader, error) {
	c, err := clockOf(name, s)
	if err != nil {
		return reader{}, err
	}
	r := reader{clock: c, name: name, names: s.Names, m: s.Values, shift: -lag, mean: c.dt < 0.999*dt}
	switch stamps {
	case Instant:
	case BinStart:
		r.shift += c.dt / 2
	case BinEnd:
		r.shift -= c.dt / 2
	default:
		return reader{}, fmt.Errorf("prepare: timestamps of %s that stand for %q: choose Instant, BinStart or BinEnd%s", name, string(stamps), neverGuessed)
	}
	if math.IsNaN(lag) || math.IsInf(lag, 0) {
		return reader{}, fmt.Errorf("prepare: a lag of %g s of %s: it must be finite", lag, name)
	}
	return r, nil
}

// read returns the series in bins, or says why it cannot.
func (r reader) read(from, dt float64, bins int) (m *mat.Dense, dropped string) {
	_, channels := r.m.Dims()
	m = mat.NewDense(bins, channels, nil)
	for k := range bins {
		left := from + float64(k)*dt - r.shift
		there := false
		if r.mean {
			there = r.average(left, left+dt, m.RawRowView(k))
		} else {
			there = r.between(left+dt/2, m.RawRowView(k))
		}
		if !there {
			return nil, r.name + " has a gap"
		}
		for _, v := range m.RawRowView(k) {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, r.name + " is not finite"
			}
		}
	}
	return m, ""
}

// average puts the mean of the rows from left up to right into y, and tells whether
// there is no gap.
func (r reader) average(left, right float64, y []float64) bool {
	fuzz := exact * r.dt
	first, last := r.from(left-fuzz), r.from(right-fuzz)
	if first == last || r.at(first)-left > gap*r.dt || right-r.at(last-1) > gap*r.dt {
		return false
	}
	for row := first; row < last; row++ {
		if row > first && r.at(row)-r.at(row-1) > gap*r.dt {
			return false
		}
		for j, v := range r.m.RawRowView(row) {
			y[j] += v
		}
	}
	for j := range y {
		y[j] /= float64(last - first)
	}
	return true
}

// between puts the value at a time into y, and tells whether there is one.
func (r reader) between(t float64, y []float64) bool {
	next := r.from(t)
	for _, row := range []int{next - 1, next} {
		if row >= 0 && row < r.rows && math.Abs(r.at(row)-t) <= exact*r.dt {
			copy(y, r.m.RawRowView(row))
			return true
		}
	}
	if next == 0 || next == r.rows || r.at(next)-r.at(next-1) > gap*r.dt {
		return false
	}
	part := (t - r.at(next-1)) / (r.at(next) - r.at(next-1))
	after := r.m.RawRowView(next)
	for j, v := range r.m.RawRowView(next - 1) {
		y[j] = (1-part)*v + part*after[j]
	}
	return true
}
