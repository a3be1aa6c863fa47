package nef

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

// TwoSynapse filters the spikes of N neurons with the double exponential
//
//	h(t) = (exp(-t/τ_decay) - exp(-t/τ_rise)) / (τ_decay - τ_rise),  t >= 0,
//
// of unit area, which rises before it decays. With equal time constants it is
// the alpha function h(t) = t exp(-t/τ)/τ². It is an exponential [Synapse] of
// τ_rise followed by another of τ_decay.
type TwoSynapse struct {
	// Activity is the filtered spike train of each neuron in Hz, length N.
	Activity []float64
	rise     []float64 // the first exponential's state, of length N
	tauRise  float64
	tauDecay float64
	// Over a step the state rise shrinks by riseDecay and the activity by
	// decay, and rise adds its share cross to the activity.
	riseDecay, decay, cross float64
	unswept                 int
}

// NewTwoSynapse makes a filter for n neurons with time constants and step in
// s, silent at first. dt may not exceed either time constant ([neuro.CheckStep]).
func NewTwoSynapse(n int, tauRise, tauDecay, dt float64) (*TwoSynapse, error) {
	if n < 1 || !positive(tauRise) || !positive(tauDecay) || !positive(dt) {
		return nil, fmt.Errorf("nef: a synapse of %d neurons with time constants %g and %g s and step %g s: all must be positive", n, tauRise, tauDecay, dt)
	}
	if err := bound.Array("nef: the activity of a synapse", n); err != nil {
		return nil, err
	}
	if _, err := neuro.CheckStep("nef", dt, neuro.TimeConstant{Name: "the synapse's rise", Seconds: tauRise},
		neuro.TimeConstant{Name: "the synapse's decay", Seconds: tauDecay}); err != nil {
		return nil, err
	}
	s := &TwoSynapse{
		Activity: make([]float64, n), rise: make([]float64, n), tauRise: tauRise, tauDecay: tauDecay,
		riseDecay: math.Exp(-dt / tauRise), decay: math.Exp(-dt / tauDecay),
	}
	s.cross = s.Response(dt)
	return s, nil
}

// NewAlpha makes a filter with the alpha function of time constant tau.
func NewAlpha(n int, tau, dt float64) (*TwoSynapse, error) { return NewTwoSynapse(n, tau, tau, dt) }

// Response is h(t) in Hz, t in s.
func (s *TwoSynapse) Response(t float64) float64 {
	if t < 0 {
		return 0
	}
	// exp(-t/τ_decay) (1 - exp(-δt))/δ / (τ_rise τ_decay), which stays exact
	// as δ goes to 0.
	delta := 1/s.tauRise - 1/s.tauDecay
	grown := t
	if delta != 0 {
		grown = -math.Expm1(-delta*t) / delta
	}
	if math.IsInf(grown, 0) {
		return 0 // long after the spike, with a rise slower than the decay
	}
	return math.Exp(-t/s.tauDecay) * grown / (s.tauRise * s.tauDecay)
}

// Step advances the activity by a step in which the spikes fell, exactly. It
// allocates nothing. It panics at the spike of a neuron that there is not, and
// when Activity has got another length.
func (s *TwoSynapse) Step(spikes []Spike) {
	if len(s.Activity) != len(s.rise) {
		panic(fmt.Sprintf("nef: the Activity of %d neurons in a synapse of %d", len(s.Activity), len(s.rise)))
	}
	for i, r := range s.rise {
		s.Activity[i] = s.decay*s.Activity[i] + s.cross*r
		s.rise[i] = s.riseDecay * r
	}
	for _, k := range spikes {
		if uint(k.Neuron) >= uint(len(s.rise)) {
			panic(stranger(k, len(s.rise)))
		}
		s.rise[k.Neuron] += math.Exp(-k.Age / s.tauRise)
		s.Activity[k.Neuron] += s.Response(k.Age)
	}
	if s.unswept++; s.unswept == sweepEvery {
		s.unswept = 0
		sweep(s.Activity)
		sweep(s.rise)
	}
}
