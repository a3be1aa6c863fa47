// Package task makes the trials that networks are trained on: what they are
// shown (inputs), what they are asked for (targets), what may help them (hints),
// and the window in which they are judged.
//
// A [Task] has two methods, so one of your own is two functions. Times are in
// seconds; rows of matrices are steps, columns are channels.
//
// # Tasks
//
//   - [Oscillation], [Sinusoids], [Sawtooth]: a pattern in time, with or without
//     a pulse that starts it. Every trial is the same.
//   - [ReadySetGo]: an interval is measured and produced again.
//   - [TemporalXOR]: were two pulses of different lengths?
//   - [InputIntegration]: the running integral of a noisy input.
//   - [ContextualIntegration]: the sign of the integral of one of two inputs.
//   - [Reaching], [Cycling]: the recorded activity of muscles.
//   - [Recorded]: muscles and factors of a recording of yours, condition by condition.
//   - [Mix]: several tasks in one network, one at a time.
//
// A constructor returns the paper's parameters; every field may be changed. A
// field that makes no sense is an error of [Validate], which is called before
// training, and of Trial; no trial panics.
//
// # Sources
//
// A spiking network learns from a [Source]: trials with the factors that the
// network should carry. It is made of a trained rate network (rate.NewSource) or
// of a task that brings recorded factors ([NewSource]); [MixSources] joins several.
//
// # Trials follow each other
//
// Networks carry their state from one trial into the next, as in the authors'
// programs. Where trials come at random times, a trial begins with one half of the
// [Pause] and ends with the other.
//
// # Scores
//
// [NMSE] in a trial's window and its median over trials, the share of trials
// that are Correct where a trial asks for a decision, for ready-set-go the
// interval that was produced, [ReadySetGo.Produced], and for rhythms without
// an input [PhaseNMSE].
package task
