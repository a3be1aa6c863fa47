package task

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// Reaching asks for the muscle activity of reaches in one of several directions
// (DePasquale et al. 2023, Fig. 4). Inputs are a go pulse and, during the reach,
// the cosine and the sine of its direction. Outputs are the muscles and, last, a
// timing channel that is TimingReach during the reach and TimingRest between
// reaches, when all else is zero. The events of a trial are
//
//	half a pause, reach, half a pause
//
// The recording is interpolated linearly to the time step; its last sample
// holds for one sampling interval, so that 81 samples at 10 ms make 0.81 s
// (the authors hold every sample, in steps of 10 ms). The whole trial is
// scored. Condition is the direction's number.
type Reaching struct {
	// EMG is samples × muscles for each direction, all of one size.
	EMG []*mat.Dense
	// SampleInterval is the recording's time step in seconds.
	SampleInterval float64
	// Directions are the reaches' angles in radians, at most 2π. Default (c+1) · 2π/C
	// for condition c of C, the authors' numbering.
	Directions []float64
	// Scale multiplies each muscle's activity. Default 1;
	// [DePasquale2023Reaching] has the authors' -2 and 2.
	Scale []float64
	// Go is the length of the go pulse in seconds, GoHeight its height.
	// Default 0.35 s, but at most the reach, and 1.
	Go, GoHeight float64
	// Aim is the height of the direction's inputs. Default 0.5.
	Aim float64
	// TimingReach and TimingRest are the values of the timing channel.
	// Default 0 and -0.5.
	TimingReach, TimingRest float64
	// Pause between reaches. Default 0.4 s + Exp(2 s).
	Pause Pause
	// Dt is the time step in seconds. Default 1 ms.
	Dt float64
}

// NewReaching returns the task for recorded EMG, samples × muscles for each of any
// number of directions, sampled every interval seconds. An error says which shapes
// disagree, or where a value is not finite.
func NewReaching(emg []*mat.Dense, interval float64) (Reaching, error) {
	r := Reaching{
		EMG: emg, SampleInterval: interval,
		Go: 0.35, GoHeight: 1, Aim: 0.5, TimingReach: 0, TimingRest: -0.5,
		Pause: Pause{0.4, 2}, Dt: 0.001,
	}
	r.Directions = make([]float64, len(emg))
	for c := range emg {
		r.Directions[c] = 2 * math.Pi * float64(c+1) / float64(len(emg))
	}
	r.Scale = make([]float64, r.muscles())
	for i := range r.Scale {
		r.Scale[i] = 1
	}
	if r.muscles() > 0 && interval > 0 {
		r.Go = min(r.Go, r.duration())
	}
	if err := r.Validate(); err != nil {
		return Reaching{}, err
	}
	return r, nil
}

// DePasquale2023Reaching returns the task for the two muscles of DePasquale et al. 2023 (a
// data.ReachingRecording): the authors multiply the first one's activity with -2
// and the second one's with 2.
func DePasquale2023Reaching(emg []*mat.Dense, interval float64) (Reaching, error) {
	r, err := NewReaching(emg, interval)
	if err != nil {
		return Reaching{}, err
	}
	if r.muscles() != 2 {
		return Reaching{}, fmt.Errorf("reaching: %d muscles: the authors' recording has 2, for others use NewReaching", r.muscles())
	}
	r.Scale = []float64{-2, 2}
	return r, nil
}

func (r Reaching) muscles() int {
	if len(r.EMG) == 0 || r.EMG[0] == nil {
		return 0
	}
	_, muscles := r.EMG[0].Dims()
	return muscles
}

// Shape is three inputs (go, cosine, sine) and an output for each muscle and for
// the timing.
func (r Reaching) Shape() Shape {
	return Shape{Name: "reaching", Dt: r.Dt, Inputs: 3, Outputs: r.muscles() + 1}
}

// Rest is the outputs between reaches.
func (r Reaching) Rest() []float64 {
	rest := make([]float64, r.muscles()+1)
	rest[r.muscles()] = r.TimingRest
	return rest
}

// Validate says which field, or which value of the recording, makes no sense.
func (r Reaching) Validate() error {
	f := check(r.Shape())
	f.positive("SampleInterval", r.SampleInterval)
	if r.SampleInterval > neuro.LongestStep {
		f.fail("SampleInterval is %g s, and nothing is sampled from muscles that rarely (%g s at most): %g looks like milliseconds, write %g", r.SampleInterval, neuro.LongestStep, r.SampleInterval, r.SampleInterval/1000)
	}
	f.duration("Go", r.Go)
	f.finite("GoHeight", r.GoHeight)
	f.finite("Aim", r.Aim)
	f.finite("TimingReach", r.TimingReach)
	f.finite("TimingRest", r.TimingRest)
	r.Pause.check(f)
	if f.err == nil {
		f.err = r.checkRecording()
	}
	if f.err == nil {
		f.sum += r.duration()
		if r.Go > r.duration() {
			f.fail("Go is %g s: it must be at most a reach, %g s", r.Go, r.duration())
		}
	}
	return f.done()
}

