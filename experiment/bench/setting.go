package bench

import "fmt"

// Setting says how large the measured networks are and how often each
// measurement is repeated.
type Setting struct {
	// Repetitions is the number of pairs (ours, theirs) per row.
	Repetitions int
	// Neurons of the spiking network in the rows on training and on seeds
	// (the demo's is that of its preset), Trials its training trials per
	// repetition, and PeerSteps the peer's steps.
	Neurons, Trials, PeerSteps int
	// Demo are the numbers of trials of the whole demo: warm-up before each
	// stage, demeaning, training, test.
	DemoNeurons                                    int
	DemoWarmUp, DemoDemean, DemoTraining, DemoTest int
	// Units of the rate network, RateTrials its trials per repetition.
	Units, RateTrials int
	// FreeNeurons are the sizes for free-running simulation, FreeTrials the
	// trials of 2 s per repetition.
	FreeNeurons []int
	FreeTrials  []int
	// IntegratorSeconds is the whole simulated time of the integrator,
	// IntegratorPeerSeconds the peer's per repetition.
	IntegratorSeconds, IntegratorPeerSeconds float64
	// GrowthNeurons are the sizes over which growth is fitted.
	GrowthNeurons []int
	// StreamFloats is the length of the arrays that measure memory bandwidth:
	// far beyond the cache. PeakSize is that of the matrices multiplied.
	StreamFloats, PeakSize int
	// Judged says whether bars are judged: they are for the full sizes.
	Judged bool
}

// Full is the setting in which numbers mean what they say. It takes some
// minutes and 2 GB of memory.
func Full() Setting {
	return Setting{
		Repetitions: 9,
		Neurons:     800, Trials: 3, PeerSteps: 300,
		DemoNeurons: 800, DemoWarmUp: 50, DemoDemean: 300, DemoTraining: 300, DemoTest: 100,
		Units: 300, RateTrials: 20,
		FreeNeurons: []int{800, 3200}, FreeTrials: []int{20, 3},
		IntegratorSeconds: 1200, IntegratorPeerSeconds: 1,
		GrowthNeurons: []int{200, 400, 800, 1600, 3200},
		StreamFloats:  1 << 24, PeakSize: 1536,
		Judged: true,
	}
}

// Quick is a setting of seconds that shows that everything works. Its numbers
// mean nothing.
func Quick() Setting {
	return Setting{
		Repetitions: 2,
		Neurons:     60, Trials: 1, PeerSteps: 20,
		DemoNeurons: 40, DemoWarmUp: 1, DemoDemean: 1, DemoTraining: 1, DemoTest: 1,
		Units: 30, RateTrials: 1,
		FreeNeurons: []int{50, 80}, FreeTrials: []int{1, 1},
		IntegratorSeconds: 4, IntegratorPeerSeconds: 0.02,
		GrowthNeurons: []int{20, 40, 60},
		StreamFloats:  1 << 18, PeakSize: 64,
	}
}

// maxStream is 1 GB for each of three arrays.
const maxStream = 1 << 27

// Validate says what is wrong with the setting, or nil.
func (s Setting) Validate() error {
	counts := append([]int{
		s.Repetitions, s.Neurons, s.Trials, s.PeerSteps, s.DemoNeurons, s.DemoDemean, s.DemoTraining, s.DemoTest,
		s.Units, s.RateTrials, s.StreamFloats, s.PeakSize,
	}, append(append([]int{}, s.FreeNeurons...), append(s.FreeTrials, s.GrowthNeurons...)...)...)
	for _, c := range counts {
		if c < 1 {
			return fmt.Errorf("bench: a size or count is %d in %+v: all must be at least 1", c, s)
		}
	}
	switch {
	case len(s.FreeTrials) != len(s.FreeNeurons):
		return fmt.Errorf("bench: %d FreeTrials for %d FreeNeurons: give one each", len(s.FreeTrials), len(s.FreeNeurons))
	case len(s.GrowthNeurons) < 2:
		return fmt.Errorf("bench: growth over %d sizes: a fit needs at least 2", len(s.GrowthNeurons))
	case s.StreamFloats > maxStream:
		return fmt.Errorf("bench: arrays of StreamFloats = %d numbers: at most %d", s.StreamFloats, maxStream)
	case s.DemoWarmUp < 0:
		return fmt.Errorf("bench: %d trials of warm-up: none may be negative", s.DemoWarmUp)
	case !(s.IntegratorSeconds >= float64(s.Repetitions)) || !(s.IntegratorPeerSeconds > 0):
		return fmt.Errorf("bench: the integrator for %g s, its peer for %g s: want at least a second per repetition and a positive time", s.IntegratorSeconds, s.IntegratorPeerSeconds)
	}
	return nil
}
