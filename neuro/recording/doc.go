// Package recording holds what a network did, or what a laboratory recorded:
// spike times of units, named series of channels, and a table of trials.
//
// It is plain data that networks, statistics and figures share.
package recording
