package prepare

import (
	"fmt"
	"math"
	"slices"

	"github.com/spikewalk/spikewalk/neuro"
)

const splitStream neuro.Purpose = "split trials"

// Split is trials to fit, and others to score what was fitted.
type Split struct{ Train, Test *Set }

// HoldOut splits off a fraction of the trials for the test, drawn from each
// condition by the seed: of a condition with n trials, the n · fraction rounded to
// the nearest number, but at least one is left to train. It is an error if nothing
// is left to test.
func (s *Set) HoldOut(fraction float64, seed uint64) (Split, error) {
	if err := s.some(); err != nil {
		return Split{}, err
	}
	if !(fraction > 0 && fraction < 1) {
		return Split{}, fmt.Errorf("prepare: a fraction of %g of the trials held out: it must be between 0 and 1 (0.25 is usual)", fraction)
	}
	var test []int
	for _, of := range s.shuffled(seed) {
		n := int(math.Round(fraction * float64(len(of))))
		test = append(test, of[:min(n, max(len(of)-1, 0))]...)
	}
	if len(test) == 0 {
		return Split{}, fmt.Errorf("prepare: %g of the trials of each of %d conditions is none: hold out more, or join conditions", fraction, len(s.Conditions))
	}
	return s.without(test)
}

// Folds splits the trials k times, so that each is tested once. Conditions are
// spread over the folds as evenly as can be; the seed says how.
func (s *Set) Folds(k int, seed uint64) ([]Split, error) {
	if err := s.some(); err != nil {
		return nil, err
	}
	if k < 2 || k > len(s.Trials) {
		return nil, fmt.Errorf("prepare: %d folds of %d trials: choose at least 2, and at most as many as trials", k, len(s.Trials))
	}
	folds := make([][]int, k)
	next := 0
	for _, of := range s.shuffled(seed) {
		for _, p := range of {
			folds[next%k] = append(folds[next%k], p)
			next++
		}
	}
	return s.each(folds)
}

// LeaveConditionsOut splits the trials once for each condition that has any: it is
// tested, and the others train. There must be at least two.
func (s *Set) LeaveConditionsOut() ([]Split, error) {
	if err := s.some(); err != nil {
		return nil, err
	}
	var of [][]int
	for _, trials := range s.byCondition() {
		if len(trials) > 0 {
			of = append(of, trials)
		}
	}
	if len(of) < 2 {
		return nil, fmt.Errorf("prepare: all %d trials are of one condition: there is none to leave out", len(s.Trials))
	}
	return s.each(of)
}

func (s *Set) each(tests [][]int) ([]Split, error) {
	splits := make([]Split, len(tests))
	for i, test := range tests {
		var err error
		if splits[i], err = s.without(test); err != nil {
			return nil, err
		}
	}
	return splits, nil
}

// without splits off the trials at the given positions; both halves keep the
// order of the set.
func (s *Set) without(test []int) (split Split, err error) {
	test = slices.Sorted(slices.Values(test))
	var train []int
	for p := range s.Trials {
		if _, out := slices.BinarySearch(test, p); !out {
			train = append(train, p)
		}
	}
	if split.Train, err = s.Take(train); err != nil {
		return Split{}, err
	}
	split.Test, err = s.Take(test)
	return split, err
}

// byCondition returns the positions of each condition's trials.
func (s *Set) byCondition() [][]int {
	of := make([][]int, len(s.Conditions))
	for p, t := range s.Trials {
		of[t.Condition] = append(of[t.Condition], p)
	}
	return of
}

// shuffled is byCondition with each condition's trials in random order. The order
// depends on the rows of its own trials only.
func (s *Set) shuffled(seed uint64) [][]int {
	of := s.byCondition()
	for c, trials := range of {
		neuro.Stream(seed, splitStream, c).Shuffle(len(trials), func(i, j int) {
			trials[i], trials[j] = trials[j], trials[i]
		})
	}
	return of
}
