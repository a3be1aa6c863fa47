package task

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// Recorded asks for the muscle activity of any number of conditions, with the
// factors that were recorded from motor cortex in each: averages over trials, such
// as those of a prepare.Set. The events of a trial are
//
//	half a pause, ramp, the recorded stretch, ramp, half a pause
//
// Between trials factors and outputs rest at the mean over conditions of their
// first samples; a ramp of half a cosine leads from there to the stretch, and back.
// The cue begins with the ramp and says which condition it is. Recordings are
// interpolated linearly to the time step; the last sample holds for one interval.
// The stretch is scored. Condition is its number.
type Recorded struct {
	// Factors are samples × P and Outputs samples × m for each condition, all of
	// one size. Factors drive neurons as they are, so the gain depends on their
	// scale: the presets of package spiking suit factors whose summed mean squares
	// have a root of about 15, as in the published cycling recording. Scale factors
	// of rates in Hz to that.
	Factors, Outputs []*mat.Dense
	// SampleInterval is the recording's time step in seconds.
	SampleInterval float64
	// Angles of the conditions in radians: the cue is their cosine and sine. Without
	// Angles there is one input for each condition.
	Angles []float64
	// Cue is the length of the cue in seconds, from the start of the ramp, at most
	// until the stretch ends; CueHeight its height. Default 0.3 s, or as long as
	// ramp and stretch last, and 1.
	Cue, CueHeight float64
	// Ramp is the length of each ramp in seconds. Default 0.1 s.
	Ramp float64
	// Pause between trials. Default 0.2 s + Exp(0.2 s).
	Pause Pause
	// Dt is the time step in seconds. Default 1 ms.
	Dt float64
}

// NewRecorded returns the task for recorded factors (samples × P) and outputs
// (samples × m) of each condition, sampled every interval seconds, with one input
// for each condition. An error says which shapes disagree, or where a value is not
// finite. [NewSource] makes a source of it.
func NewRecorded(factors, outputs []*mat.Dense, interval float64) (Recorded, error) {
	r := Recorded{
		Factors: factors, Outputs: outputs, SampleInterval: interval,
		Cue: 0.3, CueHeight: 1, Ramp: 0.1, Pause: Pause{0.2, 0.2}, Dt: 0.001,
	}
	if d := r.duration(); d > 0 {
		r.Cue = min(r.Cue, r.Ramp+d)
	}
	if err := r.Validate(); err != nil {
		return Recorded{}, err
	}
	return r, nil
}

// Shape is an input for each condition, or two with Angles, m outputs and P
// factors.
func (r Recorded) Shape() Shape {
	s := Shape{Name: "recorded", Dt: r.Dt, Inputs: len(r.Outputs)}
	if r.Angles != nil {
		s.Inputs = 2
	}
	if len(r.Outputs) > 0 && r.Outputs[0] != nil {
		_, s.Outputs = r.Outputs[0].Dims()
	}
	if len(r.Factors) > 0 && r.Factors[0] != nil {
		_, s.Factors = r.Factors[0].Dims()
	}
	return s
}

// Rest is the outputs between trials: the mean of their first samples.
func (r Recorded) Rest() []float64 { return firsts(r.Outputs) }

// firsts is the mean over conditions of the first rows.
func firsts(conditions []*mat.Dense) []float64 {
	var mean []float64
	for _, m := range conditions {
		if m == nil || m.IsEmpty() {
			return nil
		}
		row := m.RawRowView(0)
		if mean == nil {
			mean = make([]float64, len(row))
		}
		for j := range min(len(row), len(mean)) {
			mean[j] += row[j] / float64(len(conditions))
		}
	}
	return mean
}

// Validate says which field, or which value of the recording, makes no sense.
func (r Recorded) Validate() error {
	if len(r.Outputs) == 0 || len(r.Factors) != len(r.Outputs) {
		return fmt.Errorf("recorded: factors of %d conditions and outputs of %d: give both of each, and of at least one", len(r.Factors), len(r.Outputs))
	}
	f := check(r.Shape())
	f.positive("SampleInterval", r.SampleInterval)
	if r.SampleInterval > neuro.LongestStep {
		f.fail("SampleInterval is %g s, and nothing is sampled that rarely (%g s at most): %g looks like milliseconds, write %g", r.SampleInterval, neuro.LongestStep, r.SampleInterval, r.SampleInterval/1000)
	}
	f.optional("Ramp", r.Ramp)
	f.finite("CueHeight", r.CueHeight)
	r.Pause.check(f)
	if f.err == nil {
		f.err = r.checkRecording()
	}
	if f.err == nil {
		f.sum += r.duration() + r.Ramp
		f.pulse("Cue", r.Cue, "ramp and stretch", r.Ramp+r.duration())
	}
	return f.done()
}

