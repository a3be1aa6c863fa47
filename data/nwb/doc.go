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
// conditions there are a file does not say: Condition is 0. A column with an index
// becomes lists; members of a compound become columns NAME.MEMBER, references the
// paths they lead to. Lists of lists, such as waveforms, and columns above 64 MB are
// left in the file; the table says so.
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
// Times are not converted or dropped but where an option asks for it. An index that
// decreases or goes beyond what is there, a spike or a row without a time,
// timestamps that run backwards and columns of different lengths are errors that say
// where. What is possible and doubtful is among the recording's Warnings: spikes out
// of order, which are sorted, trials without a start, times that are likely to be
// milliseconds, samples or seconds since 1970. So is all that was left out.
//
// # What it costs
//
// Opening a file reads some ten kilobytes, a unit the index and its own spikes, and
// [File.Series] a look at the header of everything. A recording's series may take
// four times the size of the file and 64 MB together, unless SPIKEWALK_UNPACK_MB
// allows more.
package nwb
