package rate_test

import (
	"context"
	"fmt"
	"log"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// A small network learns a short rhythm; the watcher stops it once it is good
// enough.
func ExampleTrain() {
	k := task.Sinusoids{Period: 0.3, Harmonics: []int{1, 2}, Amplitudes: []float64{1, 0.5}, Dt: 0.001}
	cfg := rate.DePasquale2018()
	cfg.Units, cfg.TrainingTrials, cfg.TestTrials = 100, 200, 2
	fit, err := rate.Train(neuro.WithWatch(context.Background(), func(p neuro.Progress) error {
		if p.Stage == "train" && p.Error < 1e-3 && p.Done > 50 {
			return neuro.ErrStop
		}
		return nil
	}), rate.FullForce{}, cfg, k)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("fewer trials than allowed:", len(fit.TrainingErrors) < 200)
	fmt.Println("good on its own:", stats.Median(fit.OutputErrors) < 0.05)
	// Output:
	// fewer trials than allowed: true
	// good on its own: true
}
