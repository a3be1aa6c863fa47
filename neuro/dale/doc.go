// Package dale trains spiking networks with sparse connections under Dale's law:
// each neuron has a few presynaptic neurons of its own, and each neuron only
// excites or only inhibits.
//
// N neurons of any model (package neuron) receive the currents
//
//	Σ J s + b + u_in f_in,
//
// the sum being over one or more kinds of synapses with filtered spike trains s.
// All recurrent weights J are trained: there are no fixed random ones and no
// uniform inhibition, unlike in package spiking. The network carries factors y to
// the degree that its recurrent currents are u y, with u = g Q J̃ V. They are read
// from the currents by least squares, and the output from them:
//
//	y = (uᵀu)⁻¹uᵀ (Σ J s + b - background),     z = W [y; 1].
//
// Training is by least squares that keep to the signs (DePasquale, Churchland &
// Abbott 2016):
//
//	net, err := dale.Transfer(ctx, dale.Sparse(), source)
//	rec, err := net.Test(ctx, source, spiking.DefaultTest())
//
// Sources, tests and recordings are the same as in package spiking.
package dale
