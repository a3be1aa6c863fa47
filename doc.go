// Package spikewalk is a walk from firing rates to spikes: train a
// firing-rate network, find its principal components, transfer them to a
// recurrent network of spiking neurons that does the same task, fit motor
// cortex and muscles with it, and fine-tune a neural integrator with a local
// learning rule.
//
// The science is in [github.com/spikewalk/spikewalk/neuro], whose
// documentation is the whole walk on one page. The notebooks folder walks it
// with figures; the command cmd/spikewalk executes them.
package spikewalk
