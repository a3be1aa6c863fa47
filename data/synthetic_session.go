package data

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// SessionConfig says what [SyntheticSession] makes. Start from [DefaultSession].
type SessionConfig struct {
	// Seed of all that is drawn. The same configuration gives the same session.
	Seed uint64
	// Trials of reaches to 8 targets, in random order.
	Trials int
	// Units that fire, and one more without spikes, the last.
	Units int
	// Rate is the units' mean rate at rest in Hz; each has its own, log-normally
	// around it.
	Rate float64
	// Muscles whose EMG is recorded.
	Muscles int
	// Lag is how much later muscles do what the latents say, in seconds.
	Lag float64
	// EMGStep is the time between rows of EMG in seconds. At 0.02 s or slower they
	// are envelopes in bins that end at their timestamps; faster ones are voltages.
	EMGStep float64
	// Faults puts in what laboratories' sessions have: trials that were aborted,
	// failed or are incomplete, movements without an onset, a pause in the
	// recording, a unit that is lost, a gap in the EMG, spikes listed twice.
	Faults bool
}

// DefaultSession is 480 trials, some 20 minutes, of 72 units of 20 Hz, as
// multi-units of motor cortex have it, and one without spikes; 16 muscles 50 ms later
// in bins of 20 ms; and all faults.
func DefaultSession() SessionConfig {
	return SessionConfig{Seed: 1, Trials: 480, Units: 72, Rate: 20, Muscles: 16, Lag: 0.05, EMGStep: 0.02, Faults: true}
}

// Validate says which field makes no sense.
func (c SessionConfig) Validate() error {
	switch {
	case c.Trials < 8 || c.Trials > 10_000:
		return fmt.Errorf("data: a session of %d trials: there must be 8, one for each target, to 10,000", c.Trials)
	case c.Units < 1 || c.Units > 10_000 || c.Muscles < 1 || c.Muscles > 1000:
		return fmt.Errorf("data: a session of %d units and %d muscles: there may be 1 to 10,000 units, and 1 to 1000 muscles", c.Units, c.Muscles)
	case !(c.Rate > 0 && c.Rate <= 500):
		return fmt.Errorf("data: units of %g Hz: their rate must be positive, and at most 500 Hz", c.Rate)
	case !(c.Lag >= 0 && c.Lag <= 0.5):
		return fmt.Errorf("data: muscles lag by %g s: it must be from 0 to 0.5 s", c.Lag)
	case !(c.EMGStep >= 1e-4 && c.EMGStep <= 0.1):
		return fmt.Errorf("data: a row of EMG every %g s: choose 0.001 for voltages, 0.02 for envelopes, or another from 0.0001 to 0.1", c.EMGStep)
	case float64(c.Trials)*longestTrial*(float64(c.Units)*c.Rate+float64(c.Muscles)/c.EMGStep) > 1e8:
		return fmt.Errorf("data: %d trials of %d units of %g Hz and %d muscles every %g s are more than 100 million numbers", c.Trials, c.Units, c.Rate, c.Muscles, c.EMGStep)
	}
	return nil
}

// Session is a synthetic session and its ground truth.
type Session struct {
	// Recording has the series emg, hand_pos and hand_vel, tables of units and
	// trials, and the intervals in which units were observed.
	Recording *recording.Recording
	Truth     Truth
}

// Truth is what a synthetic session was made from.
type Truth struct {
	// Latents of each condition, T × 7, and Muscles, T × muscles, without noise,
	// every Dt seconds from Start, in seconds from the onset of movement. Muscles
	// come Lag later than the latents.
	Latents, Muscles []*mat.Dense
	Dt, Start, Lag   float64
	// Loadings (units × 7) and Baselines (Hz) make the units' rates:
	// baseline + loadings · latents. They are zero for the unit without spikes.
	Loadings  *mat.Dense
	Baselines []float64
	// Weights (muscles × 7) make muscles from latents. Those of preparation, the
	// first two, are zero.
	Weights *mat.Dense
	// Angles of the conditions' targets in radians.
	Angles []float64
	// Directions is the angle in which each trial in truth moved, NaN if it did
	// not. It is another than the target's in failed trials.
	Directions []float64
	// Onsets of all movements in seconds, NaN of trials without one. The trial
	// table lacks some.
	Onsets []float64
	// Duplicated is how many spikes of each unit are listed twice.
	Duplicated []int
	// Lost is the unit that was lost, -1 if none was.
	Lost int
	// Pause is when nothing was recorded of units, and EMGGap of muscles; both are
	// empty without faults.
	Pause, EMGGap recording.Interval
}

