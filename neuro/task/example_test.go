package task_test

import (
	"fmt"
	"log"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Delayed asks for a pulse's height again, half a second after the pulse.
type Delayed struct{ Dt float64 }

func (d Delayed) Shape() task.Shape {
	return task.Shape{Name: "delayed pulse", Dt: d.Dt, Inputs: 1, Outputs: 1}
}

func (d Delayed) Trial(rng *rand.Rand) (task.Trial, error) {
	inputs, targets := mat.NewDense(1000, 1, nil), mat.NewDense(1000, 1, nil)
	height := 2*rng.Float64() - 1
	for t := range 100 {
		inputs.Set(t, 0, height)
		targets.Set(t+600, 0, height*math.Sin(math.Pi*float64(t)/100))
	}
	return task.Trial{Inputs: inputs, Targets: targets, Score: task.Window{From: 600, To: 700}}, nil
}

// A task of one's own is two functions.
func ExampleTask() {
	k := Delayed{Dt: 0.001}
	trial, err := task.NewTrial(k, neuro.Stream(1, "trial", 0))
	fmt.Println(err, task.NMSE(trial.Targets, trial.Targets, trial.Scored()))
	// Output: <nil> 0
}

// The answer to a trial is right or wrong.
func ExampleTemporalXOR() {
	k := task.NewTemporalXOR()
	for i := range 3 {
		trial, err := k.Trial(neuro.Stream(1, "trial", i))
		if err != nil {
			log.Fatal(err)
		}
		silent := mat.NewDense(trial.Steps(), 1, nil)
		fmt.Println("condition", trial.Condition, "target:", trial.Correct(trial.Targets), "silence:", trial.Correct(silent))
	}
	// Output:
	// condition 2 target: true silence: false
	// condition 0 target: true silence: false
	// condition 2 target: true silence: false
}

// What a network makes of an interval; here one that is always 50 ms late.
func ExampleReadySetGo_Produced() {
	k := task.NewReadySetGo()
	trial, err := k.Trial(neuro.Stream(1, "trial", 0))
	if err != nil {
		log.Fatal(err)
	}
	outputs := mat.NewDense(trial.Steps(), 1, nil)
	for t := range trial.Steps() {
		outputs.Set(t, 0, trial.Targets.At(max(0, t-50), 0))
	}
	wanted, produced, ok := k.Produced(trial, outputs)
	fmt.Printf("wanted %.2f s, produced %.2f s, %t\n", wanted, produced, ok)
	// Output:
	// wanted 1.06 s, produced 1.11 s, true
}

// A setting that makes no sense is told in a sentence.
func ExampleValidate() {
	k := task.NewReadySetGo()
	k.MinDelay = -0.1
	fmt.Println(task.Validate(k))
	// Output:
	// ready-set-go: MinDelay is -0.1 s: it must be positive
}
