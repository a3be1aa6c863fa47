// Package rate simulates, trains and imports firing-rate networks.
//
// A network of N_r units has one of three forms. With time constant τ,
//
//	τ dx/dt = -x + J r + u_in f_in + b + σ √(2τ) ξ,  r = φ(x)   ([Current])
//	τ dr/dt = -r + φ(J r + u_in f_in + b) + σ √(2τ) ξ           ([Rate])
//
// or without one, in steps,
//
//	r(t) = φ(J r(t-1) + u_in f_in(t) + b) + σ ξ(t)              ([Discrete])
//
// and its output is z = W r + c. φ is an [Activation], tanh unless another is
// asked for.
//
// The first two are integrated by exponential Euler: the state moves a fraction
// 1 - exp(-dt/τ) of the way to where its input alone would take it. Teacher
// and student of full-FORCE use the same integrator (the authors' programs
// mix exact and forward Euler).
//
// # Noise
//
// ξ is white noise, private to each unit. A unit that receives nothing else is
// an Ornstein-Uhlenbeck process of standard deviation σ and correlation time
// τ, whatever dt: a step adds σ √(1 - exp(-2dt/τ)) times a normal number. (The
// authors' programs add √(η dt) times a normal number to a Current network; that
// is σ = √(η τ/2).) Config.TrainingNoise is σ while learning, Network.Noise
// while running. Numbers come from the seed; by default there is no noise.
//
// # Training
//
// [Train] takes a network through its trials by a [Method]:
//
//   - [Force]: the output z = W r is fed back through fixed weights and
//     only W is learned (Sussillo & Abbott 2009).
//   - [FullForce]: a target-generating network receives the wanted
//     output, and hints, as inputs; the network proper learns to produce the
//     resulting currents by its own recurrent weights J, and z = W r
//     (DePasquale, Cueva, Rajan, Escola & Abbott 2018).
//   - a type of your own, in some thirty lines (see the example of Method).
//
// The two here learn by recursive least squares (package rls). A [Fit] is the
// trained network and what it does when left alone. The fixed random weights J̃
// ([New]) may be sparse (Config.Connectivity); what full-FORCE learns is dense.
//
// # Biases
//
// With odd φ and no biases the opposite input, from the opposite state, gives
// the opposite output, whatever the weights. Such a network cannot say whether
// two pulses of ±1 were the same. Config.BiasScale gives the units random
// constant inputs, in both networks of full-FORCE, and the regression a
// constant beside r: full-FORCE learns J and b, and both methods W and c.
// Results warn of a task that needs it ([neuro.EvenAnswer]) if some of its trials
// have opposite inputs and the same targets.
//
// # Networks trained elsewhere
//
// [Import] makes a network of the arrays of a .mat or .npz file, trained by
// back-propagation in PyTorch, say, and reports which array it took for what.
// Presets ([PyTorch], [Keras], [LowRankInference]) know how weights lie; where
// there is none, [ImportConfig].Orientation says it, since the shape of square
// weights does not. The network runs, is tested and saved, and becomes a
// spiking network's source ([NewSource]), like those trained here.
package rate
