// Package rls trains linear readouts by recursive least squares, exactly and
// online: after every sample the weights are those of the ridge regression on
// all samples so far, or on the last ones where the past is forgotten
// ([Config].Forgetting).
//
// One type, [RLS], holds the inverse correlation matrix P of a regressor, which
// any number of readouts share. The regressor is one of two:
//
//   - a dense vector, such as the rates of a rate network: [RLS.Update];
//   - exponentially filtered spike trains, which change by a decay and a few
//     jumps a step, so that every product with them can be carried along
//     instead of computed: [Filtered].
//
// Both are exact. What saves time changes no weight: P is changed once in K
// samples, by a symmetric rank-K product in place of K symmetric rank-one ones
// (see [Config].Pending). In between, P s is P0 s - Zᵀ(Z s). Where there are many
// readouts, such as the recurrent weights of full-FORCE, their changes wait for
// the same product ([Readouts]).
//
// Vectors, weights and outputs are float64. So is P by default; [Float32]
// halves its memory, and loses positive definiteness at high gain.
package rls