func (r Reaching) checkRecording() error {
	if r.muscles() == 0 {
		return fmt.Errorf("reaching: no EMG: give samples x muscles for each direction")
	}
	samples, muscles := r.EMG[0].Dims()
	if samples < muscles {
		return fmt.Errorf("reaching: EMG of direction 0 is %d samples of %d muscles: rows are samples, so transpose what is muscles x samples, or give more samples", samples, muscles)
	}
	if len(r.Directions) != len(r.EMG) || len(r.Scale) != muscles {
		return fmt.Errorf("reaching: %d Directions and %d values of Scale for %d directions and %d muscles of EMG", len(r.Directions), len(r.Scale), len(r.EMG), muscles)
	}
	for c, emg := range r.EMG {
		if err := checkPart("reaching", fmt.Sprintf("EMG of direction %d", c), emg, samples, muscles); err != nil {
			return err
		}
	}
	for _, v := range r.Directions {
		if math.Abs(v) > 2*math.Pi+1e-9 {
			return fmt.Errorf("reaching: Directions hold %g: they are in radians, from -2π to 2π; if these are degrees, multiply with π/180", v)
		}
	}
	for _, v := range append(append([]float64(nil), r.Directions...), r.Scale...) {
		if !(math.Abs(v) <= largestField) {
			return fmt.Errorf("reaching: Directions and Scale hold %g: every value must be finite, and at most %g", v, float64(largestField))
		}
	}
	return nil
}

// Without returns the task less some of its directions, which are numbered as its
// EMG, from 0: what a network was not taught shows whether it generalises. The
// directions that are left are numbered anew.
func (r Reaching) Without(directions ...int) (Reaching, error) {
	less := r
	less.EMG, less.Directions = nil, nil
	for _, c := range directions {
		if c < 0 || c >= len(r.EMG) {
			return Reaching{}, fmt.Errorf("reaching: there is no direction %d to leave out: they are 0 to %d", c, len(r.EMG)-1)
		}
	}
	if err := r.Validate(); err != nil {
		return Reaching{}, err
	}
	for c := range r.EMG {
		if !slices.Contains(directions, c) {
			less.EMG, less.Directions = append(less.EMG, r.EMG[c]), append(less.Directions, r.Directions[c])
		}
	}
	if len(less.EMG) == 0 {
		return Reaching{}, fmt.Errorf("reaching: all %d directions are left out: keep at least one", len(r.EMG))
	}
	return less, nil
}

// duration of a reach, in seconds.
func (r Reaching) duration() float64 {
	samples, _ := r.EMG[0].Dims()
	return float64(samples) * r.SampleInterval
}

// Trial draws the pause and the direction from rng.
func (r Reaching) Trial(rng *rand.Rand) (Trial, error) {
	if err := random(r.Shape().Name, r.Validate(), rng); err != nil {
		return Trial{}, err
	}
	half := r.Pause.half(r.Dt, rng)
	c := rng.IntN(len(r.EMG))
	end := half + steps(r.duration(), r.Dt)
	length, muscles := end+half, r.muscles()

	inputs, targets := mat.NewDense(length, 3, nil), mat.NewDense(length, muscles+1, nil)
	fill(inputs, 0, half, half+steps(r.Go, r.Dt), r.GoHeight)
	fill(inputs, 1, half, end, r.Aim*math.Cos(r.Directions[c]))
	fill(inputs, 2, half, end, r.Aim*math.Sin(r.Directions[c]))
	for t := half; t < end; t++ {
		for i := range muscles {
			targets.Set(t, i, r.Scale[i]*between(r.EMG[c], i, float64(t-half)*r.Dt/r.SampleInterval))
		}
	}
	fill(targets, muscles, 0, length, r.TimingRest)
	fill(targets, muscles, half, end, r.TimingReach)
	return Trial{Inputs: inputs, Targets: targets, Condition: c}, nil
}

// between interpolates a channel at a time counted in samples; the last sample
// holds.
func between(m *mat.Dense, channel int, at float64) float64 {
	samples, _ := m.Dims()
	i := int(at)
	if i >= samples-1 {
		return m.At(samples-1, channel)
	}
	part := at - float64(i)
	return (1-part)*m.At(i, channel) + part*m.At(i+1, channel)
}
