package recording

// Keep says what of a run a recording keeps beyond factors, outputs and scores,
// and where. The zero Keep keeps all spikes, no quantities, and everything in
// memory.
type Keep struct {
	// Spikes lists the units whose spikes are kept; nil keeps all.
	Spikes []int
	// Units lists the units whose quantities are kept; nil keeps all.
	Units []int
	// Quantities are kept in full, each as a series of its name with a column for
	// each of Units. A network says which it has: voltages, currents, trains.
	Quantities []string
	// Mean lists quantities to be averaged over all trials, kept in full or not,
	// condition by condition. Factors are then averaged, too, with their targets.
	Mean []string
	// Every keeps every k-th step of quantities and averages, the first
	// included; 0 and 1 keep all. Spikes, factors and outputs are kept at every
	// step.
	Every int
	// File, if not "", is where the trials go as they come: an .npz file by its
	// name, too, of any length in little memory ([Stream]). It appears, whole,
	// when the run ends well or its watcher stops it; [Load] reads it.
	File string
}
