package data

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// drawUnits draws baselines and loadings, of which a unit has a few large ones. They
// are such that its rate falls to a tenth of its baseline at most, with latents 1.2
// times as large as usual: rates are linear in the latents.
func (s *synthetic) drawUnits() {
	s.loadings, s.baselines = mat.NewDense(s.Units+1, latentCount, nil), make([]float64, s.Units+1)
	var seen []*mat.Dense
	for c := range targets {
		typical := reach{angle: angle(c), gain: 1.2, on: -1, stop: math.Inf(1)}
		m := mat.NewDense(truthSteps/5, latentCount, nil)
		for i := range truthSteps / 5 {
			typical.latents(truthFrom+float64(5*i)*truthDt, m.RawRowView(i))
		}
		seen = append(seen, m)
	}
	for unit := range s.Units {
		rng := neuro.Stream(s.Seed, sessionUnitsStream, unit)
		base := math.Min(4*s.Rate, s.Rate*math.Exp(0.5*rng.NormFloat64()-0.125))
		loading := s.loadings.RawRowView(unit)
		for j := range loading {
			loading[j] = rng.NormFloat64() * math.Exp(0.8*rng.NormFloat64())
		}
		low, high := 0.0, 0.0
		for _, m := range seen {
			var along mat.VecDense
			along.MulVec(m, mat.NewVecDense(latentCount, loading))
			low, high = math.Min(low, mat.Min(&along)), math.Max(high, mat.Max(&along))
		}
		scale := 0.9 * base / -low
		for j := range loading {
			loading[j] *= scale
		}
		s.baselines[unit] = base
		s.highest = append(s.highest, base+1.1*scale*high)
	}
}

// lost is the unit that is not seen in the last part of the session.
func (s *synthetic) lost() int {
	if !s.Faults {
		return -1
	}
	return s.Units / 2
}

// observed is when each unit was.
func (s *synthetic) observed() [][]recording.Interval {
	all := make([][]recording.Interval, s.Units+1)
	for unit := range all {
		all[unit] = []recording.Interval{{From: 0, To: s.end}}
		if !s.Faults {
			continue
		}
		p := s.pause()
		all[unit] = []recording.Interval{{From: 0, To: p.From}, {From: p.To, To: s.end}}
		if unit == s.lost() {
			all[unit][1].To = ticked(0.8 * s.end)
		}
	}
	return all
}

// twice is the probability that a spike is listed twice.
const twice = 2.5e-4

// spikes draws them by thinning: candidates come at the highest rate that a unit
// has, and stay with the probability that its rate at that time says.
func (s *synthetic) spikes() recording.Spikes {
	s.duplicated = make([]int, s.Units+1)
	units, observed := make([][]float64, s.Units+1), s.observed()
	var x, more [latentCount]float64
	for unit := range s.Units {
		rng := neuro.Stream(s.Seed, sessionSpikesStream, unit)
		loading := s.loadings.RawRowView(unit)
		most := s.highest[unit]
		for t := rng.ExpFloat64() / most; t < s.end; t += rng.ExpFloat64() / most {
			s.at(t, x[:], more[:])
			rate := s.baselines[unit]
			for j, v := range loading {
				rate += v * x[j]
			}
			stays, again := rng.Float64()*most < rate, rng.Float64() < twice
			at := ticked(t)
			if !stays || !slices.ContainsFunc(observed[unit], func(i recording.Interval) bool { return at >= i.From && at < i.To }) {
				continue
			}
			if n := len(units[unit]); n > 0 && units[unit][n-1] == at {
				continue // one tick, one spike
			}
			units[unit] = append(units[unit], at)
			if s.Faults && again {
				units[unit] = append(units[unit], at)
				s.duplicated[unit]++
			}
		}
	}
	return recording.SpikesOf(units)
}

func (s *synthetic) unitTable() *recording.Table {
	quality := recording.Column{Name: "quality", Description: "multi: several neurons; noise: none that can be told"}
	heldout := recording.Column{Name: "heldout", Description: "kept for co-smoothing"}
	for unit := range s.Units + 1 {
		kind := "multi"
		if unit == s.Units {
			kind = "noise"
		}
		quality.Texts = append(quality.Texts, kind)
		heldout.Flags = append(heldout.Flags, unit%4 == 3)
	}
	return &recording.Table{Columns: []recording.Column{quality, heldout}}
}
