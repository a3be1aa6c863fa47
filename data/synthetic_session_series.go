package data

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// handStep is the time between rows of the hand, s.
const handStep = 0.02

// drawMuscles draws how muscles depend on latents: not on those of preparation.
func (s *synthetic) drawMuscles() {
	s.weights, s.offsets = mat.NewDense(s.Muscles, latentCount, nil), make([]float64, s.Muscles)
	for m := range s.Muscles {
		rng := neuro.Stream(s.Seed, sessionMusclesStream, m)
		for j := trigger; j < latentCount; j++ {
			s.weights.Set(m, j, 0.25*rng.NormFloat64())
		}
		s.offsets[m] = between(rng, 0.1, 0.4)
	}
}

// muscles puts the envelopes that latents lead to into y:
//
//	log(1 + exp(4 (offset + weights · x))) / 4,
//
// which is non-negative, and about linear where it is large.
func (s *synthetic) muscles(x, y []float64) {
	for m := range y {
		z := s.offsets[m]
		for j, w := range s.weights.RawRowView(m) {
			z += w * x[j]
		}
		y[m] = math.Log1p(math.Exp(4*z)) / 4
	}
}

// series are EMG and hand.
func (s *synthetic) series() map[string]recording.Series {
	return map[string]recording.Series{
		"emg":      s.emg(),
		"hand_pos": s.hand("hand_pos", "m", func(r *reach, t float64) float64 { return r.way(t) }, 1<<16),
		"hand_vel": s.hand("hand_vel", "m/s", func(r *reach, t float64) float64 {
			const h = 1e-4
			return (r.way(t+h) - r.way(t-h)) / (2 * h)
		}, 1<<12),
	}
}

// emg is envelopes in bins that end at their timestamps, or voltages.
func (s *synthetic) emg() recording.Series {
	rng := neuro.Stream(s.Seed, sessionEMGStream)
	gap := s.emgGap()
	series := recording.Series{Unit: "mV"}
	for m := range s.Muscles {
		series.Names = append(series.Names, fmt.Sprintf("muscle_%02d", m+1))
	}
	var x, more [latentCount]float64
	var values []float64
	y := make([]float64, s.Muscles)
	steps := int(s.end / s.EMGStep)
	for i := 1; i <= steps; i++ {
		t := float64(i) * s.EMGStep
		middle := t
		if s.envelopes() {
			middle -= s.EMGStep / 2
		}
		s.at(middle-s.Lag, x[:], more[:])
		s.muscles(x[:], y)
		for m := range y {
			y[m] = s.noisy(y[m], rng.NormFloat64(), rng.NormFloat64())
		}
		if t > gap.From && t <= gap.To {
			continue // drawn all the same: a gap moves nothing after it
		}
		series.Times, values = append(series.Times, t), append(values, y...)
	}
	series.Values = mat.NewDense(len(series.Times), s.Muscles, values)
	if !s.Faults {
		series.Dt, series.Start, series.Times = s.EMGStep, s.EMGStep, nil
	}
	return series
}

func (s *synthetic) envelopes() bool { return s.EMGStep >= 0.02 }

// noisy is a measured envelope, with noise that grows with it and some that does
// not, or a voltage of that envelope.
func (s *synthetic) noisy(v, a, b float64) float64 {
	if s.envelopes() {
		return fixed(math.Max(0, v*(1+0.15*a)+0.015*math.Abs(b)), 1024)
	}
	return fixed(v*a+0.015*b, 16384)
}

// way is how far the hand is from the centre, in m: there in 0.5 s along a minimum
// jerk, and back after the trial.
func (r *reach) way(t float64) float64 {
	if math.IsNaN(r.onset) {
		return 0
	}
	jerk := func(p float64) float64 {
		p = math.Max(0, math.Min(1, p))
		return p * p * p * (10 - 15*p + 6*p*p)
	}
	return radius * (jerk((t-r.onset)/0.5) - jerk((t-r.stop-0.02)/0.36))
}

func (s *synthetic) hand(name, unit string, along func(r *reach, t float64) float64, parts float64) recording.Series {
	steps := int(s.end / handStep)
	m := mat.NewDense(steps, 2, nil)
	k := 0
	for i := range steps {
		t := float64(i) * handStep
		for k+1 < len(s.trials) && s.trials[k+1].start <= t {
			k++
		}
		r := &s.trials[k]
		sin, cos := math.Sincos(r.angle)
		d := along(r, t)
		m.SetRow(i, []float64{fixed(d*cos, parts), fixed(d*sin, parts)})
	}
	return recording.Series{Values: m, Dt: handStep, Names: []string{"x", "y"}, Unit: unit}
}
