package neuro

import (
	"errors"
	"testing"
)

func TestDivergenceErrorIsOneSentence(t *testing.T) {
	err := &DivergenceError{Stage: "training", Trial: 3, Step: 17, What: "the output", Value: 1e300, Advice: "try less"}
	if got, want := err.Error(), "training diverged at trial 3, step 17: the output became 1e+300; try less"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	err.Trial = -1
	if got, want := err.Error(), "training diverged at step 17: the output became 1e+300; try less"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNilWatchWatchesNothing(t *testing.T) {
	if err := Watch(nil).Report(Progress{}); err != nil {
		t.Error(err)
	}
	boom := errors.New("boom")
	if err := Watch(func(Progress) error { return boom }).Report(Progress{}); err != boom {
		t.Errorf("error %v", err)
	}
}
