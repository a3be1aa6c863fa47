package recording

// Spikes lists spikes in order of time, then unit.
type Spikes struct {
	// Times in seconds from the start of the recording. Simulated spikes carry
	// the end of the step in which the threshold was reached.
	Times []float64
	// Units are counted from 0.
	Units []int
}
