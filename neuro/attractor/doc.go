// Package attractor makes attractors of spiking neurons, in any number of
// dimensions, and tunes them with a local learning rule.
//
// It is the general engine; package integrator is its preset of one dimension,
// with eyes.
//
// # Defining one
//
// An attractor is what a population represents and how that changes by
// itself. Three things define it:
//
//   - a population ([nef.NewPopulation], or [nef.FromTuning] for neurons whose
//     tuning is known) that represents the state x of D dimensions and,
//     behind it, C control inputs u,
//   - dynamics, any function f in dx/dt = f(x, u),
//   - the points (x, u) where they matter, on which decoders are fitted: a
//     [nef.Ball] for a plane, a [nef.Circle] or a [nef.Shell] for a ring.
//
// [New] then connects the population to itself by
//
//	ω_ji = α_j ⟨e_j, d_i⟩,  d_i the decoders of  g(x, u) = x + τ_syn f(x, u).
//
// With a synapse of time constant τ_syn the state x = Σ_i d_i a_i then obeys
// dx/dt = f(x, u): principle 3 of Eliasmith & Anderson (2003). The example of
// [New] is a decision between two states, in a few lines. Without dynamics, f =
// 0, an attractor holds whatever state it is in: an integrator.
//
// A velocity command v is added to dx/dt and needs no dimension. What
// multiplies the state has to be represented with it: to turn a bump at the
// angular velocity u, neurons must know both ("controlled integrator",
// section 8.2 of that book), and half of them then fire for a direction and a
// turn, as cells of the head-direction system do.
//
// # Running one
//
// [Attractor.Simulate] is for driving it by hand, in steps of 0.1 to 1 ms, with
// spikes placed exactly within a step. [Attractor.MeasureDrift] lets it go from
// given states and says how it drifts. [Attractor.Live] lets it live, and learn,
// in a [World]: a type of two methods that sees x and gives commands.
// [Attractor.Steps] is the same life step by step, for whoever wants to look on
// the way.
//
// # Learning
//
// Decoders that are off make a line, a plane or a ring leak into a few
// points. The rule
//
//	Δω_ji = κ dt a_i α_j ⟨e_j, E⟩
//
// repairs them, at a rate κ per second in steps of dt. It is local: a_i is the
// activity of the neuron before the synapse, α_j e_j the preferred direction of
// the one behind it, and E a D-vector that arrives there as an input current. In
// decoder form ([Form]) it is Δd_i = κ dt a_i E, the same to rounding and N times
// cheaper.
//
// E may be any error; where does it come from? From signals the system has
// anyway: a corrective command. Whoever sends one saw that x was wrong, and
// E is that command: it corrects the state now, and the weights so that it
// need not be sent again. A [World] therefore tells corrections
// ([Command].Correction) from commands that say where to go ([Command].Velocity),
// from which nothing is to be learned. The ways to see an error are in
// [Correction]: slip, with the slow command against it that is known from the
// eye, and landmarks. In the dark there is none, and nothing is learned.
//
// # Damage
//
// [Attractor.Perturb] and [Attractor.PerturbDecoders] spoil the connections,
// [Attractor.Lesion] and [Attractor.Silence] take neurons away, and
// [Attractor.WithDecoders] replaces the decoders, by zeros to begin from nothing.
// Weights that change by themselves have to be tuned for as long as they do:
// [WeightNoise] ([LifeConfig].Noise) lets each of the N² weights take its own
// random walk, drawn when a spike reads the weight and yet in law that of noise in
// every step.
//
// # Presets
//
//   - [Ring]: a head-direction ring of one angle, driven by angular velocity.
//     [NewWander] is its world, a head that turns: slip and landmarks tell of the
//     angle, so that E is along the tangent, and overall activity of the bump's
//     height.
//   - [Path]: path integration in the plane by a bump on a torus: two angles,
//     each a component of the place modulo a period, driven by velocity.
//     [NewWander] is its world, too, an animal that walks.
//   - [DefaultGaze]: the world of an integrator in the plane, or in any number of
//     dimensions: targets, saccades, and the slow command against slip, in each
//     dimension by itself.
//
// # The same bits
//
// Everything follows from the seeds: the same seed gives the same bits, in one
// build, whatever else the processors do, and an attractor that was saved
// ([Attractor.Save]) goes on from its file as it would have gone on without.
// Builds for other architectures round differently, and spikes amplify that within
// some tens of simulated seconds.
//
// # Source
//
// C. Eliasmith, C. H. Anderson (2003), Neural Engineering, MIT Press; D.
// MacNeil, C. Eliasmith (2011), Fine-Tuning and the Stability of Recurrent
// Neural Networks, PLoS ONE 6(9):e22885,
// https://doi.org/10.1371/journal.pone.0022885; the rule's general form: T.
// Bekolay, C. Kolbeck, C. Eliasmith (2013), Proceedings of the Cognitive
// Science Society 35; path integration: J. Conklin, C. Eliasmith (2005), A
// Controlled Attractor Network Model of Path Integration in the Rat, Journal
// of Computational Neuroscience 18:183-203.
package attractor
