// Package spiketrain measures spike trains: rates and their irregularity
// ([Trains.CV], [Trains.CV2], [Trains.LV]), variability from trial to trial
// ([Trains.Fano], [Response.Variability]), firing rates by condition
// ([Trains.PSTH]), how alike those of two populations are ([BestMatch]), and how
// much of them is in the population's factors ([FitRates]).
//
//	trains, err := spiketrain.Cut(times, neurons, 800, windows)
//	psth, err := trains.PSTH(spiketrain.DefaultPSTH())
//	fano, err := trains.Fano(0.2)
//	fmt.Println(fano.Median(), trains.CV2().AtLeast(10).Median())
//
// Definitions are those of Elephant (Denker, Yegenoglu & Grün 2018,
// Collaborative HPC-enabled workflows on the HBP Collaboratory using the
// Elephant framework, Neuroinformatics): isi, cv, cv2, lv, fanofactor,
// time_histogram and instantaneous_rate. What differs: a spike on the edge of two
// bins counts for the earlier one here, for the later one there; irregularities
// pool the intervals of a neuron's trials, Fano factors are averaged over
// windows and conditions; and rates near the ends of a trial are corrected as
// there only with [PSTHConfig].KeepCount. Each doc comment names the original
// paper.
//
// Recordings may hold neurons and trials without spikes, several spikes at one
// time, and clocks that count from 1970. [Trains.Repeated] counts equal times,
// [MinInterval] drops spikes that follow too fast.
//
// Where a number is not defined for a neuron (an irregularity of fewer than
// three spikes, a Fano factor of silence) it is NaN in [Measure] and counts as
// left out; means and medians are over the others.
//
// Times are in seconds, rates in hertz, matrices time-major, T × N.
package spiketrain
