package data_test

import (
	"context"
	"fmt"
	"log"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
)

// A matrix from a file that SciPy wrote.
func ExampleOpen() {
	file, err := data.Open("testdata/scipy/packed.mat")
	if err != nil {
		log.Fatal(err)
	}
	a, err := file.Variable("matrix")
	if err != nil {
		log.Fatal(err)
	}
	m, err := a.Dense()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(a)
	fmt.Println(mat.Formatted(m))
	// Output:
	// matrix: 2x3 double
	// ⎡  1  2.5   -3⎤
	// ⎣  4    5    6⎦
}

// Of a large file, only what is needed.
func ExampleOpen_names() {
	file, err := data.Open("testdata/octave/v7.mat", "session")
	if err != nil {
		log.Fatal(err)
	}
	session, err := file.Variable("session")
	if err != nil {
		log.Fatal(err)
	}
	animal, err := session.Field("animal")
	if err != nil {
		log.Fatal(err)
	}
	name, err := animal.Text()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(session)
	fmt.Println("animal", name)
	_, err = file.Variable("matrix")
	fmt.Println(err)
	// Output:
	// session: 1x1 struct with fields animal, emg, nested
	// animal B
	// variable "matrix" was not read: only session was asked for
}

// Trials of a struct array.
func ExampleArray_Field() {
	file, err := data.Open("testdata/octave/v6.mat")
	if err != nil {
		log.Fatal(err)
	}
	trials, err := file.Variable("trial")
	if err != nil {
		log.Fatal(err)
	}
	for i := range trials.Len() {
		start, err := trials.Field("start", i)
		if err != nil {
			log.Fatal(err)
		}
		t, err := start.At(0)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(start.Name(), t)
	}
	_, err = trials.Field("end", 0)
	fmt.Println(err)
	// Output:
	// trial(0).start 0.5
	// trial(1).start 1.5
	// trial(2).start 2.5
	// trial has no field "end": it has start, name
}

// One condition of an array of three dimensions.
func ExampleArray_Slice() {
	file, err := data.Open("testdata/scipy/plain.mat")
	if err != nil {
		log.Fatal(err)
	}
	cube, err := file.Variable("cube")
	if err != nil {
		log.Fatal(err)
	}
	second, err := cube.Slice(0, 1)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(cube)
	fmt.Println(second)
	// Output:
	// cube: 2x3x4 double
	// cube(1,:,:): 3x4 double
}

// A tutorial that also runs on a machine without the recording.
func ExampleCyclingOrSynthetic() {
	recording, err := data.CyclingOrSynthetic(context.Background(), 1)
	if err != nil {
		log.Fatal(err)
	}
	if recording.Source.Synthetic {
		fmt.Println(recording.Source)
	}
	samples, factors := recording.Factors.Dims()
	fmt.Println(samples, factors)
}

func ExampleSyntheticReaching() {
	r := data.SyntheticReaching(1)
	samples, muscles := r.EMG[0].Dims()
	fmt.Println(len(r.EMG), "reaches,", samples, "samples,", muscles, "muscles")
	fmt.Println(r.Source)
	// Output:
	// 8 reaches, 81 samples, 2 muscles
	// synthetic reaching data (seed 1), not a recording
}
