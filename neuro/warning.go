package neuro

import "fmt"

// Warning says that a result is doubtful, and what to turn. It is no error:
// the result is what was asked for. Results carry their warnings, and the last
// [Progress] of a run does; docs/my-network-does-not-learn.md explains each
// kind.
type Warning struct {
	Kind WarningKind
	// Where is what was looked at: "spiking test", "rate training".
	Where string
	// Message says in one sentence what is doubtful, with its numbers.
	Message string
	// Try says what usually helps.
	Try string
}

// WarningKind tells warnings apart.
type WarningKind string

const (
	// CoarseStep: a time step is longer than a fifth of the fastest time
	// constant ([CheckStep]).
	CoarseStep WarningKind = "coarse step"
	// UnlikelyUnit: a time constant in seconds ([CheckStep]), or spike times, look
	// like milliseconds.
	UnlikelyUnit WarningKind = "unlikely unit"
	// Unexplored: parameters are outside the ranges that the two papers, or this
	// project's experiments and lessons, have tried.
	Unexplored WarningKind = "unexplored"
	// WorseThanSilence: in more than half of the trials the normalised mean
	// squared error is 0.99 or more. An output that is zero all the time has an
	// error of exactly 1. Two kinds of tasks are judged more leniently: one without
	// an input, for which an error below a half at any phase will do, and one that
	// asks questions, whose output may be anything while answers are better than
	// chance.
	WorseThanSilence WarningKind = "worse than silence"
	// RanAway: in some trials factors or outputs were five times as far from zero as
	// any target is, though most trials are better than silence.
	RanAway WarningKind = "ran away"
	// AtChance: of at least 20 questions, no more are answered rightly than the
	// best output that never changes would answer, within two standard deviations
	// of that number.
	AtChance WarningKind = "at chance"
	// IllConditioned: rounding has left little or nothing of the smallest eigenvalues
	// of P, by which recursive least squares correct weights.
	IllConditioned WarningKind = "ill-conditioned"
	// EvenAnswer: the network can only answer the opposite to the opposite
	// input, and the task asks for the same.
	EvenAnswer WarningKind = "even answer"
	// MadeWorse: an integrator drifts more than twice as fast after it has
	// learned as before.
	MadeWorse WarningKind = "made worse"
	// DoubtfulTimes: times of a recording are equal, negative, out of order, or
	// those of its parts do not overlap.
	DoubtfulTimes WarningKind = "doubtful times"
	// MissingValues: a recording has values that are no numbers, or things of
	// it were left out.
	MissingValues WarningKind = "missing values"
)

// String is the warning in one line.
func (w Warning) String() string {
	return fmt.Sprintf("%s: %s; %s (docs/my-network-does-not-learn.md)", w.Where, w.Message, w.Try)
}
