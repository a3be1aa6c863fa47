package data

import (
	"math"
	"slices"
)

// A session's latents: two of preparation, a trigger, two planes of rotation.
const (
	preparation = 0
	trigger     = 2
	firstPlane  = 3
	secondPlane = 5
	latentCount = 7
)

// Targets stand on a circle.
const targets = 8

func angle(target int) float64 { return 2 * math.Pi * float64(target) / targets }

// reach is a trial in truth. Times are in seconds of the session, NaN of what did
// not happen.
type reach struct {
	target    int
	angle     float64 // in which the hand moves
	gain      float64 // of all latents
	start, on float64 // of the trial, of the target
	cue       float64
	onset     float64
	end       float64 // of preparation, if there is no movement
	stop      float64
	result    string
	noOnset   bool // the table does not have it
	split     string
}

// latents puts the latents at a time into x.
func (r *reach) latents(t float64, x []float64) {
	clear(x)
	sin, cos := math.Sincos(r.angle)
	p := r.gain * r.prepared(t)
	x[preparation], x[preparation+1] = p*cos, p*sin
	if math.IsNaN(r.onset) {
		return
	}
	since := t - r.onset
	if since < -1 || since > 1.5 {
		return
	}
	bump := func(at, width float64) float64 {
		z := (since - at) / width
		return r.gain * math.Exp(-z*z/2)
	}
	x[trigger] = 1.5 * bump(-0.05, 0.09)
	plane := func(at int, height, frequency, phase float64) {
		sin, cos := math.Sincos(phase + 2*math.Pi*frequency*since)
		x[at], x[at+1] = height*cos, height*sin
	}
	plane(firstPlane, 1.3*bump(0.12, 0.18), 1.6, r.angle)
	plane(secondPlane, 1.3*bump(0.2, 0.18), 2.8, 2*r.angle+1)
}

// prepared rises 80 ms after the target appears and falls as the movement begins,
// or is given up.
func (r *reach) prepared(t float64) float64 {
	if !(t > r.on+0.08) {
		return 0
	}
	rise := 1 - math.Exp(-(t-r.on-0.08)/0.06)
	over := r.onset - 0.05
	if math.IsNaN(over) {
		over = r.end
	}
	if t > over {
		rise *= math.Exp(-(t - over) / 0.08)
	}
	return rise
}

// longest is how long, in seconds, a trial's latents outlast it at most.
const lasting = 1.0

// at puts the latents of the whole session at a time into x: those of the trial
// that goes on, and what is left of the one before.
func (s *synthetic) at(t float64, x, more []float64) {
	clear(x)
	i, _ := slices.BinarySearchFunc(s.trials, t, func(r reach, t float64) int {
		if r.start <= t {
			return -1
		}
		return 1
	})
	for _, k := range []int{i - 2, i - 1} {
		if k < 0 || t > s.trials[k].stop+lasting {
			continue
		}
		s.trials[k].latents(t, more)
		for j, v := range more {
			x[j] += v
		}
	}
}
