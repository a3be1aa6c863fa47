package bench

// setting says how large the measured networks are and how often each
// measurement is repeated.
type setting struct {
	// Repetitions is the number of pairs (ours, theirs) per row.
	Repetitions int
	// Neurons of the spiking network in the rows on training and on seeds
	// (the demo takes its preset's number), Trials its training trials per
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
	FreeNeurons, FreeTrials [2]int
	// IntegratorSeconds is the whole simulated time of the integrator,
	// IntegratorPeerSeconds the peer's per repetition.
	IntegratorSeconds, IntegratorPeerSeconds float64
	// GrowthNeurons are the sizes over which growth is fitted.
	GrowthNeurons []int
	// PlainNumbers and PackedNumbers are the lengths of the datasets that are read
	// from HDF5 files.
	PlainNumbers, PackedNumbers int
	// StreamFloats is the length of the arrays that measure memory bandwidth:
	// far beyond the cache. PeakSize is the order of the matrices multiplied.
	StreamFloats, PeakSize int
	// Judged says whether thresholds are judged: they are for the full sizes.
	Judged bool
}

// full is the setting in which numbers mean what they say. It takes some
// minutes and 2 GB of memory.
func full() setting {
	return setting{
		Repetitions: 9,
		Neurons:     800, Trials: 3, PeerSteps: 300,
		DemoNeurons: 800, DemoWarmUp: 50, DemoDemean: 300, DemoTraining: 300, DemoTest: 100,
		Units: 300, RateTrials: 20,
		FreeNeurons: [2]int{800, 3200}, FreeTrials: [2]int{20, 3},
		IntegratorSeconds: 1200, IntegratorPeerSeconds: 1,
		GrowthNeurons: []int{200, 400, 800, 1600, 3200},
		PlainNumbers:  1 << 25, PackedNumbers: 1 << 23,
		StreamFloats: 1 << 24, PeakSize: 1536,
		Judged: true,
	}
}

// quick is a setting of seconds that shows that everything works.
func quick() setting {
	return setting{
		Repetitions: 2,
		Neurons:     60, Trials: 1, PeerSteps: 20,
		DemoNeurons: 40, DemoWarmUp: 1, DemoDemean: 1, DemoTraining: 1, DemoTest: 1,
		Units: 30, RateTrials: 1,
		FreeNeurons: [2]int{50, 80}, FreeTrials: [2]int{1, 1},
		IntegratorSeconds: 4, IntegratorPeerSeconds: 0.02,
		GrowthNeurons: []int{20, 40, 60},
		PlainNumbers:  1 << 17, PackedNumbers: 1 << 17,
		StreamFloats: 1 << 18, PeakSize: 64,
	}
}
