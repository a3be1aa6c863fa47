package attractor

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/spikewalk/spikewalk/neuro/internal/stream"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// GazeConfig is the world of an integrator of D dimensions, such as a gaze in
// the plane: a target that jumps, a saccade after each jump, and a slow command
// against slip while the gaze should rest. It marshals to JSON; start from
// [DefaultGaze].
type GazeConfig struct {
	// Range is the largest |x| of targets.
	Range float64
	// Fixation is the range of the time between jumps, Latency the time from
	// a jump to the saccade, in s.
	Fixation nef.Range
	Latency  float64
	// Speed of saccades, in units of x per s. They end when the
	// represented displacement has reached their amplitude.
	Speed float64
	// Blind is how long after a saccade slip is not heeded, in s.
	Blind float64
	// Correction is what is seen while the gaze rests.
	Correction Correction
}

// DefaultGaze jumps within 0.9 every 0.5 to 1.5 s, with saccades of 10 units
// (500 degrees where 1 is 50) per s, and corrects slip.
func DefaultGaze() GazeConfig {
	return GazeConfig{
		Range: 0.9, Fixation: nef.Range{Low: 0.5, High: 1.5}, Latency: 0.2, Speed: 10, Blind: 0.06,
		Correction: slipCorrection(),
	}
}

// longestBlind, in s, is beyond any time without sight after a saccade.
const longestBlind = 10

// Validate says what is wrong with the configuration, or nil.
func (c GazeConfig) Validate() error {
	switch {
	case !positive(c.Range) || !positive(c.Speed):
		return fmt.Errorf("attractor: gaze with Range %g and Speed %g/s: both must be positive", c.Range, c.Speed)
	case !(c.Latency >= 0 && c.Fixation.Low > c.Latency && c.Fixation.Low <= c.Fixation.High) || math.IsInf(c.Fixation.High, 1):
		return fmt.Errorf("attractor: gaze with a Latency of %g s and Fixation from %g to %g s: want 0 <= Latency < Low <= High", c.Latency, c.Fixation.Low, c.Fixation.High)
	case c.Fixation.Low > longest || c.Blind > longestBlind:
		return fmt.Errorf("attractor: gaze with Fixation from %g s and Blind for %g s: want at most %g and %g; if these are milliseconds, divide by 1000", c.Fixation.Low, c.Blind, float64(longest), float64(longestBlind))
	case !(c.Blind >= 0) || math.IsInf(c.Blind, 1):
		return fmt.Errorf("attractor: gaze that is Blind for %g s: want at least 0", c.Blind)
	}
	return c.Correction.validate()
}

// gaze is the world of [GazeConfig].
type gaze struct {
	cfg     GazeConfig
	dt      float64
	random  stream.Stream
	correct *corrector

	target, from, velocity, still, errors []float64
	jump, leave                           int // steps until the target jumps and the saccade begins
	ends                                  int // steps after which a saccade ends in any case; 0 between saccades
	amplitude                             float64
}

// NewGaze makes the world of a [GazeConfig] for a state of d dimensions and
// steps of dt in s. The slow command is the only correction: E is it, per
// dimension, and never the command of a saccade, which says where to go and not
// that something is wrong. The truth is the target. Targets go on from one life
// to the next.
func NewGaze(cfg GazeConfig, d int, dt float64, seed uint64) (World, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if d < 1 || !positive(dt) {
		return nil, fmt.Errorf("attractor: gaze in %d dimensions with steps of %g s: both must be positive", d, dt)
	}
	if err := cfg.Correction.fits(d, dt); err != nil {
		return nil, err
	}
	if cfg.Speed*dt > cfg.Range/5 {
		return nil, fmt.Errorf("attractor: saccades of %g/s go %g within a step of %g s, of a Range of %g: Speed is in units of x per s, 10 for 500 degrees/s where 1 is 50", cfg.Speed, cfg.Speed*dt, dt, cfg.Range)
	}
	g := &gaze{cfg: cfg, dt: dt, random: stream.New(seed, string(purposeGaze)), correct: newCorrector(cfg.Correction, d, dt)}
	for _, v := range []*[]float64{&g.target, &g.from, &g.velocity, &g.still, &g.errors} {
		*v = make([]float64, d)
	}
	g.jump = g.fixation()
	return g, nil
}

// Start implements [World]: straight ahead, with nothing seen before. Targets
// go on where they were in a life before.
func (g *gaze) Start() []float64 {
	g.ends, g.leave = 0, 0
	g.correct.restart(g.error(g.still), g.cfg.Blind)
	return g.still
}

// Step implements [World]. It panics at a state of another dimension.
func (g *gaze) Step(x []float64, c *Command) {
	if len(x) != len(g.still) {
		panic(fmt.Sprintf("attractor: a state of %d dimensions in a gaze of %d", len(x), len(g.still)))
	}
	g.look(x)
	c.Truth = g.target
	if g.ends > 0 {
		g.ends--
		if g.ends > 0 && floats.Distance(x, g.from, 2) < g.amplitude {
			c.Velocity = g.velocity
			return
		}
		g.ends = 0
		g.correct.restart(g.error(x), g.cfg.Blind)
	}
	c.Correction = g.correct.step(g.error(x))
}

// error returns how far the gaze should come to rest from here: it moves as x
// does, the other way.
func (g *gaze) error(x []float64) []float64 {
	return floats.ScaleTo(g.errors, -1, x)
}

// look lets the target jump and saccades begin.
func (g *gaze) look(x []float64) {
	if g.jump--; g.jump <= 0 {
		g.place()
		g.jump, g.leave = g.fixation(), max(1, steps(g.cfg.Latency, g.dt))
	}
	if g.leave == 0 {
		return
	}
	if g.leave--; g.leave > 0 {
		return
	}
	copy(g.from, x)
	floats.SubTo(g.velocity, g.target, x)
	g.amplitude = floats.Norm(g.velocity, 2)
	if g.amplitude == 0 {
		return
	}
	floats.Scale(g.cfg.Speed/g.amplitude, g.velocity)
	g.ends = 1 + steps(2*g.amplitude/g.cfg.Speed, g.dt)
}

// place draws the target uniformly from the ball of the range.
func (g *gaze) place() {
	for {
		for k := range g.target {
			g.target[k] = g.random.NormFloat64()
		}
		if norm := floats.Norm(g.target, 2); norm > 0 {
			r := g.cfg.Range * math.Pow(g.random.Float64(), 1/float64(len(g.target)))
			floats.Scale(r/norm, g.target)
			return
		}
	}
}

func (g *gaze) fixation() int {
	f := g.cfg.Fixation
	return max(1, steps(f.Low+(f.High-f.Low)*g.random.Float64(), g.dt))
}