func (r Recorded) checkRecording() error {
	if r.Outputs[0] == nil || r.Factors[0] == nil || r.Outputs[0].IsEmpty() || r.Factors[0].IsEmpty() {
		return fmt.Errorf("recorded: condition 0 has no factors or no outputs")
	}
	samples, outputs := r.Outputs[0].Dims()
	_, factors := r.Factors[0].Dims()
	for c := range r.Outputs {
		if err := checkPart("recorded", fmt.Sprintf("outputs of condition %d", c), r.Outputs[c], samples, outputs); err != nil {
			return err
		}
		if err := checkPart("recorded", fmt.Sprintf("factors of condition %d", c), r.Factors[c], samples, factors); err != nil {
			return err
		}
	}
	if samples < max(outputs, factors) {
		return fmt.Errorf("recorded: %d samples of %d factors and %d outputs: rows are samples, so transpose what is channels x samples, or give more samples", samples, factors, outputs)
	}
	if r.Angles == nil {
		return nil
	}
	if len(r.Angles) != len(r.Outputs) {
		return fmt.Errorf("recorded: %d Angles of %d conditions", len(r.Angles), len(r.Outputs))
	}
	for _, v := range r.Angles {
		if !(math.Abs(v) <= 2*math.Pi+1e-9) {
			return fmt.Errorf("recorded: Angles hold %g: they are in radians, from -2π to 2π; if these are degrees, multiply with π/180", v)
		}
	}
	return nil
}

// duration of the stretch, in seconds; 0 if there is none.
func (r Recorded) duration() float64 {
	if len(r.Outputs) == 0 || r.Outputs[0] == nil || r.Outputs[0].IsEmpty() {
		return 0
	}
	samples, _ := r.Outputs[0].Dims()
	return float64(samples) * r.SampleInterval
}

// Trial draws the pause and the condition from rng.
func (r Recorded) Trial(rng *rand.Rand) (Trial, error) {
	if err := random("recorded", r.Validate(), rng); err != nil {
		return Trial{}, err
	}
	half := r.Pause.half(r.Dt, rng)
	c := rng.IntN(len(r.Outputs))
	ramp, stretch := steps(r.Ramp, r.Dt), steps(r.duration(), r.Dt)
	start := half + ramp
	end := start + stretch
	length := end + ramp + half
	trial := Trial{
		Inputs:    mat.NewDense(length, r.Shape().Inputs, nil),
		Targets:   r.along(r.Outputs, c, length, start, end, ramp),
		Factors:   r.along(r.Factors, c, length, start, end, ramp),
		Score:     Window{start, end},
		Condition: c,
	}
	over := half + steps(r.Cue, r.Dt)
	if r.Angles == nil {
		fill(trial.Inputs, c, half, over, r.CueHeight)
		return trial, nil
	}
	fill(trial.Inputs, 0, half, over, r.CueHeight*math.Cos(r.Angles[c]))
	fill(trial.Inputs, 1, half, over, r.CueHeight*math.Sin(r.Angles[c]))
	return trial, nil
}

// along is the channels of a whole trial: rest, ramp, stretch from start to end,
// ramp, rest.
func (r Recorded) along(of []*mat.Dense, condition, length, start, end, ramp int) *mat.Dense {
	rest := firsts(of)
	m := mat.NewDense(length, len(rest), nil)
	for t := range length {
		at, part := float64(t-start)*r.Dt/r.SampleInterval, 1.0
		switch {
		case t < start:
			at, part = 0, risen(t-start+ramp, ramp)
		case t >= end:
			at, part = float64(end-1-start)*r.Dt/r.SampleInterval, 1-risen(t-end, ramp)
		}
		for j, v := range rest {
			m.Set(t, j, v+part*(between(of[condition], j, at)-v))
		}
	}
	return m
}

// risen is how far a ramp of half a cosine has come after some steps, from 0 to 1.
func risen(after, ramp int) float64 {
	switch {
	case after < 0:
		return 0
	case after >= ramp:
		return 1
	}
	return (1 - math.Cos(math.Pi*(float64(after)+0.5)/float64(ramp))) / 2
}
