// Package rate simulates and trains firing-rate networks.
//
// A network of N_r units with time constant τ has one of two state forms,
//
//	τ dx/dt = -x + J φ(x) + u_in f_in + b      ([Current]: activity r = φ(x))
//	τ dr/dt = -r + φ(J r + u_in f_in + b)      ([Rate]: activity r)
//
// with φ = tanh, integrated by exponential Euler: the state moves a fraction
// 1 - exp(-dt/τ) of the way to where its input alone would take it. Teacher
// and student of full-FORCE use the same integrator (the authors' programs
// mix exact and forward Euler).
//
//   - [TrainForce]: the output z = W r is fed back through fixed weights and
//     only W is learned (Sussillo & Abbott 2009).
//   - [TrainFullForce]: a target-generating network receives the wanted
//     output as an input; the network proper learns to produce the resulting
//     currents by its own recurrent weights J, and z = W r (DePasquale,
//     Cueva, Rajan, Escola & Abbott 2018).
//
// Both learn by recursive least squares (package rls), both return a [Fit]:
// the trained network and what it does when left alone.
package rate
