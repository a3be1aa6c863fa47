package experiment_test

import (
	"context"
	"fmt"
	"log"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/experiment/macneil2011"
)

// A family of experiments by its name.
func ExampleFind() {
	found, err := experiment.Find(macneil2011.Experiments(), "gen")
	if err != nil {
		log.Fatal(err)
	}
	for _, e := range found {
		fmt.Println(e.ID, "with", e.Seeds, "seeds")
	}
	// Output:
	// gen.2d with 20 seeds
	// gen.ring with 20 seeds
	// gen.path with 20 seeds
}

// One experiment in a small setting, which shows that it works and no more:
// quick results are not judged.
func ExampleReproduce() {
	chosen, err := experiment.Find(macneil2011.Experiments(), "int.system")
	if err != nil {
		log.Fatal(err)
	}
	results, err := experiment.Reproduce(context.Background(), chosen, experiment.Options{Quick: true})
	if err != nil {
		log.Fatal(err)
	}
	for _, row := range results.Rows()[:1] {
		fmt.Println(row.ID, row.Metric, row.Seeds, row.Pass == nil)
	}
	// Output: int.system latency of saccades [1] true
}
