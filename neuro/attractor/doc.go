// Package attractor makes attractors of spiking neurons, whatever their
// shape, and tunes them with a local learning rule.
//
// # Defining one
//
// An attractor is what a population represents and how that changes by
// itself. Three things define it:
//
//   - a population ([nef.NewPopulation], or [nef.FromTuning] for neurons whose
//     tuning is known) that represents the state x of D dimensions and,
//     behind it, C control inputs u,
//   - dynamics, any function f in dx/dt = f(x, u) ([Dynamics]),
//   - the points (x, u) where they matter, on which decoders are fitted: a
//     [nef.Ball] for a plane, a [nef.Circle] or a [nef.Shell] for a ring.
//
// [New] then connects the population to itself by
//
//	ω_ji = α_j ⟨e_j, d_i⟩,  d_i the decoders of  g(x, u) = x + τ_syn f(x, u),
//
// for with a synapse of time constant τ_syn the state x = Σ_i d_i a_i obeys
// dx/dt = f(x, u): principle 3 of Eliasmith & Anderson (2003). The example of
// [New] is a decision between two states, in a few lines.
//
// A velocity command v is added to dx/dt and needs no dimension. What
// multiplies the state has to be represented with it: to turn a bump at the
// angular velocity u, neurons must know both ("controlled integrator",
// section 8.2 of that book), and half of them then fire for a direction and a
// turn, as cells of the head-direction system do.
//
// With f = 0 the attractor is the integrator of package integrator, and goes
// through the same states to the last bit: that package's engine runs this one,
// the controls being dimensions that are not fed back.
//
// # Running one
//
// [Attractor.Simulate] is for driving it by hand, in steps of 0.1 to 1 ms, with
// spikes placed exactly within a step; [Attractor.Rate] is the same without
// spikes. [Attractor.MeasureField] lets it go from given states and says how
// it drifts. [Attractor.Live] lets it live in a [World], a type of two methods
// that is told x and gives commands, and learn there.
//
// # Learning
//
// Decoders that are off make a line, a plane or a ring leak into a few
// points. [Attractor.Perturb] and [Attractor.PerturbDecoders] spoil them; the
// rule
//
//	Δω_ji = κ a_i α_j ⟨e_j, E⟩
//
// repairs them. It is local: a_i is the activity of the neuron before the
// synapse, α_j e_j the preferred direction of the one behind it, and E a
// D-vector that arrives there as an input current. In decoder form it is
// Δd_i = κ a_i E, the same to rounding and N times cheaper.
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
// # Presets
//
//   - [Planar]: an integrator in the plane, gaze in two dimensions. Its world
//     is [Gaze]: targets, saccades, and the slow command against slip, in each
//     dimension by itself.
//   - [Ring]: a head-direction ring of one angle, driven by angular velocity.
//     Its world is [Wander] as [Turning]: slip and landmarks tell of the
//     angle, so that E is along the tangent, and overall activity of the
//     bump's height.
//   - [Path]: path integration in the plane by a bump on a torus: two angles,
//     each a component of the place modulo a period, driven by velocity. Its
//     world is [Wander] as [Walking].
//
// # The same bits
//
// Everything follows from the seeds, in one build, whatever else the
// processors do.
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
