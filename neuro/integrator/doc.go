// Package integrator is the recurrent neural integrator that holds the eyes
// still, the local rule that fine-tunes it, and the oculomotor system that
// tells it what is wrong.
//
// # The integrator
//
// A population ([nef.Population]) is connected to itself by weights
//
//	ω_ji = α_j ⟨e_j, d_i⟩
//
// made of decoders d_i for what it represents, so that it goes on saying what
// it said (A' = 1), and receives τ_syn v for a velocity command v (B' = τ_syn).
// The filtered activities a_i then represent the integral of v,
//
//	x = Σ_i d_i a_i,  dx/dt = v.
//
// Errors of the decoders of 1 % make the eye drift noticeably. [New] builds the
// linear optimal integrator: an [attractor.Attractor] of one dimension without
// dynamics, which is simulated, spoilt, lesioned and saved as any other.
// [MeasureTransfer] and [MeasureDrift] say how good one is, in degrees.
//
// # Learning
//
// The integrator has no teacher but the commands it receives anyway. A slow
// command is a correction: whoever sends it saw the eye drift. The rule of
// [attractor.Simulation.Learn],
//
//	Δω_ji = κ dt a_i α_j ⟨e_j, E⟩,
//
// takes E = v where |v| is below the Window of a [LifeConfig], small enough not to
// be a saccade, and moves ω towards weights that make the correction unnecessary.
// [Live] lets an integrator live in an oculomotor system and learn there.
//
// # The oculomotor system
//
// docs/oculomotor.svg in the repository draws it; [OculomotorConfig] sets its
// parameters and [Run] holds its signals. Positions are in degrees.
//
// A target T jumps. When the error T - E of eye position E has been large for
// some time, a saccade is made: a pulse of velocity whose duration follows
// the [MainSequence]. When the eye drifts between saccades, the surround slips
// over the retina, at g E - dE/dt for a surround that moves at g E, and slow
// movements follow the slip:
//
//	τ_s dv_s/dt = G [slip(t-D) + v_s(t-D)] - v_s.
//
// All that is seen of the eye is D late. Saccades and slow movements together
// are the command v; the integrator makes x of it, and the eye follows x
// through the lag of its muscles. A surround that moves distorts the slip, and
// with it what is learned. Without light there is no slip and no
// visual error; from time to time the error is felt, coarsely, and a saccade
// corrects it.
//
// # Source
//
// D. MacNeil, C. Eliasmith (2011), Fine-Tuning and the Stability of Recurrent
// Neural Networks, PLoS ONE 6(9):e22885,
// https://doi.org/10.1371/journal.pone.0022885. The rule's general form:
// T. Bekolay, C. Kolbeck, C. Eliasmith (2013), Simultaneous unsupervised and
// supervised learning of cognitive functions in biologically plausible
// spiking neural networks, Proceedings of the Cognitive Science Society 35.
package integrator
