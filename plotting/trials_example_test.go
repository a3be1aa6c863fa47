package plotting_test

import (
	"log"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

func ExampleTrials() {
	k := task.NewTemporalXOR()
	k.Hint = true
	var trials []task.Trial
	for i := range 4 {
		trial, err := k.Trial(neuro.Stream(6, "trials", i))
		if err != nil {
			log.Panic(err)
		}
		trials = append(trials, trial)
	}
	fig := plotting.Figure(plotting.Trials(k.Shape(), trials...).Title("Were the two pulses of different lengths?"))
	if err := fig.Save("trials.png"); err != nil {
		log.Panic(err)
	}
}

func init() { examples["trials.png"] = ExampleTrials }
