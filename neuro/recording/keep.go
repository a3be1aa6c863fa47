package recording

// Keep says what a recording keeps of a run besides factors, outputs and scores,
// and where. The zero Keep keeps all spikes and no quantities, in memory.
type Keep struct {
	// Spikes lists the units whose spikes are kept; nil keeps all.
	Spikes []int
	// Units lists the units whose quantities are kept; nil keeps all.
	Units []int
	// Quantities are kept in full, each as a series under its name with a channel
	// for each of Units. Networks say which they have: voltages, currents, trains.
	Quantities []string
	// Mean lists the quantities to average over all trials of each condition,
	// kept in full or not. Factors and their targets are then averaged as well.
	Mean []string
	// Every is k where every k-th step of quantities and averages is kept,
	// beginning with the first; 0 and 1 keep all. Spikes, factors and outputs are
	// kept at every step.
	Every int
	// File, unless empty, is the .npz file that trials are written to as they
	// come, so that a long run takes little memory ([Stream]). It appears whole
	// when the run ends well or its watcher stops it. Of a run that is killed [Load]
	// reads the trials before from the file of that name with .part behind it.
	File string
}
