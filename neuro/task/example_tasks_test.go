package task_test

import (
	"fmt"
	"log"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// The error of an output: 0 is perfect, 1 is as bad as silence. A window
// leaves out what does not count.
func ExampleNMSE() {
	target := mat.NewDense(4, 1, []float64{1, -1, 1, -1})
	output := mat.NewDense(4, 1, []float64{1, -1, 0.5, -0.5})
	fmt.Println(task.NMSE(output, target, task.Window{From: 0, To: 4}))
	fmt.Println(task.NMSE(output, target, task.Window{From: 2, To: 4}))
	// Output:
	// 0.125
	// 0.25
}

// A target of one's own harmonics.
func ExampleSinusoids() {
	k := task.SumOfSinusoids()
	k.Period, k.Harmonics, k.Amplitudes = 0.5, []int{1, 3}, []float64{1, 0.3}
	trial, err := k.Trial(nil)
	fmt.Println(trial.Steps(), "steps,", err)
	// Output: 500 steps, <nil>
}

// A recording as a task: T x P factors and T x m muscles at a common step.
func ExampleNewCycling() {
	recording := data.SyntheticCycling(1)
	k, err := task.NewCycling(recording.Factors, recording.EMG, recording.Dt)
	if err != nil {
		log.Fatal(err)
	}
	s := k.Shape()
	fmt.Printf("%d input, %d muscles, %d factors, %d steps\n", s.Inputs, s.Outputs, s.Factors, recording.Factors.RawMatrix().Rows)
	// Output: 1 input, 3 muscles, 12 factors, 2000 steps
}

// Two tasks for one network, each with channels of its own.
func ExampleNewMix() {
	both, err := task.NewMix(task.NewReadySetGo(), task.NewTemporalXOR())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%+v\n", both.Shape())
	trial, err := both.Trial(neuro.Stream(1, "trial", 0))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("this trial is of part", trial.Part)
	// Output:
	// {Name:ready-set-go + temporal XOR Dt:0.001 Inputs:3 Hints:0 Outputs:2 Factors:0}
	// this trial is of part 0
}
