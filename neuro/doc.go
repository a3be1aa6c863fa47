// Package neuro is the walk from firing rates to spikes, on one page.
//
// # Rates
//
// A firing-rate network of N_r units with state x̃ and time constant τ obeys
//
//	τ dx̃/dt = -x̃ + J̃ φ(x̃) + ũ_in f_in(t),     φ = tanh.
//
// [FORCE] trains a readout z = W φ(x̃) that is fed back into the network.
// [full-FORCE] trains the whole recurrent matrix: a target-generating network
// receives the desired output (and hints) as an extra input, and a
// task-performing network learns to produce the resulting drive by itself.
// Both use recursive least squares. See packages task, rls and rate.
//
// # Factors
//
// The activity of a trained network lives in few dimensions. The
// eigenvectors V of its (uncentred) second moment give the factors
//
//	ỹ = Vᵀ φ(x̃).
//
// See package factor.
//
// # Spikes
//
// A network of N leaky integrate-and-fire neurons with voltage v,
//
//	τ_V dv/dt = -v + u y + u_in f_in + J0s s + J0f f + J_μ f - b,
//
// receives the factors y through u = g Q J̃ V (N × P) and learns, again by
// recursive least squares, the P × 2N matrix w for which its own slowly and
// fast filtered spike trains reproduce them, y = w [s; f]. The task's output
// is z = W [y; 1]. The effective recurrent weights u w have rank P. See
// package spiking, and package neuron for other models of neurons. Package dale
// trains all recurrent weights of a sparsely connected network whose neurons each
// only excite or only inhibit.
//
// # Recordings
//
// What a network did and what a laboratory recorded are of one type: see
// package recording; package data, outside of neuro, reads files. Package
// prepare makes trials of it, aligned to an event and on one grid of bins. Their
// factors, by PCA or by reduced-rank regression onto muscles (package factor),
// take the place of a rate network's: see task.Recorded and task.NewSource.
//
// # Measures
//
// Package spiketrain says how irregular the spikes are and how they vary from
// trial to trial (CV, CV2, Fano factor), gives rates by condition, and says how
// much of them is in the factors. Package factor says how alike two networks'
// time courses are, and whether they rotate (jPCA). Package compare scores
// networks, decoders and baselines on held-out trials (R², nMSE, bits per
// spike). Package stats has the one definition of a median, a quantile and R².
//
// # The integrator
//
// A population of neurons with tuning curves a_i(x) represents a variable x
// that linear decoders d_i recover. Feeding the decoded value back makes an
// integrator, and the local rule
//
//	Δω_ji = κ dt a_i α_j ⟨e_j, E⟩
//
// fine-tunes it with a corrective signal E it already receives. See packages
// nef, attractor and integrator.
//
// # Papers
//
// B. DePasquale, M. M. Churchland, L. F. Abbott (2016), Using Firing-Rate
// Dynamics to Train Recurrent Networks of Spiking Model Neurons,
// arXiv:1601.07620; journal form: B. DePasquale, D. Sussillo, L. F. Abbott,
// M. M. Churchland (2023), The centrality of population-level factors to
// network computation is demonstrated by a versatile approach for training
// spiking networks, Neuron 111.
//
// B. DePasquale, C. J. Cueva, K. Rajan, G. S. Escola, L. F. Abbott (2018),
// full-FORCE: A target-based method for training recurrent networks, PLoS ONE
// 13(2):e0191527.
//
// D. Sussillo, L. F. Abbott (2009), Generating Coherent Patterns of Activity
// from Chaotic Neural Networks, Neuron 63.
//
// D. MacNeil, C. Eliasmith (2011), Fine-Tuning and the Stability of Recurrent
// Neural Networks, PLoS ONE 6(9):e22885.
//
// # In this package
//
// Package neuro itself holds what its children share: named random streams
// ([Stream]), watching a run ([Watch]), its state on the disk, from which it goes on
// after a crash ([Checkpoints]), the error of a run that left the
// finite numbers ([DivergenceError]), what makes a result doubtful
// ([Warning]), whether a time step resolves what it steps through
// ([CheckStep]), and the version of the numerics ([NumericsVersion]).
//
// [FORCE]: https://doi.org/10.1016/j.neuron.2009.07.018
// [full-FORCE]: https://doi.org/10.1371/journal.pone.0191527
package neuro
