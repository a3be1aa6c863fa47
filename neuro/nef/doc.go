// Package nef represents variables by populations of spiking neurons, after
// the Neural Engineering Framework.
//
// # Encoding
//
// Neuron i of a population of N represents a variable x of D dimensions
// through the current
//
//	J_i(x) = α_i ⟨e_i, x⟩ + J_i^bias
//
// with a unit encoder e_i (its preferred direction), a gain α_i and a bias.
// A leaky integrate-and-fire neuron ([LIF]) turns it into the rate a_i(x),
// its tuning curve. [NewPopulation] draws encoders, maximum rates and
// intercepts from the ranges of a [Config]; [FromTuning] takes those of
// recorded neurons, or of a model. [Population.TuningCurves] are the rates.
//
// # Decoding
//
// Linear decoders d_i recover a function of x from the rates or from the
// synaptically filtered spikes,
//
//	f̂(x) = Σ_i a_i(x) d_i,
//
// and are the least-squares solution of regularised normal equations
// ([Decoders]). They are good where they were fitted: on a [Line], a [Grid], a
// [Ball], a [Shell], a [Circle], a [Product] of these, or any other [Points].
// [Regularisation] states the noise that is assumed of the rates.
//
// # Spikes
//
// [Spiking] advances the neurons' voltages in small steps, with spike times
// resolved within a step or on its grid ([SpikeTiming]); [Synapse] filters the
// spikes back into activities in Hz.
//
// # Source
//
// C. Eliasmith, C. H. Anderson (2003), Neural Engineering: Computation,
// Representation, and Dynamics in Neurobiological Systems, MIT Press; preset
// parameters from D. MacNeil, C. Eliasmith (2011), PLoS ONE 6(9):e22885,
// https://doi.org/10.1371/journal.pone.0022885.
package nef
