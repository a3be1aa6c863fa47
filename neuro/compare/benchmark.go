package compare

// Benchmark is how a data set of the Neural Latents Benchmark is cut and scored. All
// times are in seconds.
type Benchmark struct {
	// Name of the data set, Align the column of its trial table that trials are
	// aligned to, Behaviour the series that is decoded.
	Name, Align, Behaviour string
	// From and To are the window about the event, Bin the width of its bins.
	From, To, Bin float64
	// Lag is how much later than activity the behaviour is that is read from it.
	Lag float64
	// Kernel is the standard deviation of the Gaussian that PSTHs are smoothed
	// with, 0 where the task has no conditions.
	Kernel float64
	// Forward is the time after the window whose spikes are predicted from it.
	Forward float64
}

// MCMaze returns the settings of MC_Maze (DANDI 000128): motor cortex, delayed reaches
// in mazes.
func MCMaze() Benchmark {
	return Benchmark{
		Name: "MC_Maze", Align: "move_onset_time", Behaviour: "hand_vel",
		From: -0.25, To: 0.45, Bin: 0.005, Lag: 0.1, Kernel: 0.07, Forward: 0.2,
	}
}

// MCMazeScaling returns the settings of MC_Maze's small, medium and large versions
// (DANDI 000140, 000139, 000138), which have a longer lag and a narrower kernel.
func MCMazeScaling() Benchmark {
	b := MCMaze()
	b.Name, b.Lag, b.Kernel = "MC_Maze scaling", 0.12, 0.05
	return b
}

// MCRTT returns the settings of MC_RTT (DANDI 000129): motor cortex, reaches to random
// targets one after the other, cut into pieces of 0.6 s.
func MCRTT() Benchmark {
	return Benchmark{
		Name: "MC_RTT", Align: "start_time", Behaviour: "finger_vel",
		From: 0, To: 0.6, Bin: 0.005, Lag: 0.14, Forward: 0.2,
	}
}

// Area2Bump returns the settings of Area2_Bump (DANDI 000127): somatosensory cortex,
// active reaches and passive bumps. Its activity follows the hand, so that the lag
// is negative. The benchmark decodes the two kinds of trials apart, and reports the
// mean of both.
func Area2Bump() Benchmark {
	return Benchmark{
		Name: "Area2_Bump", Align: "move_onset_time", Behaviour: "hand_vel",
		From: -0.1, To: 0.5, Bin: 0.005, Lag: -0.02, Kernel: 0.04, Forward: 0.2,
	}
}

// Decoder returns the benchmark's decoder, with its lag. Fitted to rates of a set that is
// wider by the lag (from From to To + Lag; of a negative lag from From + Lag to To),
// it reads behaviour from the activity in the window, as nlb_tools does.
func (b Benchmark) Decoder() DecoderConfig {
	cfg := NLBDecoder()
	cfg.Lag = b.Lag
	return cfg
}
