package task

import (
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// A source whose trials count 1, 2, 3, … shows 1 for ever when it is repeated.
func TestRepeatShowsTheFirstTrialAgain(t *testing.T) {
	plain := newCounting()
	src, err := Repeat(plain)
	if err != nil {
		t.Fatal(err)
	}
	if src.Shape() != plain.Shape() || !mat.Equal(src.Directions().Factors, plain.Directions().Factors) {
		t.Errorf("shape %+v, want that of the source, and its directions", src.Shape())
	}
	var state State
	for i := range 3 {
		trial, next, err := src.Trial(neuro.Stream(1, "trial", i), state)
		if err != nil {
			t.Fatal(err)
		}
		if got := trial.Factors.At(0, 0); got != 1 {
			t.Errorf("trial %d: factors of %g, want 1", i, got)
		}
		if got := next.Numbers(); len(got) != 1 || got[0] != 1 {
			t.Errorf("trial %d: state %v after it, want 1", i, got)
		}
		state = next
	}
}

func TestRepeatNeedsASourceWithATrial(t *testing.T) {
	if _, err := Repeat(nil); err == nil {
		t.Error("a nil source was accepted")
	}
	wrong := newCounting()
	wrong.dt = -1
	if _, err := Repeat(wrong); err == nil {
		t.Error("a source with a negative step was accepted")
	}
}
