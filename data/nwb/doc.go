// Package nwb reads sessions from NWB files (Neurodata Without Borders, version 2)
// as recordings: units and their spike times, the intervals in which they were
// observed, electrodes, the table of trials, and time series of any kind.
//
//	f, err := nwb.Open("sub-Jenkins.nwb")             // reads no spike and no sample
//	times, err := f.Unit(3)                           // those of one unit alone
//	emg, err := f.Join("preprocessed_emg")            // one channel a muscle
//	rec, err := f.Recording(nwb.Only("cursor_vel"))   // all units, trials and one series
//
// # What is taken from where
//
// Units are the rows of /units: spike_times become Spikes, obs_intervals Observed,
// and all other columns, in the file's order, UnitTable. Trials are the rows of
// /intervals/trials, or of the table that [Trials] names: start_time and stop_time
// become Start and Stop, columns whose names end in _time become Events, counted
// from the trial's start, and all columns stand in TrialTable as well. Which
// conditions there are a file does not say: Condition is 0. A column of lists or of
// lists of lists is whatever its index says; members of a compound become columns
// NAME.MEMBER, references the paths they lead to. Waveforms, and columns above 64
// MB, are left in the file; the table says so.
//
// A series is a group with data, and with timestamps or a starting_time, wherever it
// is and whatever type an extension gives it. Its values are data × conversion
// (× channel_conversion) + offset, in data's unit. Timestamps are evenly spaced
// if none is further from a straight line than a millionth of a step (and four
// units in the last place of the latest): then Dt and Start say it all. Other
// rows keep their Times. Whether a row stands for what came before its time or after
// it, the format does not say: the bins of FALCON's muscles end at it.
//
// # What is refused, and what is said
//
// Times are not converted, sorted or dropped but where an option asks for it. An
// index that decreases or goes beyond what is there, a spike or a row without a
// time, timestamps that run backwards and columns of different lengths are errors
// that say where. What is possible and doubtful, such as trials without a start or a
// hundred thousand seconds in a row, is among the recording's Warnings, and so is all
// that was left out.
package nwb
