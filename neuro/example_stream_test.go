package neuro_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/spikewalk/spikewalk/neuro"
)

// Every purpose has random numbers of its own, and every trial: what is drawn
// for one never moves another, and the same seed draws the same again.
func ExampleStream() {
	weights := neuro.Stream(1, "recurrent").NormFloat64()
	trial := neuro.Stream(1, "trial", 7).NormFloat64()
	fmt.Println(weights == neuro.Stream(1, "recurrent").NormFloat64())
	fmt.Println(trial == neuro.Stream(1, "trial", 8).NormFloat64())
	// Output:
	// true
	// false
}

// A watcher that stops a stage early, and one that gives up.
func ExampleWatch() {
	var watch neuro.Watch = func(p neuro.Progress) error {
		if p.Error < 0.01 {
			return neuro.ErrStop
		}
		if p.Done > 100 {
			return errors.New("it does not learn")
		}
		return nil
	}
	fmt.Println(watch.Report(neuro.Progress{Stage: "train", Done: 12, Total: 200, Error: 0.2}))
	fmt.Println(watch.Report(neuro.Progress{Stage: "train", Done: 40, Total: 200, Error: 0.008}))
	fmt.Println(watch.Report(neuro.Progress{Stage: "train", Done: 101, Total: 200, Error: 0.2}))
	// Output:
	// false <nil>
	// true <nil>
	// false it does not learn
}

// Two trainings side by side on two processors: each keeps to one.
func ExampleWithCores() {
	one := neuro.WithCores(context.Background(), 1)
	fmt.Println(neuro.Cores(one))
	// Output: 1
}