// Purposes of random numbers.
const (
	sessionTrialsStream  neuro.Purpose = "session trials"
	sessionUnitsStream   neuro.Purpose = "session units"
	sessionSpikesStream  neuro.Purpose = "session spikes"
	sessionMusclesStream neuro.Purpose = "session muscles"
	sessionEMGStream     neuro.Purpose = "session EMG"
)

// SyntheticSession returns a session of centre-out reaches as laboratories record
// them, with its ground truth: motor cortex has 7 latents (preparation for each
// direction, a trigger, and two planes that rotate during movement), Poisson units
// whose rates are linear in these, and muscles that are non-negative functions of
// them, 50 ms later, with noise that grows with the signal. Times of spikes and
// events are on the clock of a recorder of 32,768 Hz, and values of series in steps
// of a power of two: exact in binary.
//
// No result about motor cortex can come from it: it is for trying out an analysis
// whose answer is known.
func SyntheticSession(cfg SessionConfig) (*Session, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	s := &synthetic{SessionConfig: cfg}
	s.drawTrials()
	s.drawUnits()
	s.drawMuscles()
	rec := &recording.Recording{
		Units: cfg.Units + 1, Trials: s.table(), TrialTable: s.trialTable(), UnitTable: s.unitTable(),
		Conditions: names(), Spikes: s.spikes(), Observed: s.observed(),
		Series: s.series(),
		Provenance: recording.Provenance{
			Program: "data.SyntheticSession", Seed: cfg.Seed, Task: "centre-out reaches to 8 targets",
			Subject: "synthetic", Session: fmt.Sprintf("seed %d", cfg.Seed),
		},
	}
	return &Session{Recording: rec, Truth: s.truth()}, nil
}

// session is what is drawn.
type synthetic struct {
	SessionConfig
	trials     []reach
	end        float64    // s
	loadings   *mat.Dense // (units + 1) × latents
	baselines  []float64
	highest    []float64 // rate, Hz
	weights    *mat.Dense
	offsets    []float64
	duplicated []int
}

// Times of truth: rows every millisecond around the onset.
const (
	truthDt    = 0.001
	truthFrom  = -0.3
	truthSteps = 1000
)

func (s *synthetic) truth() Truth {
	t := Truth{
		Dt: truthDt, Start: truthFrom, Lag: s.Lag,
		Loadings: s.loadings, Baselines: s.baselines, Weights: s.weights, Duplicated: s.duplicated,
		Lost: s.lost(), Pause: s.pause(), EMGGap: s.emgGap(),
	}
	for c := range targets {
		typical := reach{target: c, angle: angle(c), gain: 1, on: -1, onset: 0, stop: math.Inf(1)}
		latents, muscles := mat.NewDense(truthSteps, latentCount, nil), mat.NewDense(truthSteps, s.Muscles, nil)
		for i := range truthSteps {
			at := truthFrom + float64(i)*truthDt
			typical.latents(at, latents.RawRowView(i))
			var x [latentCount]float64
			typical.latents(at-s.Lag, x[:])
			s.muscles(x[:], muscles.RawRowView(i))
		}
		t.Latents, t.Muscles, t.Angles = append(t.Latents, latents), append(t.Muscles, muscles), append(t.Angles, angle(c))
	}
	for _, r := range s.trials {
		if direction := r.angle; math.IsNaN(r.onset) {
			t.Directions = append(t.Directions, math.NaN())
		} else {
			t.Directions = append(t.Directions, direction)
		}
		t.Onsets = append(t.Onsets, r.onset)
	}
	return t
}
