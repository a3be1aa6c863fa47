package attractor

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// phases is an attractor of Q angles, each a point (cos φ, sin φ) on its own
// circle that its own control u, from -1 to 1, turns:
//
//	dx_q/dt = u_q speed (-sin φ_q, cos φ_q) + pull (1 - |x_q|²) x_q.
//
// The second term brings x back to the circle. One angle is a ring, two are a
// torus.
type phases struct {
	angles      int
	speed, pull float64 // rad/s, 1/s
}

// dynamics is f.
func (p phases) dynamics(x, u []float64) []float64 {
	v := make([]float64, len(x))
	for q := range p.angles {
		c, s := x[2*q], x[2*q+1]
		back, turn := p.pull*(1-c*c-s*s), p.speed*u[q]
		v[2*q], v[2*q+1] = back*c-turn*s, back*s+turn*c
	}
	return v
}

// tuning gives N neurons a preferred angle on each of the circles, so that
// their activity is a bump on ring or torus, and a preferred direction of one
// of the controls, of a strength uniform from -control to control of the
// encoder's length. As many neurons prefer each control.
func (p phases) tuning(cfg nef.Config, control float64) nef.Tuning {
	n := cfg.Neurons
	random := neuro.Stream(cfg.Seed, purposePreferredAngles)
	draw := func(r nef.Range) []float64 {
		v := make([]float64, n)
		for i := range v {
			v[i] = r.Low + (r.High-r.Low)*random.Float64()
		}
		return v
	}
	t := nef.Tuning{Encoders: mat.NewDense(n, 3*p.angles, nil), MaxRates: draw(cfg.MaxRate), Intercepts: draw(cfg.Intercepts)}
	for i := range n {
		strength := control * (2*random.Float64() - 1)
		state := math.Sqrt((1 - strength*strength) / float64(p.angles))
		for q := range p.angles {
			sin, cos := math.Sincos(2 * math.Pi * random.Float64())
			t.Encoders.Set(i, 2*q, state*cos)
			t.Encoders.Set(i, 2*q+1, state*sin)
		}
		t.Encoders.Set(i, 2*p.angles+i%p.angles, strength)
	}
	return t
}

// points are random states near the circles, at radii from 1 - width to
// 1 + width, with random controls.
func (p phases) points(n int, width float64, seed uint64) nef.Points {
	random := neuro.Stream(seed, purposePoints)
	x := mat.NewDense(n, 3*p.angles, nil)
	for k := range n {
		row := x.RawRowView(k)
		for q := range p.angles {
			r := 1 + width*(2*random.Float64()-1)
			sin, cos := math.Sincos(2 * math.Pi * random.Float64())
			row[2*q], row[2*q+1] = r*cos, r*sin
			row[2*p.angles+q] = 2*random.Float64() - 1
		}
	}
	// The angles, the radii and the controls each cover their range.
	area := math.Pow(2*math.Pi*2*width*2, float64(p.angles))
	return nef.Points{X: x, Measure: area / float64(n)}
}
