// Package prepare takes a recording to what networks, decoders and components are
// fitted to: trials of one length, aligned to an event, on one grid of bins.
//
// Times are in seconds, frequencies in hertz; matrices are time × channels.
// Conventions (which edge belongs to a bin, what a timestamp of a series stands
// for) are named in [Config] and never guessed. What is left out is listed with
// the reason: see [Choice] and Set.Dropped.
package prepare
